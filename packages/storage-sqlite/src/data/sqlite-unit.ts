import type { Alarm, DataPoint, EntityId, StoredValue, TenantId, ValueKind } from '@fieldline/model';
import type { AcceptedPacket, AttributeWrite, CommitUnit, DeadLetter, HandOver, NodeStateWrite } from '@fieldline/ports';
import type { Head } from '../head/head.js';
import type { SeriesEntity } from '../head/series-entity.js';
import { PointDecoder } from '../log/point-decoder.js';
import { PointEncoder, type EncodingBuffer } from '../log/point-encoder.js';

/** A stretch of points of one entity: where it starts, and what the encoder's state was there. */
interface Run {
  readonly entity: SeriesEntity;
  readonly start: number;
  readonly previousSeries: number;
  readonly previousMs: number;
}

/** Latest points of the unit by series, and how far it was read for them. */
interface LatestIndex {
  readonly bySeries: Map<number, DataPoint>;
  read: number;
  decoder: PointDecoder | undefined;
}

/** Attribute writes of the unit by entity, and how many were put there. */
interface AttributeIndex {
  readonly byEntity: Map<string, AttributeWrite[]>;
  read: number;
}

const none: never[] = [];

/**
 * A commit unit. Points go straight into the form in which they are stored; everything else waits in lists.
 * An entity and a key that were never seen get their numbers here; whoever commits next writes them down.
 */
export class SqliteUnit implements CommitUnit {
  readonly encoder: PointEncoder;
  attributes: AttributeWrite[] = none;
  alarms: Alarm[] = none;
  deadLetters: DeadLetter[] = none;
  handOverChanges: (HandOver | { readonly doneId: string })[] = none;
  nodeStates: NodeStateWrite[] = none;
  pointCount = 0;
  isCommitted = false;
  readonly #head: Head;
  readonly #runs: Run[] = [];
  #tenantId: TenantId | undefined = undefined;
  #given: EntityId | undefined = undefined;
  #entity: SeriesEntity | undefined = undefined;
  #nextPlace = 0;
  #latest: LatestIndex | undefined = undefined;
  #attributeIndex: AttributeIndex | undefined = undefined;

  constructor(head: Head, buffer: EncodingBuffer) {
    this.#head = head;
    this.encoder = new PointEncoder(buffer);
  }

  get isEmpty(): boolean {
    const lists = [this.attributes, this.alarms, this.deadLetters, this.handOverChanges, this.nodeStates];
    return this.encoder.isEmpty && lists.every((list) => list.length === 0);
  }

  point(tenantId: TenantId, entity: EntityId, key: string, tsMs: number, kind: ValueKind, value: StoredValue, ttlMs: number): void {
    const current = entity === this.#given && tenantId === this.#tenantId ? (this.#entity as SeriesEntity) : this.#turnTo(tenantId, entity);
    // Messages of a device mostly carry the same keys in the same order.
    let series = current.series[this.#nextPlace];
    if (series?.key !== key) series = this.#head.seriesOf(current, key);
    this.#nextPlace = series.place + 1;
    this.encoder.point(series.id, tsMs, kind, value, ttlMs);
    this.pointCount += 1;
  }

  attribute(write: AttributeWrite): void {
    this.attributes = added(this.attributes, write);
  }

  alarm(alarm: Alarm): void {
    this.alarms = added(this.alarms, Object.freeze(structuredClone(alarm)));
  }

  deadLetter(letter: DeadLetter): void {
    this.deadLetters = added(this.deadLetters, letter);
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
    this.encoder.packet(device.number, packetId, payloadHash, tsMs);
  }

  /** Attribute writes of one entity, in order. */
  attributesOf(tenantId: TenantId, { entityType, id }: EntityId): readonly AttributeWrite[] {
    if (this.attributes.length === 0) return none;
    this.#attributeIndex ??= { byEntity: new Map(), read: 0 };
    const index = this.#attributeIndex;
    for (; index.read < this.attributes.length; index.read += 1) {
      const write = this.attributes[index.read] as AttributeWrite;
      const key = `${write.tenantId} ${write.entity.entityType} ${write.entity.id}`;
      index.byEntity.set(key, added(index.byEntity.get(key) ?? [], write));
    }
    return index.byEntity.get(`${tenantId} ${entityType} ${id}`) ?? none;
  }

  /** Calls `visit` for each point of a wanted entity, in order. Entities nobody wants cost one question a run. */
  points(
    isWanted: (entity: EntityId) => boolean,
    visit: (tenantId: TenantId, entity: EntityId, key: string, tsMs: number, kind: ValueKind, value: StoredValue) => void,
  ): void {
    let decoder: PointDecoder | undefined;
    for (const [place, { entity, start, previousSeries, previousMs }] of this.#runs.entries()) {
      if (!isWanted(entity.entity)) continue;
      decoder ??= new PointDecoder(this.encoder.buffer.bytes, this.encoder.used);
      decoder.seek(start, this.#runs[place + 1]?.start ?? this.encoder.used, previousSeries, previousMs);
      while (decoder.next()) {
        if (decoder.kind === 0) continue;
        const { key } = this.#head.seriesAt(decoder.seriesId);
        visit(entity.tenantId, entity.entity, key, decoder.tsMs, decoder.kind, decoder.value);
      }
    }
  }

  /** The latest point of a series in this unit. Each byte of the unit is read once, however often this is asked. */
  latestOf(seriesId: number): DataPoint | undefined {
    this.#latest ??= { bySeries: new Map(), read: 0, decoder: undefined };
    const latest = this.#latest;
    if (latest.read < this.encoder.used) {
      // The buffer may have grown, so a new decoder takes up where the last one stopped.
      const decoder = new PointDecoder(this.encoder.buffer.bytes, this.encoder.used);
      decoder.seek(latest.read, this.encoder.used, latest.decoder?.seriesId ?? 0, latest.decoder?.tsMs ?? 0);
      while (decoder.next()) {
        if (decoder.kind === 0) continue;
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

  #turnTo(tenantId: TenantId, entity: EntityId): SeriesEntity {
    this.#given = entity;
    this.#tenantId = tenantId;
    const found = this.#head.entityOf(tenantId, entity);
    if (found !== this.#entity) {
      const { used, previousSeries, previousMs } = this.encoder;
      this.#runs.push({ entity: found, start: used, previousSeries, previousMs });
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
