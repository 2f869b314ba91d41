import { assert } from '@fieldline/kernel';
import type { EntityId, TenantId } from '@fieldline/model';
import { sqliteErrors } from '../errors.js';
import { Generations } from './generations.js';
import { Series } from './series.js';
import { SeriesEntity } from './series-entity.js';

/** Entities and tenants that a unit removed, as far as they were not gone before. */
export interface Hidden {
  readonly entities: SeriesEntity[];
  readonly tenants: readonly TenantId[];
  isForgotten: boolean;
}

/**
 * Every point that is not packed in memory, by entity and key, and the remembered publishes (head-points.ts). Names entities and series
 * with numbers for the log; what it named and nobody has written yet waits in `unwritten`.
 */
export class Head {
  /** By number. */
  readonly series: (Series | undefined)[] = [];
  readonly generations = new Generations();
  readonly #entities: (SeriesEntity | undefined)[] = [];
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
    const series = this.series[id];
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
      this.series[id] = forgottenSeries;
      return;
    }
    const restored = new Series(id, key, entity, entity.series.length, this.generations.current);
    this.series[id] = restored;
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
      for (const { id } of entity.series) this.series[id] = forgottenSeries;
      this.#seriesCount -= entity.series.length;
      entity.forget();
    }
    return forgotten;
  }

  /** Points from now on are of the next generation. */
  seal(): void {
    this.generations.seal();
  }

  /** The sealed generation is the current one again. What came since was taken back. */
  unseal(): void {
    this.generations.unseal();
    for (const series of this.series) series?.unseal(this.generations.current);
  }

  /** The sealed generation is in the blocks: nobody reads it here any more. `settleSome` makes room. */
  drop(): void {
    this.generations.drop();
  }

  /** Settles as many series as `max` from one on, so that they let go of what was dropped; returns where to go on, or undefined at the end. */
  settleSome(from: number, max: number): number | undefined {
    const end = Math.min(from + max, this.series.length);
    for (let id = from; id < end; id += 1) {
      const series = this.series[id];
      if (series !== undefined && series !== forgottenSeries) series.settle(this.generations);
    }
    return end < this.series.length ? end : undefined;
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

  #nameSeries(entity: SeriesEntity, given: string): Series {
    // As it will be read back: UTF-8 has no lone surrogates.
    const key = given.toWellFormed();
    const known = key === given ? undefined : entity.find(key);
    if (known !== undefined) return known;
    if (this.#seriesCount >= this.#seriesMax) throw sqliteErrors.TOO_MANY_SERIES({ max: this.#seriesMax });
    const id = Math.max(1, this.series.length);
    this.restoreSeries(id, entity.number, key);
    const named = this.seriesAt(id);
    this.unwritten.series.push(named);
    return named;
  }
}

/** Stands for every series of a removed entity: the log still names them. */
const forgottenSeries = new Series(0, '', new SeriesEntity(0, '' as TenantId, { entityType: 'TENANT', id: '' }), 0, 0);
forgottenSeries.entity.isGone = true;
