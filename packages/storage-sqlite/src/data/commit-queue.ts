import { problemOf, ProblemError, type Log, type Problem } from '@fieldline/kernel';
import { storageErrors, type CommittedChanges } from '@fieldline/ports';
import { storageProblem } from '../database.js';
import type { WriteFailure, WriterLink } from '../writer/writer-link.js';
import type { Applied, LiveState } from './live-state.js';
import type { Brake } from './brake.js';
import type { LogGauge } from './log-gauge.js';
import type { PackTurns } from './pack-turns.js';
import type { SqliteUnit } from './sqlite-unit.js';
import { toldChanges } from './told-changes.js';
import { statementsOf } from './write-statements.js';

/** A unit on its way to the disk. */
interface InFlight extends Applied {
  readonly done: PromiseWithResolvers<void>;
  /** Of the head, that its points are in. */
  readonly generation: number;
  isLost: boolean;
}

export interface CommitQueueOptions {
  readonly path: string;
  readonly state: LiveState;
  readonly writer: WriterLink;
  readonly log: Log;
  readonly gauge: LogGauge;
  readonly brake: Brake;
  /** Who packs the log, asked when the queue knows what is under way; absent: nobody. */
  readonly turns: (newestInFlight: () => object | undefined) => PackTurns | undefined;
  /** Called when the buffer of a unit is free again. */
  readonly onDone: (unit: SqliteUnit) => void;
}

/**
 * Takes units to the writer in the order of the calls, and the live state with them: a unit is applied when it
 * is given, so that its successors build on it.
 *
 * When a unit fails, so do all that were given after it and are not answered yet (the writer refuses them by
 * their epoch): they were computed on what the failed one had left. All of them are out of the live state, the
 * last first, before the first of their promises rejects.
 */
export class CommitQueue {
  readonly #options: CommitQueueOptions;
  readonly #listeners: ((changes: CommittedChanges) => void)[] = [];
  #inFlight: InFlight[] = [];
  readonly #turns: PackTurns | undefined;
  #epoch = 0;

  constructor(options: CommitQueueOptions) {
    this.#options = options;
    this.#turns = options.turns(() => this.#inFlight.at(-1));
  }

  commit(unit: SqliteUnit): Promise<void> {
    const { path, state, writer, gauge, brake } = this.#options;
    const refusal = unit.encoder.isEmpty ? undefined : gauge.refusalOf(unit.pointCount, unit.encoder.used);
    if (refusal !== undefined) return Promise.reject(refusal);
    try {
      state.prepare(unit);
    } catch (error) {
      return Promise.reject(storageProblem(error, path));
    }
    const { current: generation } = state.head.generations;
    const entry: InFlight = { ...state.apply(unit), generation, done: Promise.withResolvers<void>(), isLost: false };
    this.#inFlight.push(entry);
    this.#count(unit, 1);
    brake.look();
    const statements = statementsOf(entry, state.head);
    const points = unit.encoder.isEmpty ? undefined : unit.encoder.written.slice();
    const removesTenants = entry.hidden.tenants.length > 0;
    void writer.write({ points, statements, epoch: this.#epoch, removesTenants }).then((failure) => this.#answered(entry, failure));
    this.#turns?.considered();
    return brake.delayMs > 0 ? entry.done.promise.then(() => brake.rest()) : entry.done.promise;
  }

  onCommitted(listener: (changes: CommittedChanges) => void): void {
    this.#listeners.push(listener);
  }

  /** Resolves when every unit given so far is on the disk or out of the live state. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#inFlight.map(({ done }) => done.promise));
  }

  #answered(entry: InFlight, failure: WriteFailure | undefined): void {
    if (entry.isLost) return;
    if (failure !== undefined) {
      this.#loseAll(problemOfFailure(failure));
      return;
    }
    // Answers come in the order of the calls, so this is the oldest.
    this.#inFlight.shift();
    this.#options.state.settled(entry);
    this.#tell(entry);
    this.#options.onDone(entry.unit);
    entry.done.resolve();
    this.#turns?.answered(entry);
    if (entry.unit.removedEntities.length > 0 || entry.unit.removedTenants.length > 0) this.#turns?.sweep();
  }

  #loseAll(problem: Problem): void {
    const lost = this.#inFlight;
    this.#inFlight = [];
    this.#epoch += 1;
    for (const entry of [...lost].reverse()) {
      entry.isLost = true;
      if (entry.generation !== this.#options.state.head.generations.current) this.#turns?.lost();
      this.#options.state.takeBack(entry);
      this.#count(entry.unit, -1);
    }
    this.#options.log.warn('commit-failed', { code: problem.code, reason: problem.message, units: lost.length });
    for (const { unit, done } of lost) {
      this.#options.onDone(unit);
      done.reject(new ProblemError(problem));
    }
  }

  #count(unit: SqliteUnit, sign: 1 | -1): void {
    if (!unit.encoder.isEmpty) this.#options.gauge.add(sign * unit.pointCount, sign * unit.encoder.used);
  }

  #tell(entry: InFlight): void {
    if (this.#listeners.length === 0) return;
    const changes = toldChanges(entry, this.#options.state.head);
    for (const listener of this.#listeners) {
      try {
        listener(changes);
      } catch (error) {
        // What is on the disk stays acknowledged, whoever fails to hear of it.
        this.#options.log.error('commit-listener-failed', { problem: problemOf(error) });
      }
    }
  }
}

/** Why nothing of a request was kept, as a problem to be told. */
export function problemOfFailure(failure: WriteFailure): Problem {
  if (failure.kind === 'problem') return failure.problem;
  // Units hold nothing that could be taken or changed by others: this would be a fault of ours.
  return problemOf(storageErrors.UNAVAILABLE({ reason: `the database refused a unit (${JSON.stringify(failure)})` }));
}
