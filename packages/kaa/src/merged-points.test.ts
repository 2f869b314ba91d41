// Goal: values of a series that were told for one time are one point, whatever pieces they come in. Method: any points of up to
// three values in pieces of any size, beside a plain grouping; and reads that end early.
import { columnsOfPoints, ValueKind, type PointColumns } from '@fieldline/model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HISTORY_PIECE_POINTS } from './limits.js';
import { mergedPoints, type SeriesPoint } from './merged-points.js';

async function* inPieces(times: readonly number[], size: number): AsyncGenerator<PointColumns, void, undefined> {
  for (let from = 0; from < times.length; from += size) {
    yield columnsOfPoints(times.slice(from, from + size).map((tsMs) => ({ tsMs, kind: ValueKind.long, value: tsMs })));
  }
}

const times = fc.uniqueArray(fc.integer({ min: -9, max: 30 }), { maxLength: 20 });

test('points are those of a plain grouping by time, in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(times, { maxLength: 3 }),
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom('ASC', 'DESC'),
      async (series, size, order) => {
        const sign = order === 'ASC' ? 1 : -1;
        const values = series.map((list, n) => ({
          name: `v${n}`,
          pieces: inPieces(
            [...list].sort((a, b) => sign * (a - b)),
            size,
          ),
        }));
        const expected = [...new Set(series.flat())]
          .sort((a, b) => sign * (a - b))
          .map((tsMs) => [tsMs, series.flatMap((list, n) => (list.includes(tsMs) ? [`v${n}`] : []))]);
        const merged: SeriesPoint[] = [];
        for await (const points of mergedPoints(values, order)) merged.push(...points);
        expect(merged.map(({ tsMs, values: told }) => [tsMs, told.map(([name]) => name)])).toEqual(expected);
      },
    ),
  );
});

test('they come in pieces, and who stops ends the reads', async () => {
  let ended = 0;
  async function* endless(): AsyncGenerator<PointColumns, void, undefined> {
    try {
      for (let tsMs = 0; ; tsMs += 1) yield columnsOfPoints([{ tsMs, kind: ValueKind.long, value: 1 }]);
    } finally {
      ended += 1;
    }
  }
  const values = ['a', 'b'].map((name) => ({ name, pieces: endless() }));
  for await (const points of mergedPoints(values, 'ASC')) {
    expect(points).toHaveLength(HISTORY_PIECE_POINTS);
    break;
  }
  expect(ended).toBe(2);
});
