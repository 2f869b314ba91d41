import { Checkbox, Text } from '@mantine/core';
import type { ColumnDef } from '@tanstack/react-table';
import type { DeadLetter } from '../api/engine-api.js';
import { kindText } from '../entities/entity-address.js';
import { NarrowOnly } from '../ui/narrow-only.js';
import { RowLink } from '../ui/row-link.js';
import { TimeAgo } from '../ui/time-ago.js';
import { toggled } from '../ui/toggled.js';
import styles from './letter-table.module.css';
import { useLetterRows } from './letter-rows.js';

export const letterColumns: ColumnDef<DeadLetter>[] = [
  { id: 'select', meta: { width: 48 }, header: SelectAll, cell: ({ row: { original } }) => <SelectOne letter={original} /> },
  { id: 'error', header: 'What went wrong', cell: ({ row: { original } }) => <What letter={original} /> },
  { id: 'chain', header: 'Rule chain', meta: { isWideOnly: true }, cell: ({ row: { original } }) => <ChainName letter={original} /> },
  {
    id: 'message',
    header: 'Message',
    meta: { isWideOnly: true },
    cell: ({ row: { original } }) => (
      <>
        <Text size="sm" className="fl-mono" fz={12}>
          {original.message.type}
        </Text>
        <Text size="xs" c="dimmed">
          {kindText(original.message.originator.entityType)}
        </Text>
      </>
    ),
  },
  {
    id: 'failedTime',
    header: 'Failed',
    meta: { isWideOnly: true, width: 130 },
    cell: ({ row: { original } }) => <TimeAgo tsMs={original.failedTime} />,
  },
];

function SelectAll() {
  const { letters, selected, onSelect } = useLetterRows();
  const chosen = letters.filter(({ id }) => selected.has(id)).length;
  const isAll = chosen > 0 && chosen === letters.length;
  return (
    <Checkbox
      className={styles.box ?? ''}
      aria-label="Select all messages of this page"
      checked={isAll}
      indeterminate={chosen > 0 && !isAll}
      onChange={() => onSelect(new Set(isAll ? [] : letters.map(({ id }) => id)))}
    />
  );
}

function SelectOne({ letter: { id, code, failedTime } }: { letter: DeadLetter }) {
  const { selected, onSelect } = useLetterRows();
  return (
    <Checkbox
      className={styles.box ?? ''}
      aria-label={`Select ${code} of ${new Date(failedTime).toLocaleTimeString()}`}
      checked={selected.has(id)}
      onChange={() => onSelect(toggled(selected, id))}
    />
  );
}

function ChainName({ letter: { ruleChainId } }: { letter: DeadLetter }) {
  return <span className={styles.cut}>{useLetterRows().nameOf(ruleChainId)}</span>;
}

/** The error, which opens the message; where the window is narrow, with what the other columns say elsewhere. */
function What({ letter: { id, code, error, ruleChainId, failedTime } }: { letter: DeadLetter }) {
  const { addressOf, nameOf } = useLetterRows();
  return (
    <>
      <RowLink to={addressOf(id)}>
        <span className={styles.error}>{error === '' ? code : error}</span>
      </RowLink>
      <Text size="xs" c="dimmed" className="fl-mono" fz={11} style={{ overflowWrap: 'anywhere' }}>
        {code}
      </Text>
      <NarrowOnly>
        <span>{nameOf(ruleChainId)}</span>
        <TimeAgo tsMs={failedTime} />
      </NarrowOnly>
    </>
  );
}
