import type {
  Aggregation,
  Alarm,
  AlarmFilter,
  AlarmSeverity,
  AlarmStatus,
  Attribute,
  AttributeScope,
  DataPoint,
  EntityId,
  JsonValue,
  Page,
  PageQuery,
  PointColumns,
  StoredValue,
  TenantId,
  ValueKind,
} from '@fieldline/model';
import type { TraceReader } from './traces.js';
import type { AttributeRemoval, AttributeWrite, CommitUnit, DeadLetter, HandOver } from './commit-unit.js';

/** How long what a store acknowledged lives: `memory` ends with the process, `synced` survives a power cut. */
export type Durability = 'memory' | 'interval' | 'synced';

export interface RangeQuery {
  readonly key: string;
  /** Inclusive. */
  readonly startMs: number;
  /** Exclusive. */
  readonly endMs: number;
  /** At most this many points, taken from the end that `order` starts with. */
  readonly limit: number;
  readonly order: 'ASC' | 'DESC';
}

export interface AggregateQuery {
  readonly key: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Buckets are `[startMs + n * intervalMs, startMs + (n + 1) * intervalMs)`, the last cut at `endMs`. */
  readonly intervalMs: number;
  /**
   * Where the second and every further bucket begins, ascending and inside the range: for weeks and months. With it,
   * `intervalMs` is not looked at.
   */
  readonly startsMs?: readonly number[] | undefined;
  readonly aggregation: Exclude<Aggregation, 'NONE'>;
}

/** One bucket: only buckets that hold points are returned, in ascending order, at the middle of the bucket. */
export type AggregatedPoint = DataPoint;

/** What one read of history may cost. */
export const historyLimits = {
  /** Points of one piece of `columns`. */
  pieceMax: 8_192,
  /** Points of one read; those of an aggregate count where they have to be looked at one by one. */
  pointsMax: 20_000_000,
  /** Bytes of texts of one read. */
  textBytesMax: 256 * 1024 * 1024,
  /** Time of work on one read; how long its caller takes between the pieces does not count. */
  deadlineMs: 30_000,
  idleMs: 60_000,
} as const;

export interface TimeSeriesReader {
  /** Keys with a latest value, sorted. */
  keys(tenantId: TenantId, entity: EntityId): Promise<readonly string[]>;
  /** The point with the greatest time of each key that may be its latest; keys without one are absent. All keys if none are given. */
  latest(tenantId: TenantId, entity: EntityId, keys?: readonly string[]): Promise<readonly DataPoint[]>;
  /**
   * Points that have outlived their time to live are in no answer, nor are removed ones. Any number of points is one answer:
   * ask for many by `columns`.
   *
   * @param signal ends the read, which then rejects with HISTORY_ABANDONED
   * @throws HISTORY_TOO_LARGE, HISTORY_TOO_SLOW, HISTORY_BUSY
   */
  range(tenantId: TenantId, entity: EntityId, query: RangeQuery, signal?: AbortSignal): Promise<readonly DataPoint[]>;
  /**
   * As `range`, in pieces in the order of the query: none of them is empty, and none holds more than `historyLimits.pieceMax`.
   * All pieces together show the store as it was at some instant after the call. Who stops iterating ends the read; one that
   * waits `historyLimits.idleMs` for its next piece to be asked for ends by itself. The columns are the caller's.
   */
  columns(tenantId: TenantId, entity: EntityId, query: RangeQuery, signal?: AbortSignal): AsyncIterable<PointColumns>;
  /**
   * MIN, MAX and SUM of longs stay long; AVG is always double; COUNT is long. Where a bucket mixes kinds, and
   * for what is no number, the table of rest-api.md §6.5 holds (`BucketAggregate` of the model implements it).
   *
   * @throws as `range`
   */
  aggregate(tenantId: TenantId, entity: EntityId, query: AggregateQuery, signal?: AbortSignal): Promise<readonly AggregatedPoint[]>;
}

