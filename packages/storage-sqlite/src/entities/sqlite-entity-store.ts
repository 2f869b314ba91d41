import { assert } from '@fieldline/kernel';
import {
  entityRules,
  pageOf,
  type Device,
  type DeviceCredentials,
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
import { storageErrors, type EntityChange, type EntityFilter, type EntityStore, type SystemUniqueFields } from '@fieldline/ports';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { openForReading, readCoded } from '../database.js';
import { sqliteErrors } from '../errors.js';
import type { SqlValue, WriterLink } from '../writer/writer-link.js';
import { allOf, filterConditions } from './entity-conditions.js';
import { rowPage } from './entity-page.js';
import { documentColumns, entityOfRow, infoOfRow, type EntityRow } from './entity-row.js';
import { statementsOf } from './entity-statements.js';
import { columnOf, entityTables } from './entity-tables.js';
import { RemovedTenants, roomFor } from './removed-tenants.js';
import { writeProblem } from './write-problem.js';

export interface SqliteEntityStoreOptions {
  /** The data folder (FIELDLINE_DATA_DIR). */
  readonly path: string;
  /** The store writes through it and does not close it. Without one the store only reads; the data file must exist. */
  readonly writer?: WriterLink | undefined;
}

/**
 * Opens the entity store of a data folder.
 *
 * @throws SQLITE_FOLDER_UNUSABLE, SQLITE_FOLDER_IN_USE, SQLITE_FORMAT_NEWER, STORAGE_CORRUPT
 */
export async function openSqliteEntityStore({ path, writer }: SqliteEntityStoreOptions): Promise<EntityStore> {
  await writer?.ready();
  return new SqliteEntityStore(path, writer);
}

class SqliteEntityStore implements EntityStore {
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #writer: WriterLink | undefined;
  readonly #removed: RemovedTenants;
  readonly #statements = new Map<string, StatementSync>();
  readonly #writing = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  constructor(path: string, writer: WriterLink | undefined) {
    this.#path = path;
    this.#database = openForReading(path);
    this.#removed = new RemovedTenants(this.#database);
    this.#writer = writer;
  }

  async write(changes: readonly EntityChange[]): Promise<void> {
    if (this.#writer === undefined) throw sqliteErrors.READ_ONLY();
    if (this.#closing !== undefined) throw storageErrors.UNAVAILABLE({ reason: 'it is closed' });
    // Rows of removed tenants that are still there take nothing from anybody.
    const leaveRows = readCoded(this.#path, () => this.#removed.leaveRows);
    const statements = changes.map((change) => [...(leaveRows ? roomFor(change) : []), ...statementsOf(change)]);
    const removesTenants = changes.some(({ change }) => change === 'remove-tenant');
    const written = this.#writer.write({ statements: statements.flat(), removesTenants });
    this.#writing.add(written);
    const failure = await written;
    this.#writing.delete(written);
    // A failure names the place of a statement; this finds the change again that it came from.
    if (failure !== undefined)
      throw writeProblem(
        failure,
        changes.flatMap((change, n) => statements[n]?.map(() => change) ?? []),
      );
  }

  async find<K extends EntityKind>(kind: K, tenantId: TenantId, id: string): Promise<EntityOf<K> | undefined> {
    return this.#first(kind, 'tenant_id = ? AND id = ?', tenantId, id);
  }

  async findMany<K extends EntityKind>(kind: K, tenantId: TenantId, ids: readonly string[]): Promise<readonly EntityOf<K>[]> {
    return this.#many(kind, tenantId, ids, documentColumns(kind)).map((row) => entityOfRow(kind, row));
  }

  async findAll<K extends EntityKind>(kind: K, tenantId: TenantId, filter: EntityFilter, limit: number): Promise<readonly EntityOf<K>[]> {
    return this.#oldest(kind, tenantId, { filter, limit, columns: documentColumns(kind) }).map((row) => entityOfRow(kind, row));
  }

  async page<K extends EntityKind>(kind: K, tenantId: TenantId, query: PageQuery, filter: EntityFilter = {}): Promise<Page<EntityOf<K>>> {
    const page = this.#page(kind, tenantId, query, { filter, columns: documentColumns(kind) });
    return { ...page, data: page.data.map((row) => entityOfRow(kind, row)) };
  }

  async findInfos<K extends EntityKind, B extends HeavyField<K> = never>(
    kind: K,
    tenantId: TenantId,
    ids: readonly string[],
    besides: readonly B[] = [],
  ): Promise<readonly EntityInfo<K, B>[]> {
    return this.#many(kind, tenantId, ids, documentColumns(kind, besides)).map((row) => infoOfRow(kind, row));
  }

  async findAllInfos<K extends EntityKind, B extends HeavyField<K> = never>(
    kind: K,
    tenantId: TenantId,
    filter: EntityFilter,
    limit: number,
    besides: readonly B[] = [],
  ): Promise<readonly EntityInfo<K, B>[]> {
    return this.#oldest(kind, tenantId, { filter, limit, columns: documentColumns(kind, besides) }).map((row) => infoOfRow(kind, row));
  }

  async infoPage<K extends EntityKind, B extends HeavyField<K> = never>(
    kind: K,
    tenantId: TenantId,
    query: PageQuery,
    filter: EntityFilter = {},
    besides: readonly B[] = [],
  ): Promise<Page<EntityInfo<K, B>>> {
    const page = this.#page(kind, tenantId, query, { filter, columns: documentColumns(kind, besides) });
    return { ...page, data: page.data.map((row) => infoOfRow(kind, row)) };
  }

  async count(kind: EntityKind, tenantId: TenantId, filter: EntityFilter = {}): Promise<number> {
    const table = entityTables[kind];
    const where = allOf(filterConditions(table, tenantId, filter));
    const sql = `SELECT count(*) AS n FROM ${table.table} WHERE ${where.sql}`;
    return this.#ofTenant(tenantId, 0, () => Number(this.#prepared(sql).get(...where.values)?.['n']));
  }

  async credentialsById(credentialsId: string): Promise<{ credentials: DeviceCredentials; device: Device } | undefined> {
    const credentials = this.#first('deviceCredentials', 'credentials_id = ?', credentialsId);
    if (credentials === undefined) return undefined;
    const device = this.#first('device', 'tenant_id = ? AND id = ?', credentials.tenantId, credentials.deviceId);
    return device === undefined ? undefined : { credentials, device };
  }

  async userByEmail(email: string): Promise<User | undefined> {
    return this.#first('user', 'email_folded = ?', email.toLowerCase());
  }

  async findUnique<K extends keyof SystemUniqueFields>(kind: K, field: SystemUniqueFields[K], value: string): Promise<EntityOf<K> | undefined> {
    const rules: readonly UniqueRule<EntityKind>[] = entityRules[kind].unique;
    const isUnique = rules.some((rule) => rule.within === 'system' && (rule.field as string) === field);
    assert(isUnique, 'only a field that is unique in the whole system finds an entity without its tenant');
    return this.#first(kind, `${columnOf(field)} = ?`, value);
  }

  async tenantOf(kind: EntityKind, id: string): Promise<TenantId | undefined> {
    const sql = `SELECT tenant_id FROM ${entityTables[kind].table} WHERE id = ?`;
    return readCoded(this.#path, () => {
      const tenantId = this.#prepared(sql).get(id)?.['tenant_id'] as TenantId | undefined;
      return tenantId === undefined || this.#removed.has(tenantId) ? undefined : tenantId;
    });
  }

  async tenantIds(): Promise<readonly TenantId[]> {
    const rows = readCoded(this.#path, () => this.#prepared('SELECT id FROM tenant ORDER BY id').all());
    return rows.map(({ id }) => id as TenantId);
  }

  async tenants(query: PageQuery): Promise<Page<EntityOf<'tenant'>>> {
    const asked = { conditions: [], columns: documentColumns('tenant') };
    const page = readCoded(this.#path, () => rowPage((sql) => this.#prepared(sql), 'tenant', query, asked));
    return { ...page, data: page.data.map((row) => entityOfRow('tenant', row)) };
  }

  close(): Promise<void> {
    this.#closing ??= Promise.all(this.#writing).then(() => this.#database.close());
    return this.#closing;
  }

  /** What is read of a tenant; `none` where that was removed, whose rows may still be there. */
  #ofTenant<T>(tenantId: TenantId, none: T, read: () => T): T {
    return readCoded(this.#path, () => {
      const found = read();
      return this.#removed.has(tenantId) ? none : found;
    });
  }

  #first<K extends EntityKind>(kind: K, condition: string, ...values: readonly SqlValue[]): EntityOf<K> | undefined {
    const sql = `SELECT ${['tenant_id', ...documentColumns(kind)].join(', ')} FROM ${entityTables[kind].table} WHERE ${condition}`;
    return readCoded(this.#path, () => {
      const row = this.#prepared(sql).get(...values);
      return row === undefined || this.#removed.has(String(row['tenant_id'])) ? undefined : entityOfRow(kind, row);
    });
  }

  #many(kind: EntityKind, tenantId: TenantId, ids: readonly string[], columns: readonly string[]): readonly EntityRow[] {
    // CROSS JOIN keeps the order of the loops: each id is looked up, however many there are.
    const join = `json_each(?) AS asked CROSS JOIN ${entityTables[kind].table} AS e ON e.tenant_id = ? AND e.id = asked.value`;
    const sql = `SELECT ${columns.map((column) => `e.${column}`).join(', ')} FROM ${join} ORDER BY asked.key`;
    return this.#ofTenant(tenantId, [], () => this.#prepared(sql).all(JSON.stringify(ids), tenantId));
  }

  #oldest(
    kind: EntityKind,
    tenantId: TenantId,
    { filter, limit, columns }: { readonly filter: EntityFilter; readonly limit: number; readonly columns: readonly string[] },
  ): readonly EntityRow[] {
    const table = entityTables[kind];
    const where = allOf(filterConditions(table, tenantId, filter));
    const sql = `SELECT ${columns.join(', ')} FROM ${table.table} WHERE ${where.sql} ORDER BY created_at_ms, id LIMIT ?`;
    return this.#ofTenant(tenantId, [], () => this.#prepared(sql).all(...where.values, limit));
  }

  #page(
    kind: EntityKind,
    tenantId: TenantId,
    query: PageQuery,
    { filter, columns }: { readonly filter: EntityFilter; readonly columns: readonly string[] },
  ): Page<EntityRow> {
    const conditions = filterConditions(entityTables[kind], tenantId, filter);
    const read = (): Page<EntityRow> => rowPage((sql) => this.#prepared(sql), kind, query, { conditions, columns });
    return this.#ofTenant(tenantId, pageOf([], query, 0), read);
  }

  // Texts are made from the fields of a kind and from those that our own code filters by, so the map cannot grow without bound.
  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
