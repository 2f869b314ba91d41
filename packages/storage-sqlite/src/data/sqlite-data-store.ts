import { assert, ProblemError, type Clock } from '@fieldline/kernel';
import {
  pageOf,
  pointsOfColumns,
  type Alarm,
  type AlarmSeverity,
  type Attribute,
  type AttributeScope,
  type DataPoint,
  type EntityId,
  type JsonValue,
  type Page,
  type PageQuery,
  type PointColumns,
  type TenantId,
} from '@fieldline/model';
import {
  storageErrors,
  type AggregatedPoint,
  type AggregateQuery,
  type AlarmQuery,
  type CommittedChanges,
  type CommitUnit,
  type DataStore,
  type DeadLetter,
  type DeadLetterQuery,
  type HandOver,
  type HandOverCount,
  type RangeQuery,
  type TraceHead,
  type TracePart,
  type TraceQuery,
} from '@fieldline/ports';
import type { DatabaseSync } from 'node:sqlite';
import { readCoded } from '../database.js';
import type { PackerLink } from '../packing/packer-link.js';
import type { HistoryReads } from '../reads/history-reads.js';
import type { WriterLink } from '../writer/writer-link.js';
import { alarmPage, alarmTypes, highestSeverity } from './alarm-lists.js';
import type { BufferPool } from './buffer-pool.js';
import { problemOfFailure, type CommitQueue } from './commit-queue.js';
import { History } from './history.js';
import { latestPoints, readActiveAlarm, readAlarm, readAttributes } from './live-reads.js';
import type { LiveState } from './live-state.js';
import type { PackTurns } from './pack-turns.js';
import { retentionStatement } from './retention.js';
import { SqliteUnit } from './sqlite-unit.js';
import { attributeKeys, everyAttribute } from './stored-attributes.js';
import { deadLetterCounts, deadLetterPage, handOverCounts, heldHandOvers, nodeStates, openHandOvers, readyHandOvers } from './stored-rows.js';
import { traceParts, tracePage, traceUsage } from './stored-traces.js';

/** What a store is made of, all of it open. */
export interface StoreParts {
  readonly database: DatabaseSync;
  readonly state: LiveState;
  readonly queue: CommitQueue;
  readonly buffers: BufferPool;
  readonly turns: PackTurns | undefined;
  readonly writer: WriterLink;
  readonly packer: PackerLink | undefined;
  readonly reads: HistoryReads;
  readonly clock: Clock;
}

/**
 * The data store on the log. Points are read from the head in memory and from blocks, attributes and alarms from caches over
 * the tables, everything else from the tables once what was given to commit has settled.
 */
export class SqliteDataStore implements DataStore {
  readonly durability = 'synced';
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #state: LiveState;
  readonly #queue: CommitQueue;
  readonly #buffers: BufferPool;
  readonly #turns: PackTurns | undefined;
  readonly #writer: WriterLink;
  readonly #packer: PackerLink | undefined;
  readonly #reads: HistoryReads;
  readonly #history: History;
  #closing: Promise<void> | undefined;

