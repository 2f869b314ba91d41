import type { MongoCollection, MongoFilter } from '../mongo-collection.js';
import { pointId, pointOf, type PointDocument } from './data-documents.js';
import { aliveAt, type Expiry } from './expiry.js';
import type { PointsBefore } from './replayed-series.js';

type Points = MongoCollection<PointDocument>;

/** A series, and which of its points are still there. */
export interface AliveSeries {
  /** As `seriesName` gives it. */
  readonly name: string;
  readonly expiry: Expiry;
}

/** Where a removal finds the newest point that it leaves. */
export function pointsBefore(points: Points): PointsBefore {
  return async function* ({ name, owner }, beforeMs, expiry) {
    const filter = between({ name, expiry }, Number.MIN_SAFE_INTEGER, beforeMs);
    for await (const document of points.stream(filter, { sort: { _id: -1 } })) yield pointOf(owner.key, document);
  };
}

/** Points of a time, its end excluded. */
export function between({ name, expiry }: AliveSeries, startMs: number, endMs: number): MongoFilter {
  return { _id: { $gte: pointId(name, startMs), $lt: pointId(name, endMs) }, ...aliveAt(expiry) };
}
