import { Alert, Button, FileInput, Group, Modal, Stack, Switch, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/api.js';
import { messageOf } from '../../api/failures.js';
import type { ImportColumn } from '../../api/wire.js';
import { ColumnMapping } from './column-mapping.js';
import { importRequest, mappingFault } from './import-columns.js';
import { ImportOutcome } from './import-outcome.js';
import { type TableFile, readTable, suggestedColumns } from './table-file.js';

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
  const [file, setFile] = useState<File | null>(null);
  const [hasHeader, setHasHeader] = useState(true);
  const [update, setUpdate] = useState(false);
  const [columns, setColumns] = useState<ImportColumn[]>([]);
  const table = useMutation({ mutationFn: readTable, onSuccess: (read) => setColumns(suggestedColumns(read, hasHeader)) });
  const request = ({ text, delimiter }: TableFile) => importRequest(text, columns, { delimiter, header: hasHeader, update });
  const check = useMutation({ mutationFn: (read: TableFile) => api.importDevices(request(read), true) });
  const run = useMutation({ mutationFn: (read: TableFile) => api.importDevices(request(read), false), onSuccess: onImported });
  const fault = mappingFault(columns);
  const failure = table.error ?? run.error ?? check.error;
  const read = table.data;
  /** What was checked is no longer what would be imported. */
  const changed = <A extends unknown[]>(change: (...args: A) => void) => {
    return (...args: A) => {
      check.reset();
      run.reset();
      change(...args);
    };
  };
  const choose = changed((chosen: File | null) => {
    setFile(chosen);
    if (chosen === null) table.reset();
    else table.mutate(chosen);
  });
  const switchHeader = changed((isOn: boolean) => {
    setHasHeader(isOn);
    if (read !== undefined) setColumns(suggestedColumns(read, isOn));
  });
  const isDone = run.data !== undefined;
  return (
    <Stack>
      {failure !== null && (
        <Alert color="red" role="alert">
          {messageOf(failure)}
        </Alert>
      )}
      {!isDone && (
        <FileInput
          label="File"
          description="A table of separated values (CSV, UTF-8), one device a line, at most 100,000 lines."
          placeholder="Choose a file"
          accept=".csv,.tsv,.txt,text/csv"
          clearable
          data-autofocus
          value={file}
          onChange={choose}
        />
      )}
      {read !== undefined && !isDone && (
        <>
          <Switch label="The first line holds titles" checked={hasHeader} onChange={(event) => switchHeader(event.currentTarget.checked)} />
          <ColumnMapping
            columns={columns}
            titles={hasHeader ? read.first : read.first.map((_, place) => `Column ${place + 1}`)}
            examples={hasHeader ? read.second : read.first}
            onChange={changed(setColumns)}
          />
          <Switch
            label="Write attributes and time series of devices that exist already, too"
            checked={update}
            onChange={changed((event: React.ChangeEvent<HTMLInputElement>) => setUpdate(event.currentTarget.checked))}
          />
          {fault !== undefined && (
            <Text size="sm" c="red" role="alert">
              {fault}
            </Text>
          )}
        </>
      )}
      {check.data !== undefined && !isDone && <ImportOutcome result={check.data} isCheck />}
      {run.data !== undefined && <ImportOutcome result={run.data} isCheck={false} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {isDone ? 'Close' : 'Cancel'}
        </Button>
        {!isDone && read !== undefined && check.data === undefined && (
          <Button disabled={fault !== undefined} loading={check.isPending} onClick={() => check.mutate(read)}>
            Check
          </Button>
        )}
        {!isDone && read !== undefined && check.data !== undefined && (
          <Button disabled={check.data.created + check.data.updated === 0} loading={run.isPending} onClick={() => run.mutate(read)}>
            Import
          </Button>
        )}
      </Group>
    </Stack>
  );
}
