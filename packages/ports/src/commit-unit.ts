import type { Alarm, AttributeScope, EntityId, JsonValue, StoredValue, TenantId, TypedValue, ValueKind } from '@fieldline/model';
import type { EntityInsert } from './entity-store.js';
import type { TraceBounds, TracePart, TraceReason } from './traces.js';

/**
 * What is done with a value, as bits to be added up: `history` keeps it at its time, `latest` lets it be the latest
 * value, `push` tells those who watch. What is only pushed is not stored.
 */
export const ValueUse = { history: 1, latest: 2, push: 4, all: 7 } as const;

/** One attribute as it shall be after the commit. */
export interface AttributeWrite extends TypedValue {
  /** Of `ValueUse`: `history` stores the attribute, `push` tells those who watch. Absent: both. */
  readonly uses?: number | undefined;
  readonly tenantId: TenantId;
  readonly entity: EntityId;
  readonly scope: AttributeScope;
  readonly key: string;
  readonly lastUpdateMs: number;
}

/** False for a write that those who watch are told of, and nothing else. */
export const isStoredWrite = ({ uses = ValueUse.all }: AttributeWrite): boolean => (uses & ValueUse.history) !== 0;

/** Points that shall be gone after the commit: those of the key with `startMs <= time < endMs`. */
export interface PointRemoval {
  readonly tenantId: TenantId;
  readonly entity: EntityId;
  readonly key: string;
  readonly startMs: number;
  readonly endMs: number;
  /** What becomes of a latest value whose time is in the range: it stays, it goes, or the newest point before the range takes its place. */
  readonly latest: 'keep' | 'remove' | 'rewrite';
}

/** An attribute that shall be gone after the commit. */
export interface AttributeRemoval {
  readonly tenantId: TenantId;
  readonly entity: EntityId;
  readonly scope: AttributeScope;
  readonly key: string;
}

/** Records of the control plane that belong to a change of the data plane and are committed with it. */
export type RecordInsert = Extract<EntityInsert, { readonly kind: 'alarmComment' | 'auditLog' | 'event' }>;

/** A message in a form that outlives the process. */
export interface StoredMessage {
  readonly id: string;
  readonly tenantId: TenantId;
  readonly type: string;
  readonly originator: EntityId;
  readonly customerId?: string | undefined;
  readonly tsMs: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly text: string;
}

/** A message that failed for good and had no Failure connection, kept with its error. */
export interface DeadLetter {
  readonly id: string;
  readonly message: StoredMessage;
  readonly ruleChainId: string;
  readonly ruleNodeId?: string | undefined;
  /** The rule chain nodes that called the chain it failed in, outermost first. */
  readonly callers?: readonly ChainPosition[] | undefined;
  readonly code: string;
  readonly error: string;
  /** What can be done about it; absent in letters of earlier versions. */
  readonly remedy?: string | undefined;
  readonly failedAtMs: number;
  /** Id of the trace that holds its path, where that is another than the id of the message. */
  readonly traceId?: string | undefined;
}

/** Where a handed-over message goes on: at the start of a node, under the calls that led there. */
export interface ChainPosition {
  readonly ruleChainId: string;
  readonly ruleNodeId: string;
}

/**
 * Work that is still to be done for a message after its commit: a branch that reached an external node, or
 * a `held` outcome. It is started after the commit, and again after a crash, until `handOverDone` names it.
 */
export interface HandOver {
  readonly id: string;
  readonly message: StoredMessage;
  readonly at: ChainPosition;
  /** The rule chain nodes that called the current chain, outermost first. */
  readonly callers: readonly ChainPosition[];
  readonly nodesRun: number;
  /** Not before this instant; absent means at once. */
  readonly dueMs?: number | undefined;
  /** Relation type by which the message leaves the node, instead of entering it: the node is done with it. */
  readonly leaveBy?: string | undefined;
  /** Queue by whose strategies it goes on; absent: none, it goes on by itself. */
  readonly queueName?: string | undefined;
  /** Id of the message from outside that it descends from, where that is another. */
  readonly traceId?: string | undefined;
  /** Why its path is recorded; absent: it is not. */
  readonly traceReason?: TraceReason | undefined;
}

