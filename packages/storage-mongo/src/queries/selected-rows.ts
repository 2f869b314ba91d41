import {
  fitsLike,
  isQueriedType,
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
import type { EntityDocument } from '../entities/entity-documents.js';
import { fits } from '../entities/entity-filters.js';
import { inCalls, type MongoFilter } from '../mongo-collection.js';
import type { QueryRun } from './query-run.js';
import { fieldsIn, fieldsOf, nameField } from './row-fields.js';
import { ruleNodeRows } from './rule-nodes.js';
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

export type OfType = Extract<EntitySelector, { readonly kind: 'type' }>;

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
  if (selector.kind === 'ids') return rows.withIds({ kind: 'type', entityType: selector.entityType, name: '' }, selector.ids);
  if (selector.kind === 'type') return rows.ofType(selector);
  const { walk, entityTypes, types } = selector;
  const reached = await walkedEntities(run, scope.tenantId, walk);
  const wanted: readonly EntityType[] = entityTypes.length === 0 ? relatedTypes : entityTypes;
  const found: QueryRow[] = [];
  for (const entityType of queriedTypes.filter((type) => wanted.includes(type))) {
    const ids = [...reached.keys()].flatMap((key) => (key.startsWith(`${entityType} `) ? [key.slice(entityType.length + 1)] : []));
    found.push(...(await rows.withIds({ kind: 'type', entityType, types, name: '' }, ids)));
  }
  return walk.roots.length > 1 ? found.map((row) => ({ ...row, rootId: reached.get(entityKey(row.entity)) })) : found;
}

/** Those that a selector names among the ids. */
export function selectedAmong(
  run: QueryRun,
  scope: QueryScope,
  selector: OfType,
  { ids, keys }: { readonly ids: readonly string[]; readonly keys: readonly QueryKey[] },
): Promise<readonly QueryRow[]> {
  return new SelectedRows(run, scope, keys).withIds(selector, ids);
}

/** The filter of a selector that names a type only; undefined: it finds nothing. */
export function typeFilter(scope: QueryScope, { entityType, types }: Pick<OfType, 'entityType' | 'types'>): MongoFilter | undefined {
  const visible = isQueriedType(entityType) ? visibleTo(scope, entityType) : undefined;
  return visible === undefined ? undefined : { ...visible, ...ofTypes(types) };
}

/** The same rows with the fields that the keys need, read again for these. */
export async function rowsWithFields(run: QueryRun, rows: readonly QueryRow[], keys: readonly QueryKey[]): Promise<readonly QueryRow[]> {
  const fields = new Map<string, QueryRow['fields']>();
  for (const [entityType, ofType] of Map.groupBy(rows, ({ entity }) => entity.entityType)) {
    const kind = queriedKinds[entityType];
    const needed = fieldsOf(entityType, keys);
    // Nodes come with all of theirs.
    if (needed.length === 0 || entityType === 'RULE_NODE') continue;
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

  async ofType({ entityType, types, name }: OfType): Promise<readonly QueryRow[]> {
    const filter = typeFilter(this.#scope, { entityType, types });
    if (filter === undefined || !isQueriedType(entityType)) return [];
    if (entityType === 'RULE_NODE') return this.#nodes(name, types);
    const { collections, limits } = this.#run;
    const collection = collections.entities[queriedKinds[entityType]];
    const { tenantId } = this.#scope;
    const fields = fieldsOf(entityType, this.#keys, name);
    if (fields.length > 0 || tenantId === systemTenantId) {
      return rowsOf(entityType, await this.#run.all(collection, filter, limits.entitiesMax, { fields: ['tenantId', ...fields] }), name);
    }
    const ids = await this.#run.texts(collection, '_id', filter, limits.entitiesMax);
    return ids.map((id) => ({ entity: { entityType, id }, tenantId, fields: {} }));
  }

  /** What the scope may see of them is looked at here: not every server takes the index of the ids where more is asked. */
  async withIds({ entityType, types, name }: OfType, given: readonly string[]): Promise<readonly QueryRow[]> {
    const filter = typeFilter(this.#scope, { entityType, types });
    const ids = new Set(given);
    if (filter === undefined || !isQueriedType(entityType)) return [];
    if (entityType === 'RULE_NODE') return (await this.#nodes(name, types)).filter(({ entity }) => ids.has(entity.id));
    const fields = ['tenantId', 'customerId', 'customerIds', 'type', ...fieldsOf(entityType, this.#keys, name)];
    const rows: QueryRow[] = [];
    for (const part of inCalls([...ids])) {
      const found = await this.#run.all(this.#run.collections.entities[queriedKinds[entityType]], { _id: { $in: part } }, part.length, { fields });
      const seen = found.filter((document) => fits(document, filter));
      for (const row of rowsOf(entityType, seen, name)) rows.push(row);
    }
    return rows;
  }

  async #nodes(name: string, types: readonly string[] = []): Promise<readonly QueryRow[]> {
    // A node has no type by which it could be named.
    return types.length > 0 ? [] : named(name, await ruleNodeRows(this.#run, this.#scope.tenantId));
  }
}

function rowsOf(entityType: QueriedType, documents: readonly EntityDocument[], name: string): readonly QueryRow[] {
  const rows = documents.map((document): QueryRow => ({
    entity: { entityType, id: document._id },
    tenantId: document.tenantId as TenantId,
    fields: fieldsIn(entityType, document),
  }));
  return named(name, rows);
}

/** Those whose names fit a name filter. */
function named(name: string, rows: readonly QueryRow[]): readonly QueryRow[] {
  if (name === '') return rows;
  const pattern = namePattern(name.toLowerCase());
  return rows.filter(({ entity, fields }) => fitsLike(String(fields[nameField(entity.entityType)]).toLowerCase(), pattern));
}

const ofTypes = (types: readonly string[] = []): MongoFilter => (types.length === 0 ? {} : { type: { $in: types } });
