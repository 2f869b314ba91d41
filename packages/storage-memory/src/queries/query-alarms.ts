import {
  ALARM_ENTITIES_MAX,
  alarmField,
  compareSorted,
  compareText,
  isQueriedType,
  pageOf,
  queriedKinds,
  queriedNodes,
  queryText,
  systemTenantId,
  type Alarm,
  type AlarmCountQuery,
  type AlarmDataQuery,
  type AlarmNames,
  type EntityId,
  type Page,
  type TenantId,
} from '@fieldline/model';
import type { AlarmData, AlarmReader, EntityStore } from '@fieldline/ports';
import { isSameEntity, matchesAlarm } from '../matches-alarm.js';
import type { FoundRow } from './memory-entity-queries.js';
import { columnOf } from './query-values.js';

interface AlarmStores {
  readonly entities: EntityStore;
  readonly data: AlarmReader;
}

/** An alarm with the entity through which it was found; without one where a query names no entities. */
interface Match {
  readonly alarm: Alarm;
  readonly found?: FoundRow | undefined;
}

/** The alarms a query is about, at the first of the entities that it may look at. */
export async function matchingAlarms(
  { data }: AlarmStores,
  query: AlarmCountQuery,
  found: readonly FoundRow[] | undefined,
): Promise<readonly Match[]> {
  const { scope, withPropagated, entities: _, ...filter } = query;
  if (scope.tenantId === systemTenantId) return [];
  const all = await data.alarms(scope.tenantId, { page: 0, pageSize: Number.MAX_SAFE_INTEGER });
  const matching = all.data.filter((alarm) => matchesAlarm(alarm, { ...filter, customerId: scope.customerId }));
  if (found === undefined) return matching.map((alarm) => ({ alarm }));
  return found.slice(0, ALARM_ENTITIES_MAX).flatMap((row) => {
    const isAt = (entity: EntityId): boolean => isSameEntity(entity, row.row.entity);
    const shown = matching.filter(({ originator, propagatedTo = [] }) => isAt(originator) || (withPropagated && propagatedTo.some(isAt)));
    return shown.map((alarm) => ({ alarm, found: row }));
  });
}

/** One page of the alarms a query asks for. */
export async function alarmPage(stores: AlarmStores, query: AlarmDataQuery, rows: readonly FoundRow[]): Promise<Page<AlarmData>> {
  const { sort, textSearch = '', alarmFields, columns } = query;
  const matches = await matchingAlarms(stores, query, rows);
  const named = await Promise.all(matches.map(async (match) => ({ ...match, names: await namesOf(stores.entities, match.alarm) })));
  const contains = ({ alarm, names }: { alarm: Alarm; names: AlarmNames }): boolean =>
    alarmFields.some((key) => {
      const typed = alarmField(alarm, names, key);
      return typed !== undefined && queryText(typed).toLowerCase().includes(textSearch.toLowerCase());
    });
  const searched = textSearch === '' || alarmFields.length === 0 ? named : named.filter(contains);
  const byAlarm = sort === undefined || sort.key.type === 'ALARM_FIELD' ? (sort ?? newestFirst) : undefined;
  const sorted = byAlarm === undefined ? [...searched].sort(newestOfEntity) : sortedByField(searched, byAlarm);
  const data = sorted.slice(query.page * query.pageSize, (query.page + 1) * query.pageSize).flatMap(({ alarm, found }) => {
    if (found === undefined) return [];
    return [{ alarm, entity: found.row.entity, values: columns.map((key, at) => columnOf(key, found.values[at])) }];
  });
  return pageOf(data, query, sorted.length);

  /** In the order of the entities. */
  function newestOfEntity(a: Match, b: Match): number {
    const places = [a, b].map(({ found }) => rows.indexOf(found as FoundRow)) as [number, number];
    return places[0] - places[1] || b.alarm.createdAtMs - a.alarm.createdAtMs || compareText(b.alarm.id, a.alarm.id);
  }
}

const newestFirst = { key: { type: 'ALARM_FIELD', key: 'createdTime' }, order: 'DESC' } as const;

function sortedByField<M extends Match & { readonly names: AlarmNames }>(
  matches: readonly M[],
  { key, order }: { readonly key: { readonly key: string }; readonly order: 'ASC' | 'DESC' },
): readonly M[] {
  const rows = matches.map((match) => ({
    match,
    id: `${match.alarm.id} ${match.found?.id ?? ''}`,
    sortedBy: alarmField(match.alarm, match.names, key.key),
  }));
  return rows.sort(compareSorted(order)).map(({ match }) => match);
}

async function namesOf(entities: EntityStore, { tenantId, originator, assigneeId }: Alarm): Promise<AlarmNames> {
  const tenant = tenantId as TenantId;
  const found = await originatorOf(entities, tenant, originator);
  const assignee = assigneeId === undefined ? undefined : await entities.find('user', tenant, assigneeId);
  const { name, email, label } = (found ?? {}) as { readonly name?: string; readonly email?: string; readonly label?: string };
  return { originatorName: originator.entityType === 'USER' ? email : name, originatorLabel: label, assigneeEmail: assignee?.email };
}

async function originatorOf(entities: EntityStore, tenantId: TenantId, { entityType, id }: EntityId): Promise<object | undefined> {
  if (!isQueriedType(entityType)) return undefined;
  if (entityType !== 'RULE_NODE') return entities.find(queriedKinds[entityType], tenantId, id);
  const chains = await entities.findAll('ruleChain', tenantId, {}, Number.MAX_SAFE_INTEGER);
  return chains.flatMap(queriedNodes).find((node) => node.id === id);
}
