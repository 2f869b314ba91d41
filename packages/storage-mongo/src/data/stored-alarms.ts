import { alarmFlagsOf, alarmSeverities, pageOf, type Alarm, type AlarmSeverity, type Page, type PageQuery, type TenantId } from '@fieldline/model';
import type { AlarmQuery } from '@fieldline/ports';
import { containsText } from '../entities/entity-filters.js';
import type { MongoCollection, MongoFilter } from '../mongo-collection.js';
import { alarmOf, type AlarmDocument } from './data-documents.js';
import { entityKey } from './mongo-unit.js';

/** Fields an alarm can be sorted by. */
const sorted: readonly string[] = [
  'createdAtMs',
  'startMs',
  'endMs',
  'type',
  'severity',
  'status',
  'acknowledgedAtMs',
  'clearedAtMs',
  'assignedAtMs',
  'assigneeId',
  'customerId',
];

/** What a query asks, besides its text. */
export function alarmFilter(tenantId: TenantId, query: Omit<AlarmQuery, 'page' | 'pageSize'>): MongoFilter {
  const { originator, affected, customerId, assigneeId, severities = [], types = [], statuses = [], status = 'ANY' } = query;
  const conditions: MongoFilter[] = [{ tenantId }];
  if (originator !== undefined) conditions.push({ originator: entityKey(originator) });
  if (affected !== undefined) conditions.push({ affected: entityKey(affected) });
  if (customerId !== undefined) conditions.push({ customerId });
  if (assigneeId !== undefined) conditions.push({ assigneeId });
  if (severities.length > 0) conditions.push({ severity: { $in: severities } });
  if (types.length > 0) conditions.push({ type: { $in: types } });
  for (const [operator, ms] of times(query)) if (ms !== undefined) conditions.push({ createdAtMs: { [operator]: ms } });
  conditions.push({ ...alarmFlagsOf(statuses) }, ...status.split('_').map((word) => flagOf[word] ?? {}));
  return { $and: conditions.filter((condition) => Object.keys(condition).length > 0) };
}

const flagOf: Readonly<Record<string, MongoFilter>> = {
  ACTIVE: { isCleared: false },
  CLEARED: { isCleared: true },
  ACK: { isAcknowledged: true },
  UNACK: { isAcknowledged: false },
};

const times = ({
  startMs,
  endMs,
  createdFromMs,
  createdToMs,
}: Omit<AlarmQuery, 'page' | 'pageSize'>): readonly (readonly [string, number | undefined])[] => [
  ['$gte', startMs],
  ['$gte', createdFromMs],
  ['$lte', endMs],
  ['$lte', createdToMs],
];

/** One page of the alarms of a tenant, newest first unless the query says otherwise. */
export async function alarmPage(alarms: MongoCollection<AlarmDocument>, tenantId: TenantId, query: AlarmQuery): Promise<Page<Alarm>> {
  const { sortBy = 'createdAtMs', sortOrder = query.sortBy === undefined ? 'DESC' : 'ASC' } = query;
  const direction = sortOrder === 'DESC' ? -1 : 1;
  const filter = { $and: [alarmFilter(tenantId, query), containsText(query.textSearch ?? '')] };
  const byField: Readonly<Record<string, 1 | -1>> = sorted.includes(sortBy)
    ? { [sortBy]: direction, _id: 1 }
    : { _id: sortBy === 'id' ? direction : 1 };
  const skip = query.page * query.pageSize;
  const [total, found] = await Promise.all([alarms.count(filter), alarms.find(filter, { sort: byField, skip, limit: query.pageSize })]);
  return pageOf(found.map(alarmOf), query, total);
}

/** The types of the alarms there are. */
export async function alarmTypePage(
  alarms: MongoCollection<AlarmDocument>,
  tenantId: TenantId,
  query: PageQuery & { readonly customerId?: string | undefined },
): Promise<Page<string>> {
  const { customerId, createdFromMs, createdToMs, textSearch = '', page, pageSize } = query;
  const filter = alarmFilter(tenantId, { customerId, createdFromMs, createdToMs });
  const types: string[] = [];
  // From one type to the next along the index, however many alarms there are of each.
  for (let after: MongoFilter = {}; ;) {
    const [next] = await alarms.find({ $and: [filter, after] }, { sort: { type: 1 }, limit: 1, fields: ['type'] });
    if (next === undefined) break;
    types.push(next.type);
    after = { type: { $gt: next.type } };
  }
  const found = types.filter((type) => type.toLowerCase().includes(textSearch.toLowerCase())).sort(byCodePoint);
  if (query.sortOrder === 'DESC') found.reverse();
  return pageOf(found.slice(page * pageSize, (page + 1) * pageSize), query, found.length);
}

/** The severest of the alarms that match. */
export async function highestSeverity(alarms: MongoCollection<AlarmDocument>, filter: MongoFilter): Promise<AlarmSeverity | undefined> {
  for (const severity of alarmSeverities)
    if ((await alarms.find({ $and: [filter, { severity }] }, { limit: 1, fields: ['_id'] })).length > 0) return severity;
  return undefined;
}

/** UTF-8 sorts by code point. */
const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
