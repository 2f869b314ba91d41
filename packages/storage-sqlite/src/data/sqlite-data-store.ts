import { assert, type Log } from '@fieldline/kernel';
import type { Alarm, Attribute, AttributeScope, DataPoint, EntityId, JsonValue, Page, PageQuery, TenantId } from '@fieldline/model';
import {
  storageErrors,
  type AggregatedPoint,
  type AggregateQuery,
  type AlarmQuery,
  type CommittedChanges,
  type CommitUnit,
  type DataStore,
  type DeadLetter,
  type HandOver,
  type RangeQuery,
} from '@fieldline/ports';
import type { DatabaseSync } from 'node:sqlite';
import { openForReading, readCoded, storageProblem } from '../database.js';
import { BUFFERS_POOLED, LOG_BYTES_MAX, LOG_POINTS_MAX, POOLED_BUFFER_BYTES_MAX, SERIES_MAX } from '../limits.js';
import { encodingBuffer, type EncodingBuffer } from '../log/point-encoder.js';
import type { WriterLink } from '../writer/writer-link.js';
import { AlarmIndex } from './alarm-index.js';
import { AttributeCache, attributeOf } from './attribute-cache.js';
import { CommitQueue } from './commit-queue.js';
import { LiveState } from './live-state.js';
import { rebuildHead } from './rebuild.js';
import { SqliteUnit } from './sqlite-unit.js';
import { alarmPage, deadLetterPage, nodeStates, openHandOvers } from './stored-rows.js';

export interface SqliteDataStoreOptions {
  /** The data folder (FIELDLINE_DATA_DIR). */
  readonly path: string;
  /** The store writes through it and does not close it. */
  readonly writer: WriterLink;
  readonly log: Log;
  /** Bounds of limits.ts, for tests that reach them. */
  readonly limits?: { readonly logPointsMax?: number; readonly logBytesMax?: number; readonly seriesMax?: number } | undefined;
}

/**
 * Opens the data store of a data folder: waits for the writer, then reads the log into memory.
 *
 * @throws SQLITE_FOLDER_UNUSABLE, SQLITE_FOLDER_IN_USE, SQLITE_FORMAT_NEWER, STORAGE_CORRUPT
 */
export async function openSqliteDataStore({ path, writer, log, limits = {} }: SqliteDataStoreOptions): Promise<DataStore> {
  const { logPointsMax = LOG_POINTS_MAX, logBytesMax = LOG_BYTES_MAX, seriesMax = SERIES_MAX } = limits;
  await writer.ready();
  const database = openForReading(path);
  try {
    const { head, points, bytes } = rebuildHead(database, path, seriesMax);
    log.info('store-opened', { points, logBytes: bytes, series: head.seriesCount });
    const state = new LiveState(head, new AttributeCache(database), new AlarmIndex(database));
    const buffers = new BufferPool();
    const onDone = (unit: SqliteUnit): void => buffers.giveBack(unit.encoder.buffer);
    const queue = new CommitQueue({ path, state, writer, log, logged: { points, bytes }, limits: { logPointsMax, logBytesMax }, onDone });
    return new SqliteDataStore(path, { database, state, queue, buffers });
  } catch (error) {
    database.close();
    throw storageProblem(error, path);
  }
}

/**
 * The data store on the log. Points are read from the head in memory, attributes and alarms from caches over
 * the tables, everything else from the tables once what was given to commit has settled.
 */
class SqliteDataStore implements DataStore {
  readonly durability = 'synced';
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #state: LiveState;
  readonly #queue: CommitQueue;
  readonly #buffers: BufferPool;
  #closing: Promise<void> | undefined;

  constructor(
    path: string,
    { database, state, queue, buffers }: { database: DatabaseSync; state: LiveState; queue: CommitQueue; buffers: BufferPool },
  ) {
    this.#path = path;
    this.#database = database;
    this.#state = state;
    this.#queue = queue;
    this.#buffers = buffers;
  }

