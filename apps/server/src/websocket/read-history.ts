import type { HistoryCommand } from '@fieldline/api-contract';
import type { DataPoint, EntityId, TenantId } from '@fieldline/model';
import type { TimeSeriesReader } from '@fieldline/ports';
import { liveErrors } from './errors.js';
import { INTERVALS_MAX, POINTS_PER_KEY_MAX } from './limits.js';

const DEFAULT_LIMIT = 100;

/** History of some keys for one frame: raw points newest first, aggregated ones oldest first (websocket-api.md §4.3). */
export async function readHistory(
  series: TimeSeriesReader,
  tenantId: TenantId,
  entity: EntityId,
  keys: readonly string[],
  query: Pick<HistoryCommand, 'agg' | 'interval' | 'limit'> & { readonly startMs: number; readonly endMs: number },
): Promise<readonly DataPoint[]> {
  const { startMs, endMs } = query;
  const aggregation = query.agg === undefined || query.agg === null || query.agg === '' ? 'NONE' : query.agg;
  const points: DataPoint[] = [];
  for (const key of keys) {
    if (aggregation === 'NONE') {
      const limit = Math.min(query.limit || DEFAULT_LIMIT, POINTS_PER_KEY_MAX);
      points.push(...(await series.range(tenantId, entity, { key, startMs, endMs, limit, order: 'DESC' })));
    } else {
      // Without an interval the whole span is one bucket.
      const intervalMs = query.interval || Math.max(1, endMs - startMs);
      if ((endMs - startMs) / intervalMs > INTERVALS_MAX) throw liveErrors.TOO_MANY_INTERVALS({ intervalsMax: INTERVALS_MAX });
      points.push(...(await series.aggregate(tenantId, entity, { key, startMs, endMs, intervalMs, aggregation })));
    }
  }
  return points;
}
