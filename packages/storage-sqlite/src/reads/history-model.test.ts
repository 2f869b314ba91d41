import { AggregateBuckets, BucketAggregate, columnsOfPoints, pointsOfColumns, ValueKind, type DataPoint } from '@fieldline/model';
import type { AggregatedPoint, AggregateQuery, RangeQuery } from '@fieldline/ports';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testFolder } from '../test-folder.fixture.js';
import { makeFolder, piecesOf, seriesRead, writeBlocks, type GivenBlocks } from './history.fixture.js';
import { inProcessHistory } from './in-process-history.js';
import type { HistoryReads, SeriesRead, TimeSpan } from './history-reads.js';
import { readLimits } from './read-cost.js';

// Goal: memory, removals and blocks of any times to live are read as one series, whatever overlaps what.
// Method: a series is laid out at random as points in memory and blocks; what is read is held against a plain array. Times are
// few, so that everything touches everything. Sums are of quarters, which doubles hold exactly.

const NOW_MS = 40;
const TIMES = 48;
const SERIES = 7;

interface Laid {
  /** By time: in which block it stands, if it is in one. */
  readonly points: readonly { readonly point: DataPoint; readonly ttlMs: number; readonly inHead: boolean }[];
  readonly blockPoints: number;
  readonly removed: readonly TimeSpan[];
  readonly defaultTtlMs: number;
}

const values = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -20, max: 20 }).map((n) => ({ kind: ValueKind.double, value: n / 4 })) },
  { weight: 3, arbitrary: fc.integer({ min: -5, max: 5 }).map((n) => ({ kind: ValueKind.long, value: n })) },
  fc.constant({ kind: ValueKind.long, value: 2n ** 60n }),
  fc.boolean().map((value) => ({ kind: ValueKind.boolean, value })),
  fc.constantFrom('a', 'b', '').map((value) => ({ kind: ValueKind.string, value })),
  fc.constant({ kind: ValueKind.json, value: '{}' }),
);
const someKinds = fc.constantFrom<ValueKind | undefined>(ValueKind.double, ValueKind.double, ValueKind.long, undefined);
const spans = (lengthMax: number) =>
  fc
    .tuple(fc.integer({ min: -2, max: TIMES }), fc.integer({ min: -1, max: lengthMax }))
    .map(([startMs, length]) => ({ startMs, endMs: startMs + length }));
const layouts = fc
  .record({
    // A time without a block, or that of one; and perhaps a point in memory.
    slots: fc.array(
      fc.record({
        ttlMs: fc.constantFrom(-1, 0, 0, 0, 0, 0, 0, 15, 60),
        value: values,
        head: fc.oneof({ weight: 24, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: values }),
      }),
      {
        minLength: TIMES,
        maxLength: TIMES,
      },
    ),
    onlyKind: someKinds,
    blockPoints: fc.constantFrom(1, 2, 3, 5, 9),
    removed: fc.array(spans(9), { maxLength: 3 }),
    defaultTtlMs: fc.constantFrom(0, 0, 25),
  })
  .map(({ slots, onlyKind, ...rest }): Laid => {
    const fits = (typed: { kind: ValueKind }): boolean => onlyKind === undefined || typed.kind === onlyKind;
    const pointsAt = slots.flatMap(({ ttlMs, value, head }, tsMs) => [
      ...(ttlMs >= 0 && fits(value) ? [{ point: { key: 'k', tsMs, ...value } as DataPoint, ttlMs, inHead: false }] : []),
      ...(head === undefined ? [] : [{ point: { key: 'k', tsMs, ...head } as DataPoint, ttlMs: 0, inHead: true }]),
    ]);
    return { points: pointsAt, ...rest };
  });

function blocksOf({ points, blockPoints }: Laid): GivenBlocks[] {
  return [0, 15, 60].map((ttlMs) => {
    const ofTtl = points.filter((laid) => !laid.inHead && laid.ttlMs === ttlMs).map(({ point }) => point);
    const blocks = Array.from({ length: Math.ceil(ofTtl.length / blockPoints) }, (_, n) => ofTtl.slice(n * blockPoints, (n + 1) * blockPoints));
    return { seriesId: SERIES, ttlMs, blocks };
  });
}

