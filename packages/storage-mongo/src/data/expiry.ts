import type { MongoFilter } from '../mongo-collection.js';

/** What decides whether a point is still there. */
export interface Expiry {
  readonly nowMs: number;
  /** For points without a time to live of their own; 0 is for ever. */
  readonly defaultTtlMs: number;
}

/** Finds the points that have not outlived their time to live, which lie there until a sweep takes them. */
export function aliveAt({ nowMs, defaultTtlMs }: Expiry): MongoFilter {
  const ofTenant = defaultTtlMs === 0 ? {} : { ts: { $gt: nowMs - defaultTtlMs } };
  return { $or: [{ expireAtMs: { $gt: nowMs } }, { expireAtMs: null, ...ofTenant }] };
}

/** The same of a point that is not stored yet. */
export function isAliveAt({ tsMs, ttlMs }: { readonly tsMs: number; readonly ttlMs: number }, { nowMs, defaultTtlMs }: Expiry): boolean {
  return tsMs + (ttlMs || defaultTtlMs || Number.POSITIVE_INFINITY) > nowMs;
}
