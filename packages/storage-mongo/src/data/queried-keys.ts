import type { EntityType } from '@fieldline/model';
import { QUERIED_KEYS_MAX } from '../limits.js';
import type { MongoCollection, Stored } from '../mongo-collection.js';

/**
 * How far the keys of a type of entities are in the documents that queries read. `whole`: every value is. `partial`:
 * some were too long, so that queries have to read all of them elsewhere. A key without a document has no value.
 */
export interface QueriedKeyDocument extends Stored {
  readonly tenantId: string;
  readonly state: 'whole' | 'partial';
}

/** The document of a key, of which `field` is as `queriedField` gives it. */
export const queriedKeyId = (tenantId: string, entityType: EntityType, field: string): string => `${tenantId} ${entityType} ${field}`;

/** Partial where there are so many keys that those without a document may have values too. No field is called so. */
export const OTHER_KEYS = '*';

type State = QueriedKeyDocument['state'];

/** The keys as they are in the collection: nobody else writes there. */
export class QueriedKeys {
  readonly #collection: MongoCollection<QueriedKeyDocument>;
  readonly #keysMax: number;
  readonly #states = new Map<string, Map<string, State>>();

  constructor(collection: MongoCollection<QueriedKeyDocument>, keysMax = QUERIED_KEYS_MAX) {
    this.#collection = collection;
    this.#keysMax = keysMax;
  }

  /** What a group of units makes of the keys of its entities. */
  async change(owners: Iterable<{ readonly tenantId: string }>): Promise<KeyChanges> {
    for (const tenantId of new Set([...owners].map((owner) => owner.tenantId))) {
      if (!this.#states.has(tenantId)) this.#remember(tenantId, await this.#collection.find({ tenantId }));
    }
    return new KeyChanges(this.#states, this.#keysMax);
  }

  /** These documents are in the collection now. */
  written(documents: readonly QueriedKeyDocument[]): void {
    for (const [tenantId, ofTenant] of Map.groupBy(documents, (document) => document.tenantId)) this.#remember(tenantId, ofTenant);
  }

  /** Some may be gone. */
  forgetAll(): void {
    this.#states.clear();
  }

  #remember(tenantId: string, documents: readonly QueriedKeyDocument[]): void {
    const states = this.#states.get(tenantId) ?? new Map<string, State>();
    this.#states.set(tenantId, states);
    for (const { _id, state } of documents) states.set(_id, state);
  }
}

/** Changes of keys that are not written yet. */
export class KeyChanges {
  readonly #states: ReadonlyMap<string, ReadonlyMap<string, State>>;
  readonly #keysMax: number;
  readonly #changed = new Map<string, QueriedKeyDocument>();
  readonly #added = new Map<string, number>();

  constructor(states: ReadonlyMap<string, ReadonlyMap<string, State>>, keysMax: number) {
    this.#states = states;
    this.#keysMax = keysMax;
  }

  get documents(): readonly QueriedKeyDocument[] {
    return [...this.#changed.values()];
  }

  /** @returns whether a value of the key belongs into the document of its entity */
  holds(tenantId: string, entityType: EntityType, field: string, isTooLong: boolean): boolean {
    const _id = queriedKeyId(tenantId, entityType, field);
    const known = this.#changed.get(_id)?.state ?? this.#states.get(tenantId)?.get(_id);
    if (known === 'partial') return false;
    if (known === undefined && !this.#hasRoom(tenantId)) {
      this.#put(queriedKeyId(tenantId, entityType, OTHER_KEYS), tenantId, 'partial');
      return false;
    }
    if (known === undefined || isTooLong) this.#put(_id, tenantId, isTooLong ? 'partial' : 'whole');
    return !isTooLong;
  }

  #hasRoom(tenantId: string): boolean {
    return (this.#states.get(tenantId)?.size ?? 0) + (this.#added.get(tenantId) ?? 0) < this.#keysMax;
  }

  #put(_id: string, tenantId: string, state: State): void {
    const before = this.#states.get(tenantId)?.get(_id);
    if (before === state) return;
    if (before === undefined && !this.#changed.has(_id)) this.#added.set(tenantId, (this.#added.get(tenantId) ?? 0) + 1);
    this.#changed.set(_id, { _id, tenantId, state });
  }
}