  begin(): SqliteUnit {
    return new SqliteUnit(this.#state.head, this.#buffers.take());
  }

  commit(unit: CommitUnit): Promise<void> {
    assert(unit instanceof SqliteUnit, 'a unit is committed to the store that began it');
    assert(!unit.isCommitted, 'a unit is committed once');
    if (this.#closing !== undefined) return Promise.reject(storageErrors.UNAVAILABLE({ reason: 'it is closed' }));
    unit.isCommitted = true;
    return this.#queue.commit(unit);
  }

  reading(unit: CommitUnit): Pick<DataStore, 'latest' | 'attributes' | 'activeAlarm' | 'alarm'> {
    assert(unit instanceof SqliteUnit, 'a unit is read through the store that began it');
    return {
      latest: async (tenantId, entity, keys) => this.#latest(tenantId, entity, keys, unit),
      attributes: async (tenantId, entity, scope, keys) => this.#attributesWith(tenantId, entity, scope, keys, unit),
      alarm: async (tenantId, id) => {
        const inUnit = unit.alarms.findLast((alarm) => alarm.id === id);
        if (inUnit !== undefined) return inUnit.tenantId === tenantId ? inUnit : undefined;
        return readCoded(this.#path, () => this.#state.alarms.byId(tenantId, id));
      },
      activeAlarm: async (tenantId, originator, type) => readCoded(this.#path, () => activeIn(unit, this.#state, tenantId, originator, type)),
    };
  }

  onCommitted(listener: (changes: CommittedChanges) => void): void {
    this.#queue.onCommitted(listener);
  }

  async keys(tenantId: TenantId, entity: EntityId): Promise<readonly string[]> {
    const series = this.#state.head.find(tenantId, entity)?.series ?? [];
    return series
      .filter(({ count }) => count > 0)
      .map(({ key }) => key)
      .sort();
  }

  async latest(tenantId: TenantId, entity: EntityId, keys?: readonly string[]): Promise<readonly DataPoint[]> {
    return this.#latest(tenantId, entity, keys, undefined);
  }

  async range(tenantId: TenantId, entity: EntityId, query: RangeQuery): Promise<readonly DataPoint[]> {
    return this.#state.head.find(tenantId, entity)?.find(query.key)?.range(query) ?? [];
  }

  async aggregate(tenantId: TenantId, entity: EntityId, query: AggregateQuery): Promise<readonly AggregatedPoint[]> {
    return this.#state.head.find(tenantId, entity)?.find(query.key)?.aggregate(query) ?? [];
  }

  async attributes(tenantId: TenantId, entity: EntityId, scope: AttributeScope, keys?: readonly string[]): Promise<readonly Attribute[]> {
    return this.#attributesWith(tenantId, entity, scope, keys, undefined);
  }

  async alarm(tenantId: TenantId, id: string): Promise<Alarm | undefined> {
    return readCoded(this.#path, () => this.#state.alarms.byId(tenantId, id));
  }

  async tenantOfAlarm(id: string): Promise<TenantId | undefined> {
    return readCoded(this.#path, () => this.#state.alarms.tenantOf(id));
  }

  async activeAlarm(tenantId: TenantId, originator: EntityId, type: string): Promise<Alarm | undefined> {
    return readCoded(this.#path, () => this.#state.alarms.active(tenantId, originator, type));
  }

  async alarms(tenantId: TenantId, query: AlarmQuery): Promise<Page<Alarm>> {
    await this.#queue.settled();
    return readCoded(this.#path, () => alarmPage(this.#database, tenantId, query));
  }

  async nodeStates(tenantId: TenantId, ruleNodeId: string, limit: number): Promise<readonly { entityId: string; state: JsonValue }[]> {
    await this.#queue.settled();
    return readCoded(this.#path, () => nodeStates(this.#database, tenantId, ruleNodeId, limit));
  }

  async openHandOvers(): Promise<readonly HandOver[]> {
    await this.#queue.settled();
    return readCoded(this.#path, () => openHandOvers(this.#database));
  }

  async deadLetters(tenantId: TenantId, query: PageQuery): Promise<Page<DeadLetter>> {
    await this.#queue.settled();
    return readCoded(this.#path, () => deadLetterPage(this.#database, tenantId, query));
  }

  acceptedAt(deviceId: string, packetId: number, payloadHash: number): number | undefined {
    return this.#state.head.device(deviceId)?.packets?.find(packetId, payloadHash);
  }

  close(): Promise<void> {
    this.#closing ??= this.#queue.settled().then(() => this.#database.close());
    return this.#closing;
  }

  #latest(tenantId: TenantId, entity: EntityId, keys: readonly string[] | undefined, unit: SqliteUnit | undefined): DataPoint[] {
    const found = this.#state.head.find(tenantId, entity);
    if (found === undefined) return [];
    const asked = keys === undefined ? found.series : [...new Set(keys)].map((key) => found.find(key));
    const points: DataPoint[] = [];
    for (const series of asked) {
      if (series === undefined) continue;
      const stored = series.latest();
      const inUnit = unit?.latestOf(series.id);
      const latest = stored === undefined || (inUnit !== undefined && inUnit.tsMs >= stored.tsMs) ? inUnit : stored;
      if (latest !== undefined) points.push(latest);
    }
    return points.sort(byKey);
  }

  #attributesWith(
    tenantId: TenantId,
    entity: EntityId,
    scope: AttributeScope,
    keys: readonly string[] | undefined,
    unit: SqliteUnit | undefined,
  ): Attribute[] {
    let ofScope = readCoded(this.#path, () => this.#state.attributes.read(tenantId, entity, scope));
    if (unit !== undefined) {
      const written = unit.attributesOf(tenantId, entity).filter((write) => write.scope === scope);
      if (written.length > 0) ofScope = new Map([...ofScope, ...written.map((write) => [write.key, attributeOf(write)] as const)]);
    }
    const found = keys === undefined ? [...ofScope.values()] : [...new Set(keys)].map((key) => ofScope.get(key));
    return found.filter((attribute) => attribute !== undefined).sort(byKey);
  }
}

/** The uncleared alarm of originator and type, counting what the unit does to it. */
function activeIn(unit: SqliteUnit, state: LiveState, tenantId: TenantId, originator: EntityId, type: string): Alarm | undefined {
  const stored = state.alarms.active(tenantId, originator, type);
  if (unit.alarms.length === 0) return stored;
  const candidates = new Map<string, Alarm>();
  if (stored !== undefined) candidates.set(stored.id, stored);
  for (const alarm of unit.alarms) {
    const { id, entityType } = alarm.originator;
    if (id === originator.id && entityType === originator.entityType && alarm.type === type && alarm.tenantId === tenantId)
      candidates.set(alarm.id, alarm);
  }
  return [...candidates.values()].find(({ clearedAtMs }) => clearedAtMs === undefined);
}

const byKey = (a: { readonly key: string }, b: { readonly key: string }): number => (a.key < b.key ? -1 : 1);

/** Buffers of finished units, for the next ones. */
class BufferPool {
  readonly #buffers: EncodingBuffer[] = [];

  take(): EncodingBuffer {
    return this.#buffers.pop() ?? encodingBuffer();
  }

  giveBack(buffer: EncodingBuffer): void {
    if (this.#buffers.length < BUFFERS_POOLED && buffer.bytes.length <= POOLED_BUFFER_BYTES_MAX) this.#buffers.push(buffer);
  }
}
