import { Modal, Stack, Text } from '@mantine/core';
import type { AuditRecord } from '../api/record-api.js';
import { kindText } from '../entities/entity-address.js';
import { Refusal } from '../sign-in/refusal.js';
import { CopyBlock } from '../ui/copy-block.js';
import { fullTime } from '../ui/times.js';
import { actionText, changesOf } from './audit-words.js';
import styles from './record-dialog.module.css';

interface Props {
  /** Absent while the dialog is closed. */
  readonly record: AuditRecord | undefined;
  readonly onClose: () => void;
}

/** One record of the audit log: what was changed from what to what. */
export function RecordDialog({ record, onClose }: Props) {
  return (
    <Modal size="lg" opened={record !== undefined} onClose={onClose} title={<Text fw={600}>{record && actionText(record.actionType)}</Text>}>
      {record !== undefined && <Details record={record} />}
    </Modal>
  );
}

function Details({ record }: { record: AuditRecord }) {
  const { changes, rest } = changesOf(record.actionData);
  return (
    <Stack>
      <Text>
        {record.entityId === null ? '' : `${kindText(record.entityId.entityType)} `}
        <b>{record.entityName}</b> by {record.userName ?? 'the system'}, {fullTime(record.createdTime)}
      </Text>
      {record.actionStatus === 'FAILURE' && <Refusal text={`It was refused: ${record.actionFailureDetails}`} />}
      {changes.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table} aria-label="Changed fields">
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">Before</th>
                <th scope="col">After</th>
              </tr>
            </thead>
            <tbody>
              {changes.map(({ field, from, to }) => (
                <tr key={field}>
                  <th scope="row">{field}</th>
                  <td>{from === '' ? <Nothing /> : <del>{from}</del>}</td>
                  <td>{to === '' ? <Nothing /> : <ins>{to}</ins>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rest !== undefined && <CopyBlock label="Recorded details" text={rest} />}
      {changes.length === 0 && rest === undefined && (
        <Text size="sm" c="dimmed">
          Nothing else was recorded.
        </Text>
      )}
    </Stack>
  );
}

function Nothing() {
  return <span className={styles.nothing}>nothing</span>;
}
