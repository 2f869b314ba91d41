import { ValueKind, type Alarm, type DataPoint, type EntityId, type StoredValue, type TenantId } from '@fieldline/model';
import {
  isStoredWrite,
  ValueUse,
  type AcceptedPacket,
  type AttributeRemoval,
  type AttributeWrite,
  type CommitUnit,
  type CommittedChanges,
  type DeadLetter,
  type HandOver,
  type NodeStateWrite,
  type PointRemoval,
  type RecordInsert,
  type TraceBounds,
  type TracePart,
} from '@fieldline/ports';
import type { Head } from '../head/head.js';
import type { LatestApart } from '../head/latest-apart.js';
import type { SeriesEntity } from '../head/series-entity.js';
import { PointDecoder, type EncoderState } from '../log/point-decoder.js';
import { PointEncoder, type EncodingBuffer } from '../log/point-encoder.js';
import { AFTER_ALL_MS } from '../log/record-format.js';
import type { AttributeChange } from './attribute-changes.js';

/** A stretch of points of one entity: where it starts, and what the encoder's state was there. */
interface Run extends EncoderState {
  readonly entity: SeriesEntity;
  readonly start: number;
}

/** A point that is not stored: only those who watch get it. */
interface PushedPoint extends DataPoint {
  readonly tenantId: TenantId;
  readonly entity: EntityId;
  /** Where the encoder was: it comes after the points before that. */
  readonly after: number;
}

/** Latest points of the unit by series, and how far it was read for them. */
interface LatestIndex {
  readonly bySeries: Map<number, DataPoint>;
  read: number;
  decoder: PointDecoder | undefined;
}

/** Attribute changes of the unit by entity, and how many were put there. */
interface AttributeIndex {
  readonly byEntity: Map<string, AttributeChange[]>;
  read: number;
}

export type AlarmChange = { readonly alarm: Alarm; readonly base: Alarm | undefined } | { readonly removedId: string; readonly tenantId: TenantId };

const none: never[] = [];

type VisitPoint = Parameters<CommittedChanges['points']>[1];

/**
 * A commit unit. Points go straight into the form in which they are stored; everything else waits in lists.
 * An entity and a key that were never seen get their numbers here; whoever commits next writes them down.
 */
export class SqliteUnit implements CommitUnit {
  readonly encoder: PointEncoder;
  attributeChanges: AttributeChange[] = none;
  /** Attributes that are not stored. */
  toldAttributes: AttributeWrite[] = none;
  pushed: PushedPoint[] = none;
  alarmChanges: AlarmChange[] = none;
  removedEntities: SeriesEntity[] = none;
  removedTenants: TenantId[] = none;
  records: RecordInsert[] = none;
  deadLetters: DeadLetter[] = none;
  removedDeadLetters: { readonly tenantId: TenantId; readonly id: string }[] = none;
  traces: TracePart[] = none;
  traceTrims: { readonly tenantId: TenantId; readonly bounds: TraceBounds }[] = none;
  handOverChanges: (HandOver | { readonly doneId: string })[] = none;
  nodeStates: NodeStateWrite[] = none;
  /** Points and removals. */
  pointCount = 0;
  hasRemovals = false;
  /** What takes the place of latest values that the unit rewrites, by place among its points and removals. */
  replacements: ReadonlyMap<number, LatestApart | undefined> = new Map();
  isCommitted = false;
  readonly #head: Head;
  readonly #runs: Run[] = [];
  #tenantId: TenantId | undefined = undefined;
  #given: EntityId | undefined = undefined;
  #entity: SeriesEntity | undefined = undefined;
  #nextPlace = 0;
  /** True once it was given a point of an entity that is no more. */
  #hasPassedOver = false;
  #latest: LatestIndex | undefined = undefined;
  #attributeIndex: AttributeIndex | undefined = undefined;

  constructor(head: Head, buffer: EncodingBuffer) {
    this.#head = head;
    this.encoder = new PointEncoder(buffer);
  }

  get isEmpty(): boolean {
    const changes = [this.attributeChanges, this.alarmChanges, this.removedEntities, this.removedTenants, this.records];
    const leftToDo = [this.pushed, this.toldAttributes, this.deadLetters, this.removedDeadLetters, this.handOverChanges, this.nodeStates];
    const lists = [...changes, ...leftToDo, this.traces, this.traceTrims];
    return this.encoder.isEmpty && !this.#hasPassedOver && lists.every((list) => list.length === 0);
  }

