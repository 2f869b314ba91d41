import { Alert, Button, FileInput, Group, Modal, Stack, Switch, Text } from '@mantine/core';
import { messageOf } from '../../api/failures.js';
import { ColumnMapping } from './column-mapping.js';
import { mappingFault } from './import-columns.js';
import { ImportOutcome } from './import-outcome.js';
import type { TableFile } from './table-file.js';
import { type Import, useImport } from './use-import.js';

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onImported: () => void;
}

/** Imports devices from a table: choose a file, say what its columns hold, check, import. */
export function ImportDialog({ isOpen, onClose, onImported }: Props) {
  return (
    <Modal opened={isOpen} onClose={onClose} size="lg" title={<Text fw={600}>Import devices</Text>}>
      <ImportForm onClose={onClose} onImported={onImported} />
    </Modal>
  );
}

function ImportForm({ onClose, onImported }: Omit<Props, 'isOpen'>) {
  const importing = useImport(onImported);
  const { table, check, run, failure } = importing;
  const fault = mappingFault(importing.columns);
  if (run.data !== undefined) {
    return (
      <Stack>
        <ImportOutcome result={run.data} isCheck={false} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <Stack>
      {failure !== null && (
        <Alert color="red" role="alert">
          {messageOf(failure)}
        </Alert>
      )}
      <FileInput
        label="File"
        description="A table of separated values (CSV, UTF-8), one device a line, at most 100,000 lines."
        placeholder="Choose a file"
        accept=".csv,.tsv,.txt,text/csv"
        clearable
        data-autofocus
        value={importing.file}
        onChange={importing.choose}
      />
      {table !== undefined && <Mapping importing={importing} table={table} fault={fault} />}
      {check.data !== undefined && <ImportOutcome result={check.data} isCheck />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        {table !== undefined && check.data === undefined && (
          <Button disabled={fault !== undefined} loading={check.isPending} onClick={() => check.mutate(table)}>
            Check
          </Button>
        )}
        {table !== undefined && check.data !== undefined && (
          <Button disabled={check.data.created + check.data.updated === 0} loading={run.isPending} onClick={() => run.mutate(table)}>
            Import
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Mapping({ importing, table, fault }: { importing: Import; table: TableFile; fault: string | undefined }) {
  const { hasHeader, columns, update } = importing;
  return (
    <>
      <Switch label="The first line holds titles" checked={hasHeader} onChange={(event) => importing.setHasHeader(event.currentTarget.checked)} />
      <ColumnMapping
        columns={columns}
        titles={hasHeader ? table.first : table.first.map((_, place) => `Column ${place + 1}`)}
        examples={hasHeader ? table.second : table.first}
        onChange={importing.setColumns}
      />
      <Switch
        label="Write attributes and time series of devices that exist already, too"
        checked={update}
        onChange={(event) => importing.setUpdate(event.currentTarget.checked)}
      />
      {fault !== undefined && (
        <Text size="sm" c="red" role="alert">
          {fault}
        </Text>
      )}
    </>
  );
}
