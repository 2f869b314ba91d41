import { problemOf, type Clock, type Log } from '@fieldline/kernel';
import { storageErrors, type EntityChange } from '@fieldline/ports';
import { randomUUID } from 'node:crypto';
import { WRITE_ATTEMPTS_MAX, WRITE_PAUSE_MS } from '../limits.js';
import { applySteps, asItWas, removeAll, undoSteps, type Refusal } from './apply-steps.js';
import type { EntityCollections } from './entity-collections.js';
import { isTombstone } from './entity-documents.js';
import { readBody, type JournalEntry, type WriteJournal } from './write-journal.js';
import { planWrite, type WritePlan, type WriteStep } from './write-plan.js';

export interface EntityWritesOptions {
  readonly collections: EntityCollections;
  readonly journal: WriteJournal;
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

  constructor({ collections, journal, clock, log }: EntityWritesOptions) {
    this.#collections = collections;
    this.#journal = journal;
    this.#clock = clock;
    this.#log = log;
  }

  /** As `EntityStore.write`. */
  async write(changes: readonly EntityChange[]): Promise<void> {
    for (let attempt = 1; attempt <= WRITE_ATTEMPTS_MAX; attempt += 1) {
      const write = randomUUID();
      const plan = await planWrite(this.#collections, changes, write, (makers) => this.#isUnderWay(makers));
      if (plan !== undefined) {
        const refusal = await this.#carryOut(write, plan);
        if (refusal === undefined) return;
        const { step, field } = refusal;
        if (field !== undefined) throw storageErrors.NAME_TAKEN({ kind: step.kind, field });
        // Somebody was faster: what it means for this write shows when it is worked out again.
      }
      await new Promise<void>((resolve) => this.#clock.after('entity-write', WRITE_PAUSE_MS, resolve));
    }
    throw storageErrors.UNAVAILABLE({ reason: 'others keep changing what this write is about' });
  }

  /** Ends the writes of processes that died. */
  async recover(): Promise<void> {
    for (const entry of await this.#journal.expired()) await this.#recoverOne(entry);
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
    const [only] = steps;
    if (only === undefined && plan.removals.length === 0) return undefined;
    if (only !== undefined && isSingle(plan)) return this.#single(only);
    await this.#journal.begin(write, plan);
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
    if (refusal === undefined || refusal === 'lost') throw storageErrors.UNAVAILABLE({ reason: 'the write took so long that it was given up' });
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
  async #decide(write: string, { steps, removals }: WritePlan): Promise<boolean> {
    if (steps.length === 0) return true;
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

/** One step: an insert, an update, or a removal with nothing besides its tombstone. */
function isSingle({ steps, removals }: WritePlan): boolean {
  const [step] = steps;
  if (step === undefined || steps.length > 1) return false;
  return removals.length === (isTombstone(step.after) ? 1 : 0);
}