  point(
    tenantId: TenantId,
    entity: EntityId,
    key: string,
    tsMs: number,
    kind: ValueKind,
    value: StoredValue,
    ttlMs: number,
    uses: number = ValueUse.all,
  ): void {
    if ((uses & ~ValueUse.push) === 0) {
      this.#push(uses, { tenantId, entity, key, tsMs, kind, value });
      return;
    }
    const current = entity === this.#given && tenantId === this.#tenantId ? (this.#entity as SeriesEntity) : this.#turnTo(tenantId, entity);
    if (current.isForgotten) {
      this.#hasPassedOver = true;
      return;
    }
    // Messages of a device mostly carry the same keys in the same order.
    let series = current.series[this.#nextPlace];
    if (series?.key !== key) series = this.#head.seriesOf(current, key);
    this.#nextPlace = series.place + 1;
    this.encoder.point(series.id, tsMs, kind, value, ttlMs, uses);
    this.pointCount += 1;
  }

  removePoints({ tenantId, entity, key, startMs, endMs, latest }: PointRemoval): void {
    // What has no number has no points.
    const series = this.#head.find(tenantId, entity)?.find(key);
    if (series === undefined || startMs >= endMs) {
      this.#hasPassedOver = true;
      return;
    }
    this.encoder.removal(series.id, startMs, endMs, latest);
    this.pointCount += 1;
    this.hasRemovals = true;
  }

  /** Says what the latest value of a series is after all, whatever the records before make of it (log/record-format.ts). */
  rewriteLatest(seriesId: number, latest: DataPoint | undefined): void {
    const { encoder } = this;
    encoder.point(seriesId, AFTER_ALL_MS, ValueKind.double, 0, 0, ValueUse.latest);
    encoder.removal(seriesId, AFTER_ALL_MS, Number.POSITIVE_INFINITY, 'remove');
    if (latest !== undefined) encoder.point(seriesId, latest.tsMs, latest.kind, latest.value, 0, ValueUse.latest);
    this.pointCount += latest === undefined ? 2 : 3;
  }

  attribute(write: AttributeWrite): void {
    if (isStoredWrite(write)) this.attributeChanges = added<AttributeChange>(this.attributeChanges, write);
    else this.toldAttributes = added(this.toldAttributes, write);
  }

  removeAttribute({ tenantId, entity, scope, key }: AttributeRemoval): void {
    this.attributeChanges = added<AttributeChange>(this.attributeChanges, { tenantId, entity, scope, key });
  }

  // The base is mostly an alarm this store handed out, and those are frozen.
  alarm(alarm: Alarm, base?: Alarm): void {
    this.alarmChanges = added<AlarmChange>(this.alarmChanges, { alarm: Object.freeze(structuredClone(alarm)), base });
  }

  removeAlarm(tenantId: TenantId, id: string): void {
    this.alarmChanges = added<AlarmChange>(this.alarmChanges, { tenantId, removedId: id });
  }

  removeEntity(tenantId: TenantId, entity: EntityId): void {
    this.removedEntities = added(this.removedEntities, this.#head.entityOf(tenantId, entity));
  }

  removeTenant(tenantId: TenantId): void {
    this.removedTenants = added(this.removedTenants, tenantId);
  }

  record(insert: RecordInsert): void {
    this.records = added(this.records, insert);
  }

  deadLetter(letter: DeadLetter): void {
    this.deadLetters = added(this.deadLetters, letter);
  }

  removeDeadLetters(tenantId: TenantId, ids: readonly string[]): void {
    this.removedDeadLetters = [...this.removedDeadLetters, ...ids.map((id) => ({ tenantId, id }))];
  }

  trace(part: TracePart): void {
    this.traces = added(this.traces, part);
  }

  trimTraces(tenantId: TenantId, bounds: TraceBounds): void {
    this.traceTrims = added(this.traceTrims, { tenantId, bounds });
  }

  handOver(work: HandOver): void {
    this.handOverChanges = added(this.handOverChanges, work);
  }

  handOverDone(id: string): void {
    this.handOverChanges = added(this.handOverChanges, { doneId: id });
  }

  nodeState(write: NodeStateWrite): void {
    this.nodeStates = added(this.nodeStates, write);
  }

  packet({ tenantId, deviceId, packetId, payloadHash, tsMs }: AcceptedPacket): void {
    const device = this.#head.entityOf(tenantId, { entityType: 'DEVICE', id: deviceId });
    if (device.isForgotten) {
      // Its name may be gone from the disk before this would be read back.
      this.#hasPassedOver = true;
      return;
    }
    this.encoder.packet(device.number, packetId, payloadHash, tsMs);
  }

  /** True where the unit removes the entity, or its tenant. */
  removes(tenantId: TenantId, { entityType, id }: EntityId): boolean {
    const isIt = (removed: SeriesEntity): boolean =>
      removed.tenantId === tenantId && removed.entity.id === id && removed.entity.entityType === entityType;
    return this.removedTenants.includes(tenantId) || this.removedEntities.some(isIt);
  }

  /** Attribute changes of one entity, in order. */
  attributesOf(tenantId: TenantId, { entityType, id }: EntityId): readonly AttributeChange[] {
    if (this.attributeChanges.length === 0) return none;
    this.#attributeIndex ??= { byEntity: new Map(), read: 0 };
    const index = this.#attributeIndex;
    for (; index.read < this.attributeChanges.length; index.read += 1) {
      const change = this.attributeChanges[index.read] as AttributeChange;
      const key = `${change.tenantId} ${change.entity.entityType} ${change.entity.id}`;
      index.byEntity.set(key, added(index.byEntity.get(key) ?? [], change));
    }
    return index.byEntity.get(`${tenantId} ${entityType} ${id}`) ?? none;
  }

  /** Calls `visit` for each pushed point of a wanted entity, in order. Entities nobody wants cost one question a run. */
  points(isWanted: (entity: EntityId) => boolean, visit: VisitPoint): void {
    const visitPushed = this.#visitorOfPushed(isWanted, visit);
    let decoder: PointDecoder | undefined;
    for (const [place, run] of this.#runs.entries()) {
      const { entity, start } = run;
      if (entity.isGone || !isWanted(entity.entity)) continue;
      decoder ??= new PointDecoder(this.encoder.buffer.bytes, this.encoder.used);
      decoder.seek(start, this.#runs[place + 1]?.start ?? this.encoder.used, run);
      for (let at = start; decoder.next(); at = decoder.at) {
        visitPushed?.(at);
        if (decoder.kind === 0 || (decoder.uses & ValueUse.push) === 0) continue;
        const { key } = this.#head.seriesAt(decoder.seriesId);
        visit(entity.tenantId, entity.entity, key, decoder.tsMs, decoder.kind, decoder.value);
      }
    }
    visitPushed?.(this.encoder.used);
  }

  /** The latest point of a series in this unit. Each byte of the unit is read once, however often this is asked. */
  latestOf(seriesId: number): DataPoint | undefined {
    this.#latest ??= { bySeries: new Map(), read: 0, decoder: undefined };
    const latest = this.#latest;
    if (latest.read < this.encoder.used) {
      // The buffer may have grown, so a new decoder takes up where the last one stopped.
      const decoder = new PointDecoder(this.encoder.buffer.bytes, this.encoder.used);
      const { seriesId: previousSeries = 0, tsMs: previousMs = 0, uses = ValueUse.all } = latest.decoder ?? {};
      decoder.seek(latest.read, this.encoder.used, { previousSeries, previousMs, uses });
      while (decoder.next()) {
        if (decoder.kind === 0 || (decoder.uses & ValueUse.latest) === 0) continue;
        const earlier = latest.bySeries.get(decoder.seriesId);
        if (earlier !== undefined && earlier.tsMs > decoder.tsMs) continue;
        const { key } = this.#head.seriesAt(decoder.seriesId);
        latest.bySeries.set(decoder.seriesId, { key, tsMs: decoder.tsMs, kind: decoder.kind, value: decoder.value });
      }
      latest.read = this.encoder.used;
      latest.decoder = decoder;
    }
    return latest.bySeries.get(seriesId);
  }

  #push(uses: number, { entity, ...point }: Omit<PushedPoint, 'after'>): void {
    if (uses === 0) return;
    this.pushed = added(this.pushed, { ...point, entity: { ...entity }, after: this.encoder.used });
  }

  /** Visits those of the points that are not stored which come before a place in the encoded ones; each once. */
  #visitorOfPushed(isWanted: (entity: EntityId) => boolean, visit: VisitPoint): ((before: number) => void) | undefined {
    if (this.pushed.length === 0) return undefined;
    let next = 0;
    return (before) => {
      for (let point = this.pushed[next]; point !== undefined && point.after <= before; point = this.pushed[next]) {
        const { tenantId, entity, key, tsMs, kind, value } = point;
        if (!this.#head.isGone(tenantId, entity) && isWanted(entity)) visit(tenantId, entity, key, tsMs, kind, value);
        next += 1;
      }
    };
  }

  #turnTo(tenantId: TenantId, entity: EntityId): SeriesEntity {
    this.#given = entity;
    this.#tenantId = tenantId;
    const found = this.#head.entityOf(tenantId, entity);
    if (found !== this.#entity) {
      const { used, previousSeries, previousMs, uses } = this.encoder;
      this.#runs.push({ entity: found, start: used, previousSeries, previousMs, uses });
      this.#entity = found;
    }
    this.#nextPlace = 0;
    return found;
  }
}

/** Most units have none of most things, so a list is made with its first member. */
function added<T>(list: T[], item: T): T[] {
  if (list.length === 0) return [item];
  list.push(item);
  return list;
}
