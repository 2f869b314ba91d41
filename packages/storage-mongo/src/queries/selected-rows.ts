import {
  isQueriedType,
  likeExpression,
  namePattern,
  queriedKinds,
  queriedTypes,
  relatedTypes,
  systemTenantId,
  type EntityId,
  type EntitySelector,
  type EntityType,
  type QueriedType,
  type QueryScope,
  type TenantId,
} from '@fieldline/model';
import { entityKey } from '../data/mongo-unit.js';
import { entityOf } from '../entities/entity-documents.js';
import { inCalls, type MongoFilter } from '../mongo-collection.js';
import type { QueryRun } from './query-run.js';
import { walkedEntities } from './walked-entities.js';

/** An entity that a query looks at. */
export interface QueryRow {
  readonly entity: EntityId & { readonly entityType: QueriedType };
  readonly tenantId: TenantId;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Where there are several roots: the one from which it was reached first. */
  readonly rootId?: string | undefined;
}

/**
 * The entities that a selector names and the scope may see.
 *
 * @throws QUERY_TOO_MANY_ENTITIES, QUERY_TOO_SLOW
 */
export async function selectedRows(run: QueryRun, scope: QueryScope, selector: EntitySelector): Promise<readonly QueryRow[]> {
  if (selector.kind === 'ids') return rowsWithIds(run, scope, { entityType: selector.entityType, ids: selector.ids });
  if (selector.kind === 'type') {
    const pattern = likeExpression(namePattern(selector.name.toLowerCase()));
    const rows = await rowsWhere(run, scope, selector.entityType, ofTypes(selector.types));
    return selector.name === '' ? rows : rows.filter((row) => pattern.test(nameOf(row).toLowerCase()));
  }
  const { walk, entityTypes, types } = selector;
  const reached = await walkedEntities(run, scope.tenantId, walk);
  const wanted: readonly EntityType[] = entityTypes.length === 0 ? relatedTypes : entityTypes;
  const rows: QueryRow[] = [];
  for (const entityType of queriedTypes.filter((type) => wanted.includes(type))) {
    const ids = [...reached.keys()].flatMap((key) => (key.startsWith(`${entityType} `) ? [key.slice(entityType.length + 1)] : []));
    rows.push(...(await rowsWithIds(run, scope, { entityType, ids }, ofTypes(types))));
  }
  return walk.roots.length > 1 ? rows.map((row) => ({ ...row, rootId: reached.get(entityKey(row.entity)) })) : rows;
}

const ofTypes = (types: readonly string[] = []): MongoFilter => (types.length === 0 ? {} : { type: { $in: types } });
const nameOf = ({ fields, entity }: QueryRow): string => String(fields[entity.entityType === 'USER' ? 'email' : 'name']);

async function rowsWithIds(
  run: QueryRun,
  scope: QueryScope,
  { entityType, ids }: { readonly entityType: EntityType; readonly ids: readonly string[] },
  filter: MongoFilter = {},
): Promise<readonly QueryRow[]> {
  const rows: QueryRow[] = [];
  for (const part of inCalls([...new Set(ids)])) rows.push(...(await rowsWhere(run, scope, entityType, { ...filter, _id: { $in: part } })));
  return rows;
}

async function rowsWhere(run: QueryRun, scope: QueryScope, entityType: EntityType, filter: MongoFilter): Promise<readonly QueryRow[]> {
  const visible = isQueriedType(entityType) ? visibleTo(scope, entityType) : undefined;
  if (visible === undefined || !isQueriedType(entityType)) return [];
  const kind = queriedKinds[entityType];
  const { entitiesMax } = run.limits;
  const documents = await run.all(run.collections.entities[kind], { $and: [visible, filter] }, entitiesMax);
  return documents.map((document) => {
    const { _id: id, tenantId } = document;
    return { entity: { entityType, id }, tenantId: tenantId as TenantId, fields: { ...entityOf(kind, document) } };
  });
}

/** What of a type the scope may see; undefined: nothing. */
function visibleTo({ tenantId, customerId }: QueryScope, entityType: QueriedType): MongoFilter | undefined {
  if (tenantId === systemTenantId) {
    if (entityType === 'TENANT') return { tenantId: { $gt: '' } };
    return entityType === 'TENANT_PROFILE' ? { tenantId } : undefined;
  }
  if (customerId === undefined) return { tenantId };
  switch (entityType) {
    case 'CUSTOMER':
      return { tenantId, _id: customerId };
    case 'DASHBOARD':
      return { tenantId, customerIds: customerId };
    case 'DEVICE':
    case 'ASSET':
    case 'ENTITY_VIEW':
    case 'USER':
      return { tenantId, customerId };
    default:
      return undefined;
  }
}
