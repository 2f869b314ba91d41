import { pageOf, type Page, type TenantId } from '@fieldline/model';
import { traceLimits, type TraceHead, type TracePart, type TraceQuery } from '@fieldline/ports';
import { containsText } from '../entities/entity-filters.js';
import type { MongoCollection, MongoFilter } from '../mongo-collection.js';
import type { TraceDocument } from './data-documents.js';
import { entityKey } from './mongo-unit.js';

/** One page of the parts of traces of a tenant, newest first, without their paths. */
export async function tracePage(collection: MongoCollection<TraceDocument>, tenantId: TenantId, query: TraceQuery): Promise<Page<TraceHead>> {
  const filter = { tenantId, ...traceFilter(query), ...containsText(query.textSearch ?? '') };
  const page = { sort: { startedAtMs: -1, _id: -1 }, skip: query.page * query.pageSize, limit: query.pageSize, fields: ['head'] } as const;
  const [total, found] = await Promise.all([collection.count(filter), collection.find(filter, page)]);
  return pageOf(
    found.map(({ head }) => JSON.parse(head) as TraceHead),
    query,
    total,
  );
}

/** The parts of one trace with their paths, oldest first. */
export async function traceParts(collection: MongoCollection<TraceDocument>, tenantId: TenantId, traceId: string): Promise<readonly TracePart[]> {
  const found = await collection.find({ tenantId, traceId }, { sort: { startedAtMs: 1, _id: 1 }, limit: traceLimits.partsRead });
  return found.map(({ head, path }) => {
    const { hopCount: _, ...part } = JSON.parse(head) as TraceHead;
    return { ...part, ...(JSON.parse(path) as Pick<TracePart, 'hops' | 'messages'>) };
  });
}

function traceFilter({ originator, ruleChainId, reason, hasFailed, createdFromMs, createdToMs }: TraceQuery): MongoFilter {
  const bounds = { ...(createdFromMs === undefined ? {} : { $gte: createdFromMs }), ...(createdToMs === undefined ? {} : { $lte: createdToMs }) };
  return {
    ...(originator === undefined ? {} : { originator: entityKey(originator) }),
    ...(ruleChainId === undefined ? {} : { chains: ruleChainId }),
    ...(reason === undefined ? {} : { reason }),
    ...(hasFailed === undefined ? {} : { hasFailed }),
    ...(Object.keys(bounds).length === 0 ? {} : { startedAtMs: bounds }),
  };
}
