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
  type QueryKey,
  type QueryScope,
  type TenantId,
} from '@fieldline/model';
import { entityKey } from '../data/mongo-unit.js';
import { inCalls, type MongoFilter } from '../mongo-collection.js';
import type { QueryRun } from './query-run.js';
import { fieldsIn, fieldsOf, nameField } from './row-fields.js';
import { visibleTo } from './visible-entities.js';
import { walkedEntities } from './walked-entities.js';

/** An entity that a query looks at. */
export interface QueryRow {
  readonly entity: EntityId & { readonly entityType: QueriedType };
  readonly tenantId: TenantId;
  /** As far as they were asked for. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Where there are several roots: the one from which it was reached first. */
  readonly rootId?: string | undefined;
}

/**
 * The entities that a selector names and the scope may see, with the fields that the keys need.
 *
 * @throws QUERY_TOO_MANY_ENTITIES, QUERY_TOO_SLOW
 */
export async function selectedRows(
  run: QueryRun,
  scope: QueryScope,
  selector: EntitySelector,
  keys: readonly QueryKey[],
): Promise<readonly QueryRow[]> {
  const rows = new SelectedRows(run, scope, keys);
  if (selector.kind === 'ids') return rows.withIds(selector.entityType, selector.ids);
  if (selector.kind === 'type') return rows.ofType(selector);
  const { walk, entityTypes, types } = selector;
  const reached = await walkedEntities(run, scope.tenantId, walk);
  const wanted: readonly EntityType[] = entityTypes.length === 0 ? relatedTypes : entityTypes;
  const found: QueryRow[] = [];
  for (const entityType of queriedTypes.filter((type) => wanted.includes(type))) {
    const ids = [...reached.keys()].flatMap((key) => (key.startsWith(`${entityType} `) ? [key.slice(entityType.length + 1)] : []));
    found.push(...(await rows.withIds(entityType, ids, ofTypes(types))));
  }
  return walk.roots.length > 1 ? found.map((row) => ({ ...row, rootId: reached.get(entityKey(row.entity)) })) : found;
}

/** Those of the entities of a type that are among the ids. */
export function selectedAmong(
  run: QueryRun,
  scope: QueryScope,
  { entityType, types, name }: Extract<EntitySelector, { readonly kind: 'type' }>,
  { ids, keys }: { readonly ids: readonly string[]; readonly keys: readonly QueryKey[] },
): Promise<readonly QueryRow[]> {
  return new SelectedRows(run, scope, keys).withIds(entityType, ids, ofTypes(types), name);
}

/** The filter of a selector that names a type only; undefined: it finds nothing. */
export function typeFilter(scope: QueryScope, { entityType, types }: Extract<EntitySelector, { readonly kind: 'type' }>): MongoFilter | undefined {
  const visible = isQueriedType(entityType) ? visibleTo(scope, entityType) : undefined;
  return visible === undefined ? undefined : { ...visible, ...ofTypes(types) };
}

/** The same rows with the fields that the keys need, read again for these. */
export async function rowsWithFields(run: QueryRun, rows: readonly QueryRow[], keys: readonly QueryKey[]): Promise<readonly QueryRow[]> {
  const fields = new Map<string, QueryRow['fields']>();
  for (const [entityType, ofType] of Map.groupBy(rows, ({ entity }) => entity.entityType)) {
    const kind = queriedKinds[entityType];
    const needed = fieldsOf(entityType, keys);
    if (needed.length === 0) continue;
    for (const part of inCalls(ofType.map(({ entity }) => entity.id))) {
      const documents = await run.all(run.collections.entities[kind], { _id: { $in: part } }, part.length, { fields: needed });
      for (const document of documents) fields.set(`${entityType} ${document._id}`, fieldsIn(entityType, document));
    }
  }
  return rows.map((row) => ({ ...row, fields: fields.get(entityKey(row.entity)) ?? row.fields }));
}

class SelectedRows {
  readonly #run: QueryRun;
  readonly #scope: QueryScope;
  readonly #keys: readonly QueryKey[];

  constructor(run: QueryRun, scope: QueryScope, keys: readonly QueryKey[]) {
    this.#run = run;
    this.#scope = scope;
    this.#keys = keys;
  }

  ofType({ entityType, types, name }: Extract<EntitySelector, { readonly kind: 'type' }>): Promise<readonly QueryRow[]> {
    return this.#where(entityType, ofTypes(types), name);
  }

  async withIds(entityType: EntityType, ids: readonly string[], filter: MongoFilter = {}, name = ''): Promise<readonly QueryRow[]> {
    const rows: QueryRow[] = [];
    for (const part of inCalls([...new Set(ids)])) rows.push(...(await this.#where(entityType, { ...filter, _id: { $in: part } }, name)));
    return rows;
  }

  async #where(entityType: EntityType, filter: MongoFilter, name: string): Promise<readonly QueryRow[]> {
    const visible = isQueriedType(entityType) ? visibleTo(this.#scope, entityType) : undefined;
    if (visible === undefined || !isQueriedType(entityType)) return [];
    const { collections, limits } = this.#run;
    const collection = collections.entities[queriedKinds[entityType]];
    const { tenantId } = this.#scope;
    const where = { $and: [visible, filter] };
    const fields = fieldsOf(entityType, this.#keys, name);
    if (fields.length === 0 && tenantId !== systemTenantId) {
      const ids = await this.#run.texts(collection, '_id', where, limits.entitiesMax);
      return ids.map((id) => ({ entity: { entityType, id }, tenantId, fields: {} }));
    }
    const documents = await this.#run.all(collection, where, limits.entitiesMax, { fields: ['tenantId', ...fields] });
    const pattern = likeExpression(namePattern(name.toLowerCase()));
    const rows = documents.map((document): QueryRow => ({
      entity: { entityType, id: document._id },
      tenantId: document.tenantId as TenantId,
      fields: fieldsIn(entityType, document),
    }));
    return name === '' ? rows : rows.filter((row) => pattern.test(String(row.fields[nameField(entityType)]).toLowerCase()));
  }
}

const ofTypes = (types: readonly string[] = []): MongoFilter => (types.length === 0 ? {} : { type: { $in: types } });
