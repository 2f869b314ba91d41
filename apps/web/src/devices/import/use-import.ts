import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/api.js';
import type { ImportColumn } from '../../api/wire.js';
import { importRequest } from './import-columns.js';
import { type TableFile, readTable, suggestedColumns } from './table-file.js';

/** An import on its way: the file, what its columns hold, what the check said, what became of it. */
export function useImport(onImported: () => void) {
  const [file, setFile] = useState<File | null>(null);
  const [hasHeader, setHasHeader] = useState(true);
  const [update, setUpdate] = useState(false);
  const [columns, setColumns] = useState<ImportColumn[]>([]);
  const table = useMutation({ mutationFn: readTable, onSuccess: (read) => setColumns(suggestedColumns(read, hasHeader)) });
  const request = ({ text, delimiter }: TableFile) => importRequest(text, columns, { delimiter, header: hasHeader, update });
  const check = useMutation({ mutationFn: (read: TableFile) => api.importDevices(request(read), true) });
  const run = useMutation({ mutationFn: (read: TableFile) => api.importDevices(request(read), false), onSuccess: onImported });
  /** What was checked is no longer what would be imported. */
  const forget = () => {
    check.reset();
    run.reset();
  };
  return {
    file,
    hasHeader,
    update,
    columns,
    check,
    run,
    table: table.data,
    failure: table.error ?? run.error ?? check.error,
    choose: (chosen: File | null) => {
      forget();
      setFile(chosen);
      if (chosen === null) table.reset();
      else table.mutate(chosen);
    },
    setHasHeader: (isOn: boolean) => {
      forget();
      setHasHeader(isOn);
      if (table.data !== undefined) setColumns(suggestedColumns(table.data, isOn));
    },
    setUpdate: (isOn: boolean) => {
      forget();
      setUpdate(isOn);
    },
    setColumns: (changed: ImportColumn[]) => {
      forget();
      setColumns(changed);
    },
  };
}

export type Import = ReturnType<typeof useImport>;
