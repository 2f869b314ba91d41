import type { Clock } from '@fieldline/kernel';
import { columnsOfPoints, type DataPoint, type EntityId, type PointColumns, type TenantId } from '@fieldline/model';
import { historyErrors, historyLimits, type AggregateQuery, type RangeQuery, type RemovedLatest } from '@fieldline/ports';
import { MemorySeries, type Expiry } from './memory-series.js';
import type { PointChange } from './memory-unit.js';

export type MemoryClock = Pick<Clock, 'nowMs' | 'monotonicMs'>;

/** Whose a series is. */
interface SeriesOwner {
  readonly tenantId: TenantId;
  readonly entity: EntityId;
}

const keyOf = ({ tenantId, entity }: SeriesOwner): string => `${tenantId} ${entity.entityType} ${entity.id}`;

/** The points of a store, by entity and key, and how long they are kept. */
export class MemoryPoints {
  readonly #clock: MemoryClock;
  readonly #entities = new Map<string, { readonly owner: SeriesOwner; readonly series: Map<string, MemorySeries> }>();
  readonly #defaultTtls = new Map<TenantId, number>();

  constructor(clock: MemoryClock) {
    this.#clock = clock;
  }

  setDefaultTtl(tenantId: TenantId, ttlMs: number): void {
    this.#defaultTtls.set(tenantId, ttlMs);
  }

  /** @returns the latest values that the changes took, with what there is after all of them */
  apply(changes: readonly PointChange[]): readonly RemovedLatest[] {
    const taken = new Map<MemorySeries, PointChange>();
    for (const change of changes) {
      const series = this.#made(change, change.key);
      if (series.apply(change, this.#expiry(change.tenantId))) taken.set(series, change);
    }
    return [...taken].map(([{ latest }, { tenantId, entity, key }]) => ({ tenantId, entity, key, latest }));
  }

  removeWhere(isRemoved: (tenantId: TenantId, entity: EntityId) => boolean): void {
    for (const [key, { owner }] of this.#entities) if (isRemoved(owner.tenantId, owner.entity)) this.#entities.delete(key);
  }

  /** Keys with a latest value of any of the entities, sorted. */
  keys(tenantId: TenantId, entities: readonly EntityId[]): readonly string[] {
    const series = entities.flatMap((entity) => [...this.#of({ tenantId, entity })]);
    return [...new Set(series.filter(([, { latest }]) => latest !== undefined).map(([key]) => key))].sort();
  }

  /** Sorted by key, as it would be after the changes. */
  latest(owner: SeriesOwner, keys?: readonly string[], changes: readonly PointChange[] = []): readonly DataPoint[] {
    const ofOwner = Map.groupBy(
      changes.filter((change) => keyOf(change) === keyOf(owner)),
      ({ key }) => key,
    );
    const asked = [...new Set(keys ?? [...this.#of(owner).keys(), ...ofOwner.keys()])].sort();
    const expiry = this.#expiry(owner.tenantId);
    const found = asked.map((key) => (this.#of(owner).get(key) ?? new MemorySeries()).latestWith(ofOwner.get(key) ?? [], expiry));
    return found.filter((point) => point !== undefined);
  }

  range(owner: SeriesOwner, query: RangeQuery): readonly DataPoint[] {
    return this.#of(owner).get(query.key)?.range(query, this.#expiry(owner.tenantId)) ?? [];
  }

  async *columns(owner: SeriesOwner, query: RangeQuery, signal?: AbortSignal): AsyncIterable<PointColumns> {
    const points = this.range(owner, query);
    for (let start = 0; start < points.length; start += historyLimits.pieceMax) {
      if (signal?.aborted === true) throw historyErrors.ABANDONED();
      const givenMs = this.#clock.monotonicMs();
      yield columnsOfPoints(points.slice(start, start + historyLimits.pieceMax));
      if (this.#clock.monotonicMs() - givenMs > historyLimits.idleMs) throw historyErrors.ABANDONED();
    }
  }

  aggregate(owner: SeriesOwner, query: AggregateQuery): readonly DataPoint[] {
    return this.#of(owner).get(query.key)?.aggregate(query, this.#expiry(owner.tenantId)) ?? [];
  }

  #of(owner: SeriesOwner): ReadonlyMap<string, MemorySeries> {
    return this.#entities.get(keyOf(owner))?.series ?? new Map<string, MemorySeries>();
  }

  #made({ tenantId, entity }: SeriesOwner, key: string): MemorySeries {
    const name = keyOf({ tenantId, entity });
    const ofEntity = this.#entities.get(name) ?? { owner: { tenantId, entity }, series: new Map<string, MemorySeries>() };
    this.#entities.set(name, ofEntity);
    const series = ofEntity.series.get(key) ?? new MemorySeries();
    ofEntity.series.set(key, series);
    return series;
  }

  #expiry(tenantId: TenantId): Expiry {
    return { nowMs: this.#clock.nowMs(), defaultTtlMs: this.#defaultTtls.get(tenantId) ?? 0 };
  }
}
