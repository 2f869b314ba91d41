import type { TimeSeriesParameters } from '@fieldline/api-contract';
import { API_HISTORY_POINTS_MAX, API_INTERVALS_MAX } from '@fieldline/api-contract';
import { columnsOfPoints, type EntityId, type PointColumns, type TenantId } from '@fieldline/model';
import { historyLimits, type TimeSeriesReader } from '@fieldline/ports';
import { calendarSpans } from './calendar-intervals.js';
import { restErrors } from './errors.js';
import { HISTORY_KEYS_AT_ONCE } from './limits.js';

/** A history request with its required parts. */
export type HistoryRequest = Pick<TimeSeriesParameters, 'agg' | 'interval' | 'intervalType' | 'limit' | 'orderBy' | 'timeZone'> & {
  readonly startTs: number;
  readonly endTs: number;
  /** No key twice. */
  readonly keys: readonly string[];
};

/** Reads the points of one key in pieces. To be called for the keys of the request in their order, one after the other. */
export type HistoryOfKey = (key: string) => AsyncIterable<PointColumns>;

/**
 * Prepares the read of a history, raw or aggregated (rest-api.md §6.4, §6.5). Short histories of the next keys are read while
 * the last is written; of a long one there is only one piece at a time.
 *
 * @param signal ends all reads, which then fail with HISTORY_ABANDONED
 * @throws REST_HISTORY_POINTS_TOO_MANY, REST_INTERVAL_INVALID, REST_INTERVALS_TOO_MANY, REST_TIME_ZONE_UNKNOWN, REST_TIME_WITHOUT_CALENDAR
 */
export function historyOf(
  series: TimeSeriesReader,
  tenantId: TenantId,
  entity: EntityId,
  request: HistoryRequest,
  signal: AbortSignal,
): HistoryOfKey {
  const { agg, interval, intervalType, keys, limit, orderBy: order, startTs, endTs } = request;
  if (agg === 'NONE' || (interval === 0 && intervalType === 'MILLISECONDS')) {
    checkPoints(limit * keys.length);
    const read: HistoryOfKey = (key) => series.columns(tenantId, entity, { key, startMs: startTs, endMs: endTs, limit, order }, signal);
    return limit <= historyLimits.pieceMax ? readAhead(keys, (key) => piecesOf(read(key))) : read;
  }
  const buckets = bucketsOf(request);
  return readAhead(keys, async (key) => {
    const points = await series.aggregate(tenantId, entity, { key, ...buckets, aggregation: agg }, signal);
    return [columnsOfPoints(points)];
  });
}

function checkPoints(points: number): void {
  if (points > API_HISTORY_POINTS_MAX) throw restErrors.HISTORY_POINTS_TOO_MANY({ points, pointsMax: API_HISTORY_POINTS_MAX });
}

/** A range that is empty or turned round is one interval of one millisecond. */
function bucketsOf({ interval, intervalType, startTs: startMs, endTs, timeZone }: HistoryRequest) {
  const endMs = endTs <= startMs ? startMs + 1 : endTs;
  if (intervalType === 'MILLISECONDS') {
    checkIntervals(interval, endTs - startMs);
    return { startMs, endMs, intervalMs: interval };
  }
  const [, ...further] = calendarSpans({ startMs, endMs }, intervalType, timeZone ?? 'UTC');
  return { startMs, endMs, intervalMs: endMs - startMs, startsMs: further.map((span) => span.startMs) };
}

function checkIntervals(interval: number, lengthMs: number): void {
  if (interval < 1) throw restErrors.INTERVAL_INVALID();
  const intervals = Math.trunc(lengthMs / Math.max(interval, 1000));
  if (intervals > API_INTERVALS_MAX || intervals < 0) throw restErrors.INTERVALS_TOO_MANY({ intervals });
}

async function piecesOf(pieces: AsyncIterable<PointColumns>): Promise<readonly PointColumns[]> {
  const all: PointColumns[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

/** Reads some keys at once, because each read crosses threads and may wait for the disk. */
function readAhead(keys: readonly string[], read: (key: string) => Promise<readonly PointColumns[]>): HistoryOfKey {
  const reads: Promise<readonly PointColumns[]>[] = [];
  let next = 0;
  return async function* () {
    for (; reads.length < HISTORY_KEYS_AT_ONCE && next < keys.length; next += 1) {
      const reading = read(keys[next] as string);
      // The failure reaches whoever asks for this key; after the failure of another, nobody does.
      reading.catch(() => undefined);
      reads.push(reading);
    }
    yield* (await reads.shift()) ?? [];
  };
}
