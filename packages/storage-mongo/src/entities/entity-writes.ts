import { problemOf, type Clock, type Log } from '@fieldline/kernel';
import { storageErrors, type EntityChange } from '@fieldline/ports';
import { randomInt, randomUUID } from 'node:crypto';
import { WRITE_ATTEMPTS_MAX, WRITE_PAUSE_MS } from '../limits.js';
import { applySteps, asItWas, removeAll, undoSteps, type Refusal } from './apply-steps.js';
import type { MongoCollection } from '../mongo-collection.js';
import type { EntityCollections } from './entity-collections.js';
import { isTombstone } from './entity-documents.js';
import { readBody, type JournalEntry, type WriteJournal } from './write-journal.js';
import { WriteGuards, type Guard } from './write-guards.js';
import { planWrite, type WritePlan, type WriteStep } from './write-plan.js';
import { scopeOf, type WriteScope } from './write-scope.js';
import { WriteTurns } from './write-turns.js';

export interface EntityWritesOptions {
  readonly collections: EntityCollections;
  readonly journal: WriteJournal;
  readonly guards: MongoCollection<Guard>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Writes of several documents that happen as a whole or not at all, without transactions.
 *
 * A write of one document is one call. Any other is first worked out on what is stored, then noted in the journal with
 * what its steps replace. Each step states what it read (version and writer of the document), and leaves the name of the
 * write in what it makes. When all are done, the write has happened: its entry says so, or is gone. Only then is
 * removed what the write removes. Where a step is refused, those before it are undone, the last first.
 *
 * A write with conditions enters in the journal first what it is about, and is worked out when nobody else is at work on
 * what it counts (write-guards.ts): then what it found holds until it has happened.
 *
 * A document made by a write that is still in the journal is nobody else's to change: other writes wait for it. What a
 * process left behind when it died is undone, or completed where the write had happened, by whoever meets it, and by
 * every process now and then, once its lease is over. Readers are not kept away: for a moment they may see a part of a
 * write, even of one that is undone then.
 */
export class EntityWrites {
  readonly #collections: EntityCollections;
  readonly #journal: WriteJournal;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #guards: WriteGuards;
  readonly #turns = new WriteTurns();

  constructor({ collections, journal, guards, clock, log }: EntityWritesOptions) {
    this.#collections = collections;
    this.#journal = journal;
    this.#clock = clock;
    this.#log = log;
    this.#guards = new WriteGuards({ guards, journal, clock, isUnderWay: (writes) => this.#isUnderWay(writes) });
  }

  /** As `EntityStore.write`. */
  async write(changes: readonly EntityChange[]): Promise<void> {
    const scope = scopeOf(changes);
    await this.#turns.run(scope, () => this.#write(changes, scope));
  }

