import type { AlarmSeverity } from './alarm.js';
import type { EntityId, EntityType, TenantId } from './entity-id.js';

// The language of entity and alarm queries (rest-api.md §23 and §24), after the edge has checked it and resolved
// what depends on the caller: aliases of the root entity, dynamic values of predicates, defaults.

/** Whose entities a query may see: all of a tenant, or those of one customer of it. */
export interface QueryScope {
  /** `systemTenantId` sees tenants and tenant profiles only. */
  readonly tenantId: TenantId;
  readonly customerId?: string | undefined;
}

/** Text as people filter names: starts with it, without case; one that begins or ends with % is a LIKE pattern. Empty: any. */
export type NameFilter = string;

/** One step of a relation query. */
export interface RelationStep {
  readonly relationType: string;
  /** Empty: any. */
  readonly entityTypes: readonly EntityType[];
  readonly isNegated: boolean;
}

/** Follows COMMON relations from the roots. Cycles are cut. */
export interface RelationWalk {
  readonly roots: readonly EntityId[];
  readonly direction: 'FROM' | 'TO';
  /** 1 to 50. */
  readonly maxLevel: number;
  readonly lastLevelOnly: boolean;
  /** Steps that may be taken, any of them; empty: all. */
  readonly steps: readonly RelationStep[];
  readonly isNegated: boolean;
}

/** Which entities a query is about. */
export type EntitySelector =
  | { readonly kind: 'ids'; readonly entityType: EntityType; readonly ids: readonly string[] }
  | { readonly kind: 'type'; readonly entityType: EntityType; readonly types?: readonly string[] | undefined; readonly name: NameFilter }
  | {
      readonly kind: 'relations';
      readonly walk: RelationWalk;
      /** Types of the entities found; empty: those that entity queries know. */
      readonly entityTypes: readonly EntityType[];
      /** Values of `type` of the entities found, for searches of devices, assets and views. */
      readonly types?: readonly string[] | undefined;
    };

export const queryKeyTypes = [
  'ENTITY_FIELD',
  'ATTRIBUTE',
  'CLIENT_ATTRIBUTE',
  'SHARED_ATTRIBUTE',
  'SERVER_ATTRIBUTE',
  'TIME_SERIES',
  'ALARM_FIELD',
] as const;
export type QueryKeyType = (typeof queryKeyTypes)[number];

/** A column of a query: a field of the entity, the latest value of an attribute or of a time series. */
export interface QueryKey {
  readonly type: QueryKeyType;
  readonly key: string;
}

export type StringOperation = 'EQUAL' | 'NOT_EQUAL' | 'STARTS_WITH' | 'ENDS_WITH' | 'CONTAINS' | 'NOT_CONTAINS' | 'IN' | 'NOT_IN';
export type NumericOperation = 'EQUAL' | 'NOT_EQUAL' | 'GREATER' | 'LESS' | 'GREATER_OR_EQUAL' | 'LESS_OR_EQUAL';

/** A condition on one value. A value of another type never fits, nor does an absent one. */
export type Predicate =
  | { readonly type: 'STRING'; readonly operation: StringOperation; readonly value: string; readonly ignoreCase: boolean }
  | { readonly type: 'NUMERIC'; readonly operation: NumericOperation; readonly value: number }
  | { readonly type: 'BOOLEAN'; readonly operation: 'EQUAL' | 'NOT_EQUAL'; readonly value: boolean }
  | { readonly type: 'COMPLEX'; readonly operation: 'AND' | 'OR'; readonly predicates: readonly Predicate[] };

export interface KeyFilter {
  readonly key: QueryKey;
  readonly predicate: Predicate;
}

/** Everything that decides which entities are counted. */
export interface EntityCountQuery {
  readonly scope: QueryScope;
  readonly selector: EntitySelector;
  readonly filters: readonly KeyFilter[];
  readonly combine: 'AND' | 'OR';
}

export interface QuerySort {
  readonly key: QueryKey;
  readonly order: 'ASC' | 'DESC';
}

export interface EntityDataQuery extends EntityCountQuery {
  /** Columns of the answer, in which `textSearch` looks too. */
  readonly columns: readonly QueryKey[];
  readonly pageSize: number;
  readonly page: number;
  /** Contained, without case, in the columns' values put together. */
  readonly textSearch?: string | undefined;
  readonly sort?: QuerySort | undefined;
}

/** A column of one entity. `tsMs` 0 and an empty text where there is none. */
export interface QueryValue {
  readonly key: QueryKey;
  readonly tsMs: number;
  readonly text: string;
}

export interface EntityData {
  readonly entity: EntityId;
  /** In the order of the columns asked for. */
  readonly values: readonly QueryValue[];
}

/** Which alarms: all that are given must fit. */
export interface AlarmFilter {
  /** Any of them; the two dimensions (ACTIVE or CLEARED, ACK or UNACK) are ANDed, both of a pair cancel out (rest-api.md §17.2). */
  readonly statuses?: readonly AlarmSearchStatus[] | undefined;
  readonly severities?: readonly AlarmSeverity[] | undefined;
  readonly types?: readonly string[] | undefined;
  readonly assigneeId?: string | undefined;
  /** On the creation time, both inclusive. */
  readonly startMs?: number | undefined;
  readonly endMs?: number | undefined;
}
export const alarmSearchStatuses = ['ANY', 'ACTIVE', 'CLEARED', 'ACK', 'UNACK'] as const;
export type AlarmSearchStatus = (typeof alarmSearchStatuses)[number];

/**
 * What search statuses ask of the two flags of an alarm; absent where it does not matter. Both of a pair cancel out
 * (rest-api.md §17.2).
 */
export function alarmFlagsOf(statuses: readonly AlarmSearchStatus[]): { readonly isCleared?: boolean; readonly isAcknowledged?: boolean } {
  const has = (status: AlarmSearchStatus): boolean => statuses.includes(status);
  if (has('ANY')) return {};
  return {
    ...(has('ACTIVE') === has('CLEARED') ? {} : { isCleared: has('CLEARED') }),
    ...(has('ACK') === has('UNACK') ? {} : { isAcknowledged: has('ACK') }),
  };
}

export interface AlarmCountQuery extends AlarmFilter {
  readonly scope: QueryScope;
  /** Only alarms of these entities, at most 10,000 of them by creation time; absent: of all the caller may see. */
  readonly entities?: Omit<EntityCountQuery, 'scope'> | undefined;
  /** True: alarms that were propagated to the entity count as its own. */
  readonly withPropagated: boolean;
}

export interface AlarmDataQuery extends AlarmCountQuery {
  readonly entities: Omit<EntityCountQuery, 'scope'>;
  readonly columns: readonly QueryKey[];
  /** Names of alarm fields in which `textSearch` looks. */
  readonly alarmFields: readonly string[];
  readonly pageSize: number;
  readonly page: number;
  readonly textSearch?: string | undefined;
  /** By an alarm field, or by a column of the entities. */
  readonly sort?: QuerySort | undefined;
}
