import { liveValueOf, noLiveValue, type AggregateKey, type LiveComparison, type LiveValue, type SeriesPart } from '@fieldline/api-contract';
import type { Aggregation, DataPoint } from '@fieldline/model';
import type { AggregateQuery, TimeSeriesReader } from '@fieldline/ports';
import { calendarSpans } from '../../rest/calendar-intervals.js';
import { liveErrors } from '../errors.js';
import { INTERVALS_MAX, POINTS_PER_FRAME_MAX, POINTS_PER_KEY_MAX } from '../limits.js';
import { forEachAtOnce } from './at-once.js';
import type { EntityRow, RowSeries } from './entity-page.js';
import { PREVIOUS_POINT_AGE_MAX_MS, SERIES_PER_COMMAND_MAX, SERIES_READ_AT_ONCE } from './limits.js';

const DEFAULT_LIMIT = 100;

/** A half-open time. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

type Buckets = Pick<AggregateQuery, 'startMs' | 'endMs' | 'intervalMs' | 'startsMs'>;

/** Reads time series of the entities of a page for one frame. */
export class SeriesReads {
  readonly #series: TimeSeriesReader;
  readonly #signal: AbortSignal;

  /** @param signal ends what is being read */
  constructor(series: TimeSeriesReader, signal: AbortSignal) {
    this.#series = series;
    this.#signal = signal;
  }

