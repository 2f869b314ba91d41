import {
  relationKey,
  systemTenantId,
  type Alarm,
  type Asset,
  type Customer,
  type Dashboard,
  type DataPoint,
  type EntityDataQuery,
  type EntityId,
  type EntityKind,
  type EntityOf,
  type EntitySelector,
  type EntityType,
  type EntityView,
  type KeyFilter,
  type Predicate,
  type QueryKey,
  type QueryKeyType,
  type Relation,
  type TenantId,
  type TenantProfile,
} from '@fieldline/model';
import type { AttributeWrite, DataStore, EntityInsert, EntityQueries, EntityStore } from '@fieldline/ports';
import { commit, tenantA, uuid } from '../data-store/fixtures.js';

/** Queries with the stores they look at. */
export interface QueriedStores {
  readonly entities: EntityStore;
  readonly data: DataStore;
  readonly queries: EntityQueries;
}

/** Everything a test puts into the stores. */
export interface World {
  readonly entities?: readonly EntityInsert[] | undefined;
  readonly attributes?: readonly AttributeWrite[] | undefined;
  readonly points?: readonly { readonly entity: EntityId; readonly point: DataPoint; readonly tenantId?: TenantId }[] | undefined;
  readonly alarms?: readonly Alarm[] | undefined;
}

export async function build({ entities, data }: QueriedStores, world: World): Promise<void> {
  await entities.write(world.entities ?? []);
  await commit(data, (unit) => {
    for (const write of world.attributes ?? []) unit.attribute(write);
    for (const { entity, point, tenantId = tenantA } of world.points ?? []) {
      unit.point(tenantId, entity, point.key, point.tsMs, point.kind, point.value, 0);
    }
    for (const alarm of world.alarms ?? []) unit.alarm(alarm);
  });
}

export const put = <K extends EntityKind>(kind: K, entity: EntityOf<K>): EntityInsert => ({ change: 'insert', kind, entity }) as EntityInsert;

const head = (n: number): { id: string; tenantId: string; createdAtMs: number; version: number } => ({
  id: uuid(n),
  tenantId: tenantA,
  createdAtMs: n,
  version: 1,
});
export const assetOf = (n: number, changes: Partial<Asset> = {}): Asset => ({
  ...head(n),
  name: `Asset ${n}`,
  assetProfileId: uuid(801),
  type: 'building',
  ...changes,
});
export const viewOf = (n: number, changes: Partial<EntityView> = {}): EntityView => ({
  ...head(n),
  name: `View ${n}`,
  type: 'window',
  targetType: 'DEVICE',
  targetId: uuid(1),
  keys: { timeseries: [], attributes: { cs: [], ss: [], sh: [] } },
  startMs: 0,
  endMs: 0,
  ...changes,
});
export const customerOf = (n: number, changes: Partial<Customer> = {}): Customer => ({
  ...head(n),
  name: `Customer ${n}`,
  isPublic: false,
  ...changes,
});
export const dashboardOf = (n: number, changes: Partial<Dashboard> = {}): Dashboard => ({
  ...head(n),
  name: `Dashboard ${n}`,
  isHiddenOnMobile: false,
  customerIds: [],
  ...changes,
});
export const tenantProfileOf = (n: number): TenantProfile => ({
  ...head(n),
  tenantId: systemTenantId,
  name: `Limits ${n}`,
  isDefault: false,
  isIsolated: false,
  configuration: {},
});
export const relationOf = (n: number, from: EntityId, to: EntityId, changes: Partial<Relation> = {}): Relation => {
  const { type = 'Contains', typeGroup = 'COMMON' } = changes;
  const ends = { fromType: from.entityType, fromId: from.id, toType: to.entityType, toId: to.id };
  return { ...head(n), ...ends, type, typeGroup, key: relationKey(from, to, typeGroup, type), ...changes };
};

export const entity = (entityType: EntityType, n: number): EntityId => ({ entityType, id: uuid(n) });
export const key = (type: QueryKeyType, name: string): QueryKey => ({ type, key: name });
export const field = (name: string): QueryKey => key('ENTITY_FIELD', name);
export const ofType = (entityType: EntityType, name = '', types?: readonly string[]): EntitySelector => ({ kind: 'type', entityType, name, types });
export const where = (of: QueryKey, predicate: Predicate): KeyFilter => ({ key: of, predicate });

/** A query for all devices of the first tenant by id, unless it says otherwise. */
export const queryOf = (changes: Partial<EntityDataQuery> = {}): EntityDataQuery => ({
  scope: { tenantId: tenantA },
  selector: ofType('DEVICE'),
  filters: [],
  combine: 'AND',
  columns: [],
  pageSize: 100,
  page: 0,
  ...changes,
});

/** The numbers of the entities found, in their order. */
export async function found(queries: EntityQueries, changes: Partial<EntityDataQuery> = {}): Promise<readonly number[]> {
  const page = await queries.find(queryOf(changes));
  return page.data.map(({ entity: { id } }) => Number(id.slice(-12)));
}
