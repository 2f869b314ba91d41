import { BucketAggregate, type DataPoint, type EntityId, type TenantId } from '@fieldline/model';
import type { AggregateQuery, RangeQuery } from '@fieldline/ports';
import type { MongoCollection, MongoFilter } from '../mongo-collection.js';
import { pointId, pointOf, seriesName, type PointDocument } from './data-documents.js';
import { ownerKey } from './mongo-unit.js';

type Points = MongoCollection<PointDocument>;

export async function rangeOf(points: Points, tenantId: TenantId, entity: EntityId, query: RangeQuery): Promise<readonly DataPoint[]> {
  const { key, limit, order } = query;
  const filter = between(tenantId, entity, query);
  if (filter === undefined) return [];
  const found = await points.find(filter, { sort: { _id: order === 'ASC' ? 1 : -1 }, limit });
  return found.map((document) => pointOf(key, document));
}

/** Reduces the points as they come, in their order, so that only one bucket is open at a time. */
export async function aggregateOf(points: Points, tenantId: TenantId, entity: EntityId, query: AggregateQuery): Promise<readonly DataPoint[]> {
  const { key, startMs, endMs, intervalMs, aggregation } = query;
  const filter = between(tenantId, entity, query);
  const results: DataPoint[] = [];
  if (filter === undefined) return results;
  let bucket: { readonly startMs: number; readonly aggregate: BucketAggregate } | undefined;
  const end = (): void => {
    const result = bucket?.aggregate.result(aggregation);
    if (bucket === undefined || result === undefined) return;
    const bucketEndMs = Math.min(bucket.startMs + intervalMs, endMs);
    results.push({ key, tsMs: bucket.startMs + Math.floor((bucketEndMs - bucket.startMs) / 2), ...result });
  };
  for await (const document of points.stream(filter, { sort: { _id: 1 } })) {
    const { tsMs, kind, value } = pointOf(key, document);
    const bucketStartMs = startMs + Math.floor((tsMs - startMs) / intervalMs) * intervalMs;
    if (bucket?.startMs !== bucketStartMs) {
      end();
      bucket = { startMs: bucketStartMs, aggregate: new BucketAggregate() };
    }
    bucket.aggregate.add(kind, value);
  }
  end();
  return results;
}

/** @returns undefined where the range is empty */
function between(
  tenantId: TenantId,
  entity: EntityId,
  { key, startMs, endMs }: Pick<RangeQuery, 'key' | 'startMs' | 'endMs'>,
): MongoFilter | undefined {
  if (startMs >= endMs) return undefined;
  const series = seriesName(ownerKey(tenantId, entity), key);
  return { _id: { $gte: pointId(series, startMs), $lt: pointId(series, endMs) } };
}
