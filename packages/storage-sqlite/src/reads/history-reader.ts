import { problemOf } from '@fieldline/kernel';
import { pointColumns, type PointColumns } from '@fieldline/model';
import { historyErrors, type AggregatedPoint } from '@fieldline/ports';
import type { Transferable } from 'node:worker_threads';
import { storageProblem } from '../database.js';
import { HISTORY_PIECES_AHEAD, HISTORY_SLICE_MS } from '../limits.js';
import { AggregateRead } from './aggregate-read.js';
import { ColumnsRead } from './columns-read.js';
import type { FromHistory, HistoryQuestion, ToHistory } from './history-messages.js';
import { ReadConnections, type ReadConnection } from './read-connections.js';
import { ReadCost, readLimits, type ReadLimits } from './read-cost.js';
import { pointsOf, type SeriesAtHand } from './series-reading.js';

interface ReadUnderWay {
  readonly id: number;
  readonly connection: ReadConnection;
  readonly cost: ReadCost;
  readonly work: ColumnsRead | AggregateRead;
  readonly openedMs: number;
  /** Pieces that may be made before one of them is taken. */
  piecesLeft: number;
  isOpenTold: boolean;
  /** Runs while nobody takes the pieces. */
  idle: NodeJS.Timeout | undefined;
}

/** Passes on what a read gave; `transfer` are its buffers. */
export type SayFromHistory = (message: FromHistory, transfer: readonly Transferable[]) => void;

/** Reads history for one link: all reads under way in turns, a few milliseconds each, so that a short one is not held up by long ones. */
export class HistoryReader {
  readonly #path: string;
  readonly #limits: ReadLimits;
  readonly #say: SayFromHistory;
  readonly #connections: ReadConnections;
  /** Room for the piece that is being made: one turn at a time makes one. */
  readonly #piece: PointColumns;
  readonly #reads = new Map<number, ReadUnderWay>();
  /** Ids of those that have work to do, in the order of their turns; ended ones may still be among them. */
  readonly #turns: number[] = [];

  constructor({ path, say, limits = readLimits }: { readonly path: string; readonly say: SayFromHistory; readonly limits?: ReadLimits | undefined }) {
    this.#path = path;
    this.#limits = limits;
    this.#say = say;
    this.#connections = new ReadConnections(path);
    this.#piece = pointColumns(limits.pieceMax);
  }

  receive(message: ToHistory): void {
    if (message.kind === 'read') this.#open(message.id, message.series, message.question);
    else if (message.kind === 'more') this.#goOn(message.id);
    else if (message.kind === 'end') this.#end(message.id);
    else this.#close();
  }

  /** Opens the snapshot at once: what is in blocks by now is what the read shows. */
  #open(id: number, series: SeriesAtHand, question: HistoryQuestion): void {
    let connection: ReadConnection | undefined;
    try {
      connection = this.#connections.take();
      const cost = new ReadCost(this.#limits);
      const work = this.#workOn(connection, series, question, cost);
      const opened = { isOpenTold: false, openedMs: performance.now(), piecesLeft: HISTORY_PIECES_AHEAD, idle: undefined };
      this.#reads.set(id, { id, connection, cost, work, ...opened });
    } catch (error) {
      if (connection !== undefined) this.#connections.giveBack(connection);
      this.#tellFailure(id, error);
      return;
    }
    // Its first turn comes at once: most reads end with it, and the next one has their connection.
    this.#turn(id);
  }

  #workOn({ blocks }: ReadConnection, series: SeriesAtHand, { kind, query }: HistoryQuestion, cost: ReadCost): ColumnsRead | AggregateRead {
    if (kind === 'columns') return new ColumnsRead(pointsOf(blocks, series, query, query.order), cost, query, this.#piece);
    return new AggregateRead(pointsOf(blocks, series, query, 'SUMMARISED'), cost, query, this.#limits.intervalsMax);
  }

  #queue(id: number): void {
    if (this.#turns.length === 0) setImmediate(() => this.#takeNext());
    this.#turns.push(id);
  }

  #takeNext(): void {
    const id = this.#turns.shift() as number;
    // Ports are served between the turns: a read that came meanwhile, or the end of one, is not kept waiting.
    if (this.#turns.length > 0) setImmediate(() => this.#takeNext());
    this.#turn(id);
  }

  #turn(id: number): void {
    const read = this.#reads.get(id);
    if (read === undefined) return;
    try {
      this.#work(read);
    } catch (error) {
      this.#end(read.id);
      this.#tellFailure(read.id, error);
    }
  }

  #work(read: ReadUnderWay): void {
    const startMs = performance.now();
    if (startMs - read.openedMs > this.#limits.snapshotMsMax) throw historyErrors.ABANDONED();
    const untilMs = startMs + HISTORY_SLICE_MS;
    do {
      const slice = read.work.slice(untilMs);
      if (slice === 'later') break;
      if (slice === 'end' || !isPiece(slice.value)) {
        this.#end(read.id);
        this.#say({ kind: 'done', id: read.id, points: slice === 'end' ? [] : (slice.value as readonly AggregatedPoint[]) }, []);
        return;
      }
      this.#tellPiece(read, slice.value);
    } while (read.piecesLeft > 0 && performance.now() < untilMs);
    read.cost.addWork(performance.now() - startMs);
    if (!read.isOpenTold) this.#say({ kind: 'opened', id: read.id }, []);
    read.isOpenTold = true;
    if (read.piecesLeft > 0) this.#queue(read.id);
    else this.#rest(read);
  }

  #tellPiece(read: ReadUnderWay, piece: PointColumns): void {
    read.piecesLeft -= 1;
    read.isOpenTold = true;
    this.#say({ kind: 'piece', id: read.id, piece }, [piece.times.buffer, piece.kinds.buffer, piece.numbers.buffer]);
  }

  #rest(read: ReadUnderWay): void {
    read.idle = setTimeout(() => {
      this.#end(read.id);
      this.#tellFailure(read.id, historyErrors.ABANDONED());
    }, this.#limits.idleMs);
    read.idle.unref();
  }

  #goOn(id: number): void {
    const read = this.#reads.get(id);
    if (read === undefined) return;
    read.piecesLeft += 1;
    if (read.idle === undefined) return;
    clearTimeout(read.idle);
    read.idle = undefined;
    this.#queue(id);
  }

  /** Lets go of the snapshot of a read, if it is still under way. */
  #end(id: number): void {
    const read = this.#reads.get(id);
    if (read === undefined) return;
    this.#reads.delete(id);
    clearTimeout(read.idle);
    this.#connections.giveBack(read.connection);
  }

  #close(): void {
    for (const id of this.#reads.keys()) this.#end(id);
    this.#connections.close();
  }

  #tellFailure(id: number, error: unknown): void {
    this.#say({ kind: 'failed', id, problem: problemOf(storageProblem(error, this.#path)) }, []);
  }
}

function isPiece(value: PointColumns | readonly AggregatedPoint[]): value is PointColumns {
  return 'times' in value;
}
