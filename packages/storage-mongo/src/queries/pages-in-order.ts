import {
  fieldSource,
  isQueriedType,
  queriedKinds,
  systemTenantId,
  type EntityCountQuery,
  type EntityDataQuery,
  type QueriedType,
  type QuerySort,
} from '@fieldline/model';
import { searchedColumns } from './found-rows.js';
import type { QueryRun } from './query-run.js';
import { typeFilter, type QueryRow } from './selected-rows.js';

/** The entities of one page, and how many there are on all. */
export interface ShownRows {
  readonly shown: readonly QueryRow[];
  readonly total: number;
}

/** Counts in the database what only a type is asked of; undefined: that is not all of the query. */
export async function countAll(run: QueryRun, { scope, selector, filters }: EntityCountQuery): Promise<number | undefined> {
  if (selector.kind !== 'type' || selector.name !== '' || filters.length > 0 || selector.entityType === 'RULE_NODE') return undefined;
  const filter = typeFilter(scope, selector);
  if (filter === undefined || !isQueriedType(selector.entityType)) return 0;
  run.checkTime();
  return run.collections.entities[queriedKinds[selector.entityType]].count(filter);
}

/** A page that an index has in its order; undefined where none has. */
export async function pageInOrder(run: QueryRun, query: EntityDataQuery): Promise<ShownRows | undefined> {
  const { scope, selector, sort, page, pageSize } = query;
  if (selector.kind !== 'type' || scope.tenantId === systemTenantId || searchedColumns(query).length > 0) return undefined;
  const total = await countAll(run, query);
  if (total === undefined || !isQueriedType(selector.entityType)) return undefined;
  const { entityType } = selector;
  const fields = orderedBy(entityType, sort);
  const filter = typeFilter(scope, selector);
  if (fields === undefined || filter === undefined) return undefined;
  const direction = sort?.order === 'DESC' ? -1 : 1;
  run.checkTime();
  const documents = await run.collections.entities[queriedKinds[entityType]].find(filter, {
    sort: Object.fromEntries(fields.map((field) => [field, direction])),
    skip: page * pageSize,
    limit: pageSize,
    fields: ['_id'],
  });
  return { shown: documents.map(({ _id: id }) => ({ entity: { entityType, id }, tenantId: scope.tenantId, fields: {} })), total };
}

/** The fields of an index with which a sort agrees: those that every entity of the type has. */
function orderedBy(entityType: QueriedType, sort: QuerySort | undefined): readonly string[] | undefined {
  if (sort === undefined) return ['_id'];
  if (sort.key.type !== 'ENTITY_FIELD') return undefined;
  const source = fieldSource(entityType, sort.key.key);
  if (source?.from === 'createdTime') return ['createdAtMs', '_id'];
  return source?.from === 'field' && source.field === (entityType === 'USER' ? 'email' : 'name') ? [source.field, '_id'] : undefined;
}
