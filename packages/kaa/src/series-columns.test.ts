// Goal: a history in pages is the history, and nothing is open while its points are given. Method: any points in pages and pieces of
// any size, beside the points themselves; a store that counts the reads that are open.
import { columnsOfPoints, ValueKind, type PointColumns, type TenantId } from '@fieldline/model';
import type { RangeQuery } from '@fieldline/ports';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pagedColumns } from './series-columns.js';

const tenantId = 'tenant' as TenantId;
const entity = { entityType: 'DEVICE', id: 'device' } as const;

/** A store of one key with points of these times; it gives them in pieces. */
function storeOf(times: readonly number[], pieceMax: number) {
  const store = {
    open: 0,
    async *columns(
      _tenantId: unknown,
      _entity: unknown,
      { startMs, endMs, order, limit }: RangeQuery,
    ): AsyncGenerator<PointColumns, void, undefined> {
      store.open += 1;
      const sign = order === 'ASC' ? 1 : -1;
      const found = times.filter((tsMs) => tsMs >= startMs && tsMs < endMs).sort((a, b) => sign * (a - b));
      for (let from = 0; from < Math.min(limit, found.length); from += pieceMax) {
        const piece = found.slice(from, Math.min(from + pieceMax, limit));
        yield columnsOfPoints(piece.map((tsMs) => ({ tsMs, kind: ValueKind.long, value: tsMs })));
      }
      store.open -= 1;
    },
  };
  return store;
}

test('all points of the range come once, in order, and no read is open meanwhile', async () => {
  const times = fc.uniqueArray(fc.integer({ min: -5, max: 30 }), { maxLength: 25 });
  const small = fc.integer({ min: 1, max: 6 });
  const bound = fc.integer({ min: -6, max: 31 });
  await fc.assert(
    fc.asyncProperty(
      times,
      small,
      small,
      bound,
      bound,
      fc.constantFrom('ASC', 'DESC'),
      async (stored, pagePoints, pieceMax, startMs, endMs, order) => {
        const store = storeOf(stored, pieceMax);
        const given: number[] = [];
        for await (const piece of pagedColumns(store, { tenantId, entity, key: 'k', startMs, endMs, order, pagePoints }, undefined)) {
          expect(store.open).toBe(0);
          given.push(...piece.times.slice(0, piece.count));
        }
        const sign = order === 'ASC' ? 1 : -1;
        expect(given).toEqual(stored.filter((tsMs) => tsMs >= startMs && tsMs < endMs).sort((a, b) => sign * (a - b)));
      },
    ),
  );
});
