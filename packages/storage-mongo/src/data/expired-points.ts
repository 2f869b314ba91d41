import { problemOf, type CancelTimer, type Clock, type Log } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import { SERIES_A_REMOVAL, SWEEP_AFTER_START_MS, SWEEP_EVERY_MS } from '../limits.js';
import type { MongoFilter } from '../mongo-collection.js';
import type { DataCollections } from './data-collections.js';
import { pointId } from './data-documents.js';
import type { OpenReads } from './open-reads.js';
import type { Retention } from './retention.js';

export interface ExpiredPointsOptions {
  readonly collections: Pick<DataCollections, 'point' | 'latest' | 'series'>;
  readonly retention: Retention;
  readonly reads: OpenReads;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Removes points that have outlived their time to live, which no read shows any more: after the start, then each hour,
 * and when a tenant changes how long it keeps them. Indexes that do this in the database know of no times of tenants.
 */
export class ExpiredPoints {
  readonly #options: ExpiredPointsOptions;
  #cancel: CancelTimer | undefined;
  #running: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: ExpiredPointsOptions) {
    this.#options = options;
    this.#sweepAfter(SWEEP_AFTER_START_MS);
  }

  /** Soon, because a tenant changed how long it keeps points. */
  sweepSoon(): void {
    this.#sweepAfter(0);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel?.();
    await this.#running;
  }

  #sweepAfter(delayMs: number): void {
    this.#cancel?.();
    if (this.#isClosed) return;
    this.#cancel = this.#options.clock.after('expired-points', delayMs, () => {
      this.#running = this.#running.then(() => this.#sweep());
    });
  }

  async #sweep(): Promise<void> {
    try {
      await this.#sweepOwn();
      for (const tenantId of this.#options.retention.tenants) await this.#sweepDefault(tenantId);
    } catch (error) {
      // They stay for the next time.
      this.#options.log.warn('sweep-failed', { problem: problemOf(error) });
    }
    this.#sweepAfter(SWEEP_EVERY_MS);
  }

  /** Those with a time to live of their own. */
  async #sweepOwn(): Promise<void> {
    const { collections, reads, clock } = this.#options;
    const beforeMs = Math.min(clock.nowMs(), ...reads.of().map(({ expiry }) => expiry.nowMs));
    if (!this.#isClosed) await collections.point.remove({ expireAtMs: { $lte: beforeMs } });
  }

  /** The others of a tenant, some series at a time. While reads show what its earlier time to live had left, they stay. */
  async #sweepDefault(tenantId: TenantId): Promise<void> {
    const { collections, retention, reads } = this.#options;
    const { nowMs, defaultTtlMs } = retention.expiry(tenantId);
    const open = reads.of(tenantId).map(({ expiry }) => expiry);
    if (open.some((expiry) => expiry.defaultTtlMs !== defaultTtlMs)) return;
    const beforeMs = Math.min(nowMs, ...open.map((expiry) => expiry.nowMs)) - defaultTtlMs + 1;
    let ranges: MongoFilter[] = [];
    const remove = async (): Promise<void> => {
      if (ranges.length > 0) await collections.point.remove({ $or: ranges, expireAtMs: null });
      ranges = [];
    };
    for (const known of [collections.latest, collections.series]) {
      for await (const { _id } of known.stream({ tenantId }, { fields: ['_id'] })) {
        if (this.#isClosed) return;
        ranges.push({ _id: { $gte: _id, $lt: pointId(_id, beforeMs) } });
        if (ranges.length === SERIES_A_REMOVAL) await remove();
      }
    }
    await remove();
  }
}
