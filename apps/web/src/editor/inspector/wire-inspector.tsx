import { ActionIcon, Alert, Autocomplete, Button, Group } from '@mantine/core';
import { IconArrowRight, IconPlus, IconTrash, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { connectNodes, deleteSelection } from '../canvas/canvas-actions.js';
import { connectionKey, connectionsBetween } from '../document/chain-document.js';
import { remove, renameRelation } from '../document/edits.js';
import { useEditor, useEditorStore } from '../editor-context.js';
import { freeRelations, relationsOf } from '../relations.js';
import styles from './inspector.module.css';

interface Props {
  readonly from: string;
  readonly to: string;
  readonly isInput: boolean;
}

/** The relations that one wire stands for. */
export function WireInspector({ from, to, isInput }: Props) {
  const store = useEditorStore();
  const draft = useEditor((state) => state.draft);
  const source = draft.nodes.get(from);
  const target = draft.nodes.get(to);
  const kind = useEditor((state) => state.catalogue.byType.get(source?.type ?? ''));
  const connections = connectionsBetween(draft, from, to);
  const isOne = connections.length === 1;
  const all = relationsOf(draft, from, kind);
  return (
    <aside className={styles.root} aria-label="Connection">
      <header className={styles.head}>
        <IconArrowRight size={20} aria-hidden />
        <h2 className={styles.headTitle}>{isInput ? 'Input' : `#${source?.number ?? '?'} ${source?.name ?? ''}`}</h2>
        <ActionIcon aria-label="Disconnect" onClick={() => deleteSelection(store)}>
          <IconTrash size={17} />
        </ActionIcon>
        <span className={styles.headKind}>
          to #{target?.number} {target?.name}
        </span>
      </header>
      <div className={styles.body}>
        {isInput ? (
          <div className={styles.part}>
            <Alert color="gray" p="xs">
              Every message of this chain starts here. Draw a wire from the input to another node to let messages enter there.
            </Alert>
          </div>
        ) : (
          <section className={styles.part}>
            <h3 className={styles.partTitle}>Messages take this way by</h3>
            <ul className={styles.ways}>
              {connections.map((connection) => (
                <RelationRow
                  key={connectionKey(connection)}
                  relation={connection.type}
                  known={all}
                  onRename={(type) => store.getState().edit((document) => renameRelation(document, connection, type))}
                  onRemove={
                    isOne
                      ? undefined
                      : () =>
                          store
                            .getState()
                            .edit((document) => remove(document, { nodes: new Set(), connections: new Set([connectionKey(connection)]) }))
                  }
                />
              ))}
            </ul>
            <AddRelation free={freeRelations(draft, from, to, kind)} onAdd={(relation) => connectNodes(store, from, to, relation)} />
          </section>
        )}
      </div>
    </aside>
  );
}

function AddRelation({ free, onAdd }: { free: string[]; onAdd: (relation: string) => void }) {
  const [text, setText] = useState('');
  const add = (relation: string) => {
    if (relation.trim() === '') return;
    onAdd(relation.trim());
    setText('');
  };
  return (
    <Group gap={6} wrap="nowrap">
      <Autocomplete
        size="xs"
        flex={1}
        placeholder="Add a relation"
        aria-label="Add a relation"
        data={free}
        value={text}
        onChange={setText}
        onOptionSubmit={add}
        onKeyDown={(event) => event.key === 'Enter' && add(text)}
      />
      <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} disabled={text.trim() === ''} onClick={() => add(text)}>
        Add
      </Button>
    </Group>
  );
}

interface RowProps {
  readonly relation: string;
  readonly known: readonly string[];
  readonly onRename: (relation: string) => void;
  readonly onRemove: (() => void) | undefined;
}

/** A relation whose name is changed when the field is left, not with each letter: half a name is no relation. */
function RelationRow({ relation, known, onRename, onRemove }: RowProps) {
  const [text, setText] = useState(relation);
  const settle = (next: string) => {
    if (next.trim() === '') setText(relation);
    else if (next.trim() !== relation) onRename(next.trim());
  };
  return (
    <li style={{ display: 'flex', alignItems: 'center', gap: 6 }}>
      <Autocomplete
        size="xs"
        flex={1}
        aria-label="Relation"
        data={[...new Set(known)]}
        value={text}
        onChange={setText}
        onOptionSubmit={settle}
        onBlur={() => settle(text)}
        onKeyDown={(event) => event.key === 'Enter' && settle(text)}
      />
      {onRemove !== undefined && (
        <ActionIcon size="sm" aria-label={`Remove ${relation}`} onClick={onRemove}>
          <IconX size={14} />
        </ActionIcon>
      )}
    </li>
  );
}
