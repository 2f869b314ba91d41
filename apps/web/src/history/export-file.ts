import type { EntityRef } from '../api/wire.js';
import { telemetryApi } from '../api/telemetry-api.js';
import { type ExportChoice, exportReadings, ExportTooLarge } from './export-readings.js';
import { EXPORT_READINGS_MAX } from './limits.js';

export interface ExportProgress {
  readonly done: number;
  readonly total: number;
}

interface Options {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ExportProgress) => void;
}

/** Puts some keys of an entity into one CSV file. @throws NothingToExport, ExportTooLarge, ApiFailure */
export async function exportFile(entity: EntityRef, choice: ExportChoice, { signal, onProgress }: Options): Promise<Blob> {
  const total = await telemetryApi.count(entity, choice.keys, choice, signal);
  if (total > EXPORT_READINGS_MAX) throw new ExportTooLarge(`${total.toLocaleString()} readings`);
  if (total === 0) throw new NothingToExport();
  onProgress({ done: 0, total });
  // A blob holds its bytes outside the heap of the page, on disk where they are many.
  const parts: Blob[] = [];
  let isPlain = true;
  const pieces = exportReadings(choice, (key, page) => telemetryApi.readings(entity, { key, ...page, orderBy: 'ASC' }, signal));
  for await (const { text, readings } of pieces) {
    parts.push(new Blob([text]));
    isPlain &&= !/[\u0080-\uffff]/.test(text);
    onProgress({ done: readings, total });
  }
  // Spreadsheets take a file for UTF-8 only with this mark; other programs do better without.
  const mark = isPlain ? [] : ['\ufeff'];
  return new Blob([...mark, ...parts], { type: 'text/csv;charset=utf-8' });
}

/** An empty file would look like a failure. */
export class NothingToExport extends Error {
  constructor() {
    super('There are no readings of these keys in that time. Choose a longer time or other keys.');
    this.name = 'NothingToExport';
  }
}
