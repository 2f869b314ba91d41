import { problemOf, ProblemError, type Clock, type Log } from '@fieldline/kernel';
import { storageErrors, type CommittedChanges } from '@fieldline/ports';
import { APPLY_PAUSE_MS, GROUP_POINTS_MAX, GROUP_UNITS_MAX, SETTLE_WAIT_MS } from '../limits.js';
import { mongoProblem } from '../mongo-problem.js';
import type { DataCollections } from './data-collections.js';
import type { DataJournal } from './data-journal.js';
import { applyDataSteps, storedBy, type DataStep } from './data-steps.js';
import { groupSteps, type GroupSteps } from './group-steps.js';
import type { LatestDocument } from './data-documents.js';
import { LatestTimes } from './latest-times.js';
import type { LeftToDo } from './left-to-do.js';
import type { MongoUnit } from './mongo-unit.js';
import type { OpenReads } from './open-reads.js';
import { QueriedKeys, type QueriedKeyDocument } from './queried-keys.js';
import type { RemovedOwners } from './removed-owners.js';
import type { Retention } from './retention.js';
import { toldChanges } from './told-changes.js';

export interface DataCommitsOptions {
  readonly collections: DataCollections;
  readonly journal: DataJournal;
  readonly removed: RemovedOwners;
  readonly leftToDo: LeftToDo;
  readonly retention: Retention;
  readonly openReads: OpenReads;
  readonly clock: Clock;
  readonly log: Log;
  /** Bound of limits.ts, for tests that reach it. */
  readonly queriedKeysMax?: number | undefined;
}

/** A unit on its way to the disk. */
interface Given {
  readonly unit: MongoUnit;
  readonly done: PromiseWithResolvers<void>;
}

/**
 * Makes units durable in the order of the calls, those together that waited together: the journal first, then the
 * collections, then the answer. What is in the journal is not given up any more, however long the server is away.
 *
 * Where the journal cannot be written, its units fail, and with them all that were given after them and are not answered
 * yet: they were computed on what the failed ones had left.
 */
export class DataCommits {
  readonly #options: DataCommitsOptions;
  readonly #listeners: ((changes: CommittedChanges) => void)[] = [];
  readonly #latestTimes: LatestTimes;
  readonly #queriedKeys: QueriedKeys;
  #given: Given[] = [];
  #running: Promise<void> | undefined;
  #count = 0;
  #mayHoldEntry = false;
  #isClosing = false;

  constructor(options: DataCommitsOptions) {
    this.#options = options;
    this.#latestTimes = new LatestTimes(options.collections.latest);
    this.#queriedKeys = new QueriedKeys(options.collections.queriedKey, options.queriedKeysMax);
  }

  commit(unit: MongoUnit): Promise<void> {
    this.#count += 1;
    unit.number = this.#count;
    this.#options.removed.add(unit);
    const done = Promise.withResolvers<void>();
    this.#given.push({ unit, done });
    this.#running ??= this.#run();
    return done.promise;
  }

  /** Units given to commit that are not in the collections yet, the oldest first. */
  get pending(): readonly MongoUnit[] {
    return this.#given.map(({ unit }) => unit);
  }

