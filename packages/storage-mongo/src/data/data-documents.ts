import {
  alarmStatus,
  type Alarm,
  type Attribute,
  type AttributeScope,
  type DataPoint,
  type EntityId,
  type StoredValue,
  type TenantId,
  ValueKind,
} from '@fieldline/model';
import type { AcceptedPacket, AttributeRemoval, AttributeWrite, DeadLetter, HandOver, NodeStateWrite, TracePart } from '@fieldline/ports';
import type { mongo } from 'mongoose';
import { createHash } from 'node:crypto';
import type { Stored } from '../mongo-collection.js';
import { entityKey, ownerKey, packetKey, type UnitPoint } from './mongo-unit.js';

/** A value as it is read: longs beyond 2^53 come as an object of the driver. */
type ReadValue = StoredValue | mongo.Long;

/** `_id` is the series and the time, in an order that is that of time within the series. */
export interface PointDocument extends Stored {
  readonly ts: number;
  readonly kind: ValueKind;
  readonly value: ReadValue;
  /** When its time to live is over; absent: when the tenant says. */
  readonly expireAtMs?: number;
}

/** Whose a series is, by whose name points are found: of series that have points which may not be their latest ones. */
export interface SeriesDocument extends Stored {
  readonly tenantId: string;
  /** Type and id. */
  readonly entity: string;
}

/** The latest point of a series, whose name is the `_id`. */
export interface LatestDocument extends Stored {
  readonly tenantId: string;
  /** Type and id. */
  readonly entity: string;
  readonly key: string;
  readonly ts: number;
  readonly kind: ValueKind;
  readonly value: ReadValue;
}

export interface AttributeDocument extends Stored {
  readonly tenantId: string;
  readonly entity: string;
  readonly scope: AttributeScope;
  readonly key: string;
  readonly kind: ValueKind;
  readonly value: ReadValue;
  readonly lastUpdateMs: number;
}

/** An alarm as JSON, and beside it what it is found and sorted by. */
export interface AlarmDocument extends Stored {
  readonly tenantId: string;
  readonly type: string;
  /** The originator and all entities it was propagated to. */
  readonly affected: readonly string[];
  readonly _search: string;
  readonly _alarm: string;
}

export interface NodeStateDocument extends Stored {
  readonly tenantId: string;
  readonly ruleNodeId: string;
  readonly entityId: string;
  /** JSON. */
  readonly state: string;
}

export interface HandOverDocument extends Stored {
  readonly tenantId: string;
  readonly seq: number;
  readonly ruleNodeId: string;
  /** Null where it goes on at once. */
  readonly dueMs: number | null;
  readonly work: string;
}

export interface DeadLetterDocument extends Stored {
  readonly tenantId: string;
  readonly seq: number;
  readonly _search: string;
  readonly ruleChainId: string;
  readonly ruleNodeId: string | null;
  readonly code: string;
  readonly failedAtMs: number;
  readonly letter: string;
}

/** A part of a trace as two texts of JSON, of which lists read the first only, and beside them what it is found by. */
export interface TraceDocument extends Stored {
  readonly tenantId: string;
  readonly traceId: string;
  /** Type and id. */
  readonly originator: string;
  readonly startedAtMs: number;
  readonly reason: string;
  readonly hasFailed: boolean;
  /** Those of its hops. */
  readonly chains: readonly string[];
  readonly _search: string;
  /** Of the path. */
  readonly bytes: number;
  readonly head: string;
  readonly path: string;
}

/** What a tenant has of traces, whose id is that of the tenant: to add it up anew would read an index of all of them. */
export interface TraceUsageDocument extends Stored {
  readonly tenantId: string;
  readonly bytes: number;
  readonly parts: number;
}

export interface PacketDocument extends Stored, AcceptedPacket {
  readonly seq: number;
}

/** Whose a series is, and of which key. */
export interface SeriesOwner {
  readonly tenantId: TenantId;
  readonly entity: EntityId;
  readonly key: string;
}

/** How long a tenant, whose id is the `_id`, keeps points without a time to live of their own. */
export interface RetentionDocument extends Stored {
  readonly ttlMs: number;
}

const SERIES_NAME_LENGTH = 22;

/** Names a series in 22 characters; 132 bits of a hash leave no room for two with the same. */
export function seriesName(owner: string, key: string): string {
  return createHash('sha256').update(`${owner} ${key}`).digest('base64url').slice(0, SERIES_NAME_LENGTH);
}

/** The id of a point, so that texts sort as times do: hexadecimal, from 2^53 ms before 1970 on. */
export function pointId(series: string, tsMs: number): string {
  const time = Math.min(Math.max(Math.ceil(tsMs), -TIME_MAX), TIME_MAX);
  return series + (BigInt(time) + BigInt(TIME_MAX)).toString(16).padStart(14, '0');
}

const TIME_MAX = 2 ** 53;