/** State of one node, for one originator or for the node as a whole (`entityId` empty). */
export interface NodeStateWrite {
  readonly tenantId: TenantId;
  readonly ruleNodeId: string;
  readonly entityId: string;
  /** Absent deletes the entry. */
  readonly state?: JsonValue | undefined;
}

/** A QoS 1 publish without a time of its own, remembered so that its redelivery gets the same time. */
export interface AcceptedPacket {
  readonly tenantId: TenantId;
  readonly deviceId: string;
  readonly packetId: number;
  readonly payloadHash: number;
  readonly tsMs: number;
}

/**
 * Everything one batch changes. It is committed as a whole or not at all. Made by `DataStore.begin`, filled
 * by the engine in the batch's order, given to `DataStore.commit` once.
 */
export interface CommitUnit {
  /**
   * Adds one point; a point with the same key and time replaces the earlier one. Pass the same `entity`
   * object for the points of one message: stores look the series up once then.
   *
   * @param tsMs milliseconds since 1970
   * @param ttlMs how long to keep it from its own time on; 0 means as long as the tenant says (`DataStore.setDefaultTtl`)
   * @param uses of `ValueUse`, all of them unless given. The latest value is that with the greatest time among those that
   *   may be it, so a range may end later than it, or not hold it
   * @throws a coded error, never retry, where the store takes no new series; the point was not added
   */
  point(tenantId: TenantId, entity: EntityId, key: string, tsMs: number, kind: ValueKind, value: StoredValue, ttlMs: number, uses?: number): void;
  /** Removes what there is before it in this unit and in the store; points that come after it stay. Where nothing is, it is no error. */
  removePoints(removal: PointRemoval): void;
  attribute(write: AttributeWrite): void;
  /** To remove what is gone already is no error. */
  removeAttribute(removal: AttributeRemoval): void;
  /**
   * Adds the alarm as it shall be; inserts it or replaces the one with its id. With `base`, the alarm as its writer read
   * it, only what differs between the two is changed in what is stored at the commit (`mergeAlarm` of the model), so
   * that two who write at the same time both keep their part; where the alarm was removed meanwhile, nothing is stored.
   */
  alarm(alarm: Alarm, base?: Alarm): void;
  /** To remove what is gone already is no error. Its comments go with it. */
  removeAlarm(tenantId: TenantId, id: string): void;
  /**
   * Removes everything about an entity: its points, attributes, alarms and the comments of those. For good: its id never
   * comes back, and whatever is added about it in this unit or later is dropped without an error. Alarms of others that
   * were propagated to it stay as they are.
   */
  removeEntity(tenantId: TenantId, entity: EntityId): void;
  /** Removes everything about the entities of a tenant, and its node state, hand-overs and dead letters. For good, as `removeEntity`. */
  removeTenant(tenantId: TenantId): void;
  /** Adds a record to the control plane. */
  record(insert: RecordInsert): void;
  deadLetter(letter: DeadLetter): void;
  /** To remove what is gone already is no error. */
  removeDeadLetters(tenantId: TenantId, ids: readonly string[]): void;
  /** Adds a part of a trace. Traces of an entity or tenant go with it. */
  trace(part: TracePart): void;
  /**
   * Removes traces of a tenant that are too old or too much, oldest first, at most `traceLimits.partsATrim` of their parts.
   * Who wants more removed commits it again, until `traceUsage` tells of no fewer.
   */
  trimTraces(tenantId: TenantId, bounds: TraceBounds): void;
  handOver(work: HandOver): void;
  handOverDone(id: string): void;
  nodeState(write: NodeStateWrite): void;
  packet(accepted: AcceptedPacket): void;
  /** True while nothing was added: such a unit need not be committed. */
  readonly isEmpty: boolean;
}
