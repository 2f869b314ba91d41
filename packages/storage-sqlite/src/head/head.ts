import { assert } from '@fieldline/kernel';
import type { EntityId, TenantId } from '@fieldline/model';
import { sqliteErrors } from '../errors.js';
import { PointDecoder } from '../log/point-decoder.js';
import type { ReplacedPoint } from './chunk.js';
import { PacketMemory } from './packet-memory.js';
import { SeriesEntity } from './series-entity.js';
import { Series } from './series.js';

/** What must be known to take the points of a unit out again: the points they replaced, by place in the unit. */
export type Replaced = ReadonlyMap<number, ReplacedPoint>;

/**
 * Every point of the log in memory, by entity and key, and the remembered publishes. Names entities and series
 * with numbers for the log; what it named and nobody has written yet waits in `unwritten`.
 */
export class Head {
  readonly #entities: (SeriesEntity | undefined)[] = [];
  readonly #series: (Series | undefined)[] = [];
  readonly #byId = new Map<string, SeriesEntity>();
  #seriesCount = 0;
  readonly #seriesMax: number;
  unwritten: { entities: SeriesEntity[]; series: Series[] } = { entities: [], series: [] };

  /** @param seriesMax series beyond which no new ones are named */
  constructor(seriesMax: number) {
    this.#seriesMax = seriesMax;
  }

  get seriesCount(): number {
    return this.#seriesCount;
  }

  /** The entity, if it ever had a point or a remembered publish. */
  find(tenantId: TenantId, entity: EntityId): SeriesEntity | undefined {
    let found = this.#byId.get(entity.id);
    while (found !== undefined && (found.tenantId !== tenantId || found.entity.entityType !== entity.entityType)) found = found.nextOfId;
    return found;
  }

  /** The device with this id, whose tenant is not known yet. */
  device(id: string): SeriesEntity | undefined {
    let found = this.#byId.get(id);
    while (found !== undefined && found.entity.entityType !== 'DEVICE') found = found.nextOfId;
    return found;
  }

  /** The entity, named now if it is new. */
  entityOf(tenantId: TenantId, entity: EntityId): SeriesEntity {
    return this.find(tenantId, entity) ?? this.#nameEntity(tenantId, entity);
  }

  /** The series, named now if it is new. @throws SQLITE_TOO_MANY_SERIES */
  seriesOf(entity: SeriesEntity, key: string): Series {
    return entity.find(key) ?? this.#nameSeries(entity, key);
  }

  entityAt(number: number): SeriesEntity {
    const entity = this.#entities[number];
    assert(entity !== undefined, 'the log names only entities that were written with it or before it');
    return entity;
  }

  seriesAt(id: number): Series {
    const series = this.#series[id];
    assert(series !== undefined, 'the log names only series that were written with it or before it');
    return series;
  }

  /** Puts an entity back as it was written. */
  restoreEntity(number: number, tenantId: TenantId, entity: EntityId): void {
    const restored = new SeriesEntity(number, tenantId, entity);
    this.#entities[number] = restored;
    restored.nextOfId = this.#byId.get(restored.entity.id);
    this.#byId.set(restored.entity.id, restored);
  }

  /** Puts a series back as it was written. */
  restoreSeries(id: number, entityNumber: number, key: string): void {
    const entity = this.entityAt(entityNumber);
    const restored = new Series(id, key, entity, entity.series.length);
    this.#series[id] = restored;
    this.#seriesCount += 1;
    entity.add(restored);
  }

  /** Adds the points and publishes of a unit, or of a whole log row. Returns how many points there were, and what they replaced. */
  apply(bytes: Uint8Array): { readonly points: number; readonly replaced: Replaced } {
    const decoder = new PointDecoder(bytes);
    const seriesById = this.#series;
    let replaced: Map<number, ReplacedPoint> | undefined;
    let points = 0;
    while (decoder.next()) {
      if (decoder.kind === 0) {
        const entity = this.entityAt(decoder.entityNumber);
        entity.packets ??= new PacketMemory();
        entity.packets.remember(decoder.packetId, decoder.payloadHash, decoder.tsMs);
        continue;
      }
      const series = seriesById[decoder.seriesId] ?? this.seriesAt(decoder.seriesId);
      const old = series.put(decoder.tsMs, decoder.kind, decoder.number, decoder.other);
      if (old !== undefined) {
        replaced ??= new Map();
        replaced.set(points, old);
      }
      points += 1;
    }
    return { points, replaced: replaced ?? noneReplaced };
  }

  /** Takes out what `apply` added. Units are taken out in the reverse of the order in which they were applied. */
  takeBack(bytes: Uint8Array, replaced: Replaced): void {
    const points: { readonly series: Series; readonly tsMs: number }[] = [];
    const decoder = new PointDecoder(bytes);
    while (decoder.next()) {
      if (decoder.kind === 0) this.entityAt(decoder.entityNumber).packets?.forgetLast();
      else points.push({ series: this.seriesAt(decoder.seriesId), tsMs: decoder.tsMs });
    }
    for (const [place, { series, tsMs }] of [...points.entries()].reverse()) {
      const old = replaced.get(place);
      if (old === undefined) series.remove(tsMs);
      else series.put(tsMs, old.kind, old.number, old.other);
    }
  }

  #nameEntity(tenantId: TenantId, entity: EntityId): SeriesEntity {
    const number = Math.max(1, this.#entities.length);
    this.restoreEntity(number, tenantId, entity);
    const named = this.entityAt(number);
    this.unwritten.entities.push(named);
    return named;
  }

  #nameSeries(entity: SeriesEntity, key: string): Series {
    if (this.#seriesCount >= this.#seriesMax) throw sqliteErrors.TOO_MANY_SERIES({ max: this.#seriesMax });
    const id = Math.max(1, this.#series.length);
    this.restoreSeries(id, entity.number, key);
    const named = this.seriesAt(id);
    this.unwritten.series.push(named);
    return named;
  }
}

const noneReplaced: Replaced = new Map();