/** What there is to be told in the range, in ascending order. */
function told({ points, removed, defaultTtlMs }: Laid, { startMs, endMs }: TimeSpan): DataPoint[] {
  const isRemoved = (tsMs: number): boolean => removed.some((span) => tsMs >= span.startMs && tsMs < span.endMs);
  const isAlive = (tsMs: number, ttlMs: number): boolean => tsMs + (ttlMs || defaultTtlMs || Number.POSITIVE_INFINITY) > NOW_MS;
  const inHead = new Set(points.flatMap((laid) => (laid.inHead ? [laid.point.tsMs] : [])));
  return points
    .filter(({ point, ttlMs, inHead: isHead }) => isHead || (!inHead.has(point.tsMs) && !isRemoved(point.tsMs) && isAlive(point.tsMs, ttlMs)))
    .map(({ point }) => point)
    .filter(({ tsMs }) => tsMs >= startMs && tsMs < endMs);
}

function readOf(laid: Laid, range: TimeSpan): SeriesRead {
  const { removed, defaultTtlMs, points } = laid;
  const inHead = points.filter((one) => one.inHead && one.point.tsMs >= range.startMs && one.point.tsMs < range.endMs).map(({ point }) => point);
  return seriesRead(SERIES, { head: { points: columnsOfPoints(inHead), removed }, nowMs: NOW_MS, defaultTtlMs });
}

function aggregated(points: readonly DataPoint[], query: AggregateQuery): AggregatedPoint[] {
  const bounds = new AggregateBuckets(query);
  const buckets = new Map<number, BucketAggregate>();
  for (const { tsMs, kind, value } of points) {
    const number = bounds.numberAt(tsMs);
    buckets.set(number, buckets.get(number) ?? new BucketAggregate());
    buckets.get(number)?.add(kind, value);
  }
  return [...buckets].flatMap(([number, bucket]) => {
    const result = bucket.result(query.aggregation);
    return result === undefined ? [] : [{ key: 'k', tsMs: bounds.middleMs(number), ...result }];
  });
}

const folder = testFolder();
let history: HistoryReads;
beforeAll(async () => {
  await makeFolder(folder.path);
  history = inProcessHistory({ path: folder.path, limits: { read: { ...readLimits, pieceMax: 5 } } });
});
afterAll(async () => {
  await history.close();
  folder.remove();
});

const limits = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(1_000));

test('points come in order, each time once, in pieces that are none of them empty or too long', async () => {
  await fc.assert(
    fc.asyncProperty(layouts, spans(TIMES + 2), limits, fc.constantFrom<RangeQuery['order']>('ASC', 'DESC'), async (laid, range, limit, order) => {
      writeBlocks(folder.path, blocksOf(laid));
      const pieces = await piecesOf(history.columns(() => readOf(laid, range), { key: 'k', ...range, limit, order }));
      const expected = told(laid, range);
      if (order === 'DESC') expected.reverse();
      expect(pieces.flatMap((piece) => pointsOfColumns(piece, 'k'))).toEqual(expected.slice(0, limit));
      for (const piece of pieces) expect(piece.count).toSatisfy((count: number) => count > 0 && count <= 5);
    }),
    { numRuns: 300 },
  );
});

const cuts = fc.option(fc.uniqueArray(fc.integer({ min: 1, max: TIMES }), { minLength: 1, maxLength: 4 }), { nil: undefined });
const aggregations = fc.constantFrom<AggregateQuery['aggregation']>('MIN', 'MAX', 'AVG', 'SUM', 'COUNT');

test('an aggregate is that of the points, whether they are looked at or not', async () => {
  await fc.assert(
    fc.asyncProperty(
      layouts,
      spans(TIMES + 2),
      fc.integer({ min: 1, max: 20 }),
      cuts,
      aggregations,
      async (laid, range, intervalMs, cut, aggregation) => {
        writeBlocks(folder.path, blocksOf(laid));
        const startsMs = cut?.filter((ms) => ms > range.startMs && ms < range.endMs).sort((a, b) => a - b);
        const query = { key: 'k', ...range, intervalMs, startsMs, aggregation };
        expect(await history.aggregate(() => readOf(laid, range), query)).toEqual(aggregated(told(laid, range), query));
      },
    ),
    { numRuns: 700 },
  );
});
