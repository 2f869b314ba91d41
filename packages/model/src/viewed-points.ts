import type { EntityView } from './entities/asset.js';
import type { EntityId } from './entity-id.js';
import { VIEWED_READS_AT_ONCE } from './limits.js';
import type { DataPoint } from './value.js';

/** What of an entity view says which points show through it. */
export interface SeriesWindow extends Pick<EntityView, 'targetType' | 'targetId' | 'startMs' | 'endMs'> {
  readonly keys: Pick<EntityView['keys'], 'timeseries'>;
}

/** A time, its end excluded. */
export interface ViewedTime {
  readonly startMs: number;
  readonly endMs: number;
}

/** Reads what views view. Which tenant that is of is settled by whoever makes it. */
export interface ViewedReads {
  /** The latest points of the keys, a list for each entity. */
  latest(entities: readonly EntityId[], keys: readonly string[]): Promise<readonly (readonly DataPoint[])[]>;
  /** The newest point of a key within a time. */
  newest(entity: EntityId, key: string, time: ViewedTime): Promise<DataPoint | undefined>;
}

/** What a view views. */
export const viewTarget = ({ targetType: entityType, targetId: id }: Pick<SeriesWindow, 'targetType' | 'targetId'>): EntityId => ({ entityType, id });

/** The time that a view shows: its own end is included. */
export const viewedTime = ({ startMs, endMs }: Pick<SeriesWindow, 'startMs' | 'endMs'>): ViewedTime => ({
  startMs: startMs === 0 ? Number.MIN_SAFE_INTEGER : startMs,
  endMs: endMs === 0 ? Number.MAX_SAFE_INTEGER : endMs + 1,
});

/**
 * The latest points of some keys that views show, a list for each view (rest-api.md §6.6): of the keys it lists, the latest point of
 * what it views, or where that came after the time it shows, the newest within that.
 */
export async function latestThroughViews(
  views: readonly SeriesWindow[],
  keys: readonly string[],
  reads: ViewedReads,
): Promise<readonly (readonly DataPoint[])[]> {
  const points = await latestOfTargets(views, keys, reads);
  const shown = views.map((view): (DataPoint | undefined)[] => {
    const { startMs } = viewedTime(view);
    const ofTarget = points.get(nameOf(viewTarget(view))) ?? [];
    return ofTarget.filter(({ key, tsMs }) => view.keys.timeseries.includes(key) && tsMs >= startMs);
  });
  const late = views.flatMap((view, at) => {
    const time = viewedTime(view);
    return [...(shown[at] ?? []).entries()].flatMap(([place, point]) =>
      point === undefined || point.tsMs < time.endMs ? [] : [{ view, time, at, place, key: point.key }],
    );
  });
  for (let start = 0; start < late.length; start += VIEWED_READS_AT_ONCE) {
    const some = late.slice(start, start + VIEWED_READS_AT_ONCE);
    const found = await Promise.all(some.map(({ view, time, key }) => reads.newest(viewTarget(view), key, time)));
    for (const [n, { at, place }] of some.entries()) (shown[at] ?? [])[place] = found[n];
  }
  return shown.map((list) => list.filter((point) => point !== undefined));
}

/** The latest points by the name of what has them, each entity asked for once. */
async function latestOfTargets(
  views: readonly SeriesWindow[],
  keys: readonly string[],
  reads: ViewedReads,
): Promise<ReadonlyMap<string, readonly DataPoint[]>> {
  const targets = new Map<string, EntityId>();
  const asked = new Set<string>();
  for (const view of views) {
    const listed = keys.filter((key) => view.keys.timeseries.includes(key));
    for (const key of listed) asked.add(key);
    if (listed.length > 0) targets.set(nameOf(viewTarget(view)), viewTarget(view));
  }
  if (targets.size === 0) return new Map();
  const lists = await reads.latest([...targets.values()], [...asked]);
  return new Map([...targets.keys()].map((name, at) => [name, lists[at] ?? []]));
}

const nameOf = ({ entityType, id }: EntityId): string => `${entityType} ${id}`;