  onCommitted(listener: (changes: CommittedChanges) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * Resolves when every unit given so far is in the collections, or failed.
   *
   * @throws STORAGE_UNAVAILABLE where that takes longer than a read may: the server may be away
   */
  async settled(): Promise<void> {
    if (this.#given.length === 0) return;
    const late = Promise.withResolvers<never>();
    const reason = `what was written before is not in the database after ${SETTLE_WAIT_MS} ms`;
    const cancel = this.#options.clock.after('data-store-settled', SETTLE_WAIT_MS, () => late.reject(storageErrors.UNAVAILABLE({ reason })));
    try {
      await Promise.race([Promise.allSettled(this.#given.map(({ done }) => done.promise)), late.promise]);
    } finally {
      cancel();
    }
  }

  /** What is in the journal and cannot be applied now is by the next start. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    // What is given in the same turn goes together.
    await Promise.resolve();
    while (this.#given.length > 0) await this.#commitGroup(this.#nextGroup());
    this.#running = undefined;
  }

  #nextGroup(): readonly Given[] {
    let points = 0;
    const end = this.#given.findIndex(({ unit }, place) => {
      points += unit.pointChanges.length;
      return place > 0 && (place >= GROUP_UNITS_MAX || points > GROUP_POINTS_MAX);
    });
    return this.#given.slice(0, end === -1 ? undefined : end);
  }

  async #commitGroup(group: readonly Given[]): Promise<void> {
    const units = group.map(({ unit }) => unit);
    const { collections, removed, leftToDo, retention } = this.#options;
    let made: GroupSteps;
    try {
      await this.#endEntry();
      const left = { removed, leftToDo, latestTimes: this.#latestTimes, queriedKeys: this.#queriedKeys };
      made = await groupSteps(collections, units, { ...left, expiry: (tenantId) => retention.expiry(tenantId) });
      this.#mayHoldEntry = true;
      await this.#options.journal.write(made.steps);
    } catch (error) {
      this.#loseAll(mongoProblem(error));
      return;
    }
    await this.#options.openReads.keepBefore(made.steps);
    if (!(await this.#apply(made.steps))) {
      this.#loseAll(
        storageErrors.UNAVAILABLE({ reason: 'it was closed while the database was away; what was journalled follows at the next start' }),
      );
      return;
    }
    leftToDo.settled(units, made.steps, removed);
    this.#remember(made.steps);
    this.#given = this.#given.slice(group.length);
    for (const [place, { unit, done }] of group.entries()) {
      this.#tell(toldChanges(unit, removed, { alarms: made.alarms[place] ?? [], removedLatest: made.removedLatest[place] ?? [] }));
      done.resolve();
    }
    // Where this fails, it is the first thing that the next group does, or the next start.
    await this.#endEntry().catch(() => undefined);
  }

  /** What later groups build on, as it is in the collections now. */
  #remember(steps: readonly DataStep[]): void {
    if (steps.some((step) => step.to === 'latest' && 'remove' in step)) this.#latestTimes.forgetAll();
    if (steps.some((step) => step.to === 'queriedKey' && 'remove' in step)) this.#queriedKeys.forgetAll();
    for (const step of steps) {
      if (step.to === 'latest') this.#latestTimes.written(storedBy(step) as readonly LatestDocument[]);
      if (step.to === 'queriedKey') this.#queriedKeys.written(storedBy(step) as readonly QueriedKeyDocument[]);
    }
  }

  async #endEntry(): Promise<void> {
    if (!this.#mayHoldEntry) return;
    await this.#options.journal.end();
    this.#mayHoldEntry = false;
  }

  /** @returns false where the store was closed before it could be done */
  async #apply(steps: readonly DataStep[]): Promise<boolean> {
    const { collections, clock, log } = this.#options;
    for (;;) {
      try {
        await applyDataSteps(collections, steps);
        return true;
      } catch (error) {
        log.warn('commit-applied-later', { problem: problemOf(error) });
        if (this.#isClosing) return false;
        await new Promise<void>((resolve) => clock.after('data-store-apply', APPLY_PAUSE_MS, resolve));
      }
    }
  }

  #loseAll(problem: ProblemError): void {
    const lost = this.#given;
    this.#given = [];
    for (const { unit } of [...lost].reverse()) this.#options.removed.takeBack(unit);
    this.#options.log.warn('commit-failed', { code: problem.code, reason: problem.message, units: lost.length });
    for (const { done } of lost) done.reject(new ProblemError(problemOf(problem), { cause: problem }));
  }

  #tell(changes: CommittedChanges): void {
    for (const listener of this.#listeners) {
      try {
        listener(changes);
      } catch (error) {
        // What is durable stays acknowledged, whoever fails to hear of it.
        this.#options.log.error('commit-listener-failed', { problem: problemOf(error) });
      }
    }
  }
}
