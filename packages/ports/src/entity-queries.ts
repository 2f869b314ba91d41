import type {
  Alarm,
  AlarmCountQuery,
  AlarmDataQuery,
  EntityCountQuery,
  EntityData,
  EntityDataQuery,
  EntityId,
  EntitySelector,
  Page,
  QueryScope,
  QueryValue,
} from '@fieldline/model';

/** An alarm with the entity through which it was found and what was asked about that. */
export interface AlarmData {
  readonly alarm: Alarm;
  readonly entity: EntityId;
  readonly values: readonly QueryValue[];
}

/**
 * Questions over many entities at once, together with their attributes, latest values and alarms.
 *
 * Who sees what: the system administrator tenants and tenant profiles; a tenant all it owns, and itself; a customer
 * itself, the devices, assets, views and users that are its own, and the dashboards assigned to it.
 *
 * The latest values of an entity view are those that show through it (`latestThroughViews` of the model), also to filters, orders and
 * searches. Its attributes are its own.
 *
 * @throws QUERY_TOO_SLOW, QUERY_TOO_MANY_ENTITIES, QUERY_BUSY, HISTORY_BUSY
 */
export interface EntityQueries {
  find(query: EntityDataQuery): Promise<Page<EntityData>>;
  count(query: EntityCountQuery): Promise<number>;
  /** Ids of the entities selected, by creation time, at most `limit`. */
  select(scope: QueryScope, selector: EntitySelector, limit: number): Promise<readonly EntityId[]>;
  findAlarms(query: AlarmDataQuery): Promise<Page<AlarmData>>;
  countAlarms(query: AlarmCountQuery): Promise<number>;
}
