import type { TimeSeriesParameters } from '@fieldline/api-contract';
import { API_INTERVALS_MAX } from '@fieldline/api-contract';
import type { DataPoint, EntityId, TenantId } from '@fieldline/model';
import type { TimeSeriesReader } from '@fieldline/ports';
import { calendarSpans } from './calendar-intervals.js';
import { restErrors } from './errors.js';

/** A history request with its required parts. */
export type HistoryRequest = Pick<TimeSeriesParameters, 'agg' | 'interval' | 'intervalType' | 'limit' | 'orderBy' | 'timeZone'> & {
  readonly startTs: number;
  readonly endTs: number;
  readonly keys: readonly string[];
};

/**
 * The points of each key, raw or aggregated (rest-api.md §6.4, §6.5). Keys without points are left out.
 *
 * @throws REST_INTERVAL_INVALID, REST_INTERVALS_TOO_MANY, REST_TIME_ZONE_UNKNOWN, REST_TIME_WITHOUT_CALENDAR
 */
export async function historyOf(
  series: TimeSeriesReader,
  tenantId: TenantId,
  entity: EntityId,
  request: HistoryRequest,
): Promise<readonly (readonly [string, readonly DataPoint[]])[]> {
  const read = readerOf(series, tenantId, entity, request);
  const histories = await Promise.all([...new Set(request.keys)].map(async (key) => [key, await read(key)] as const));
  return histories.filter(([, points]) => points.length > 0);
}

function readerOf(
  series: TimeSeriesReader,
  tenantId: TenantId,
  entity: EntityId,
  { agg, interval, intervalType, limit, orderBy, startTs, endTs, timeZone }: HistoryRequest,
): (key: string) => Promise<readonly DataPoint[]> {
  const raw = { startMs: startTs, endMs: endTs, limit, order: orderBy };
  if (agg === 'NONE' || (interval === 0 && intervalType === 'MILLISECONDS')) return (key) => series.range(tenantId, entity, { key, ...raw });
  // A range that is empty or turned round is one interval of one millisecond.
  const endMs = endTs <= startTs ? startTs + 1 : endTs;
  if (intervalType !== 'MILLISECONDS') {
    const spans = calendarSpans({ startMs: startTs, endMs }, intervalType, timeZone ?? 'UTC');
    return async (key) => {
      const points: DataPoint[] = [];
      for (const span of spans) {
        const query = { key, ...span, intervalMs: span.endMs - span.startMs, aggregation: agg };
        points.push(...(await series.aggregate(tenantId, entity, query)));
      }
      return points;
    };
  }
  checkIntervals(interval, endTs - startTs);
  return (key) => series.aggregate(tenantId, entity, { key, startMs: startTs, endMs, intervalMs: interval, aggregation: agg });
}

function checkIntervals(interval: number, lengthMs: number): void {
  if (interval < 1) throw restErrors.INTERVAL_INVALID();
  const intervals = Math.trunc(lengthMs / Math.max(interval, 1000));
  if (intervals > API_INTERVALS_MAX || intervals < 0) throw restErrors.INTERVALS_TOO_MANY({ intervals });
}
