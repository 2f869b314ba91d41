import { BucketAggregate, pointsOfColumns, ValueKind, type DataPoint, type StoredValue } from '@fieldline/model';
import { ValueUse, type AggregateQuery, type CommitUnit, type DataStore, type PointRemoval, type RangeQuery } from '@fieldline/ports';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OpenStore } from '../store-under-test.js';
import { device, removalOf, tenantA } from './fixtures.js';

// Goal: whatever is appended, removed and outlived in whatever order, a store holds what a plain array holds.
// Method: units of random points and removals of two series; all reads compared after each, with units on their way, and
// after the store was opened again. Times are hours around now, so that it does not matter how long a run takes.

const hour = 3_600_000;
const half = hour / 2;

type Change =
  | { readonly what: 'point'; readonly key: string; readonly at: number; readonly value: number; readonly ttl: number; readonly uses: number }
  | { readonly what: 'removal'; readonly key: string; readonly at: number; readonly length: number; readonly latest: PointRemoval['latest'] };
type Step = {
  readonly changes: readonly Change[];
  readonly waits: boolean;
  readonly reopens: boolean;
  readonly defaultTtl: number;
  readonly hours: number;
};

const keys = ['a', 'b'] as const;
const { all, history, latest, push } = ValueUse;
const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('point' as const),
      key: fc.constantFrom(...keys),
      at: fc.nat(12),
      value: fc.nat(30),
      ttl: fc.constantFrom(0, 0, 0, 2, 6, 100),
      uses: fc.constantFrom(all, all, all, all, history, latest, push, history | push),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant('removal' as const),
      key: fc.constantFrom(...keys),
      at: fc.nat(12),
      length: fc.nat(8),
      latest: fc.constantFrom('keep', 'remove', 'rewrite'),
    }),
  },
);
const step: fc.Arbitrary<Step> = fc.record({
  changes: fc.array(change, { minLength: 1, maxLength: 8 }),
  waits: fc.boolean(),
  reopens: fc.boolean(),
  defaultTtl: fc.constantFrom(0, 0, 0, 5, 9),
  hours: fc.constantFrom(0, 0, 0, 1, 3),
});
const ask = fc.record({
  from: fc.nat(12),
  length: fc.nat(12),
  limit: fc.constantFrom(1, 3, 100),
  order: fc.constantFrom('ASC' as const, 'DESC' as const),
  interval: fc.integer({ min: 1, max: 5 }),
  aggregation: fc.constantFrom('MIN' as const, 'MAX' as const, 'SUM' as const, 'AVG' as const, 'COUNT' as const),
  starts: fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 11 }), { maxLength: 3 }), { nil: undefined }),
});
type Ask = typeof ask extends fc.Arbitrary<infer T> ? T : never;

/** Any sequence of appends and removals, over a plain model. */
export function randomPointsContract(open: OpenStore<DataStore>): void {
  describe('any points and removals in any order', () => {
    test('leave what an array of them holds, also while they are on their way and after it was opened again', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), ask, async (steps, asked) => {
          const { store: first, reopen, dispose, clock } = await open();
          try {
            let store = first;
            const model = new Model(clock?.nowMs() ?? Date.now());
            const told: unknown[] = [];
            const listen = (to: DataStore): void => to.onCommitted(({ removedLatest }) => told.push(sorted(removedLatest)));
            listen(store);
            const commits: Promise<void>[] = [];
            for (const { changes, waits, reopens, defaultTtl, hours } of steps) {
              if (clock !== undefined) model.advance(hours, clock.advanceMs.bind(clock));
              const ttlMs = model.lowerDefaultTtl(defaultTtl);
              if (ttlMs !== undefined) await store.setDefaultTtl(tenantA, ttlMs);
              const begun = store.begin();
              for (const one of changes) model.apply(one, begun);
              expect(await store.reading(begun).latest(tenantA, device())).toEqual(model.latest());
              model.commit();
              commits.push(store.commit(begun));
              expect(await answersOf(store, model, asked)).toEqual(model.answers(asked));
              if (waits || reopens) await commits.at(-1);
              if (reopens && reopen !== undefined) {
                store = await reopen();
                listen(store);
              }
              expect(await answersOf(store, model, asked)).toEqual(model.answers(asked));
            }
            await Promise.all(commits);
            expect(told).toEqual(model.told);
            if (reopen !== undefined) store = await reopen();
            expect(await answersOf(store, model, asked)).toEqual(model.answers(asked));
          } finally {
            await dispose();
          }
        }),
        { numRuns: 60 },
      );
    }, 120_000);
  });
}

