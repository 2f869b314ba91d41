import type { DataPoint, EntityId } from '@fieldline/model';
import type { ManyEntitiesReader, TimeSeriesReader } from '@fieldline/ports';

/**
 * Reads many entities at once, and the time series of entity views among them from what they view.
 *
 * @param viewed as `viewedSeries` gives it; asked for each view by itself, so for a page of entities, not for all of a tenant
 */
export function viewedMany(many: ManyEntitiesReader, viewed: Pick<TimeSeriesReader, 'keys' | 'latest'>): ManyEntitiesReader {
  return {
    attributeKeysOfMany: (tenantId, entities) => many.attributeKeysOfMany(tenantId, entities),
    async keysOfMany(tenantId, entities) {
      const views = entities.filter(isView);
      if (views.length === 0) return many.keysOfMany(tenantId, entities);
      const ofOthers = many.keysOfMany(
        tenantId,
        entities.filter((entity) => !isView(entity)),
      );
      const lists = await Promise.all([ofOthers, ...views.map((view) => viewed.keys(tenantId, view))]);
      return [...new Set(lists.flat())].sort();
    },
    async latestOfMany(tenantId, entities, keys) {
      const views = entities.filter(isView);
      const lists = await many.latestOfMany(tenantId, entities, keys);
      const ofViews = new Map<EntityId, readonly DataPoint[]>();
      await Promise.all(views.map(async (view) => ofViews.set(view, await viewed.latest(tenantId, view, keys))));
      return entities.map((entity, at) => ofViews.get(entity) ?? lists[at] ?? []);
    },
  };
}

const isView = ({ entityType }: EntityId): boolean => entityType === 'ENTITY_VIEW';
