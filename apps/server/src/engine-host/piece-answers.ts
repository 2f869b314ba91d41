import type { Log, Problem } from '@fieldline/kernel';
import { isProblem, problemOf } from '@fieldline/kernel';
import type { PointColumns } from '@fieldline/model';
import { historyErrors, type TimeSeriesReader } from '@fieldline/ports';
import type { FromEngine, PieceRead } from './link.js';

interface OpenRead {
  readonly pieces: AsyncIterator<PointColumns, unknown>;
  readonly abandoned: AbortController;
}

export interface PieceAnswersDeps {
  readonly series: Pick<TimeSeriesReader, 'columns'>;
  readonly send: (message: FromEngine, transfer?: readonly ArrayBuffer[]) => void;
  readonly log: Log;
}

/**
 * The engine thread's end of reads in pieces: a read goes on by one piece each time the main thread pulls, and stands still
 * between. How many may be open, and for how long one may stand still, the store decides.
 */
export class PieceAnswers {
  readonly #deps: PieceAnswersDeps;
  readonly #open = new Map<number, OpenRead>();

  constructor(deps: PieceAnswersDeps) {
    this.#deps = deps;
  }

  /** Reads that stand open. */
  get count(): number {
    return this.#open.size;
  }

  /** Begins a read where `read` says of what; sends its first or next piece. */
  async pull(id: number, read: PieceRead | undefined): Promise<void> {
    try {
      const columns = await this.#next(read === undefined ? this.#open.get(id) : this.#begin(id, read));
      if (columns === undefined) this.#open.delete(id);
      this.#send(id, { columns });
    } catch (error) {
      this.#open.delete(id);
      this.#failed(error);
      this.#send(id, { problem: problemOf(error) });
    }
  }

  /** Ends a read; where it is over, nothing happens. */
  abandon(id: number): void {
    const open = this.#open.get(id);
    if (open === undefined) return;
    this.#open.delete(id);
    open.abandoned.abort();
    open.pieces.return?.().catch((error: unknown) => this.#failed(error));
  }

  /** Ends every read. */
  close(): void {
    for (const id of [...this.#open.keys()]) this.abandon(id);
  }

  #begin(id: number, { tenantId, entity, query }: PieceRead): OpenRead {
    const abandoned = new AbortController();
    const pieces = this.#deps.series.columns(tenantId, entity, query, abandoned.signal)[Symbol.asyncIterator]();
    const open = { pieces, abandoned };
    this.#open.set(id, open);
    return open;
  }

  async #next(open: OpenRead | undefined): Promise<PointColumns | undefined> {
    if (open === undefined) throw historyErrors.ABANDONED();
    const step = await open.pieces.next();
    return step.done === true ? undefined : step.value;
  }

  #send(id: number, answer: { readonly columns?: PointColumns | undefined; readonly problem?: Problem }): void {
    const { columns } = answer;
    const buffers = columns === undefined ? [] : [columns.times.buffer, columns.kinds.buffer, columns.numbers.buffer];
    // Columns may lie side by side in one buffer, which can be given away once only.
    this.#deps.send({ kind: 'piece', id, ...answer }, [...new Set(buffers)]);
  }

  #failed(error: unknown): void {
    if (!isProblem(error)) this.#deps.log.error('history-read-failed', { error });
  }
}
