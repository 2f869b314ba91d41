import { ValueKind } from '@fieldline/model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KEPT_FOR_READ_CHARACTERS_MAX, KEPT_FOR_READ_MAX } from '../limits.js';
import type { PointDocument } from './data-documents.js';
import { OpenRead } from './open-read.js';

// Goal: a read shows what there was when it began, whatever is written and removed while it goes on.
// Method: batches of a map of points that others change in between, and while a batch is on its way; compared with a copy of it.

type Point = Omit<PointDocument, '_id'>;
const nowMs = 1_000;
const pointAt = (ts: number, value: number, expireAtMs?: number): Point => ({
  ts,
  kind: ValueKind.double,
  value,
  ...(expireAtMs === undefined ? {} : { expireAtMs }),
});

const change = fc.oneof(
  fc.record({ put: fc.array(fc.tuple(fc.nat(40), fc.constantFrom(undefined, undefined, 500, 2_000)), { minLength: 1, maxLength: 6 }) }),
  fc.record({ removeFrom: fc.nat(40), length: fc.nat(15) }),
);
const round = fc.record({
  size: fc.integer({ min: 1, max: 8 }),
  meanwhile: fc.array(change, { maxLength: 2 }),
  after: fc.array(change, { maxLength: 2 }),
});

test('a read shows one instant, in either order', () => {
  const start = fc.uniqueArray(fc.tuple(fc.nat(40), fc.constantFrom(undefined, undefined, 500, 2_000)), { selector: ([ts]) => ts, maxLength: 30 });
  const range = fc.record({ startMs: fc.nat(20), length: fc.nat(40), order: fc.constantFrom('ASC' as const, 'DESC' as const) });
  fc.assert(
    fc.property(start, range, fc.infiniteStream(round), (points, { startMs, length, order }, rounds) => {
      const stored = new Map(points.map(([ts, expireAtMs]) => [ts, pointAt(ts, ts, expireAtMs)]));
      const read = new OpenRead('series', { nowMs, defaultTtlMs: 0 }, { startMs, endMs: startMs + length, order });
      const found = (left: { readonly startMs: number; readonly endMs: number }): Point[] =>
        [...stored.values()]
          .filter(({ ts, expireAtMs = Number.POSITIVE_INFINITY }) => ts >= left.startMs && ts < left.endMs && expireAtMs > nowMs)
          .sort((a, b) => (order === 'ASC' ? a.ts - b.ts : b.ts - a.ts));
      const expected = found(read.left);
      const apply = (one: typeof change extends fc.Arbitrary<infer T> ? T : never): void => {
        if ('put' in one) {
          const times = one.put.map(([ts]) => ts);
          read.keep(
            times.flatMap((ts) => stored.get(ts) ?? []),
            times.filter((ts) => !stored.has(ts)),
          );
          for (const [ts, expireAtMs] of one.put) stored.set(ts, pointAt(ts, -1, expireAtMs));
          return;
        }
        const gone = [...stored.values()].filter(({ ts }) => ts >= one.removeFrom && ts < one.removeFrom + one.length);
        read.keep(gone, []);
        for (const { ts } of gone) stored.delete(ts);
      };
      const shown: Point[] = [];
      for (const { size, meanwhile, after } of rounds) {
        const batch = found(read.left).slice(0, size);
        meanwhile.forEach(apply);
        shown.push(...read.asTheyWere(batch));
        after.forEach(apply);
        if (batch.length < size && found(read.left).length === 0) break;
      }
      shown.push(...read.rest());
      expect(shown).toEqual(expected);
      expect(read.isLost).toBe(false);
    }),
  );
});

test('a read is lost where too much of it changes, and not by what it has read', () => {
  const read = new OpenRead('series', { nowMs, defaultTtlMs: 0 }, { startMs: 0, endMs: 10 * KEPT_FOR_READ_MAX, order: 'ASC' });
  const times = Array.from({ length: KEPT_FOR_READ_MAX + 1 }, (_, n) => n);
  read.asTheyWere([pointAt(KEPT_FOR_READ_MAX, 1)]);
  read.keep([], times);
  expect(read.isLost).toBe(false);
  read.keep(
    times.map((ts) => pointAt(2 * KEPT_FOR_READ_MAX + ts, 1)),
    [],
  );
  expect(read.isLost).toBe(true);
});

test('a read is lost where the texts that change are too long together, of those that it has still to show', () => {
  const read = new OpenRead('series', { nowMs, defaultTtlMs: 0 }, { startMs: 0, endMs: 10, order: 'ASC' });
  const half = 'x'.repeat(KEPT_FOR_READ_CHARACTERS_MAX / 2);
  const long = (ts: number): Point => ({ ts, kind: ValueKind.string, value: half });
  read.keep([long(1), long(2)], []);
  expect(read.isLost).toBe(false);
  expect(read.asTheyWere([long(1)])).toEqual([long(1)]);
  read.keep([long(1), long(3)], []);
  expect(read.isLost).toBe(false);
  read.keep([{ ...long(4), value: 'x' }], []);
  expect(read.isLost).toBe(true);
  read.keep([long(5)], []);
  expect(read.rest()).toEqual([]);
});
