import { expect, test } from 'vitest';
import { BucketAggregate } from './bucket-aggregate.js';
import { columnsOfPoints } from './point-columns.js';
import { ValueKind, type StoredValue } from './value.js';

const { boolean, long, double, string, json } = ValueKind;
const bucket = (...points: readonly (readonly [ValueKind, StoredValue])[]): BucketAggregate => {
  const aggregate = new BucketAggregate();
  for (const [kind, value] of points) aggregate.add(kind, value);
  return aggregate;
};

test('longs stay long except in an average', () => {
  const longs = bucket([long, 1], [long, 4], [long, -2]);
  expect(longs.result('MIN')).toEqual({ kind: long, value: -2 });
  expect(longs.result('MAX')).toEqual({ kind: long, value: 4 });
  expect(longs.result('SUM')).toEqual({ kind: long, value: 3 });
  expect(longs.result('AVG')).toEqual({ kind: double, value: 1 });
  expect(longs.result('COUNT')).toEqual({ kind: long, value: 3 });
});

test('one double makes everything double', () => {
  const both = bucket([long, 1], [double, 4]);
  expect(both.result('MIN')).toEqual({ kind: double, value: 1 });
  expect(both.result('MAX')).toEqual({ kind: double, value: 4 });
  expect(both.result('SUM')).toEqual({ kind: double, value: 5 });
  expect(both.result('AVG')).toEqual({ kind: double, value: 2.5 });
});

test('numbers win over strings, and strings compare as text', () => {
  expect(bucket([string, 'b'], [string, 'a']).result('MIN')).toEqual({ kind: string, value: 'a' });
  expect(bucket([string, 'b'], [string, 'a']).result('MAX')).toEqual({ kind: string, value: 'b' });
  expect(bucket([string, 'b'], [long, 7]).result('MAX')).toEqual({ kind: long, value: 7 });
});

test('what is no number sums to the whole number 0 and averages to 0.0', () => {
  expect(bucket([boolean, true]).result('SUM')).toEqual({ kind: long, value: 0 });
  expect(bucket([json, '{}']).result('AVG')).toEqual({ kind: double, value: 0 });
  expect(bucket([json, '{}'], [boolean, true]).result('MIN')).toBeUndefined();
});

test('a count is of booleans if there are any, else strings, else JSON, else numbers', () => {
  const all = [
    [long, 1],
    [long, 2],
    [double, 3],
    [json, '{}'],
    [json, '[]'],
    [string, 'a'],
    [boolean, true],
  ] as const;
  expect(bucket(...all).result('COUNT')?.value).toBe(1);
  expect(bucket(...all.slice(0, 6)).result('COUNT')?.value).toBe(1);
  expect(bucket(...all.slice(0, 5)).result('COUNT')?.value).toBe(2);
  expect(bucket(...all.slice(0, 3)).result('COUNT')?.value).toBe(3);
});

test('a sum of longs is exact beyond 2^53, comes back to a number, and turns double beyond 2^63', () => {
  const large = 2n ** 62n;
  expect(bucket([long, 9_007_199_254_740_991], [long, 2]).result('SUM')).toEqual({ kind: long, value: 9_007_199_254_740_993n });
  expect(bucket([long, large], [long, -large], [long, 5]).result('SUM')).toEqual({ kind: long, value: 5 });
  expect(bucket([long, large], [long, large], [long, large]).result('SUM')).toEqual({ kind: double, value: 3 * 2 ** 62 });
  expect(bucket([long, large], [long, 7]).result('MAX')).toEqual({ kind: long, value: large });
});

test('an empty bucket has no value, not even a count', () => {
  expect(bucket().result('COUNT')).toBeUndefined();
});

const all = ['MIN', 'MAX', 'AVG', 'SUM', 'COUNT'] as const;
const results = (aggregate: BucketAggregate): unknown => all.map((aggregation) => aggregate.result(aggregation));

test('points of columns count as they would one by one', () => {
  const mixed = [
    [string, 'b'],
    [long, 2n ** 60n],
    [double, 0.5],
    [boolean, true],
    [long, -3],
    [json, '{}'],
  ] as const;
  const columns = columnsOfPoints(mixed.map(([kind, value], tsMs) => ({ tsMs, kind, value })));
  for (const [start, end] of [
    [0, 6],
    [1, 3],
    [4, 5],
    [2, 2],
  ] as const) {
    const aggregate = new BucketAggregate();
    aggregate.addColumns(columns, start, end);
    expect(results(aggregate)).toEqual(results(bucket(...mixed.slice(start, end))));
  }
});

test('a summary counts as the points that it is of', () => {
  for (const kind of [long, double] as const) {
    const summary = { count: 3, minimum: -4, maximum: 9, sum: 6 };
    const before = [kind, 5] as const;
    const first = bucket();
    first.addSummary(kind, summary);
    expect(results(first)).toEqual(results(bucket([kind, 9], [kind, 1], [kind, -4])));
    const later = bucket(before);
    later.addSummary(kind, summary);
    expect(results(later)).toEqual(results(bucket(before, [kind, 9], [kind, 1], [kind, -4])));
    later.addSummary(kind, { count: 1, minimum: 50, maximum: 50, sum: 50 });
    later.addSummary(kind, { count: 1, minimum: -50, maximum: -50, sum: -50 });
    expect(later.result('MAX')).toEqual({ kind, value: 50 });
    expect(later.result('MIN')).toEqual({ kind, value: -50 });
  }
});

test('of what are no numbers a summary is the count', () => {
  const countOnly = { count: 2, minimum: 0, maximum: 0, sum: 0 };
  for (const kind of [boolean, string, json] as const) {
    const aggregate = bucket([kind, kind === boolean ? true : '{}']);
    aggregate.addSummary(kind, countOnly);
    expect(aggregate.result('COUNT')).toEqual({ kind: long, value: 3 });
    expect(aggregate.result('SUM')).toEqual({ kind: long, value: 0 });
    expect(aggregate.result('AVG')).toEqual({ kind: double, value: 0 });
  }
});

test('sums of summaries are as exact as those of points', () => {
  const aggregate = bucket();
  const most = Number.MAX_SAFE_INTEGER;
  for (let n = 0; n < 2; n += 1) aggregate.addSummary(long, { count: 1, minimum: most, maximum: most, sum: most });
  expect(aggregate.result('SUM')).toEqual({ kind: long, value: 2n * BigInt(most) });
});
