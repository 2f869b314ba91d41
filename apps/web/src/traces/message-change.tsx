import { Button, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { TracedMessage } from '../api/trace-api.js';
import { type MemberChange, changesBetween } from './difference.js';
import styles from './hop-list.module.css';
import { MessageText } from './message-text.js';

interface Props {
  readonly came: TracedMessage;
  /** Undefined where it was not recorded. */
  readonly left: TracedMessage | undefined;
  readonly relationType: string;
  readonly isUnconnected: boolean;
}

/** A message that left a node, compared with the one that came. */
export function MessageChange({ came, left, relationType, isUnconnected }: Props) {
  const [showsAll, setShowsAll] = useState(false);
  const body = left && changesBetween(came.data, left.data);
  const metadata = left && changesBetween(came.metadata, left.metadata);
  const isSame = left !== undefined && left.type === came.type && left.data === came.data && left.metadata === came.metadata;
  return (
    <>
      <h3 className={styles.title}>
        Left by “{relationType}”
        {left !== undefined && left.type !== came.type && (
          <span className={styles.aside}>
            as <code>{left.type}</code> instead of <code>{came.type}</code>
          </span>
        )}
        {isUnconnected && (
          <span className={styles.lost}>
            <IconAlertTriangle size={13} aria-hidden /> no connection: it ended here
          </span>
        )}
      </h3>
      {left === undefined ? (
        <Text size="sm" c="dimmed">
          The message was not recorded.
        </Text>
      ) : isSame && !showsAll ? (
        <Text size="sm" c="dimmed">
          As it came, unchanged.
        </Text>
      ) : body === undefined || metadata === undefined ? (
        <MessageText message={left} title="It left as" />
      ) : (
        <>
          <ChangeTable caption="Body" changes={body} showsAll={showsAll} />
          <ChangeTable caption="Metadata" changes={metadata} showsAll={showsAll} />
        </>
      )}
      {left !== undefined && body !== undefined && metadata !== undefined && (
        <Button
          variant="subtle"
          size="compact-sm"
          justify="flex-start"
          w="fit-content"
          aria-expanded={showsAll}
          onClick={() => setShowsAll(!showsAll)}
        >
          {showsAll ? 'Show only what changed' : 'Show the whole message'}
        </Button>
      )}
    </>
  );
}

function ChangeTable({ caption, changes, showsAll }: { caption: string; changes: readonly MemberChange[]; showsAll: boolean }) {
  const shown = showsAll ? changes : changes.filter(({ kind }) => kind !== 'same');
  if (shown.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {caption}: {changes.length === 0 ? 'empty' : 'unchanged'}.
      </Text>
    );
  }
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption>{caption}</caption>
        <thead className="fl-visually-hidden">
          <tr>
            <th scope="col">Member</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((change) => (
            <tr key={change.path}>
              <th scope="row">{change.path}</th>
              <td>
                <Value change={change} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Value({ change: { kind, before, after } }: { change: MemberChange }) {
  switch (kind) {
    case 'same':
      return <>{after}</>;
    case 'added':
      return <ins>{after}</ins>;
    case 'removed':
      return <del>{before}</del>;
    case 'changed':
      return (
        <>
          <del>{before}</del> → <ins>{after}</ins>
        </>
      );
  }
}