  constructor(path: string, { database, state, queue, buffers, turns, writer, packer, reads, clock }: StoreParts) {
    this.#path = path;
    this.#database = database;
    this.#state = state;
    this.#queue = queue;
    this.#buffers = buffers;
    this.#turns = turns;
    this.#writer = writer;
    this.#packer = packer;
    this.#reads = reads;
    this.#history = new History({ state, reads, clock, packsBegun: () => turns?.begun ?? 0 });
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
    const coded = <T>(read: () => T): T => readCoded(this.#path, read);
    return {
      latest: async (tenantId, entity, keys) => latestPoints(this.#state, tenantId, entity, keys, unit),
      attributes: async (tenantId, entity, scope, keys) => coded(() => readAttributes(this.#state, { tenantId, entity, scope, keys }, unit)),
      alarm: async (tenantId, id) => coded(() => readAlarm(this.#state, tenantId, id, unit)),
      activeAlarm: async (tenantId, originator, type) => coded(() => readActiveAlarm(this.#state, { tenantId, originator, type }, unit)),
    };
  }

  onCommitted(listener: (changes: CommittedChanges) => void): void {
    this.#queue.onCommitted(listener);
  }

  async keys(tenantId: TenantId, entity: EntityId): Promise<readonly string[]> {
    return this.keysOfMany(tenantId, [entity]);
  }

  async keysOfMany(tenantId: TenantId, entities: readonly EntityId[]): Promise<readonly string[]> {
    const keys = new Set<string>();
    for (const entity of entities) {
      for (const { key, hasLatest } of this.#state.head.find(tenantId, entity)?.series ?? []) if (hasLatest) keys.add(key);
    }
    return [...keys].sort();
  }

  async latest(tenantId: TenantId, entity: EntityId, keys?: readonly string[]): Promise<readonly DataPoint[]> {
    return latestPoints(this.#state, tenantId, entity, keys);
  }

  async latestOfMany(tenantId: TenantId, entities: readonly EntityId[], keys: readonly string[]): Promise<readonly (readonly DataPoint[])[]> {
    return entities.map((entity) => latestPoints(this.#state, tenantId, entity, keys));
  }

  async range(tenantId: TenantId, entity: EntityId, query: RangeQuery, signal?: AbortSignal): Promise<readonly DataPoint[]> {
    const pieces: DataPoint[][] = [];
    for await (const piece of this.columns(tenantId, entity, query, signal)) pieces.push(pointsOfColumns(piece, query.key));
    return pieces.length === 1 ? (pieces[0] ?? []) : pieces.flat();
  }

  columns(tenantId: TenantId, entity: EntityId, query: RangeQuery, signal?: AbortSignal): AsyncIterable<PointColumns> {
    return this.#history.columns(tenantId, entity, query, signal);
  }

  async aggregate(tenantId: TenantId, entity: EntityId, query: AggregateQuery, signal?: AbortSignal): Promise<readonly AggregatedPoint[]> {
    return this.#history.aggregate(tenantId, entity, query, signal);
  }

  async setDefaultTtl(tenantId: TenantId, ttlMs: number): Promise<void> {
    const { retention } = this.#state.history;
    if (this.#closing !== undefined) throw storageErrors.UNAVAILABLE({ reason: 'it is closed' });
    if (retention.ttlOf(tenantId) === ttlMs || this.#state.head.isTenantGone(tenantId)) return;
    const failure = await this.#writer.write({ statements: [retentionStatement(tenantId, ttlMs)] });
    if (failure !== undefined) throw new ProblemError(problemOfFailure(failure));
    retention.set(tenantId, ttlMs);
    this.#turns?.sweep();
  }

  async attributes(tenantId: TenantId, entity: EntityId, scope: AttributeScope, keys?: readonly string[]): Promise<readonly Attribute[]> {
    return readCoded(this.#path, () => readAttributes(this.#state, { tenantId, entity, scope, keys }));
  }

  async attributeKeysOfMany(tenantId: TenantId, entities: readonly EntityId[]): Promise<Readonly<Record<AttributeScope, readonly string[]>>> {
    const keys = await this.#fromTables((database) => attributeKeys(database, tenantId, entities));
    return this.#state.head.isTenantGone(tenantId) ? { CLIENT_SCOPE: [], SHARED_SCOPE: [], SERVER_SCOPE: [] } : keys;
  }

  async everyAttribute(
    scope: AttributeScope,
    key: string,
  ): Promise<readonly { readonly tenantId: TenantId; readonly entity: EntityId; readonly attribute: Attribute }[]> {
    const found = await this.#fromTables((database) => everyAttribute(database, scope, key));
    return found.filter(({ tenantId }) => !this.#state.head.isTenantGone(tenantId));
  }

  async alarm(tenantId: TenantId, id: string): Promise<Alarm | undefined> {
    return readCoded(this.#path, () => this.#state.alarm(tenantId, id));
  }

  async tenantOfAlarm(id: string): Promise<TenantId | undefined> {
    return readCoded(this.#path, () => this.#state.tenantOfAlarm(id));
  }

  async activeAlarm(tenantId: TenantId, originator: EntityId, type: string): Promise<Alarm | undefined> {
    return readCoded(this.#path, () => this.#state.activeAlarm(tenantId, originator, type));
  }

  async alarms(tenantId: TenantId, query: AlarmQuery): Promise<Page<Alarm>> {
    return this.#ofTenant(tenantId, pageOf([], query, 0), (database) => alarmPage(database, tenantId, query));
  }

  async alarmTypes(tenantId: TenantId, query: PageQuery & { readonly customerId?: string | undefined }): Promise<Page<string>> {
    return this.#ofTenant(tenantId, pageOf([], query, 0), (database) => alarmTypes(database, tenantId, query));
  }

  async highestSeverity(tenantId: TenantId, query: Omit<AlarmQuery, keyof PageQuery>): Promise<AlarmSeverity | undefined> {
    return this.#ofTenant(tenantId, undefined, (database) => highestSeverity(database, tenantId, query));
  }

  async nodeStates(tenantId: TenantId, ruleNodeId: string, limit: number): Promise<readonly { entityId: string; state: JsonValue }[]> {
    return this.#ofTenant(tenantId, [], (database) => nodeStates(database, tenantId, ruleNodeId, limit));
  }

  async openHandOvers(): Promise<readonly HandOver[]> {
    const open = await this.#fromTables(openHandOvers);
    return open.filter(({ message }) => !this.#state.head.isTenantGone(message.tenantId));
  }

  async handOverCounts(): Promise<readonly HandOverCount[]> {
    return this.#fromTables(handOverCounts);
  }

  async readyHandOvers(ruleNodeId: string, limit: number): Promise<readonly HandOver[]> {
    return this.#fromTables((database) => readyHandOvers(database, ruleNodeId, limit));
  }

  async heldHandOvers(limit: number): Promise<readonly HandOver[]> {
    return this.#fromTables((database) => heldHandOvers(database, limit));
  }

  async deadLetters(tenantId: TenantId, query: DeadLetterQuery): Promise<Page<DeadLetter>> {
    return this.#ofTenant(tenantId, pageOf([], query, 0), (database) => deadLetterPage(database, tenantId, query));
  }

  async deadLetterCounts(tenantId: TenantId): Promise<readonly { ruleChainId: string; count: number }[]> {
    return this.#ofTenant(tenantId, [], (database) => deadLetterCounts(database, tenantId));
  }

  async traces(tenantId: TenantId, query: TraceQuery): Promise<Page<TraceHead>> {
    return this.#ofTenant(tenantId, pageOf([], query, 0), (database) => tracePage(database, tenantId, query));
  }

  async traceParts(tenantId: TenantId, traceId: string): Promise<readonly TracePart[]> {
    return this.#ofTenant(tenantId, [], (database) => traceParts(database, tenantId, traceId));
  }

  async traceUsage(tenantId: TenantId): Promise<{ readonly bytes: number; readonly parts: number }> {
    return this.#ofTenant(tenantId, { bytes: 0, parts: 0 }, (database) => traceUsage(database, tenantId));
  }

  acceptedAt(deviceId: string, packetId: number, payloadHash: number): number | undefined {
    return this.#state.head.device(deviceId)?.packets?.find(packetId, payloadHash);
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    this.#turns?.close();
    await Promise.all([this.#queue.settled(), this.#reads.close()]);
    await this.#packer?.close();
    this.#database.close();
  }

  /** As `#fromTables`; `none` where the tenant was removed, whose rows go bit by bit. */
  async #ofTenant<T>(tenantId: TenantId, none: T, read: (database: DatabaseSync) => T): Promise<T> {
    const found = await this.#fromTables(read);
    return this.#state.head.isTenantGone(tenantId) ? none : found;
  }

  /** Reads tables, which show what was given to commit once it has settled. */
  async #fromTables<T>(read: (database: DatabaseSync) => T): Promise<T> {
    await this.#queue.settled();
    return readCoded(this.#path, () => read(this.#database));
  }
}
