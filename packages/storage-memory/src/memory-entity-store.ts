import { assert } from '@fieldline/kernel';
import {
  compareText,
  entityRules,
  entitySchemas,
  type Device,
  type DeviceCredentials,
  heavyFields,
  type EntityInfo,
  type EntityKind,
  type EntityOf,
  type HeavyField,
  type Page,
  type PageQuery,
  type TenantId,
  type UniqueRule,
  type User,
} from '@fieldline/model';
import {
  storageErrors,
  type EntityChange,
  type EntityCondition,
  type EntityFilter,
  type EntityStore,
  type SystemUniqueFields,
} from '@fieldline/ports';
import { matchesFilter } from './matches-filter.js';
import { MemoryTable, type AnyEntity } from './memory-table.js';
import { pageRows } from './page-rows.js';

/** An entity store that lives as long as the process. */
export function memoryEntityStore(): EntityStore {
  return new MemoryEntityStore();
}

const kinds = Object.keys(entitySchemas) as EntityKind[];
type Tables = Readonly<Record<EntityKind, MemoryTable>>;

class MemoryEntityStore implements EntityStore {
  readonly #tables = Object.fromEntries(kinds.map((kind) => [kind, new MemoryTable(kind)])) as Tables;
  #isClosed = false;

  async write(changes: readonly EntityChange[]): Promise<void> {
    if (this.#isClosed) throw storageErrors.UNAVAILABLE({ reason: 'it is closed' });
    const undos: (() => void)[] = [];
    try {
      for (const change of changes) undos.push(...apply(this.#tables, change));
    } catch (error) {
      for (const undo of undos.reverse()) undo();
      throw error;
    }
  }

  async find<K extends EntityKind>(kind: K, tenantId: TenantId, id: string): Promise<EntityOf<K> | undefined> {
    const entity = this.#tables[kind].get(id);
    return entity?.tenantId === tenantId ? read(kind, entity) : undefined;
  }

  async findMany<K extends EntityKind>(kind: K, tenantId: TenantId, ids: readonly string[]): Promise<readonly EntityOf<K>[]> {
    const found = await Promise.all(ids.map((id) => this.find(kind, tenantId, id)));
    return found.filter((entity) => entity !== undefined);
  }

  async findAll<K extends EntityKind>(kind: K, tenantId: TenantId, filter: EntityFilter, limit: number): Promise<readonly EntityOf<K>[]> {
    const found = this.#matching(kind, tenantId, filter);
    found.sort((a, b) => a.createdAtMs - b.createdAtMs || compareText(a.id, b.id));
    return found.slice(0, limit).map((entity) => read(kind, entity));
  }

  async page<K extends EntityKind>(kind: K, tenantId: TenantId, query: PageQuery, filter: EntityFilter = {}): Promise<Page<EntityOf<K>>> {
    return pageOfKind(kind, this.#matching(kind, tenantId, filter), query);
  }

  async findInfos<K extends EntityKind, B extends HeavyField<K> = never>(
    kind: K,
    tenantId: TenantId,
    ids: readonly string[],
    besides?: readonly B[],
  ): Promise<readonly EntityInfo<K, B>[]> {
    return (await this.findMany(kind, tenantId, ids)).map((entity) => infoOf(kind, entity, besides));
  }

  async findAllInfos<K extends EntityKind, B extends HeavyField<K> = never>(
    kind: K,
    tenantId: TenantId,
    filter: EntityFilter,
    limit: number,
    besides?: readonly B[],
  ): Promise<readonly EntityInfo<K, B>[]> {
    return (await this.findAll(kind, tenantId, filter, limit)).map((entity) => infoOf(kind, entity, besides));
  }

  async infoPage<K extends EntityKind, B extends HeavyField<K> = never>(
    kind: K,
    tenantId: TenantId,
    query: PageQuery,
    filter?: EntityFilter,
    besides?: readonly B[],
  ): Promise<Page<EntityInfo<K, B>>> {
    const page = await this.page(kind, tenantId, query, filter);
    return { ...page, data: page.data.map((entity) => infoOf(kind, entity, besides)) };
  }

  async count(kind: EntityKind, tenantId: TenantId, filter: EntityFilter = {}): Promise<number> {
    return this.#matching(kind, tenantId, filter).length;
  }

  async credentialsById(credentialsId: string): Promise<{ credentials: DeviceCredentials; device: Device } | undefined> {
    const entity = this.#tables.deviceCredentials.withUnique('credentialsId', credentialsId);
    if (entity === undefined) return undefined;
    const credentials = read('deviceCredentials', entity);
    const device = await this.find('device', credentials.tenantId as TenantId, credentials.deviceId);
    return device === undefined ? undefined : { credentials, device };
  }

  async userByEmail(email: string): Promise<User | undefined> {
    const entity = this.#tables.user.withUnique('email', email);
    return entity === undefined ? undefined : read('user', entity);
  }

  async findUnique<K extends keyof SystemUniqueFields>(kind: K, field: SystemUniqueFields[K], value: string): Promise<EntityOf<K> | undefined> {
    const rules: readonly UniqueRule<EntityKind>[] = entityRules[kind].unique;
    const isUnique = rules.some((rule) => rule.within === 'system' && (rule.field as string) === field);
    assert(isUnique, 'only a field that is unique in the whole system finds an entity without its tenant');
    const entity = this.#tables[kind].withUnique(field, value);
    return entity === undefined ? undefined : read(kind, entity);
  }

  async tenantOf(kind: EntityKind, id: string): Promise<TenantId | undefined> {
    return this.#tables[kind].get(id)?.tenantId as TenantId | undefined;
  }

  async tenantIds(): Promise<readonly TenantId[]> {
    return [...this.#tables.tenant.values()].map(({ id }) => id as TenantId).sort();
  }

  async tenants(query: PageQuery): Promise<Page<EntityOf<'tenant'>>> {
    return pageOfKind('tenant', [...this.#tables.tenant.values()], query);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
  }

  #matching(kind: EntityKind, tenantId: TenantId, filter: EntityFilter): AnyEntity[] {
    return matching(this.#tables[kind], tenantId, filter);
  }
}

/** Without a tenant those of all tenants. */
function matching(table: MemoryTable, tenantId: TenantId | undefined, filter: EntityFilter): AnyEntity[] {
  if (heavyFields(table.kind).some((field) => Object.hasOwn(filter, field))) return [];
  return [...table.values()].filter((entity) => (tenantId === undefined || entity.tenantId === tenantId) && matchesFilter(entity, filter));
}

function check(table: MemoryTable, condition: EntityCondition): void {
  const { kind, tenantId } = condition;
  if (condition.change === 'require') {
    const { id } = condition;
    if (table.get(id)?.tenantId !== tenantId) throw storageErrors.REFERENCE_GONE({ kind, id });
  } else if (matching(table, tenantId, condition.filter).length >= condition.limit) {
    throw storageErrors.LIMIT_REACHED({ kind, limit: condition.limit });
  }
}

function pageOfKind<K extends EntityKind>(kind: K, entities: readonly AnyEntity[], query: PageQuery): Page<EntityOf<K>> {
  const searched: readonly string[] = entityRules[kind].searched;
  const { createdFromMs = Number.NEGATIVE_INFINITY, createdToMs = Number.POSITIVE_INFINITY } = query;
  const inTime = entities.filter(({ createdAtMs }) => createdAtMs >= createdFromMs && createdAtMs <= createdToMs);
  // A heavy field sorts nothing, as one that is not there.
  const sortBy = heavyFields(kind).includes(query.sortBy ?? '') ? '' : query.sortBy;
  const page = pageRows(inTime, { ...query, sortBy }, (entity) => searched.map((field) => (entity as Readonly<Record<string, unknown>>)[field]));
  return { ...page, data: page.data.map((entity) => read(kind, entity)) };
}

/** A copy that passed the schema of its kind, as every store hands out: nobody can change what is stored. */
function read<K extends EntityKind>(kind: K, entity: AnyEntity): EntityOf<K> {
  return entitySchemas[kind].parse(structuredClone(entity)) as EntityOf<K>;
}

function infoOf<K extends EntityKind, B extends HeavyField<K>>(kind: K, entity: EntityOf<K>, besides: readonly B[] = []): EntityInfo<K, B> {
  const left = new Set(heavyFields(kind).filter((field) => !besides.includes(field as B)));
  return Object.fromEntries(Object.entries(entity).filter(([field]) => !left.has(field))) as EntityInfo<K, B>;
}

/**
 * Applies one change, or checks one condition.
 *
 * @returns what takes it back, in the order it was done
 */
function apply(tables: Tables, change: EntityChange): (() => void)[] {
  if (change.change === 'remove-tenant') {
    return kinds.flatMap((kind) => matching(tables[kind], change.tenantId, {}).map((entity) => tables[kind].remove(entity)));
  }
  const table = tables[change.kind];
  if (change.change === 'require' || change.change === 'require-fewer') {
    check(table, change);
    return [];
  }
  if (change.change === 'remove-where') {
    const { createdBeforeMs = Number.POSITIVE_INFINITY } = change;
    const removed = matching(table, change.tenantId, change.filter).filter(({ createdAtMs }) => createdAtMs < createdBeforeMs);
    return removed.map((entity) => table.remove(entity));
  }
  if (change.change === 'remove') {
    const stored = table.get(change.id);
    return stored?.tenantId === change.tenantId ? [table.remove(stored)] : [];
  }
  const { kind, entity } = change;
  const stored = table.get(entity.id);
  if (change.change === 'insert' && stored !== undefined) throw storageErrors.NAME_TAKEN({ kind, field: 'id' });
  if (change.change === 'update' && (stored?.tenantId !== entity.tenantId || stored.version !== entity.version)) {
    throw storageErrors.VERSION_CONFLICT({ kind, id: entity.id });
  }
  return [table.put({ ...structuredClone(entity), version: change.change === 'insert' ? 1 : entity.version + 1 })];
}