  /** Ends the writes of processes that died. */
  async recover(): Promise<void> {
    for (const entry of await this.#journal.expired()) await this.#recoverOne(entry);
  }

  async #write(changes: readonly EntityChange[], scope: WriteScope): Promise<void> {
    for (let attempt = 1; attempt <= WRITE_ATTEMPTS_MAX; attempt += 1) {
      const write = randomUUID();
      const refusal = await (scope.isConditional ? this.#guarded(write, changes, scope) : this.#plain(write, changes, scope));
      if (refusal === undefined) return;
      if (refusal !== 'busy' && refusal.field !== undefined) throw storageErrors.NAME_TAKEN({ kind: refusal.step.kind, field: refusal.field });
      // Somebody was faster: what it means for this write shows when it is worked out again. Not all come back at once.
      const pauseMs = WRITE_PAUSE_MS / 2 + randomInt(WRITE_PAUSE_MS);
      await new Promise<void>((resolve) => this.#clock.after('entity-write', pauseMs, resolve));
    }
    throw storageErrors.UNAVAILABLE({ reason: 'others keep changing what this write is about' });
  }

  async #plain(write: string, changes: readonly EntityChange[], { touched }: WriteScope): Promise<Refusal | 'busy' | undefined> {
    const plan = await planWrite(this.#collections, changes, write, (makers) => this.#isUnderWay(makers));
    if (plan === undefined) return 'busy';
    const { steps, removals } = plan;
    const [only] = steps;
    if (only === undefined && removals.length === 0) return undefined;
    if (only !== undefined && isSingle(plan)) return this.#single(only);
    await this.#journal.begin(write, touched, plan);
    if (only === undefined) {
      await this.#complete(write, plan);
      return undefined;
    }
    const isFree = await this.#orEnd(write, () => this.#guards.areFree(write, touched));
    return isFree ? this.#carryOut(write, plan) : this.#giveWay(write);
  }

  async #guarded(write: string, changes: readonly EntityChange[], scope: WriteScope): Promise<Refusal | 'busy' | undefined> {
    await this.#journal.announce(write, scope.touched);
    try {
      const plan = await this.#orEnd(write, async () => {
        if (!(await this.#guards.enter(write, scope))) return undefined;
        const made = await planWrite(this.#collections, changes, write, (makers) => this.#isUnderWay(makers));
        if (made !== undefined && !(await this.#journal.fill(write, made))) throw tooSlow();
        return made;
      });
      return await (plan === undefined ? this.#giveWay(write) : this.#carryOut(write, plan));
    } finally {
      await this.#leave(write, scope);
    }
  }

  /** What comes before the first step of a write: where it fails, the write ends. */
  async #orEnd<T>(write: string, prepare: () => Promise<T>): Promise<T> {
    try {
      return await prepare();
    } catch (error) {
      // Without steps there is nothing to undo, so whoever meets the entry when the lease is over may end it as well.
      await this.#journal.end(write).catch((unended: unknown) => this.#log.warn('entity-write-ended-later', { problem: problemOf(unended) }));
      throw error;
    }
  }

  async #giveWay(write: string): Promise<'busy'> {
    await this.#journal.end(write);
    return 'busy';
  }

  /** The guards count for nothing once the write has ended, so nothing here may fail it. */
  async #leave(write: string, { guarded }: WriteScope): Promise<void> {
    try {
      await this.#guards.leave(write, guarded);
    } catch (error) {
      this.#log.warn('entity-guards-left-behind', { problem: problemOf(error) });
    }
  }

  /** True where one of the writes may yet be undone. Those of processes that died are. */
  async #isUnderWay(writes: readonly string[]): Promise<boolean> {
    if (writes.length === 0) return false;
    const underWay = await this.#journal.underWay(writes);
    for (const entry of underWay) if (this.#journal.isExpired(entry)) await this.#recoverOne(entry);
    return underWay.some(({ isDecided }) => !isDecided);
  }

  async #carryOut(write: string, plan: WritePlan): Promise<Refusal | undefined> {
    const { steps } = plan;
    let refusal: Refusal | 'lost' | undefined;
    try {
      refusal = await applySteps(this.#collections, steps, () => this.#journal.keep(write));
    } catch (error) {
      await this.#undoLater(write, plan);
      throw error;
    }
    if (refusal === undefined && (await this.#decide(write, plan))) {
      await this.#complete(write, plan);
      return undefined;
    }
    await this.#undo(write, plan);
    if (refusal === undefined || refusal === 'lost') throw tooSlow();
    return refusal;
  }

  async #single(step: WriteStep): Promise<Refusal | undefined> {
    if (step.before === undefined || !isTombstone(step.after)) {
      const { _write, ...after } = step.after;
      return (await applySteps(this.#collections, [{ ...step, after }], async () => true)) as Refusal | undefined;
    }
    const removed = await this.#collections[step.kind].remove(asItWas(step.before));
    return removed === 1 ? undefined : { step, reason: 'absent' };
  }

  /** @returns false where somebody took this process for dead and undid the write */
  async #decide(write: string, { removals }: WritePlan): Promise<boolean> {
    const decide = (): Promise<boolean> => (removals.length === 0 ? this.#journal.end(write) : this.#journal.decide(write));
    try {
      return await decide();
    } catch {
      // Whether it got through is written in the journal. If that cannot be read either, whoever recovers it decides.
      const entry = await this.#journal.entry(write);
      return entry === undefined || entry.isDecided || decide();
    }
  }

  /** The write happened, so nothing here may fail it. What is left is done when the lease is over. */
  async #complete(write: string, { removals }: WritePlan): Promise<void> {
    if (removals.length === 0) return;
    try {
      await removeAll(this.#collections, removals);
      await this.#journal.end(write);
    } catch (error) {
      this.#log.warn('entity-write-completed-later', { problem: problemOf(error) });
    }
  }

  async #undo(write: string, { steps }: WritePlan): Promise<void> {
    const done = steps.map(({ kind, before, after }) => ({ kind, id: after._id, before }));
    await undoSteps(this.#collections, write, done);
    await this.#journal.end(write);
  }

  async #undoLater(write: string, plan: WritePlan): Promise<void> {
    try {
      await this.#undo(write, plan);
    } catch (error) {
      this.#log.warn('entity-write-undone-later', { problem: problemOf(error) });
    }
  }

  async #recoverOne(entry: JournalEntry): Promise<void> {
    if (!(await this.#journal.takeOver(entry))) return;
    const { steps, removals } = readBody(entry);
    if (entry.isDecided) await removeAll(this.#collections, removals);
    else await undoSteps(this.#collections, entry._id, steps);
    await this.#journal.end(entry._id);
    this.#log.warn('entity-write-recovered', { write: entry._id, steps: steps.length, isCompleted: entry.isDecided });
  }
}

const tooSlow = (): Error => storageErrors.UNAVAILABLE({ reason: 'the write took so long that it was given up' });

/** One step: an insert, an update, or a removal with nothing besides its tombstone. */
function isSingle({ steps, removals }: WritePlan): boolean {
  const [step] = steps;
  if (step === undefined || steps.length > 1) return false;
  return removals.length === (isTombstone(step.after) ? 1 : 0);
}