  /**
   * Points of each key, newest first, or aggregated values, oldest first (websocket-api.md §5.2).
   *
   * @throws LIVE_TOO_MANY_SERIES, LIVE_TOO_MANY_POINTS, LIVE_TOO_MANY_INTERVALS, REST_TIME_ZONE_UNKNOWN, and as `TimeSeriesReader.range`
   */
  async history(rows: readonly EntityRow[], part: SeriesPart, span: Span): Promise<ReadonlyMap<EntityRow, RowSeries>> {
    const keys = part.keys ?? [];
    const read = this.#readerOf(part, span);
    let pointsLeft = POINTS_PER_FRAME_MAX;
    const lists = await this.#each(rows, keys, async (row, key) => {
      const values = await read(row, key);
      pointsLeft -= values.length;
      if (pointsLeft < 0) throw liveErrors.TOO_MANY_POINTS({ pointsMax: POINTS_PER_FRAME_MAX });
      return values;
    });
    return new Map(
      [...lists].map(([row, values]) => [row, { timeseries: Object.fromEntries(keys.map((key, place) => [key, values[place] ?? []])) }]),
    );
  }

  /**
   * One value of a time for each key, and where a key says so that of an earlier one (websocket-api.md §5.2).
   *
   * @throws as `history`
   */
  async aggregates(rows: readonly EntityRow[], keys: readonly AggregateKey[], span: Span): Promise<ReadonlyMap<EntityRow, RowSeries>> {
    const lists = await this.#each(rows, keys, async (row, key): Promise<LiveComparison> => {
      const before = previousOf(key);
      const [current, previous] = await Promise.all([
        key.previousValueOnly === true ? null : this.#valueOf(row, key, span),
        before === undefined ? null : this.#valueOf(row, key, before),
      ]);
      return { current, previous };
    });
    return new Map(
      [...lists].map(([row, values]) => [row, { aggLatest: Object.fromEntries(keys.map(({ id }, place) => [id, values[place]])) as never }]),
    );
  }

  async #each<K, T>(
    rows: readonly EntityRow[],
    keys: readonly K[],
    read: (row: EntityRow, key: K) => Promise<T>,
  ): Promise<ReadonlyMap<EntityRow, readonly T[]>> {
    if (rows.length * keys.length > SERIES_PER_COMMAND_MAX) throw liveErrors.TOO_MANY_SERIES({ seriesMax: SERIES_PER_COMMAND_MAX });
    const lists = new Map(rows.map((row): [EntityRow, T[]] => [row, []]));
    const asked = rows.flatMap((row) => keys.map((key, place) => ({ row, key, place })));
    await forEachAtOnce(asked, SERIES_READ_AT_ONCE, async ({ row, key, place }) => {
      const values = lists.get(row);
      if (values !== undefined) values[place] = await read(row, key);
    });
    return lists;
  }

  #readerOf(part: SeriesPart, span: Span): (row: EntityRow, key: string) => Promise<readonly LiveValue[]> {
    const { startMs, endMs } = span;
    const aggregation = part.agg === undefined || part.agg === null || part.agg === '' ? 'NONE' : part.agg;
    const isRaw = aggregation === 'NONE';
    const limit = Math.min(positive(part.limit) ?? DEFAULT_LIMIT, POINTS_PER_KEY_MAX);
    const buckets = isRaw || endMs <= startMs ? undefined : bucketsOf(part, span);
    return async (row, key) => {
      let values: readonly LiveValue[] = [];
      if (isRaw && endMs > startMs) values = (await this.#range(row, key, span, limit)).map(liveValueOf);
      else if (!isRaw && buckets !== undefined) values = await this.#aggregated(row, { key, ...buckets, aggregation });
      if (part.fetchLatestPreviousPoint !== true) return values;
      const previous = await this.#range(row, key, { startMs: startMs - PREVIOUS_POINT_AGE_MAX_MS, endMs: startMs }, 1);
      // It is the oldest, wherever that stands.
      return isRaw ? [...values, ...previous.map(liveValueOf)] : [...previous.map(liveValueOf), ...values];
    };
  }

  #range({ owner, entity }: EntityRow, key: string, span: Span, limit: number): Promise<readonly DataPoint[]> {
    return this.#series.range(owner, entity, { key, ...span, limit, order: 'DESC' }, this.#signal);
  }

  /** With the number of points behind each value. */
  async #aggregated({ owner, entity }: EntityRow, query: AggregateQuery): Promise<readonly LiveValue[]> {
    const read = (aggregation: AggregateQuery['aggregation']): Promise<readonly DataPoint[]> =>
      this.#series.aggregate(owner, entity, { ...query, aggregation }, this.#signal);
    const counting = read('COUNT');
    const [points, counted] = await Promise.all([query.aggregation === 'COUNT' ? counting : read(query.aggregation), counting]);
    const counts = new Map(counted.map(({ tsMs, value }) => [tsMs, Number(value)]));
    return points.map((point) => ({ ...liveValueOf(point), count: counts.get(point.tsMs) ?? 0 }));
  }

  /** The value of a whole time. Without points a sum and a number are 0, and all else is absent. */
  async #valueOf(row: EntityRow, { key, agg }: AggregateKey, span: Span): Promise<LiveValue> {
    const { startMs, endMs } = span;
    const values = endMs <= startMs ? [] : await this.#wholeOf(row, key, agg, span);
    if (values[0] !== undefined) return values[0];
    return agg === 'SUM' || agg === 'COUNT' ? { ts: startMs + Math.trunc((endMs - startMs) / 2), value: '0' } : noLiveValue;
  }

  async #wholeOf(row: EntityRow, key: string, aggregation: Aggregation, span: Span): Promise<readonly LiveValue[]> {
    if (aggregation === 'NONE') return (await this.#range(row, key, span, 1)).map(liveValueOf);
    return this.#aggregated(row, { key, ...span, intervalMs: span.endMs - span.startMs, aggregation });
  }
}

/** Without an interval the whole time is one bucket. */
function bucketsOf({ interval, intervalType, timeZoneId }: SeriesPart, { startMs, endMs }: Span): Buckets {
  const lengthMs = endMs - startMs;
  if (intervalType !== undefined && intervalType !== null && intervalType !== 'MILLISECONDS') {
    const [, ...spans] = calendarSpans({ startMs, endMs }, intervalType, timeZoneId ?? 'UTC');
    return { startMs, endMs, intervalMs: lengthMs, startsMs: spans.map((span) => span.startMs) };
  }
  const intervalMs = positive(interval) ?? lengthMs;
  if (lengthMs / intervalMs > INTERVALS_MAX) throw liveErrors.TOO_MANY_INTERVALS({ intervalsMax: INTERVALS_MAX });
  return { startMs, endMs, intervalMs };
}

function previousOf({ previousStartTs: startMs, previousEndTs: endMs }: AggregateKey): Span | undefined {
  const isGiven = startMs !== undefined && startMs !== null && endMs !== undefined && endMs !== null && endMs >= startMs;
  return isGiven ? { startMs, endMs } : undefined;
}

function positive(value: number | null | undefined): number | undefined {
  return value !== null && value !== undefined && value > 0 ? value : undefined;
}
