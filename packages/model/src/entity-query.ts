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

/** The relation through which an entity may be reached. */
export interface RelationStep {
  /** Empty: any. */
  readonly relationType: string;
  /** Types of the entity reached. Empty: any. */
  readonly entityTypes: readonly EntityType[];
  /** True: a relation of any other type. */
  readonly isNegated: boolean;
}

/**
 * Follows COMMON relations of any type from the roots, breadth first; each entity is left once, so that cycles end.
 * An entity is found where a relation that leads to it fits.
 */
export interface RelationWalk {
  readonly roots: readonly EntityId[];
  readonly direction: 'FROM' | 'TO';
  /** 1 to 50. */
  readonly maxLevel: number;
  /** Leaves out what is reached before the last level and leads on. */
  readonly lastLevelOnly: boolean;
  /** The last relation on the way must fit any of them; empty: all fit. */
  readonly steps: readonly RelationStep[];
  /** True: it must fit none of them. */
  readonly isNegated: boolean;
}

/** Which entities a query is about. `types` are values of their field `type`; absent or empty: any. */
export type EntitySelector =
  | { readonly kind: 'ids'; readonly entityType: EntityType; readonly ids: readonly string[] }
  | { readonly kind: 'type'; readonly entityType: EntityType; readonly types?: readonly string[] | undefined; readonly name: NameFilter }
  | {
      readonly kind: 'relations';
      readonly walk: RelationWalk;
      /** Types of the entities found; empty: `relatedTypes`. */
      readonly entityTypes: readonly EntityType[];
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

/**
 * A column of a query: a field of the entity (`fieldSource`), the latest value of an attribute or of a time series.
 * ATTRIBUTE is the most recently updated of the three scopes; of equals the client's before the shared before the server's.
 */
export interface QueryKey {
  readonly type: QueryKeyType;
  readonly key: string;
}

export type StringOperation = 'EQUAL' | 'NOT_EQUAL' | 'STARTS_WITH' | 'ENDS_WITH' | 'CONTAINS' | 'NOT_CONTAINS' | 'IN' | 'NOT_IN';
export type NumericOperation = 'EQUAL' | 'NOT_EQUAL' | 'GREATER' | 'LESS' | 'GREATER_OR_EQUAL' | 'LESS_OR_EQUAL';

/**
 * A condition on one value. A value of another type never fits, nor does an absent one. Except for the creation time,
 * which is a number, entity fields are texts. In STARTS_WITH, ENDS_WITH, CONTAINS and NOT_CONTAINS the wildcards % and _
 * of SQL's LIKE count. IN and NOT_IN take a list separated by commas, as `listedTexts` reads it.
 */
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

/**
 * ASC: numbers (booleans are 1 and 0) by size, then texts by code point, then absent values; equals by id. DESC: the
 * exact reverse. Without a sort: by id.
 */
export interface QuerySort {
  readonly key: QueryKey;
  readonly order: 'ASC' | 'DESC';
}

export interface EntityDataQuery extends EntityCountQuery {
  /** Columns of the answer, in which `textSearch` looks too. */
  readonly columns: readonly QueryKey[];
  readonly pageSize: number;
  readonly page: number;
  /** Contained, without case, in the columns' values put together; `additionalInfo` and absent values are left out. Without columns nothing is searched. */
  readonly textSearch?: string | undefined;
  readonly sort?: QuerySort | undefined;
}

/** A column of one entity. `tsMs` 0 and an empty text where there is none; entity fields have no time of their own: 0 too. */
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

/** Customers see alarms that are theirs, at entities that are theirs. */
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
  /** By an alarm field, or by a column of the entities: then the newest alarms of an entity come first. Absent: newest first. */
  readonly sort?: QuerySort | undefined;
}
