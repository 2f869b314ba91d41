import type { Clock } from '@fieldline/kernel';
import type { EntityKind } from '@fieldline/model';
import { mongo } from 'mongoose';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { mongoErrors } from '../errors.js';
import { JOURNAL_BYTES_MAX, WRITE_LEASE_MS } from '../limits.js';
import { inCalls, type MongoCollection, type Stored } from '../mongo-collection.js';
import type { EntityDocument } from './entity-documents.js';
import type { Removal, WritePlan } from './write-plan.js';

/** A write under way. It is there before the first step, and gone when the write is done or undone. */
export interface JournalEntry extends Stored {
  readonly owner: string;
  /** When the owner is taken for dead unless it renews this. */
  readonly leaseUntilMs: number;
  /** False: every step has to be undone. True: the write happened, but what it removes may still be there. */
  readonly isDecided: boolean;
  /** What it touches, as `WriteScope` names it. */
  readonly touched: readonly string[];
  /** Absent as long as it has no step. */
  readonly body?: mongo.Binary | undefined;
}

/** What an entry says of a step: enough to undo it. */
export interface JournalStep {
  readonly kind: EntityKind;
  readonly id: string;
  readonly before?: EntityDocument | undefined;
}

export interface JournalBody {
  readonly steps: readonly JournalStep[];
  readonly removals: readonly Removal[];
}

export const journalCollection = { name: 'entity_journal', indexes: [] };

/** The writes under way, as one process sees them. */
export class WriteJournal {
  readonly #entries: MongoCollection<JournalEntry>;
  readonly #clock: Clock;
  readonly #owner: string;
  readonly #leases = new Map<string, number>();

  constructor(entries: MongoCollection<JournalEntry>, clock: Clock, owner: string) {
    this.#entries = entries;
    this.#clock = clock;
    this.#owner = owner;
  }

  /** @throws MONGO_WRITE_TOO_LARGE, STORAGE_UNAVAILABLE */
  async begin(id: string, touched: readonly string[], plan: WritePlan): Promise<void> {
    // A write of removals alone has no step to undo, so it is decided from the start.
    await this.#entries.insert([{ ...this.#entry(id, touched), isDecided: plan.steps.length === 0, body: bodyOf(plan) }]);
  }

  /** Says what a write will touch that is yet to be worked out. */
  async announce(id: string, touched: readonly string[]): Promise<void> {
    await this.#entries.insert([{ ...this.#entry(id, touched), isDecided: false }]);
  }

  /**
   * Notes the steps of a write that was announced, before the first is done.
   *
   * @returns false where somebody else took the write over
   * @throws MONGO_WRITE_TOO_LARGE, STORAGE_UNAVAILABLE
   */
  async fill(id: string, plan: WritePlan): Promise<boolean> {
    return this.#set(id, { leaseUntilMs: this.#lease(id), body: bodyOf(plan) });
  }

  /** Renews the lease in time. @returns false where somebody else took the write over */
  async keep(id: string): Promise<boolean> {
    if ((this.#leases.get(id) ?? 0) - this.#clock.nowMs() > WRITE_LEASE_MS / 2) return true;
    return this.#set(id, { leaseUntilMs: this.#lease(id) });
  }

  /** From here on the write happened. @returns false where somebody else took the write over */
  async decide(id: string): Promise<boolean> {
    return this.#set(id, { leaseUntilMs: this.#lease(id), isDecided: true });
  }

  /** @returns false where somebody else took the write over */
  async end(id: string): Promise<boolean> {
    this.#leases.delete(id);
    return (await this.#entries.remove({ _id: id, owner: this.#owner })) === 1;
  }

  entry(id: string): Promise<JournalEntry | undefined> {
    return this.#entries.first({ _id: id });
  }

  /** Those of the writes that are under way. */
  underWay(ids: readonly string[]): Promise<readonly JournalEntry[]> {
    return this.#entries.find({ _id: { $in: ids } });
  }

  /** The writes in the journal that touch any of it. */
  async touching(names: readonly string[]): Promise<readonly string[]> {
    const parts = await Promise.all(inCalls(names).map((part) => this.#entries.find({ touched: { $in: part } }, { fields: ['_id'] })));
    return parts.flat().map(({ _id }) => _id);
  }

  expired(): Promise<readonly JournalEntry[]> {
    return this.#entries.find({ leaseUntilMs: { $lt: this.#clock.nowMs() } });
  }

  isExpired({ leaseUntilMs }: JournalEntry): boolean {
    return leaseUntilMs < this.#clock.nowMs();
  }

  /** Makes the write of somebody dead ours. @returns false where it was not dead, or somebody else was faster */
  async takeOver({ _id, owner, leaseUntilMs }: JournalEntry): Promise<boolean> {
    const mine = { owner: this.#owner, leaseUntilMs: this.#lease(_id) };
    return (await this.#entries.set({ _id, owner, leaseUntilMs }, mine)) === 1;
  }

  #entry(id: string, touched: readonly string[]): Pick<JournalEntry, '_id' | 'owner' | 'leaseUntilMs' | 'touched'> {
    return { _id: id, owner: this.#owner, leaseUntilMs: this.#lease(id), touched };
  }

  #lease(id: string): number {
    const leaseUntilMs = this.#clock.nowMs() + WRITE_LEASE_MS;
    this.#leases.set(id, leaseUntilMs);
    return leaseUntilMs;
  }

  async #set(id: string, fields: Readonly<Record<string, unknown>>): Promise<boolean> {
    return (await this.#entries.set({ _id: id, owner: this.#owner }, fields)) === 1;
  }
}

/** What an entry holds, read back. */
export function readBody({ body }: JournalEntry): JournalBody {
  if (body === undefined) return { steps: [], removals: [] };
  return mongo.BSON.deserialize(inflateRawSync(body.buffer)) as JournalBody;
}

// Packed as bytes: filters have keys, and documents together a size, that not every server takes.
function bodyOf({ steps, removals }: WritePlan): mongo.Binary {
  const undo = steps.map(({ kind, before, after }): JournalStep => ({ kind, id: after._id, ...(before === undefined ? {} : { before }) }));
  const packed = deflateRawSync(mongo.BSON.serialize({ steps: undo, removals }), { level: 1 });
  if (packed.length > JOURNAL_BYTES_MAX) throw mongoErrors.WRITE_TOO_LARGE({ what: 'bytes', max: JOURNAL_BYTES_MAX });
  return new mongo.Binary(packed);
}
