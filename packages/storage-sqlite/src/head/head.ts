import { assert } from '@fieldline/kernel';
import type { DataPoint, EntityId, TenantId } from '@fieldline/model';
import { ValueUse } from '@fieldline/ports';
import { sqliteErrors } from '../errors.js';
import { PointDecoder } from '../log/point-decoder.js';
import { PacketMemory } from './packet-memory.js';
import { SeriesEntity } from './series-entity.js';
import { LatestFate } from '../log/record-format.js';
import { Series, type LatestApart, type PutUndo, type RemovalUndo } from './series.js';

/** What must be known to take the points of a unit out again: what else they changed and what was removed, by place in the unit. */
export type Replaced = Map<number, PutUndo | RemovalUndo>;

interface ApplyOptions {
  readonly replacementOf?: (series: Series, beforeMs: number) => LatestApart | undefined;
  readonly withPackets?: boolean;
}

/** What a unit, or a log row, did to the head. */
export interface AppliedPoints {
  /** Points and removals, those of removed entities included. */
  count: number;
  readonly replaced: Replaced;
  /** Series that lost a latest value by a removal; true for those that shall have another in its place. */
  readonly lostLatest: ReadonlyMap<Series, boolean>;
}

/** Entities and tenants that a unit removed, as far as they were not gone before. */
export interface Hidden {
  readonly entities: SeriesEntity[];
  readonly tenants: readonly TenantId[];
  isForgotten: boolean;
}

/**
 * Every point of the log in memory, by entity and key, and the remembered publishes. Names entities and series
 * with numbers for the log; what it named and nobody has written yet waits in `unwritten`.
 */
export class Head {
  readonly #entities: (SeriesEntity | undefined)[] = [];
  readonly #series: (Series | undefined)[] = [];
  readonly #byId = new Map<string, SeriesEntity>();
  readonly #goneTenants = new Map<TenantId, Hidden>();
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

  /** The entity, if it ever had a point or a remembered publish and was not removed. */
  find(tenantId: TenantId, entity: EntityId): SeriesEntity | undefined {
    const found = this.#named(tenantId, entity);
    return found?.isGone === true ? undefined : found;
  }

  /** The device with this id, whose tenant is not known yet. */
  device(id: string): SeriesEntity | undefined {
    let found = this.#byId.get(id);
    while (found !== undefined && (found.entity.entityType !== 'DEVICE' || found.isGone)) found = found.nextOfId;
    return found;
  }

  /** The entity, named now if it is new. */
  entityOf(tenantId: TenantId, entity: EntityId): SeriesEntity {
    return this.#named(tenantId, entity) ?? this.#nameEntity(tenantId, entity);
  }

  isGone(tenantId: TenantId, entity: EntityId): boolean {
    return this.isTenantGone(tenantId) || this.#named(tenantId, entity)?.isGone === true;
  }

