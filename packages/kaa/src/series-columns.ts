import type { EntityId, PointColumns, TenantId } from '@fieldline/model';
import { historyErrors, historyLimits, type RangeQuery, type TimeSeriesReader } from '@fieldline/ports';
import { HISTORY_PIECE_POINTS, PAGE_POINTS_MIN, PAGED_POINTS_MAX } from './limits.js';
import type { ValueColumns } from './merged-points.js';
import { keyOfValue } from './series-keys.js';

type Reader = Pick<TimeSeriesReader, 'columns'>;

/** Whose history is read, and of which time. */
interface Read extends Omit<RangeQuery, 'key' | 'limit'> {
  readonly tenantId: TenantId;
  readonly entity: EntityId;
}

/**
 * The points of each value of a series. A single value is read as it comes; several are read in pages, so that no read waits for its
 * turn while another has one.
 */
export function seriesColumns(
  series: Reader,
  { name, values, ...read }: Read & { readonly name: string; readonly values: readonly string[] },
  signal: AbortSignal | undefined,
): readonly ValueColumns[] {
  const { tenantId, entity, ...range } = read;
  const pagePoints = Math.min(HISTORY_PIECE_POINTS, Math.max(PAGE_POINTS_MIN, Math.floor(PAGED_POINTS_MAX / values.length)));
  return values.map((value) => {
    const key = keyOfValue(name, value);
    if (values.length > 1) return { name: value, pieces: pagedColumns(series, { ...read, key, pagePoints }, signal) };
    // One more than a read may have: a history that long is refused, not cut.
    return { name: value, pieces: series.columns(tenantId, entity, { ...range, key, limit: historyLimits.pointsMax + 1 }, signal) };
  });
}

/**
 * The points of a key in one short read after the other, each of which has ended before its points are given. Whoever reads many
 * keys side by side takes them like this: reads that are open while others are waited for would wait for each other. A page shows
 * the store as it is when it is read; no point is given twice.
 *
 * @throws HISTORY_TOO_LARGE, HISTORY_TOO_SLOW, HISTORY_BUSY, HISTORY_ABANDONED
 */
export async function* pagedColumns(
  series: Reader,
  { tenantId, entity, pagePoints: limit, ...range }: Read & { readonly key: string; readonly pagePoints: number },
  signal: AbortSignal | undefined,
): AsyncGenerator<PointColumns, void, undefined> {
  let { startMs, endMs } = range;
  for (let given = 0; startMs < endMs;) {
    const page: PointColumns[] = [];
    for await (const piece of series.columns(tenantId, entity, { ...range, startMs, endMs, limit }, signal)) page.push(piece);
    const count = page.reduce((sum, piece) => sum + piece.count, 0);
    given += count;
    if (given > historyLimits.pointsMax) throw historyErrors.TOO_LARGE({ what: 'points', max: historyLimits.pointsMax });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || count < limit) return;
    const lastMs = last.times[last.count - 1] as number;
    if (range.order === 'ASC') startMs = lastMs + 1;
    else endMs = lastMs;
  }
}
