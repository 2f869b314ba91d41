import { assert, type Clock, type Log } from '@fieldline/kernel';
import {
  pageOf,
  type Alarm,
  type AlarmSeverity,
  type Attribute,
  type AttributeScope,
  type DataPoint,
  type EntityId,
  type EntityType,
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
import { containsText } from '../entities/entity-filters.js';
import type { MongoFilter } from '../mongo-collection.js';
import type { MongoDatabase } from '../mongo-database.js';
import { DataCommits } from './data-commits.js';
import { openDataCollections, type DataCollections } from './data-collections.js';
import { attributeOf } from './data-documents.js';
import { DataJournal } from './data-journal.js';
import { ExpiredPoints } from './expired-points.js';
import { HistoryReads } from './history-reads.js';
import { LeftToDo } from './left-to-do.js';
import { LiveReads } from './live-reads.js';
import { MongoUnit, storedText } from './mongo-unit.js';
import { OpenReads } from './open-reads.js';
import { attributeKeysOfMany, keysOfMany, latestOfMany } from './reads-of-many.js';
import { RemovedOwners } from './removed-owners.js';
import { Retention } from './retention.js';
import { alarmFilter, alarmPage, alarmTypePage, highestSeverity } from './stored-alarms.js';
import { traceParts, tracePage } from './stored-traces.js';
import { sizeProblem } from './unit-size.js';

export interface MongoDataStoreOptions {
  readonly database: MongoDatabase;
  readonly clock: Clock;
  readonly log: Log;
  /** Bound of limits.ts, for tests that reach it. */
  readonly queriedKeysMax?: number | undefined;
}

/**
 * Opens the data store of a database: creates and checks its indexes, and does what the process before it had
 * journalled and not done. One process at a time may have it (the engine); others may read the same database.
 *
 * @throws MONGO_INDEX_WRONG, STORAGE_UNAVAILABLE
 */
export async function openMongoDataStore({ database, clock, log, queriedKeysMax }: MongoDataStoreOptions): Promise<DataStore> {
  const collections = await openDataCollections(database);
  const journal = await DataJournal.open(database, collections);
  const removed = new RemovedOwners((await collections.removed.find({})).map(({ _id }) => _id));
  const leftToDo = await LeftToDo.read(collections);
  const retention = await Retention.read(collections.retention, clock);
  const openReads = new OpenReads(collections.point);
  const commits = new DataCommits({ collections, journal, removed, leftToDo, retention, openReads, clock, log, queriedKeysMax });
  const settled = (): Promise<void> => commits.settled();
  const reads = new LiveReads({ collections, removed, expiry: (tenantId) => retention.expiry(tenantId), settled });
  const history = new HistoryReads({ points: collections.point, open: openReads, retention, clock, settled });
  const expired = new ExpiredPoints({ collections, retention, reads: openReads, clock, log });
  return new MongoDataStore({ collections, commits, leftToDo, retention, reads, history, expired });
}

interface Parts {
  readonly collections: DataCollections;
  readonly commits: DataCommits;
  readonly leftToDo: LeftToDo;
  readonly retention: Retention;
  readonly reads: LiveReads;
  readonly history: HistoryReads;
  readonly expired: ExpiredPoints;
}

/**
 * The data store on collections. What the engine asks for a message is read together with the units that are on their
 * way; all other reads wait until those are there.
 */
class MongoDataStore implements DataStore {
  readonly durability = 'synced';
  readonly #collections: DataCollections;
  readonly #commits: DataCommits;
  readonly #leftToDo: LeftToDo;
  readonly #retention: Retention;
  readonly #reads: LiveReads;
  readonly #history: HistoryReads;
  readonly #expired: ExpiredPoints;
  #isClosed = false;

  constructor({ collections, commits, leftToDo, retention, reads, history, expired }: Parts) {
    this.#collections = collections;
    this.#commits = commits;
    this.#leftToDo = leftToDo;
    this.#retention = retention;
    this.#reads = reads;
    this.#history = history;
    this.#expired = expired;
  }

  begin(): MongoUnit {
    return new MongoUnit();
  }

  commit(unit: CommitUnit): Promise<void> {
    assert(unit instanceof MongoUnit, 'a unit is committed to the store that began it');
    assert(unit.number === 0, 'a unit is committed once');
    if (this.#isClosed) return Promise.reject(storageErrors.UNAVAILABLE({ reason: 'it is closed' }));
    const problem = sizeProblem(unit);
    return problem === undefined ? this.#commits.commit(unit) : Promise.reject(problem);
  }

  reading(unit: CommitUnit): Pick<DataStore, 'latest' | 'attributes' | 'activeAlarm' | 'alarm'> {
    assert(unit instanceof MongoUnit, 'a unit is read through the store that began it');
    const units = (): readonly MongoUnit[] => [...this.#commits.pending, unit];
    return {
      latest: (tenantId, entity, keys) => this.#reads.latest(tenantId, entity, keys?.map(storedText), units()),
      attributes: (tenantId, entity, scope, keys) => this.#reads.attributes(tenantId, entity, { scope, keys: keys?.map(storedText) }, units()),
      alarm: (tenantId, id) => this.#reads.alarm(tenantId, id, units()),
      activeAlarm: (tenantId, originator, type) => this.#reads.activeAlarm(tenantId, originator, type, units()),
    };
  }

  onCommitted(listener: (changes: CommittedChanges) => void): void {
    this.#commits.onCommitted(listener);
  }

  latest(tenantId: TenantId, entity: EntityId, keys?: readonly string[]): Promise<readonly DataPoint[]> {
    return this.#reads.latest(tenantId, entity, keys?.map(storedText), this.#commits.pending);
  }

  attributes(tenantId: TenantId, entity: EntityId, scope: AttributeScope, keys?: readonly string[]): Promise<readonly Attribute[]> {
    return this.#reads.attributes(tenantId, entity, { scope, keys: keys?.map(storedText) }, this.#commits.pending);
  }

  alarm(tenantId: TenantId, id: string): Promise<Alarm | undefined> {
    return this.#reads.alarm(tenantId, id, this.#commits.pending);
  }

  activeAlarm(tenantId: TenantId, originator: EntityId, type: string): Promise<Alarm | undefined> {
    return this.#reads.activeAlarm(tenantId, originator, type, this.#commits.pending);
  }

  async keys(tenantId: TenantId, entity: EntityId): Promise<readonly string[]> {
    return this.keysOfMany(tenantId, [entity]);
  }

  range(tenantId: TenantId, entity: EntityId, query: RangeQuery, signal?: AbortSignal): Promise<readonly DataPoint[]> {
    return this.#history.range({ tenantId, entity }, query, signal);
  }

  columns(tenantId: TenantId, entity: EntityId, query: RangeQuery, signal?: AbortSignal): AsyncIterable<PointColumns> {
    return this.#history.columns({ tenantId, entity }, query, signal);
  }

  aggregate(tenantId: TenantId, entity: EntityId, query: AggregateQuery, signal?: AbortSignal): Promise<readonly AggregatedPoint[]> {
    return this.#history.aggregate({ tenantId, entity }, query, signal);
  }

  async setDefaultTtl(tenantId: TenantId, ttlMs: number): Promise<void> {
    await this.#retention.set(tenantId, ttlMs);
    this.#expired.sweepSoon();
  }

  async keysOfMany(tenantId: TenantId, entities: readonly EntityId[]): Promise<readonly string[]> {
    return keysOfMany((await this.#settled()).latest, tenantId, entities);
  }

  async attributeKeysOfMany(tenantId: TenantId, entities: readonly EntityId[]): Promise<Readonly<Record<AttributeScope, readonly string[]>>> {
    return attributeKeysOfMany((await this.#settled()).attribute, tenantId, entities);
  }

  async latestOfMany(tenantId: TenantId, entities: readonly EntityId[], keys: readonly string[]): Promise<readonly (readonly DataPoint[])[]> {
    return latestOfMany((await this.#settled()).latest, tenantId, entities, keys);
  }

  async everyAttribute(
    scope: AttributeScope,
    key: string,
  ): Promise<readonly { readonly tenantId: TenantId; readonly entity: EntityId; readonly attribute: Attribute }[]> {
    const found = await (await this.#settled()).attribute.find({ scope, key });
    return found.map((document) => {
      const [entityType, id] = document.entity.split(' ') as [EntityType, string];
      return { tenantId: document.tenantId as TenantId, entity: { entityType, id }, attribute: attributeOf(document) };
    });
  }

  async tenantOfAlarm(id: string): Promise<TenantId | undefined> {
    return (await (await this.#settled()).alarm.first({ _id: id }))?.tenantId as TenantId | undefined;
  }

  async alarms(tenantId: TenantId, query: AlarmQuery): Promise<Page<Alarm>> {
    return alarmPage((await this.#settled()).alarm, tenantId, query);
  }

  async alarmTypes(tenantId: TenantId, query: PageQuery & { readonly customerId?: string | undefined }): Promise<Page<string>> {
    return alarmTypePage((await this.#settled()).alarm, tenantId, query);
  }

  async highestSeverity(tenantId: TenantId, query: Omit<AlarmQuery, keyof PageQuery>): Promise<AlarmSeverity | undefined> {
    return highestSeverity((await this.#settled()).alarm, alarmFilter(tenantId, query));
  }

  async nodeStates(tenantId: TenantId, ruleNodeId: string, limit: number): Promise<readonly { entityId: string; state: JsonValue }[]> {
    const found = await (await this.#settled()).nodeState.find({ tenantId, ruleNodeId }, { limit });
    return found.map(({ entityId, state }) => ({ entityId, state: JSON.parse(state) as JsonValue }));
  }

  async openHandOvers(): Promise<readonly HandOver[]> {
    const found = await (await this.#settled()).handOver.find({}, { sort: { seq: 1 } });
    return found.map(({ work }) => JSON.parse(work) as HandOver);
  }

  async handOverCounts(): Promise<readonly HandOverCount[]> {
    const counts = new Map<string, { ready: number; held: number }>();
    const found = (await this.#settled()).handOver.stream({}, { fields: ['ruleNodeId', 'dueMs'], isWithoutId: true });
    for await (const { ruleNodeId, dueMs } of found) {
      const count = counts.get(ruleNodeId) ?? { ready: 0, held: 0 };
      counts.set(ruleNodeId, count);
      count[dueMs === null ? 'ready' : 'held'] += 1;
    }
    return [...counts].map(([ruleNodeId, count]) => ({ ruleNodeId, ...count }));
  }

  async readyHandOvers(ruleNodeId: string, limit: number): Promise<readonly HandOver[]> {
    const found = await (await this.#settled()).handOver.find({ ruleNodeId, dueMs: null }, { sort: { seq: 1 }, limit });
    return found.map(({ work }) => JSON.parse(work) as HandOver);
  }

  async heldHandOvers(limit: number): Promise<readonly HandOver[]> {
    const found = await (await this.#settled()).handOver.find({ dueMs: { $ne: null } }, { sort: { dueMs: 1, seq: 1 }, limit });
    return found.map(({ work }) => JSON.parse(work) as HandOver);
  }

  async deadLetters(tenantId: TenantId, query: DeadLetterQuery): Promise<Page<DeadLetter>> {
    const { deadLetter } = await this.#settled();
    const filter = { tenantId, ...letterFilter(query), ...containsText(query.textSearch ?? '') };
    const page = { sort: { seq: -1 }, skip: query.page * query.pageSize, limit: query.pageSize } as const;
    const [total, found] = await Promise.all([deadLetter.count(filter), deadLetter.find(filter, page)]);
    return pageOf(
      found.map(({ letter }) => JSON.parse(letter) as DeadLetter),
      query,
      total,
    );
  }

  async deadLetterCounts(tenantId: TenantId): Promise<readonly { ruleChainId: string; count: number }[]> {
    const { deadLetter } = await this.#settled();
    const counts = new Map<string, number>();
    const fields = { fields: ['ruleChainId'], isWithoutId: true } as const;
    for await (const { ruleChainId } of deadLetter.stream({ tenantId }, fields)) counts.set(ruleChainId, (counts.get(ruleChainId) ?? 0) + 1);
    return [...counts].map(([ruleChainId, count]) => ({ ruleChainId, count }));
  }

  async traces(tenantId: TenantId, query: TraceQuery): Promise<Page<TraceHead>> {
    return tracePage((await this.#settled()).trace, tenantId, query);
  }

  async traceParts(tenantId: TenantId, traceId: string): Promise<readonly TracePart[]> {
    return traceParts((await this.#settled()).trace, tenantId, traceId);
  }

  async traceUsage(tenantId: TenantId): Promise<{ readonly bytes: number; readonly parts: number }> {
    const { bytes = 0, parts = 0 } = (await (await this.#settled()).traceUsage.first({ _id: tenantId })) ?? {};
    return { bytes, parts };
  }

  acceptedAt(deviceId: string, packetId: number, payloadHash: number): number | undefined {
    const from = { units: this.#commits.pending, packets: this.#leftToDo.packets };
    return this.#reads.acceptedAt(deviceId, { packetId, payloadHash }, from);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#expired.close();
    await this.#commits.close();
  }

  /** The collections, once every unit given so far is in them. */
  async #settled(): Promise<DataCollections> {
    await this.#commits.settled();
    return this.#collections;
  }
}

function letterFilter({ ids, ruleChainId, ruleNodeId, code, createdFromMs, createdToMs }: DeadLetterQuery): MongoFilter {
  const bounds = { ...(createdFromMs === undefined ? {} : { $gte: createdFromMs }), ...(createdToMs === undefined ? {} : { $lte: createdToMs }) };
  return {
    ...(ids === undefined ? {} : { _id: { $in: ids } }),
    ...(ruleChainId === undefined ? {} : { ruleChainId }),
    ...(ruleNodeId === undefined ? {} : { ruleNodeId }),
    ...(code === undefined ? {} : { code }),
    ...(Object.keys(bounds).length === 0 ? {} : { failedAtMs: bounds }),
  };
}