  isTenantGone(tenantId: TenantId): boolean {
    return this.#goneTenants.has(tenantId);
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
  restoreEntity(number: number, tenantId: TenantId, entity: EntityId, isRemoved = false): void {
    const restored = new SeriesEntity(number, tenantId, entity);
    const ofTenant = this.#goneTenants.get(tenantId);
    restored.isGone = isRemoved || ofTenant !== undefined;
    restored.isForgotten = isRemoved || ofTenant?.isForgotten === true;
    if (!restored.isForgotten) ofTenant?.entities.push(restored);
    this.#entities[number] = restored;
    restored.nextOfId = this.#byId.get(restored.entity.id);
    this.#byId.set(restored.entity.id, restored);
  }

  /** Puts a series back as it was written. */
  restoreSeries(id: number, entityNumber: number, key: string): void {
    const entity = this.entityAt(entityNumber);
    if (entity.isForgotten) {
      this.#series[id] = forgottenSeries;
      return;
    }
    const restored = new Series(id, key, entity, entity.series.length);
    this.#series[id] = restored;
    this.#seriesCount += 1;
    entity.add(restored);
  }

  /** Puts back that a tenant was removed; before its entities. */
  restoreRemoval(tenantId: TenantId): void {
    this.#goneTenants.set(tenantId, { entities: [], tenants: [tenantId], isForgotten: true });
  }

  /** Takes entities, and all those of tenants, out of every read. `forget` or `show` follows. */
  hide(entities: readonly SeriesEntity[], tenants: readonly TenantId[]): Hidden {
    const hidden: Hidden = { entities: [], tenants: tenants.filter((tenantId) => !this.isTenantGone(tenantId)), isForgotten: false };
    for (const tenantId of hidden.tenants) this.#goneTenants.set(tenantId, hidden);
    const ofTenants =
      hidden.tenants.length === 0 ? [] : this.#entities.filter((entity) => entity !== undefined && this.isTenantGone(entity.tenantId));
    for (const entity of [...entities, ...ofTenants]) {
      if (entity === undefined || entity.isGone) continue;
      entity.isGone = true;
      hidden.entities.push(entity);
    }
    return hidden;
  }

  /** The removal was not kept. */
  show({ entities, tenants }: Hidden): void {
    for (const entity of entities) entity.isGone = false;
    for (const tenantId of tenants) this.#goneTenants.delete(tenantId);
  }

  /** The removal is on the disk: lets go of the points of as many entities as `max`. Returns those; `hidden` keeps the others. */
  forget(hidden: Hidden, max: number): readonly SeriesEntity[] {
    hidden.isForgotten = true;
    const forgotten = hidden.entities.splice(-max);
    for (const entity of forgotten) {
      for (const { id } of entity.series) this.#series[id] = forgottenSeries;
      this.#seriesCount -= entity.series.length;
      entity.forget();
    }
    return forgotten;
  }

  /**
   * Adds the points and publishes of a unit, or of a whole log row, and does its removals, but for those of removed entities.
   *
   * @param options.replacementOf  what takes the place of a latest value that is to be rewritten; absent where the log holds it already
   * @param options.withPackets    false: the publishes are passed over, so that `takeBack` leaves no trace
   */
  apply(bytes: Uint8Array, { replacementOf, withPackets = true }: ApplyOptions = {}): AppliedPoints {
    const decoder = new PointDecoder(bytes);
    const seriesById = this.#series;
    let replaced: Replaced | undefined;
    const lostLatest = new Map<Series, boolean>();
    let points = 0;
    while (decoder.next()) {
      if (decoder.kind === 0) {
        if (!decoder.isRemoval) {
          if (withPackets) this.#remember(decoder);
          continue;
        }
        const undo = this.#remove(decoder, lostLatest, replacementOf);
        replaced ??= new Map();
        if (undo !== undefined) replaced.set(points, undo);
        points += 1;
        continue;
      }
      const series = seriesById[decoder.seriesId] ?? this.seriesAt(decoder.seriesId);
      if (series.entity.isGone) {
        points += 1;
        continue;
      }
      const { tsMs, kind, number, other, uses } = decoder;
      const undo = (uses & WHOLE) === WHOLE ? series.put(tsMs, kind, number, other) : series.putApart(tsMs, kind, number, other, uses);
      if (undo !== undefined) {
        replaced ??= new Map();
        replaced.set(points, undo);
      }
      points += 1;
    }
    return { count: points, replaced: replaced ?? new Map<number, PutUndo>(), lostLatest };
  }

  /** Takes out what `apply` added. Units are taken out in the reverse of the order in which they were applied. */
  takeBack(bytes: Uint8Array, replaced: Replaced, withPackets = true): void {
    const points: { readonly series: Series; readonly tsMs: number; readonly uses: number }[] = [];
    const decoder = new PointDecoder(bytes);
    while (decoder.next()) {
      if (decoder.kind === 0 && decoder.isRemoval) points.push({ series: this.seriesAt(decoder.removedId), tsMs: 0, uses: 0 });
      else if (decoder.kind === 0) {
        if (!withPackets) continue;
        const entity = this.entityAt(decoder.entityNumber);
        if (!entity.isGone) entity.packets?.forgetLast();
      } else points.push({ series: this.seriesAt(decoder.seriesId), tsMs: decoder.tsMs, uses: decoder.uses });
    }
    for (const [place, { series, tsMs, uses }] of [...points.entries()].reverse()) {
      if (series.entity.isGone) continue;
      const undo = replaced.get(place);
      if (undo !== undefined && 'removed' in undo) series.restore(undo);
      else series.takeBack(tsMs, uses, undo);
    }
  }

  /** Puts the latest value of a series again, for the log to say what became of one that was rewritten. */
  putLatestAgain(series: Series, applied: AppliedPoints): DataPoint | undefined {
    const latest = series.latest();
    if (latest !== undefined) {
      applied.replaced.set(applied.count, series.putLatestAgain());
      applied.count += 1;
    }
    return latest;
  }

  #remember({ entityNumber, packetId, payloadHash, tsMs }: PointDecoder): void {
    const entity = this.entityAt(entityNumber);
    if (entity.isGone) return;
    entity.packets ??= new PacketMemory();
    entity.packets.remember(packetId, payloadHash, tsMs);
  }

  #remove(
    { removedId, startMs, endMs, latest }: PointDecoder,
    lostLatest: Map<Series, boolean>,
    replacementOf: ApplyOptions['replacementOf'],
  ): RemovalUndo | undefined {
    const series = this.seriesAt(removedId);
    if (series.entity.isGone) return undefined;
    const undo = series.remove(startMs, endMs, latest);
    if (!undo.isLatestLost) return undo;
    lostLatest.set(series, latest === LatestFate.rewrite || lostLatest.get(series) === true);
    const replacement = latest === LatestFate.rewrite ? replacementOf?.(series, startMs) : undefined;
    if (replacement !== undefined) series.replaceLatest(replacement);
    return undo;
  }

  #named(tenantId: TenantId, entity: EntityId): SeriesEntity | undefined {
    let found = this.#byId.get(entity.id);
    while (found !== undefined && (found.tenantId !== tenantId || found.entity.entityType !== entity.entityType)) found = found.nextOfId;
    return found;
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

/** What nearly every point is for: history and latest value. */
const WHOLE = ValueUse.history | ValueUse.latest;

/** Stands for every series of a removed entity: the log still names them. */
const forgottenSeries = new Series(0, '', new SeriesEntity(0, '' as TenantId, { entityType: 'TENANT', id: '' }), 0);
forgottenSeries.entity.isGone = true;