const sorted = (removed: readonly { readonly key: string; readonly latest?: DataPoint | undefined }[]): unknown =>
  removed.map((one) => ({ key: one.key, latest: one.latest })).sort((a, b) => (a.key < b.key ? -1 : 1));

/** Every fourth is of another kind, so that they mix. */
const typedOf = (value: number): { readonly kind: ValueKind; readonly value: StoredValue } => {
  if (value % 4 === 1) return { kind: ValueKind.long, value };
  if (value % 4 === 2) return { kind: ValueKind.string, value: `text ${value}` };
  return value % 4 === 3 ? { kind: ValueKind.long, value: 2n ** 60n + BigInt(value) } : { kind: ValueKind.double, value: value / 8 };
};

interface Kept {
  readonly point: DataPoint;
  readonly ttlMs: number;
}

/** Points in an array, without an order. */
class Model {
  readonly told: unknown[] = [];
  #points: Kept[] = [];
  readonly #latest = new Map<string, DataPoint>();
  readonly #taken = new Set<string>();
  readonly #startMs: number;
  #nowMs: number;
  #defaultTtlMs = 0;

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
    this.#startMs = nowMs - 10 * hour;
  }

  advance(hours: number, move: (ms: number) => void): void {
    this.#nowMs += hours * hour;
    move(hours * hour);
  }

  /** Points that had outlived a shorter one may or may not come back, so it never becomes longer. @returns the new one */
  lowerDefaultTtl(hours: number): number | undefined {
    const ttlMs = hours * hour + half;
    if (hours === 0 || (this.#defaultTtlMs > 0 && ttlMs >= this.#defaultTtlMs)) return undefined;
    this.#defaultTtlMs = ttlMs;
    return ttlMs;
  }

  /** Applies it here and adds it to a unit of a store. */
  apply(one: Change, unit: CommitUnit): void {
    if (one.what === 'removal') this.#remove(removalOf(this.#at(one.at), this.#at(one.at + one.length), { key: one.key, latest: one.latest }), unit);
    else this.#put(one, unit);
  }

  commit(): void {
    this.told.push(sorted(Array.from(this.#taken, (key) => ({ key, latest: this.#latest.get(key) }))));
    this.#taken.clear();
  }

  latest(): readonly DataPoint[] {
    return keys.flatMap((key) => this.#latest.get(key) ?? []);
  }

  rangeQuery(key: string, { from, length, limit, order }: Ask): RangeQuery {
    return { key, startMs: this.#at(from), endMs: this.#at(from + length), limit, order };
  }

  aggregateQuery(key: string, { from, length, interval, aggregation, starts }: Ask): AggregateQuery {
    const [startMs, endMs] = [this.#at(from), this.#at(from + length)];
    const inside = starts?.map((start) => startMs + start * hour).filter((start) => start < endMs);
    return { key, startMs, endMs, intervalMs: interval * hour, aggregation, startsMs: inside?.sort((a, b) => a - b) };
  }

  answers(asked: Ask): unknown {
    return {
      latest: this.latest(),
      keys: this.latest().map(({ key }) => key),
      series: keys.map((key) => {
        const query = this.rangeQuery(key, asked);
        const inRange = this.#alive(query);
        const points = (asked.order === 'ASC' ? inRange : inRange.toReversed()).slice(0, asked.limit);
        return { range: points, columns: points, aggregate: this.#aggregate(this.aggregateQuery(key, asked)) };
      }),
    };
  }

  #put({ key, at, value, ttl, uses }: Extract<Change, { readonly what: 'point' }>, unit: CommitUnit): void {
    const ttlMs = ttl === 0 ? 0 : ttl * hour + half;
    const point = { key, tsMs: this.#at(at), ...typedOf(value) };
    unit.point(tenantA, device(), key, point.tsMs, point.kind, point.value, ttlMs, uses);
    if ((uses & history) !== 0) {
      this.#points = this.#points.filter(({ point: other }) => other.key !== key || other.tsMs !== point.tsMs);
      this.#points.push({ point, ttlMs });
    }
    if ((uses & latest) !== 0 && point.tsMs >= (this.#latest.get(key)?.tsMs ?? 0)) this.#latest.set(key, point);
  }

  #remove(removal: PointRemoval, unit: CommitUnit): void {
    unit.removePoints(removal);
    const { key, startMs, endMs } = removal;
    const isRemoved = (point: DataPoint | undefined): boolean => point?.key === key && point.tsMs >= startMs && point.tsMs < endMs;
    this.#points = this.#points.filter(({ point }) => !isRemoved(point));
    if (removal.latest === 'keep' || !isRemoved(this.#latest.get(key))) return;
    this.#taken.add(key);
    this.#latest.delete(key);
    const newest = this.#alive({ key, startMs: 0, endMs: startMs }).at(-1);
    if (removal.latest === 'rewrite' && newest !== undefined) this.#latest.set(key, newest);
  }

  #aggregate(query: AggregateQuery): readonly DataPoint[] {
    const { key, startMs, endMs, intervalMs, aggregation } = query;
    const even = Array.from({ length: Math.max(Math.ceil((endMs - startMs) / intervalMs), 1) }, (_, n) => startMs + n * intervalMs);
    const starts = query.startsMs === undefined ? even : [startMs, ...query.startsMs];
    return starts.flatMap((bucketMs, n) => {
      const nextMs = starts[n + 1] ?? endMs;
      const bucket = new BucketAggregate();
      for (const { kind, value } of this.#alive({ key, startMs: bucketMs, endMs: nextMs })) bucket.add(kind, value);
      const result = bucket.result(aggregation);
      return result === undefined ? [] : [{ key, tsMs: bucketMs + Math.floor((nextMs - bucketMs) / 2), ...result }];
    });
  }

  #alive({ key, startMs, endMs }: { readonly key: string; readonly startMs: number; readonly endMs: number }): DataPoint[] {
    const ttlOf = ({ ttlMs }: Kept): number => ttlMs || this.#defaultTtlMs || Number.POSITIVE_INFINITY;
    const found = this.#points.filter((kept) => kept.point.tsMs + ttlOf(kept) > this.#nowMs).map(({ point }) => point);
    return found.filter((point) => point.key === key && point.tsMs >= startMs && point.tsMs < endMs).sort((a, b) => a.tsMs - b.tsMs);
  }

  #at(hours: number): number {
    return this.#startMs + hours * hour;
  }
}

/** The same, as a store tells it. */
async function answersOf(store: DataStore, model: Model, asked: Ask): Promise<unknown> {
  const seriesOf = async (key: string): Promise<unknown> => {
    const range = model.rangeQuery(key, asked);
    const columns: DataPoint[] = [];
    for await (const piece of store.columns(tenantA, device(), range)) columns.push(...pointsOfColumns(piece, key));
    return {
      range: await store.range(tenantA, device(), range),
      columns,
      aggregate: await store.aggregate(tenantA, device(), model.aggregateQuery(key, asked)),
    };
  };
  return {
    latest: await store.latest(tenantA, device()),
    keys: await store.keys(tenantA, device()),
    series: await Promise.all(keys.map(seriesOf)),
  };
}
