import type { PointColumns } from '@fieldline/model';
import { historyErrors, type TimeSeriesReader } from '@fieldline/ports';
import type { PieceRead } from './link.js';

/** The line to the engine thread, as reads in pieces need it. */
export interface PieceLine {
  nextId(): number;
  /** The next piece of the read with this id, undefined after the last; `read` says with the first what to read. */
  pull(id: number, read: PieceRead | undefined): Promise<PointColumns | undefined>;
  abandon(id: number): void;
}

/**
 * The main thread's end of reads in pieces: each is pulled when its reader asks for it, so a slow reader holds one piece and
 * no more. A reader that stops, or whose signal is aborted, ends the read in the engine.
 */
export function pieceReads(line: PieceLine): TimeSeriesReader['columns'] {
  return async function* (tenantId, entity, query, signal) {
    if (signal?.aborted === true) throw historyErrors.ABANDONED();
    const id = line.nextId();
    const abandon = (): void => line.abandon(id);
    signal?.addEventListener('abort', abandon);
    try {
      let left = query.limit;
      let columns = await line.pull(id, { tenantId, entity, query });
      while (columns !== undefined) {
        left -= columns.count;
        yield columns;
        // Most reads have as many points as they may: they are over without being asked for more.
        columns = left <= 0 ? undefined : await line.pull(id, undefined);
      }
    } finally {
      signal?.removeEventListener('abort', abandon);
      // Where the read is over already, the engine knows nothing of it any more.
      abandon();
    }
  };
}
