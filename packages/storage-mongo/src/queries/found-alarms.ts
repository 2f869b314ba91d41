import {
  alarmField,
  ALARM_ENTITIES_MAX,
  compareSorted,
  compareText,
  isQueriedType,
  queriedKinds,
  queryText,
  systemTenantId,
  type Alarm,
  type AlarmCountQuery,
  type AlarmDataQuery,
  type AlarmNames,
  type EntityKind,
  type QuerySort,
  type TenantId,
} from '@fieldline/model';
import { alarmOf } from '../data/data-documents.js';
import { entityKey } from '../data/mongo-unit.js';
import { alarmFilter } from '../data/stored-alarms.js';
import { inCalls, type MongoFilter } from '../mongo-collection.js';
import type { QueryRun } from './query-run.js';
import { ruleNodeRows } from './rule-nodes.js';
import type { QueryRow } from './selected-rows.js';

/** An alarm with the entity through which it was found, and the place of that. */
export interface FoundAlarm {
  readonly alarm: Alarm;
  readonly row: QueryRow;
  readonly place: number;
}

/** How many alarms a query is about; without rows, of all that the scope may see. */
export async function countAlarms(run: QueryRun, query: AlarmCountQuery, rows: readonly QueryRow[] | undefined): Promise<number> {
  if (query.scope.tenantId === systemTenantId) return 0;
  if (rows !== undefined) return (await alarmsAt(run, query, rows)).length;
  run.checkTime();
  return run.collections.data.alarm.count(ofQuery(query));
}

/** The alarms a query is about, at the first of the rows that it may look at. */
export async function alarmsAt(run: QueryRun, query: AlarmCountQuery, rows: readonly QueryRow[]): Promise<readonly FoundAlarm[]> {
  if (query.scope.tenantId === systemTenantId) return [];
  const { alarmsMax } = run.limits;
  const shownAt = query.withPropagated ? 'affected' : 'originator';
  const first = rows.slice(0, ALARM_ENTITIES_MAX);
  const alarms = new Map<string, Alarm>();
  for (const part of inCalls(first.map(({ entity }) => entityKey(entity)))) {
    const filter = { $and: [ofQuery(query), { [shownAt]: { $in: part } }] };
    for (const document of await run.all(run.collections.data.alarm, filter, alarmsMax)) alarms.set(document._id, alarmOf(document));
  }
  const ofEntity = new Map<string, Alarm[]>();
  for (const alarm of alarms.values()) {
    const { originator, propagatedTo = [] } = alarm;
    for (const key of new Set([originator, ...(query.withPropagated ? propagatedTo : [])].map(entityKey))) {
      ofEntity.set(key, [...(ofEntity.get(key) ?? []), alarm]);
    }
  }
  return first.flatMap((row, place) => (ofEntity.get(entityKey(row.entity)) ?? []).map((alarm) => ({ alarm, row, place })));
}

const ofQuery = ({ scope, statuses, severities, types, assigneeId, startMs, endMs }: AlarmCountQuery): MongoFilter =>
  alarmFilter(scope.tenantId, { statuses, severities, types, assigneeId, startMs, endMs, customerId: scope.customerId });

const newestFirst: QuerySort = { key: { type: 'ALARM_FIELD', key: 'createdTime' }, order: 'DESC' };

/** Those with the text of the query in them, sorted as it says. */
export async function searchedAlarms(run: QueryRun, found: readonly FoundAlarm[], query: AlarmDataQuery): Promise<readonly FoundAlarm[]> {
  const { textSearch = '', alarmFields, sort = newestFirst } = query;
  const isSearched = textSearch !== '' && alarmFields.length > 0;
  const isSortedByField = sort.key.type === 'ALARM_FIELD';
  if (!isSearched && !isSortedByField) return [...found].sort(byPlace);
  const namesOf = await alarmNames(run, found);
  const fieldOf = (alarm: Alarm, key: string): ReturnType<typeof alarmField> => alarmField(alarm, namesOf(alarm), key);
  const contains = ({ alarm }: FoundAlarm): boolean =>
    alarmFields.some((key) => {
      const value = fieldOf(alarm, key);
      return value !== undefined && queryText(value).toLowerCase().includes(textSearch.toLowerCase());
    });
  const searched = isSearched ? found.filter(contains) : found;
  if (!isSortedByField) return [...searched].sort(byPlace);
  const sorted = searched.map((one) => ({ one, id: `${one.alarm.id} ${one.row.entity.id}`, sortedBy: fieldOf(one.alarm, sort.key.key) }));
  return sorted.sort(compareSorted(sort.order)).map(({ one }) => one);
}

/** In the order of the entities, the newest of each first. */
function byPlace(a: FoundAlarm, b: FoundAlarm): number {
  return a.place - b.place || b.alarm.createdAtMs - a.alarm.createdAtMs || compareText(b.alarm.id, a.alarm.id);
}

/** What the alarms do not say themselves about those they name. */
async function alarmNames(run: QueryRun, found: readonly FoundAlarm[]): Promise<(alarm: Alarm) => AlarmNames> {
  const named = new Map<string, Readonly<Record<string, unknown>>>();
  const read = async (kind: EntityKind, ids: Iterable<string>): Promise<void> => {
    for (const part of inCalls([...new Set(ids)])) {
      const documents = await run.all(run.collections.entities[kind], { _id: { $in: part } }, part.length, {
        fields: ['tenantId', 'name', 'label', 'email'],
      });
      for (const document of documents) named.set(`${document.tenantId} ${kind} ${document._id}`, { ...document });
    }
  };
  const readNodes = async (ofNodes: readonly Alarm[]): Promise<void> => {
    for (const tenantId of new Set(ofNodes.map((alarm) => alarm.tenantId))) {
      for (const { entity, fields } of await ruleNodeRows(run, tenantId as TenantId)) named.set(`${tenantId} ruleChain ${entity.id}`, fields);
    }
  };
  const alarms = found.map(({ alarm }) => alarm);
  for (const [entityType, ofType] of Map.groupBy(alarms, ({ originator }) => originator.entityType)) {
    const ids = ofType.map(({ originator }) => originator.id);
    if (entityType === 'RULE_NODE') await readNodes(ofType);
    else if (isQueriedType(entityType)) await read(queriedKinds[entityType], ids);
  }
  await read(
    'user',
    alarms.flatMap(({ assigneeId }) => assigneeId ?? []),
  );
  return ({ tenantId, originator: { entityType, id }, assigneeId }) => {
    const originator = isQueriedType(entityType) ? named.get(`${tenantId} ${queriedKinds[entityType]} ${id}`) : undefined;
    const assignee = assigneeId === undefined ? undefined : named.get(`${tenantId} user ${assigneeId}`);
    return {
      originatorName: originator?.[entityType === 'USER' ? 'email' : 'name'] as string | undefined,
      originatorLabel: originator?.['label'] as string | undefined,
      assigneeEmail: assignee?.['email'] as string | undefined,
    };
  };
}
