import { ProblemError } from '@fieldline/kernel';
import {
  entitySchemas,
  type Device,
  type DeviceCredentials,
  type EntityKind,
  type EntityOf,
  type Page,
  type PageQuery,
  type TenantId,
  type User,
} from '@fieldline/model';
import { storageErrors, type EntityChange, type EntityFilter, type EntityStore } from '@fieldline/ports';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { documentPage, sortTerm } from '../document-page.js';
import { openForReading, readCoded } from '../database.js';
import { sqliteErrors } from '../errors.js';
import type { SqlValue, WriteFailure, WriterLink } from '../writer/writer-link.js';
import { columnValue, fieldOfColumns, statementOf } from './entity-statements.js';
import { columnOf, entityTables } from './entity-tables.js';

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
  readonly #statements = new Map<string, StatementSync>();
  readonly #writing = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  constructor(path: string, writer: WriterLink | undefined) {
    this.#path = path;
    this.#database = openForReading(path);
    this.#writer = writer;
  }

  async write(changes: readonly EntityChange[]): Promise<void> {
    if (this.#writer === undefined) throw sqliteErrors.READ_ONLY();
    if (this.#closing !== undefined) throw storageErrors.UNAVAILABLE({ reason: 'it is closed' });
    const written = this.#writer.write({ statements: changes.map(statementOf) });
    this.#writing.add(written);
    const failure = await written;
    this.#writing.delete(written);
    if (failure !== undefined) throw problemOfFailure(failure, changes);
  }

  async find<K extends EntityKind>(kind: K, tenantId: TenantId, id: string): Promise<EntityOf<K> | undefined> {
    return this.#first(kind, 'tenant_id = ? AND id = ?', tenantId, id);
  }

  async findAll<K extends EntityKind>(kind: K, tenantId: TenantId, filter: EntityFilter, limit: number): Promise<readonly EntityOf<K>[]> {
    const where = conditionsOf(kind, tenantId, filter);
    const conditions = where.map(([condition]) => condition).join(' AND ');
    const sql = `SELECT document FROM ${entityTables[kind].table} WHERE ${conditions} ORDER BY created_at_ms, id LIMIT ?`;
    const rows = readCoded(this.#path, () => this.#prepared(sql).all(...where.map(([, value]) => value), limit));
    return rows.map(({ document }) => parse(kind, document));
  }

  async page<K extends EntityKind>(kind: K, tenantId: TenantId, query: PageQuery, filter: EntityFilter = {}): Promise<Page<EntityOf<K>>> {
    const where: (readonly [string, ...SqlValue[]])[] = conditionsOf(kind, tenantId, filter);
    if (query.textSearch !== undefined && query.textSearch !== '') where.push(['instr(search, ?) > 0', query.textSearch.toLowerCase()]);
    const direction = query.sortOrder === 'DESC' ? 'DESC' : 'ASC';
    const order = query.sortBy === undefined ? `id ${direction}` : `${termOf(kind, query.sortBy)} ${direction}, id`;
    const parsed = (document: string): EntityOf<K> => parse(kind, document);
    return readCoded(this.#path, () => documentPage(this.#database, { table: entityTables[kind].table, where, order, query, parse: parsed }));
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

  async tenantIds(): Promise<readonly TenantId[]> {
    const rows = readCoded(this.#path, () => this.#prepared('SELECT id FROM tenant ORDER BY id').all());
    return rows.map(({ id }) => id as TenantId);
  }

  close(): Promise<void> {
    this.#closing ??= Promise.all(this.#writing).then(() => this.#database.close());
    return this.#closing;
  }

  #first<K extends EntityKind>(kind: K, condition: string, ...values: readonly SqlValue[]): EntityOf<K> | undefined {
    const row = readCoded(this.#path, () => this.#prepared(`SELECT document FROM ${entityTables[kind].table} WHERE ${condition}`).get(...values));
    return row === undefined ? undefined : parse(kind, row['document']);
  }

  // Texts of filters are made from field names that passed `termOf`, of which a kind has few.
  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function parse<K extends EntityKind>(kind: K, document: unknown): EntityOf<K> {
  return entitySchemas[kind].parse(JSON.parse(String(document))) as EntityOf<K>;
}

/** What to compare or sort by: a column, a field of the document, or nothing where the kind has no such field. */
function termOf(kind: EntityKind, field: string): string {
  const { columns } = entityTables[kind];
  const isColumn = ['id', 'createdAtMs', 'version', ...columns].includes(field);
  if (isColumn) return columnOf(field);
  return Object.hasOwn(entitySchemas[kind].shape, field) ? sortTerm(field, {}) : "''";
}

function conditionsOf(kind: EntityKind, tenantId: TenantId, filter: EntityFilter): [string, SqlValue][] {
  const { tenantId: _, ...fields } = filter;
  const conditions = Object.entries(fields).map(([field, value]): [string, SqlValue] => [`${termOf(kind, field)} = ?`, columnValue(value)]);
  return [['tenant_id = ?', tenantId], ...conditions];
}

function problemOfFailure(failure: WriteFailure, changes: readonly EntityChange[]): ProblemError {
  if (failure.kind === 'problem') return new ProblemError(failure.problem);
  const [table] = failure.kind === 'taken' ? failure.columns.split('.') : [];
  const change = failure.kind === 'unchanged' ? changes[failure.statement] : changes.find(({ kind }) => entityTables[kind].table === table);
  if (change === undefined) return storageErrors.UNAVAILABLE({ reason: `the database refused a write (${JSON.stringify(failure)})` });
  const { kind } = change;
  if (failure.kind === 'taken') return storageErrors.NAME_TAKEN({ kind, field: fieldOfColumns(kind, failure.columns) });
  return storageErrors.VERSION_CONFLICT({ kind, id: change.change === 'remove' ? change.id : change.entity.id });
}
