import type { Clock } from '@fieldline/kernel';
import { GUARD_LOOKS_MAX, WRITE_PAUSE_MS } from '../limits.js';
import { inCalls, type MongoCollection, type Stored } from '../mongo-collection.js';
import type { WriteJournal } from './write-journal.js';
import type { WriteScope } from './write-scope.js';

/** Says which write has what nobody else may touch (its id). It counts as long as that write is under way. */
export interface Guard extends Stored {
  readonly write: string;
}

export const guardCollection = { name: 'entity_guard', indexes: [] };

export interface WriteGuardsOptions {
  readonly guards: MongoCollection<Guard>;
  readonly journal: WriteJournal;
  readonly clock: Clock;
  /** True where one of the writes may yet be undone. */
  readonly isUnderWay: (writes: readonly string[]) => Promise<boolean>;
}

/**
 * Keeps writes away from what another write counts. Each write first enters in the journal what it touches, then looks
 * whether somebody guards that, and gives way. One that guards takes its guard first, then looks who was in the journal
 * before, and waits for those. Of two one always sees the other, as both first leave their mark and then look.
 */
export class WriteGuards {
  readonly #guards: MongoCollection<Guard>;
  readonly #journal: WriteJournal;
  readonly #clock: Clock;
  readonly #isUnderWay: WriteGuardsOptions['isUnderWay'];

  constructor({ guards, journal, clock, isUnderWay }: WriteGuardsOptions) {
    this.#guards = guards;
    this.#journal = journal;
    this.#clock = clock;
    this.#isUnderWay = isUnderWay;
  }

  /** For a write that is in the journal. @returns false where it has to give way */
  async enter(write: string, { touched, guarded }: WriteScope): Promise<boolean> {
    if (guarded.length === 0) return this.areFree(write, touched);
    return (await this.#take(write, guarded)) && (await this.areFree(write, touched)) && this.#areLeft(write, guarded);
  }

  /** True where no other write guards what this one touches. */
  async areFree(write: string, touched: readonly string[]): Promise<boolean> {
    const holders = (await this.#of(touched)).map((guard) => guard.write);
    return !(await this.#isUnderWay(holders.filter((holder) => holder !== write)));
  }

  /** Frees what the write guards. Whatever is left behind counts for nothing once the write has ended. */
  async leave(write: string, guarded: readonly string[]): Promise<void> {
    for (const part of inCalls(guarded)) await this.#guards.remove({ _id: { $in: part }, write });
  }

  async #take(write: string, guarded: readonly string[]): Promise<boolean> {
    const held = await this.#of(guarded);
    if (await this.#isUnderWay(held.map((guard) => guard.write))) return false;
    const known = new Set(held.map(({ _id }) => _id));
    const made = guarded.filter((name) => !known.has(name)).map((_id): Guard => ({ _id, write }));
    if (made.length > 0 && (await this.#guards.insert(made)).length > 0) return false;
    for (const former of held) {
      const { _id } = former;
      if ((await this.#guards.replace({ _id, write: former.write }, { _id, write })) !== 'replaced') return false;
    }
    return true;
  }

  /** Waits for those who touched it before it was guarded; not for long, as they may be waiting for this write. */
  async #areLeft(write: string, guarded: readonly string[]): Promise<boolean> {
    for (let look = 1; look <= GUARD_LOOKS_MAX; look += 1) {
      const others = (await this.#journal.touching(guarded)).filter((one) => one !== write);
      if (!(await this.#isUnderWay(others))) return true;
      await new Promise<void>((resolve) => this.#clock.after('entity-guard', WRITE_PAUSE_MS, resolve));
    }
    return false;
  }

  async #of(names: readonly string[]): Promise<readonly Guard[]> {
    const parts = await Promise.all(inCalls(names).map((part) => this.#guards.find({ _id: { $in: part } })));
    return parts.flat();
  }
}
