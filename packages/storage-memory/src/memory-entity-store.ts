import {
  entityRules,
  entitySchemas,
  type Device,
  type DeviceCredentials,
  type EntityKind,
  type EntityOf,
  type Page,
  type PageQuery,
  type TenantId,
  type UniqueRule,
  type User,
} from '@fieldline/model';
import { storageErrors, type EntityChange, type EntityFilter, type EntityStore } from '@fieldline/ports';
import { pageRows } from './page-rows.js';

/** An entity store that lives as long as the process. */
export function memoryEntityStore(): EntityStore {
  return new MemoryEntityStore();
}

type AnyEntity = EntityOf<EntityKind>;
type Tables = Readonly<Record<EntityKind, Map<string, AnyEntity>>>;

class MemoryEntityStore implements EntityStore {
  #tables: Tables = copyOf(undefined);
  #isClosed = false;

  async write(changes: readonly EntityChange[]): Promise<void> {
    if (this.#isClosed) throw storageErrors.UNAVAILABLE({ reason: 'it is closed' });
    // All changes go into a copy that takes the place of the tables only when every one of them was possible.
    const tables = copyOf(this.#tables);
    for (const change of changes) apply(tables, change);
    this.#tables = tables;
  }

  async find<K extends EntityKind>(kind: K, tenantId: TenantId, id: string): Promise<EntityOf<K> | undefined> {
    const entity = this.#tables[kind].get(id);
    return entity?.tenantId === tenantId ? read(kind, entity) : undefined;
  }

  async findAll<K extends EntityKind>(kind: K, tenantId: TenantId, filter: EntityFilter, limit: number): Promise<readonly EntityOf<K>[]> {
    const found = this.#matching(kind, tenantId, filter);
    found.sort((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1));
    return found.slice(0, limit);
  }

  async page<K extends EntityKind>(kind: K, tenantId: TenantId, query: PageQuery, filter: EntityFilter = {}): Promise<Page<EntityOf<K>>> {
    const { searched } = entityRules[kind];
    return pageRows(this.#matching(kind, tenantId, filter), query, (entity) => searched.map((field) => entity[field]));
  }

  async credentialsById(credentialsId: string): Promise<{ credentials: DeviceCredentials; device: Device } | undefined> {
    for (const entity of this.#tables.deviceCredentials.values()) {
      const credentials = read('deviceCredentials', entity);
      if (credentials.credentialsId !== credentialsId) continue;
      const device = await this.find('device', credentials.tenantId as TenantId, credentials.deviceId);
      return device === undefined ? undefined : { credentials, device };
    }
    return undefined;
  }

  async userByEmail(email: string): Promise<User | undefined> {
    const users = [...this.#tables.user.values()].map((entity) => read('user', entity));
    return users.find((user) => user.email.toLowerCase() === email.toLowerCase());
  }

  async tenantIds(): Promise<readonly TenantId[]> {
    return [...this.#tables.tenant.keys()].sort() as TenantId[];
  }

  async close(): Promise<void> {
    this.#isClosed = true;
  }

  #matching<K extends EntityKind>(kind: K, tenantId: TenantId, filter: EntityFilter): EntityOf<K>[] {
    const wanted = Object.entries({ ...filter, tenantId });
    const entities = [...this.#tables[kind].values()].map((entity) => read(kind, entity));
    return entities.filter((entity) => wanted.every(([field, value]) => (entity as Readonly<Record<string, unknown>>)[field] === value));
  }
}

/** A copy that passed the schema of its kind, as every store hands out: nobody can change what is stored. */
function read<K extends EntityKind>(kind: K, entity: AnyEntity): EntityOf<K> {
  return entitySchemas[kind].parse(structuredClone(entity)) as EntityOf<K>;
}

function copyOf(tables: Tables | undefined): Tables {
  const kinds = Object.keys(entitySchemas) as EntityKind[];
  return Object.fromEntries(kinds.map((kind) => [kind, new Map(tables?.[kind])])) as unknown as Tables;
}

function apply(tables: Tables, change: EntityChange): void {
  const table: Map<string, AnyEntity> = tables[change.kind];
  if (change.change === 'remove') {
    if (table.get(change.id)?.tenantId === change.tenantId) table.delete(change.id);
    return;
  }
  const { kind, entity } = change;
  const stored = table.get(entity.id);
  if (change.change === 'insert' && stored !== undefined) throw storageErrors.NAME_TAKEN({ kind, field: 'id' });
  if (change.change === 'update' && (stored?.tenantId !== entity.tenantId || stored.version !== entity.version)) {
    throw storageErrors.VERSION_CONFLICT({ kind, id: entity.id });
  }
  for (const rule of entityRules[kind].unique) {
    for (const other of table.values()) {
      if (other.id !== entity.id && clash(rule, other, entity)) throw storageErrors.NAME_TAKEN({ kind, field: rule.field });
    }
  }
  table.set(entity.id, { ...structuredClone(entity), version: change.change === 'insert' ? 1 : entity.version + 1 });
}

function clash(rule: UniqueRule<EntityKind>, a: AnyEntity, b: AnyEntity): boolean {
  if (rule.within === 'tenant' && a.tenantId !== b.tenantId) return false;
  const valueOf = (entity: AnyEntity): unknown => {
    const value = (entity as Readonly<Record<string, unknown>>)[rule.field];
    return rule.ignoresCase === true && typeof value === 'string' ? value.toLowerCase() : value;
  };
  return valueOf(a) !== undefined && valueOf(a) === valueOf(b);
}
