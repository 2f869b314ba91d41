import type { HistoryCommand } from '@fieldline/api-contract';
import type { DataPoint, EntityId, TenantId } from '@fieldline/model';
import type { TimeSeriesReader } from '@fieldline/ports';
import { liveErrors } from './errors.js';
import { INTERVALS_MAX, POINTS_PER_FRAME_MAX, POINTS_PER_KEY_MAX } from './limits.js';

const DEFAULT_LIMIT = 100;

/** What to read, as commands say it: 0, absent and negative numbers mean the default. */
export type HistoryQuery = Pick<HistoryCommand, 'agg' | 'interval' | 'limit'> & {
  readonly startMs: number;
  readonly endMs: number;
  /** Ends the read. */
  readonly signal: AbortSignal;
};

/**
 * History of some keys for one frame: raw points newest first, aggregated ones oldest first (websocket-api.md §4.3).
 *
 * @throws LIVE_TOO_MANY_INTERVALS, LIVE_TOO_MANY_POINTS, and as `TimeSeriesReader.range`
 */
export async function readHistory(
  series: TimeSeriesReader,
  tenantId: TenantId,
  entity: EntityId,
  keys: readonly string[],
  query: HistoryQuery,
): Promise<readonly DataPoint[]> {
  const { startMs, endMs, signal } = query;
  if (endMs <= startMs) return [];
  const aggregation = query.agg === undefined || query.agg === null || query.agg === '' ? 'NONE' : query.agg;
  // Without an interval the whole span is one bucket.
  const intervalMs = positive(query.interval) ?? endMs - startMs;
  if (aggregation !== 'NONE' && (endMs - startMs) / intervalMs > INTERVALS_MAX) throw liveErrors.TOO_MANY_INTERVALS({ intervalsMax: INTERVALS_MAX });
  const limit = Math.min(positive(query.limit) ?? DEFAULT_LIMIT, POINTS_PER_KEY_MAX);
  const points: DataPoint[] = [];
  for (const key of keys) {
    const found =
      aggregation === 'NONE'
        ? await series.range(tenantId, entity, { key, startMs, endMs, limit, order: 'DESC' }, signal)
        : await series.aggregate(tenantId, entity, { key, startMs, endMs, intervalMs, aggregation }, signal);
    for (const point of found) points.push(point);
    if (points.length > POINTS_PER_FRAME_MAX) throw liveErrors.TOO_MANY_POINTS({ pointsMax: POINTS_PER_FRAME_MAX });
  }
  return points;
}

function positive(value: number | null | undefined): number | undefined {
  return value !== null && value !== undefined && value > 0 ? value : undefined;
}
