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
  RelationWalk,
} from '@fieldline/model';

/** An alarm with the entity through which it was found and what was asked about that. */
export interface AlarmData {
  readonly alarm: Alarm;
  readonly entity: EntityId;
  readonly values: readonly QueryValue[];
}

/** Questions over many entities at once, together with their attributes, latest values and alarms. */
export interface EntityQueries {
  find(query: EntityDataQuery): Promise<Page<EntityData>>;
  count(query: EntityCountQuery): Promise<number>;
  /** Ids of the entities selected, by creation time, at most `limit`. */
  select(scope: QueryScope, selector: EntitySelector, limit: number): Promise<readonly EntityId[]>;
  /**
   * The relations a walk passes, each once, in the order of their level: `level` 1 leads from or to a root. Not
   * limited to what a caller may read.
   */
  walk(scope: QueryScope, walk: RelationWalk, limit: number): Promise<readonly { readonly relationId: string; readonly level: number }[]>;
  findAlarms(query: AlarmDataQuery): Promise<Page<AlarmData>>;
  countAlarms(query: AlarmCountQuery): Promise<number>;
}
