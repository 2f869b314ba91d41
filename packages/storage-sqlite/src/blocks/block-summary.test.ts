import { columnsOfPoints, ValueKind, type StoredValue } from '@fieldline/model';
import { expect, test } from 'vitest';
import { summaryOf, type BlockSummary } from './block-summary.js';

// Goal: a summary says what aggregates need, and never what it does not know exactly.

const { boolean, long, double, string } = ValueKind;
const of = (...values: readonly (readonly [ValueKind, StoredValue])[]): BlockSummary =>
  summaryOf(columnsOfPoints(values.map(([kind, value], tsMs) => ({ tsMs, kind, value }))));
const unknown = { minimum: null, maximum: null, sum: null };

test('numbers of one kind have a minimum, a maximum and a sum', () => {
  expect(of([double, 1.5], [double, -2], [double, 4])).toEqual({ count: 3, kind: double, minimum: -2, maximum: 4, sum: 3.5 });
  expect(of([long, 7], [long, -9])).toEqual({ count: 2, kind: long, minimum: -9, maximum: 7, sum: -2 });
});

test('of other values, and of kinds that differ, only the count is known', () => {
  expect(of([boolean, true], [boolean, false])).toEqual({ count: 2, kind: boolean, ...unknown });
  expect(of([string, 'a'])).toEqual({ count: 1, kind: string, ...unknown });
  expect(of([long, 1], [double, 1])).toEqual({ count: 2, kind: 0, ...unknown });
});

test('longs beyond 2^53, and sums that would be rounded, are not told', () => {
  expect(of([long, 1], [long, 2n ** 60n])).toEqual({ count: 2, kind: long, ...unknown });
  const most = Number.MAX_SAFE_INTEGER;
  expect(of([long, most], [long, 1], [long, -2])).toEqual({ count: 3, kind: long, minimum: -2, maximum: most, sum: null });
  expect(of([long, most])).toMatchObject({ sum: most });
  expect(of([double, Number.POSITIVE_INFINITY], [double, Number.NEGATIVE_INFINITY])).toMatchObject({ sum: null });
});
