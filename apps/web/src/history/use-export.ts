import { useCallback, useRef, useState } from 'react';
import type { EntityRef } from '../api/wire.js';
import { confirmDone } from '../ui/notify.js';
import { exportFile, type ExportProgress } from './export-file.js';
import { exportName } from './export-name.js';
import type { ExportChoice } from './export-readings.js';
import { saveFile } from './save-file.js';

/** Runs one export at a time. Progress is undefined while none runs; a cancelled one says nothing. */
export function useExport(entity: EntityRef, entityName: string, onDone: () => void) {
  const [progress, setProgress] = useState<ExportProgress>();
  const [error, setError] = useState<unknown>();
  const running = useRef<AbortController>(undefined);
  const cancel = useCallback(() => running.current?.abort(), []);
  const run = (choice: ExportChoice): void => {
    const { signal } = (running.current = new AbortController());
    setError(undefined);
    setProgress({ done: 0, total: 0 });
    exportFile(entity, choice, { signal, onProgress: (now) => !signal.aborted && setProgress(now) })
      .then((file) => {
        if (signal.aborted) return;
        const name = exportName(entityName, choice.keys, Date.now());
        saveFile(name, file);
        confirmDone(`${name} was downloaded.`);
        onDone();
      })
      .catch((failure: unknown) => !signal.aborted && setError(failure))
      .finally(() => !signal.aborted && setProgress(undefined));
  };
  return { run, cancel, progress, error };
}
