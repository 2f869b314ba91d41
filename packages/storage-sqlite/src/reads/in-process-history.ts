import { HistoryLink } from './history-link.js';
import { HistoryReader } from './history-reader.js';
import type { HistoryReads } from './history-reads.js';
import type { ReadLimits } from './read-cost.js';

export interface HistoryOptions {
  /** The data folder (FIELDLINE_DATA_DIR). */
  readonly path: string;
  /** Bounds of the port and of limits.ts, for tests that reach them. */
  readonly limits?: { readonly read?: ReadLimits; readonly atOnceMax?: number; readonly waitingMax?: number } | undefined;
}

/** Reads of history in this very thread, for tests and tools. Opens the data folder with the first read. */
export function inProcessHistory({ path, limits = {} }: HistoryOptions): HistoryReads {
  const reader = new HistoryReader({ path, say: (message) => link.hear(message), limits: limits.read });
  const link = new HistoryLink({ send: (message) => reader.receive(message), close: async () => reader.receive({ kind: 'close' }) }, limits);
  return link;
}
