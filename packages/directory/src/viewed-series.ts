import type { DataPoint, EntityId, EntityView, TenantId } from '@fieldline/model';
import type { EntityStore, TimeSeriesReader } from '@fieldline/ports';

interface Range {
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * Reads the time series of entity views from what they view: only the keys of the view, only within its time
 * (rest-api.md §6.6). Whoever may read the view may read these. Other entities are read as they are.
 */
export function viewedSeries(series: TimeSeriesReader, entities: Pick<EntityStore, 'find'>): TimeSeriesReader {
  const viewOf = async (tenantId: TenantId, { entityType, id }: EntityId): Promise<EntityView | undefined> =>
    entityType === 'ENTITY_VIEW' ? entities.find('entityView', tenantId, id) : undefined;
  return {
    async keys(tenantId, entity) {
      const view = await viewOf(tenantId, entity);
      if (view === undefined) return series.keys(tenantId, entity);
      const { timeseries } = view.keys;
      return (await series.keys(tenantId, targetOf(view))).filter((key) => timeseries.includes(key));
    },
    async latest(tenantId, entity, keys) {
      const view = await viewOf(tenantId, entity);
      if (view === undefined) return series.latest(tenantId, entity, keys);
      return latestWithin(series, tenantId, view, keys);
    },
    async range(tenantId, entity, query, signal) {
      const view = await viewOf(tenantId, entity);
      if (view === undefined) return series.range(tenantId, entity, query, signal);
      const within = clampTo(view, query);
      return isShown(view, query.key, within) ? series.range(tenantId, targetOf(view), { ...query, ...within }, signal) : [];
    },
    async *columns(tenantId, entity, query, signal) {
      const view = await viewOf(tenantId, entity);
      if (view === undefined) yield* series.columns(tenantId, entity, query, signal);
      else {
        const within = clampTo(view, query);
        if (isShown(view, query.key, within)) yield* series.columns(tenantId, targetOf(view), { ...query, ...within }, signal);
      }
    },
    async aggregate(tenantId, entity, query, signal) {
      const view = await viewOf(tenantId, entity);
      if (view === undefined) return series.aggregate(tenantId, entity, query, signal);
      const within = clampTo(view, query);
      if (!isShown(view, query.key, within)) return [];
      const startsMs = query.startsMs?.filter((startMs) => startMs > within.startMs && startMs < within.endMs);
      return series.aggregate(tenantId, targetOf(view), { ...query, ...within, startsMs }, signal);
    },
  };
}

/** The latest points that the view shows: where its time is bounded, the last of each key within it. */
async function latestWithin(
  series: TimeSeriesReader,
  tenantId: TenantId,
  view: EntityView,
  keys: readonly string[] = view.keys.timeseries,
): Promise<readonly DataPoint[]> {
  const visible = keys.filter((key) => view.keys.timeseries.includes(key));
  if (visible.length === 0) return [];
  const target = targetOf(view);
  if (view.startMs === 0 && view.endMs === 0) return series.latest(tenantId, target, visible);
  const within = clampTo(view, { startMs: 0, endMs: Number.MAX_SAFE_INTEGER });
  const found = await Promise.all(visible.map((key) => series.range(tenantId, target, { key, ...within, limit: 1, order: 'DESC' })));
  return found.flat();
}

/** The part of a range that the view shows; its own end is included. */
function clampTo(view: EntityView, { startMs, endMs }: Range): Range {
  return {
    startMs: view.startMs === 0 ? startMs : Math.max(startMs, view.startMs),
    endMs: view.endMs === 0 ? endMs : Math.min(endMs, view.endMs + 1),
  };
}

const isShown = (view: EntityView, key: string, { startMs, endMs }: Range): boolean => startMs < endMs && view.keys.timeseries.includes(key);

/** What a view views. */
export const targetOf = ({ targetType: entityType, targetId: id }: EntityView): EntityId => ({ entityType, id });