export interface AttributeReader {
  /** Attributes of one scope, all keys if none are given, sorted by key. */
  attributes(tenantId: TenantId, entity: EntityId, scope: AttributeScope, keys?: readonly string[]): Promise<readonly Attribute[]>;
}

/** Reads about many entities at once. */
export interface ManyEntitiesReader {
  /** Keys with a latest value of any of the entities, sorted. */
  keysOfMany(tenantId: TenantId, entities: readonly EntityId[]): Promise<readonly string[]>;
  /** Attribute keys of any of the entities, by scope, sorted. */
  attributeKeysOfMany(tenantId: TenantId, entities: readonly EntityId[]): Promise<Readonly<Record<AttributeScope, readonly string[]>>>;
  /** The latest points of the keys, a list for each entity, in their order. */
  latestOfMany(tenantId: TenantId, entities: readonly EntityId[], keys: readonly string[]): Promise<readonly (readonly DataPoint[])[]>;
}

/** Which dead letters; `textSearch` looks in code and error, times are those of the failure. */
export interface DeadLetterQuery extends PageQuery {
  readonly ids?: readonly string[] | undefined;
  readonly ruleChainId?: string | undefined;
  readonly ruleNodeId?: string | undefined;
  readonly code?: string | undefined;
}

export interface DeadLetterReader {
  /** Newest first. */
  deadLetters(tenantId: TenantId, query: DeadLetterQuery): Promise<Page<DeadLetter>>;
  /** How many there are of each rule chain that has any. */
  deadLetterCounts(tenantId: TenantId): Promise<readonly { readonly ruleChainId: string; readonly count: number }[]>;
}

export interface AlarmQuery extends PageQuery, Omit<AlarmFilter, 'startMs' | 'endMs'> {
  /** Only alarms of this originator. */
  readonly originator?: EntityId | undefined;
  /** Only alarms of this entity or propagated to it. */
  readonly affected?: EntityId | undefined;
  /** Only alarms of entities of this customer. */
  readonly customerId?: string | undefined;
  readonly status?: AlarmStatus | 'ANY' | 'ACTIVE' | 'CLEARED' | 'ACK' | 'UNACK' | undefined;
  /** On the creation time, both inclusive. */
  readonly startMs?: number | undefined;
  readonly endMs?: number | undefined;
}

export interface AlarmReader {
  alarm(tenantId: TenantId, id: string): Promise<Alarm | undefined>;
  /** For permission checks only: the tenant of an alarm, whoever asks. */
  tenantOfAlarm(id: string): Promise<TenantId | undefined>;
  /** The uncleared alarm of this originator and type. */
  activeAlarm(tenantId: TenantId, originator: EntityId, type: string): Promise<Alarm | undefined>;
  /** Newest first unless the query says otherwise. */
  alarms(tenantId: TenantId, query: AlarmQuery): Promise<Page<Alarm>>;
  /** The types of the alarms there are, by name; `textSearch` looks in them. */
  alarmTypes(tenantId: TenantId, query: PageQuery & { readonly customerId?: string | undefined }): Promise<Page<string>>;
  /** The severest of the alarms that match; undefined where none does. */
  highestSeverity(tenantId: TenantId, query: Omit<AlarmQuery, keyof PageQuery>): Promise<AlarmSeverity | undefined>;
}

/** What a durable commit changed, for those who push changes on. Valid only during the call that hands it over. */
export interface CommittedChanges {
  /** Calls `visit` for each point of an entity that `isWanted` and that is to be pushed, in the order the points were added. */
  points(
    isWanted: (entity: EntityId) => boolean,
    visit: (tenantId: TenantId, entity: EntityId, key: string, tsMs: number, kind: ValueKind, value: StoredValue) => void,
  ): void;
  /** Without those that the same commit removed later, and with those that are not stored or not to be pushed: their `uses` say so. */
  readonly attributes: readonly AttributeWrite[];
  /** Without those that the same commit wrote later, and those of entities that were removed as a whole. */
  readonly removedAttributes: readonly AttributeRemoval[];
  /** As each write left them, without those that the same commit removed. */
  readonly alarms: readonly Alarm[];
  /** What the commit removed; to name what was not there is no error. */
  readonly removedAlarms: readonly AlarmRemoval[];
  /** Keys whose latest value a removal of points took, and what took its place: at the end of the commit, each key once. */
  readonly removedLatest: readonly RemovedLatest[];
}

