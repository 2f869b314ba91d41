import {
  compareText,
  fitsLike,
  isQueriedType,
  namePattern,
  queriedKinds,
  queriedNodes,
  queriedTypes,
  relatedTypes,
  systemTenantId,
  type EntityId,
  type EntityKind,
  type EntityOf,
  type EntitySelector,
  type EntityType,
  type QueriedType,
  type QueryScope,
  type RuleChain,
  type TenantId,
} from '@fieldline/model';
import type { EntityStore } from '@fieldline/ports';
import { walkRelations } from './query-walk.js';

/** An entity that a query looks at. */
export interface QueryRow {
  readonly entity: EntityId & { readonly entityType: QueriedType };
  readonly tenantId: TenantId;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Where there are several roots: the one from which it was reached first. */
  readonly rootId?: string | undefined;
}

const ALL = Number.MAX_SAFE_INTEGER;
const owned: readonly EntityType[] = ['DEVICE', 'ASSET', 'ENTITY_VIEW', 'USER'];

/** The entities that a selector names and the scope may see, by id. */
export async function selectedRows(entities: EntityStore, scope: QueryScope, selector: EntitySelector): Promise<readonly QueryRow[]> {
  const found = await namedRows(entities, scope, selector);
  return found.sort((a, b) => compareText(a.entity.id, b.entity.id));
}

async function namedRows(entities: EntityStore, scope: QueryScope, selector: EntitySelector): Promise<QueryRow[]> {
  if (selector.kind === 'ids') {
    const rows = await visibleRows(entities, scope, [selector.entityType]);
    return rows.filter(({ entity }) => selector.ids.includes(entity.id));
  }
  if (selector.kind === 'type') {
    const pattern = namePattern(selector.name.toLowerCase());
    const rows = await visibleRows(entities, scope, [selector.entityType]);
    return rows.filter((row) => isOfType(row, selector.types) && fitsLike(nameOf(row).toLowerCase(), pattern));
  }
  const { walk, entityTypes, types } = selector;
  const reached = await walkRelations(entities, scope.tenantId, walk);
  const rows = await visibleRows(entities, scope, entityTypes.length === 0 ? relatedTypes : entityTypes);
  return rows.flatMap((row) => {
    const rootId = reached.get(`${row.entity.entityType} ${row.entity.id}`);
    if (rootId === undefined || !isOfType(row, types)) return [];
    return [walk.roots.length > 1 ? { ...row, rootId } : row];
  });
}

const isOfType = ({ fields }: QueryRow, types: readonly string[] = []): boolean => types.length === 0 || types.includes(String(fields['type']));
const nameOf = ({ fields, entity }: QueryRow): string => String(fields[entity.entityType === 'USER' ? 'email' : 'name']);

async function visibleRows(entities: EntityStore, scope: QueryScope, types: readonly EntityType[]): Promise<QueryRow[]> {
  const asked = queriedTypes.filter((entityType) => types.includes(entityType) && isQueriedType(entityType));
  const rows = await Promise.all(asked.map((entityType) => rowsOfType(entities, scope, entityType)));
  return rows.flat().filter((row) => isVisible(row, scope));
}

async function rowsOfType(entities: EntityStore, { tenantId }: QueryScope, entityType: QueriedType): Promise<QueryRow[]> {
  const isOfTenants = entityType === 'TENANT' && tenantId === systemTenantId;
  const found: readonly EntityOf<EntityKind>[] = isOfTenants
    ? (await entities.tenants({ page: 0, pageSize: ALL })).data
    : await entities.findAll(queriedKinds[entityType], tenantId, {}, ALL);
  const rows = entityType === 'RULE_NODE' ? (found as readonly RuleChain[]).flatMap(queriedNodes) : found;
  return rows.map((fields) => ({ entity: { entityType, id: fields.id }, tenantId: fields.tenantId as TenantId, fields: { ...fields } }));
}

function isVisible({ entity, fields }: QueryRow, { tenantId, customerId }: QueryScope): boolean {
  if (tenantId === systemTenantId) return entity.entityType === 'TENANT' || entity.entityType === 'TENANT_PROFILE';
  if (customerId === undefined) return true;
  if (entity.entityType === 'CUSTOMER') return entity.id === customerId;
  if (entity.entityType === 'DASHBOARD') return (fields['customerIds'] as readonly string[]).includes(customerId);
  return owned.includes(entity.entityType) && fields['customerId'] === customerId;
}
