import { latestThroughViews, viewedTime, viewTarget, type EntityId, type EntityView, type TenantId, type ViewedTime } from '@fieldline/model';
import type { EntityStore, TimeSeriesReader } from '@fieldline/ports';

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
      return (await series.keys(tenantId, viewTarget(view))).filter((key) => timeseries.includes(key));
    },
    async latest(tenantId, entity, keys) {
      const view = await viewOf(tenantId, entity);
      if (view === undefined) return series.latest(tenantId, entity, keys);
      const [points = []] = await latestThroughViews([view], keys ?? view.keys.timeseries, {
        latest: async ([target], asked) => (target === undefined ? [] : [await series.latest(tenantId, target, asked)]),
        newest: async (target, key, time) => (await series.range(tenantId, target, { key, ...time, limit: 1, order: 'DESC' }))[0],
      });
      return points;
    },
    async range(tenantId, entity, query, signal) {
      const view = await viewOf(tenantId, entity);
      if (view === undefined) return series.range(tenantId, entity, query, signal);
      const within = clampTo(view, query);
      return isShown(view, query.key, within) ? series.range(tenantId, viewTarget(view), { ...query, ...within }, signal) : [];
    },
    async *columns(tenantId, entity, query, signal) {
      const view = await viewOf(tenantId, entity);
      if (view === undefined) yield* series.columns(tenantId, entity, query, signal);
      else {
        const within = clampTo(view, query);
        if (isShown(view, query.key, within)) yield* series.columns(tenantId, viewTarget(view), { ...query, ...within }, signal);
      }
    },
    async aggregate(tenantId, entity, query, signal) {
      const view = await viewOf(tenantId, entity);
      if (view === undefined) return series.aggregate(tenantId, entity, query, signal);
      const within = clampTo(view, query);
      if (!isShown(view, query.key, within)) return [];
      const startsMs = query.startsMs?.filter((startMs) => startMs > within.startMs && startMs < within.endMs);
      return series.aggregate(tenantId, viewTarget(view), { ...query, ...within, startsMs }, signal);
    },
  };
}

/** The part of a time that the view shows. */
function clampTo(view: EntityView, { startMs, endMs }: ViewedTime): ViewedTime {
  const shown = viewedTime(view);
  return { startMs: Math.max(startMs, shown.startMs), endMs: Math.min(endMs, shown.endMs) };
}

const isShown = (view: EntityView, key: string, { startMs, endMs }: ViewedTime): boolean => startMs < endMs && view.keys.timeseries.includes(key);
