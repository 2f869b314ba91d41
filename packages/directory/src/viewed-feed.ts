import { viewedTime, viewTarget, type EntityId, type EntityView, type TenantId } from '@fieldline/model';
import type { EntityStore, LiveFeed, LiveUpdate } from '@fieldline/ports';

/**
 * Tells of entity views what happens to their time series where those are: as `viewedSeries`, only the keys of the view as it is when
 * somebody subscribes, only within its time. Attributes are the view's own. Other entities are told as they are.
 *
 * @param onError called where a view could not be read; its subscribers then hear of no points
 */
export function viewedFeed(feed: LiveFeed, entities: Pick<EntityStore, 'find'>, onError: (error: unknown) => void): LiveFeed {
  return {
    subscribeAlarms: (tenantId, listener) => feed.subscribeAlarms(tenantId, listener),
    subscribe(tenantId, entity, listener) {
      const endings = [feed.subscribe(tenantId, entity, listener)];
      let isEnded = false;
      const follow = async (): Promise<void> => {
        const view = await entities.find('entityView', tenantId, entity.id);
        if (view === undefined || isEnded) return;
        endings.push(feed.subscribe(tenantId, viewTarget(view), (update) => tell(seenThrough(view, tenantId, entity, update), listener)));
      };
      // The read that follows a subscription looks for the view as well, and later: it sees what came before this does.
      if (entity.entityType === 'ENTITY_VIEW') follow().catch(onError);
      return () => {
        isEnded = true;
        for (const end of endings.splice(0)) end();
      };
    },
  };
}

function tell(update: LiveUpdate, listener: (update: LiveUpdate) => void): void {
  if (update.points.length > 0 || (update.removedLatest ?? []).length > 0) listener(update);
}

function seenThrough(view: EntityView, tenantId: TenantId, entity: EntityId, { points, removedLatest = [] }: LiveUpdate): LiveUpdate {
  const { keys, startMs, endMs } = view;
  const shown = viewedTime(view);
  const isShown = ({ key }: { readonly key: string }): boolean => keys.timeseries.includes(key);
  const isWithin = ({ tsMs }: { readonly tsMs: number }): boolean => tsMs >= shown.startMs && tsMs < shown.endMs;
  // The latest value of a view of some time is not that of what it views, so that the end of the one says nothing of the other.
  const isOpen = startMs === 0 && endMs === 0;
  return {
    tenantId,
    entity,
    points: points.filter((point) => isShown(point) && isWithin(point)),
    attributes: [],
    removedLatest: isOpen ? removedLatest.filter(isShown) : [],
  };
}
