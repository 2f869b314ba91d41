import {
  isQueriedType,
  namePattern,
  relatedTypes,
  systemTenantId,
  type EntitySelector,
  type EntityType,
  type QueriedType,
  type QueryScope,
} from '@fieldline/model';
import { allOf, anyOf, FALSE, isIn, raw, sql, type Sql } from './sql.js';
import { fitsPattern } from './text-terms.js';

/** Which rows `e` of `numbered_entity` a query looks at. */
export interface Selection {
  /** The tables, `e` among them. */
  readonly from: Sql;
  readonly where: readonly Sql[];
  readonly entityTypes: readonly QueriedType[];
  /** The table `f` that says from which of several roots an entity was met. */
  readonly roots?: string | undefined;
  /** True where `from` is nothing but `numbered_entity e`, all of which may have to be looked at. */
  readonly isScan: boolean;
}

/** @param walked the table of what a walk found; needed where the selector follows relations */
export function selectionSql(scope: QueryScope, selector: EntitySelector, walked: string | undefined): Selection {
  const asked = selector.kind === 'relations' ? (selector.entityTypes.length === 0 ? relatedTypes : selector.entityTypes) : [selector.entityType];
  const entityTypes = asked.filter(isQueriedType);
  const isVisible = visibleSql(scope, entityTypes);
  if (isVisible === FALSE) return { from: raw('numbered_entity e'), where: [FALSE], entityTypes, isScan: false };
  const visible = [isVisible, sql`e.created_at_ms IS NOT NULL`];
  if (selector.kind === 'ids') {
    const where = [isIn(raw('e.entity_id'), selector.ids), ...visible];
    return { from: raw('numbered_entity e'), where, entityTypes, isScan: false };
  }
  const ofType = selector.types === undefined || selector.types.length === 0 ? [] : [isIn(raw('e.type'), selector.types)];
  if (selector.kind === 'relations') {
    const from = raw(`temp.${walked ?? ''} f CROSS JOIN numbered_entity e ON e.number = f.number`);
    return { from, where: [...visible, ...ofType], entityTypes, isScan: false, roots: selector.walk.roots.length > 1 ? walked : undefined };
  }
  const named = selector.name === '' ? [] : [fitsPattern(raw('e.name'), namePattern(selector.name), true)];
  const isOfTenants = scope.tenantId === systemTenantId && selector.entityType === 'TENANT';
  return { from: isOfTenants ? tenants : raw('numbered_entity e'), where: [...visible, ...ofType, ...named], entityTypes, isScan: !isOfTenants };
}

/** Tenants are the only entities that are found without knowing whose they are. */
const tenants = raw("tenant t CROSS JOIN numbered_entity e ON e.entity_id = t.id AND e.entity_type = 'TENANT' AND e.tenant_id = t.tenant_id");

/** Types whose entities belong to one customer. */
const owned: readonly EntityType[] = ['DEVICE', 'ASSET', 'ENTITY_VIEW', 'USER'];

function visibleSql({ tenantId, customerId }: QueryScope, entityTypes: readonly QueriedType[]): Sql {
  const isType = (entityType: QueriedType): Sql => sql`e.entity_type = ${entityType}`;
  const only = (types: readonly EntityType[]): Sql => anyOf(entityTypes.filter((entityType) => types.includes(entityType)).map(isType));
  if (tenantId === systemTenantId) {
    const profiles = entityTypes.includes('TENANT_PROFILE') ? sql`(e.entity_type = 'TENANT_PROFILE' AND e.tenant_id = ${tenantId})` : FALSE;
    return anyOf([only(['TENANT']), profiles]);
  }
  if (customerId === undefined) return allOf([sql`e.tenant_id = ${tenantId}`, only(entityTypes)]);
  const ofCustomer = entityTypes.flatMap((entityType): Sql[] => {
    if (owned.includes(entityType)) return [sql`(${isType(entityType)} AND e.customer_id = ${customerId})`];
    if (entityType === 'CUSTOMER') return [sql`(${isType(entityType)} AND e.entity_id = ${customerId})`];
    if (entityType === 'DASHBOARD') return [sql`(${isType(entityType)} AND ${assignedTo(customerId)})`];
    return [];
  });
  // Where all types have an owner, the few entities of the customer are found by the index of those: + leaves the other out.
  const isOwned = entityTypes.every((entityType) => owned.includes(entityType));
  return allOf([sql`${raw(isOwned ? '+' : '')}e.tenant_id = ${tenantId}`, anyOf(ofCustomer)]);
}

const assignedTo = (customerId: string): Sql =>
  sql`EXISTS (SELECT 1 FROM dashboard d, json_each(d.document, '$.customerIds') c WHERE d.id = e.entity_id AND c.value = ${customerId})`;