/** An alarm that is gone by itself, or all alarms of an entity that is gone. */
export type AlarmRemoval = { readonly tenantId: TenantId } & ({ readonly id: string } | { readonly originator: EntityId });

/** A latest value that went with the removal of its point; `latest` is what the key has now. */
export interface RemovedLatest {
  readonly tenantId: TenantId;
  readonly entity: EntityId;
  readonly key: string;
  readonly latest?: DataPoint | undefined;
}

/**
 * The store of the data plane: points, attributes, alarms, node state, dead letters and hand-overs. One
 * owner (the engine) writes; all reads see every unit given to `commit` before the read was made, durable
 * or not, so a batch meets what its forerunners did.
 */
/** What is open of a rule node. */
export interface HandOverCount {
  readonly ruleNodeId: string;
  /** Those that go on at once. */
  readonly ready: number;
  /** Those that wait for a time. */
  readonly held: number;
}

export interface DataStore extends TimeSeriesReader, AttributeReader, ManyEntitiesReader, AlarmReader, DeadLetterReader, TraceReader {
  readonly durability: Durability;
  begin(): CommitUnit;
  /**
   * Makes the unit durable. Units are committed in the order of the calls; several may become durable in one
   * write. Resolves when the unit would survive what `durability` promises.
   *
   * @throws STORAGE_UNAVAILABLE  retry later; nothing of the unit was kept
   * @throws STORAGE_FULL         retry later; nothing of the unit was kept
   */
  commit(unit: CommitUnit): Promise<void>;
  /** As `TimeSeriesReader` and the others, but also seeing what `unit` holds. For use inside a batch. */
  reading(unit: CommitUnit): Pick<DataStore, 'latest' | 'attributes' | 'activeAlarm' | 'alarm'>;
  /** Called after each commit became durable, in commit order. */
  onCommitted(listener: (changes: CommittedChanges) => void): void;
  /**
   * How long points of the tenant without a time to live of their own are kept from now on, those that are there included;
   * 0, as long as nothing else was said, is for ever. Latest values stay whatever their age.
   */
  setDefaultTtl(tenantId: TenantId, ttlMs: number): Promise<void>;
  /** State entries of a node, at most `limit`; loaded once when the node starts. */
  nodeStates(tenantId: TenantId, ruleNodeId: string, limit: number): Promise<readonly { entityId: string; state: JsonValue }[]>;
  /** Every entity of any tenant that has the attribute; read once at start. */
  everyAttribute(
    scope: AttributeScope,
    key: string,
  ): Promise<readonly { readonly tenantId: TenantId; readonly entity: EntityId; readonly attribute: Attribute }[]>;
  /** All hand-overs that are not done, in the order they were made: any number of them. */
  openHandOvers(): Promise<readonly HandOver[]>;
  /** How many hand-overs that are not done each rule node has; nodes without any are left out. */
  handOverCounts(): Promise<readonly HandOverCount[]>;
  /** Hand-overs of a rule node that go on at once and are not done: the first of them, in the order they were made. */
  readyHandOvers(ruleNodeId: string, limit: number): Promise<readonly HandOver[]>;
  /** Hand-overs that wait for a time, of all nodes: those whose time comes first; of equal times in the order they were made. */
  heldHandOvers(limit: number): Promise<readonly HandOver[]>;
  /** The time a remembered publish was given, or undefined where it is not (or no longer) remembered. */
  acceptedAt(deviceId: string, packetId: number, payloadHash: number): number | undefined;
  /** Commits what waits, then lets go of files and threads. */
  close(): Promise<void>;
}
