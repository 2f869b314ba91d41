import type { Clock } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import type { MongoCollection } from '../mongo-collection.js';
import type { RetentionDocument } from './data-documents.js';
import type { Expiry } from './expiry.js';

/** How long each tenant keeps points that say nothing themselves. Nobody else writes it. */
export class Retention {
  readonly #collection: MongoCollection<RetentionDocument>;
  readonly #clock: Clock;
  readonly #ttls: Map<string, number>;
  #written: Promise<void> = Promise.resolve();

  private constructor(collection: MongoCollection<RetentionDocument>, clock: Clock, ttls: Iterable<RetentionDocument>) {
    this.#collection = collection;
    this.#clock = clock;
    this.#ttls = new Map(Array.from(ttls, ({ _id, ttlMs }) => [_id, ttlMs]));
  }

  static async read(collection: MongoCollection<RetentionDocument>, clock: Clock): Promise<Retention> {
    return new Retention(collection, clock, await collection.find({}));
  }

  /** Those that set a time. */
  get tenants(): readonly TenantId[] {
    return [...this.#ttls].filter(([, ttlMs]) => ttlMs > 0).map(([tenantId]) => tenantId as TenantId);
  }

  /** As it is now. */
  expiry(tenantId: TenantId): Expiry {
    return { nowMs: this.#clock.nowMs(), defaultTtlMs: this.#ttls.get(tenantId) ?? 0 };
  }

  /** One after the other, so that the last one given is the one that stays. */
  set(tenantId: TenantId, ttlMs: number): Promise<void> {
    const written = this.#written.then(() => this.#collection.put([{ _id: tenantId, ttlMs }]));
    this.#written = written.catch(() => undefined);
    return written.then(() => void this.#ttls.set(tenantId, ttlMs));
  }
}