/** The series that an id made by `pointId` begins with. */
export const seriesOf = (id: string): string => id.slice(0, SERIES_NAME_LENGTH);

/** Behind every id that `pointId` makes of a series. */
export const endOfSeries = (series: string): string => `${series}g`;

export function pointDocument(series: string, { tsMs, kind, value, ttlMs }: UnitPoint): PointDocument {
  return { _id: pointId(series, tsMs), ts: tsMs, kind, value, ...(ttlMs > 0 ? { expireAtMs: tsMs + ttlMs } : {}) };
}

export function seriesDocument(series: string, { tenantId, entity }: SeriesOwner): SeriesDocument {
  return { _id: series, tenantId, entity: entityKey(entity) };
}

export function latestDocument(series: string, { tenantId, entity }: SeriesOwner, { key, tsMs, kind, value }: DataPoint): LatestDocument {
  return { _id: series, tenantId, entity: entityKey(entity), key, ts: tsMs, kind, value };
}

export function pointOf(key: string, { ts, kind, value }: Omit<PointDocument, '_id'>): DataPoint {
  return { key, tsMs: ts, kind, value: valueOf(kind, value) };
}

export const attributeId = ({ tenantId, entity, scope, key }: AttributeRemoval): string => `${ownerKey(tenantId, entity)} ${scope} ${key}`;

export function attributeDocument(write: AttributeWrite): AttributeDocument {
  const { tenantId, entity, scope, key, kind, value, lastUpdateMs } = write;
  return { _id: attributeId(write), tenantId, entity: entityKey(entity), scope, key, kind, value, lastUpdateMs };
}

export function attributeOf({ key, kind, value, lastUpdateMs }: Pick<AttributeDocument, 'key' | 'kind' | 'value' | 'lastUpdateMs'>): Attribute {
  return { key, kind, value: valueOf(kind, value), lastUpdateMs };
}

export function alarmDocument(alarm: Alarm): AlarmDocument {
  const { id, details: _, originator, propagatedTo = [], propagateRelationTypes: _types, ...single } = alarm;
  const status = alarmStatus(alarm);
  return {
    _id: id,
    ...single,
    originator: entityKey(originator),
    affected: [...new Set([originator, ...propagatedTo].map(entityKey))],
    isCleared: alarm.clearedAtMs !== undefined,
    isAcknowledged: alarm.acknowledgedAtMs !== undefined,
    status,
    _search: [alarm.type, alarm.severity, status].join('\n').toLowerCase(),
    _alarm: JSON.stringify(alarm),
  } as AlarmDocument;
}

export const alarmOf = ({ _alarm }: AlarmDocument): Alarm => JSON.parse(_alarm) as Alarm;

export const nodeStateId = ({ tenantId, ruleNodeId, entityId }: NodeStateWrite): string => `${tenantId} ${ruleNodeId} ${entityId}`;

export function nodeStateDocument(write: NodeStateWrite): NodeStateDocument {
  const { tenantId, ruleNodeId, entityId, state } = write;
  return { _id: nodeStateId(write), tenantId, ruleNodeId, entityId, state: JSON.stringify(state) };
}

export function handOverDocument(work: HandOver, seq: number): HandOverDocument {
  const { id, message, at, dueMs = null } = work;
  return { _id: id, tenantId: message.tenantId, seq, ruleNodeId: at.ruleNodeId, dueMs, work: JSON.stringify(work) };
}

export function deadLetterDocument(letter: DeadLetter, seq: number): DeadLetterDocument {
  const _search = `${letter.code}\n${letter.error}`.toLowerCase();
  const { id, message, ruleChainId, ruleNodeId = null, code, failedAtMs } = letter;
  return { _id: id, tenantId: message.tenantId, seq, _search, ruleChainId, ruleNodeId, code, failedAtMs, letter: JSON.stringify(letter) };
}

export function traceDocument({ hops, messages, ...head }: TracePart): TraceDocument {
  const { id, tenantId, traceId, startedAtMs, reason, hasFailed } = head;
  const path = JSON.stringify({ hops, messages });
  return {
    _id: id,
    ...{ tenantId, traceId, startedAtMs, reason, hasFailed },
    originator: entityKey(head.originator),
    chains: [...new Set(hops.map(({ at }) => at.ruleChainId))],
    _search: head.messageType.toLowerCase(),
    bytes: Buffer.byteLength(path),
    head: JSON.stringify({ ...head, hopCount: hops.length }),
    path,
  };
}

export function packetDocument(packet: AcceptedPacket, seq: number): PacketDocument {
  return { _id: packetKey(packet.deviceId, packet.packetId, packet.payloadHash), ...packet, seq };
}

function valueOf(kind: ValueKind, value: ReadValue): StoredValue {
  if (typeof value === 'object') return value.toBigInt();
  // The driver gives 2^53 itself as a number, of which nobody can tell that it is exact.
  return kind === ValueKind.long && !Number.isSafeInteger(value) && typeof value === 'number' ? BigInt(value) : value;
}
