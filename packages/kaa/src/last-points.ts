import { TIME_MAX_MS, type DataPoint, type EntityId, type TenantId } from '@fieldline/model';
import type { ManyEntitiesReader, TimeSeriesReader } from '@fieldline/ports';
import { entityOf } from './applications.js';
import { kaaErrors } from './errors.js';
import { ENDPOINTS_AT_ONCE, LAST_VALUES_MAX } from './limits.js';
import type { SeriesPoint } from './merged-points.js';
import { valueOfKey } from './series-keys.js';

/** The last point of each series, by endpoint and name. */
export type LastPoints = ReadonlyMap<string, ReadonlyMap<string, SeriesPoint>>;

interface Readers {
  readonly series: TimeSeriesReader;
  readonly many: ManyEntitiesReader;
}

/**
 * The last points of some endpoints; those without any are left out.
 *
 * @param signal ends reads of history, which then fail with HISTORY_ABANDONED
 * @throws KAA_ANSWER_TOO_LARGE
 */
export async function lastPoints(
  readers: Readers,
  tenantId: TenantId,
  endpoints: readonly { readonly id: string }[],
  { series: wanted, beforeMs }: { readonly series?: readonly string[] | undefined; readonly beforeMs?: number | undefined },
  signal: AbortSignal | undefined,
): Promise<LastPoints> {
  const last = new Map<string, ReadonlyMap<string, SeriesPoint>>();
  let valuesLeft = LAST_VALUES_MAX;
  for (let from = 0; from < endpoints.length; from += ENDPOINTS_AT_ONCE) {
    const some = endpoints.slice(from, from + ENDPOINTS_AT_ONCE);
    const entities = some.map(entityOf);
    const keys = (await readers.many.keysOfMany(tenantId, entities)).filter((key) => wanted === undefined || wanted.includes(valueOfKey(key).series));
    if (keys.length === 0) continue;
    const found = await (beforeMs === undefined
      ? readers.many.latestOfMany(tenantId, entities, keys)
      : pointsBefore(readers, tenantId, entities, { keys, beforeMs, signal }));
    for (const [place, points] of found.entries()) {
      valuesLeft -= points.length;
      if (valuesLeft < 0) throw kaaErrors.ANSWER_TOO_LARGE({ valuesMax: LAST_VALUES_MAX });
      const endpoint = some[place];
      if (points.length > 0 && endpoint !== undefined) last.set(endpoint.id, newestBySeries(points));
    }
  }
  return last;
}

/** One endpoint after the other: their reads may wait for the disk, which others use too. */
async function pointsBefore(
  { series }: Readers,
  tenantId: TenantId,
  entities: readonly EntityId[],
  { keys, beforeMs, signal }: { readonly keys: readonly string[]; readonly beforeMs: number; readonly signal: AbortSignal | undefined },
): Promise<readonly (readonly DataPoint[])[]> {
  const found: DataPoint[][] = [];
  for (const entity of entities) {
    const own = new Set(await series.keys(tenantId, entity));
    const points: DataPoint[] = [];
    for (const key of keys.filter((one) => own.has(one))) {
      points.push(...(await series.range(tenantId, entity, { key, startMs: -TIME_MAX_MS, endMs: beforeMs, limit: 1, order: 'DESC' }, signal)));
    }
    found.push(points);
  }
  return found;
}

/** A point is what was told at one time: values that were last told before the newest of their series are not part of it. */
function newestBySeries(points: readonly DataPoint[]): ReadonlyMap<string, SeriesPoint> {
  const newest = new Map<string, { tsMs: number; values: [string, DataPoint][] }>();
  for (const point of points) {
    const { series, value } = valueOfKey(point.key);
    const known = newest.get(series);
    if (known === undefined || known.tsMs < point.tsMs) newest.set(series, { tsMs: point.tsMs, values: [[value, point]] });
    else if (known.tsMs === point.tsMs) known.values.push([value, point]);
  }
  return newest;
}
