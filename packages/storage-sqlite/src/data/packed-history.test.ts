// Goal: whatever is appended, removed, lost and packed in whatever order, the store answers as a plain list of points would, at
// every moment and after every restart: nothing is missing, doubled or back again.
// Method: random steps on a store in a folder of its own, with a packer that works when the test lets it, against lists.
import { TestClock } from '@fieldline/contract-tests';
import { ValueKind, type DataPoint, type EntityId, type StoredValue, type TenantId } from '@fieldline/model';
import { ValueUse, type CommitUnit, type DataStore } from '@fieldline/ports';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { testFolder } from '../test-folder.fixture.js';
import { openGated } from './gated-store.fixture.js';
import { aggregated, ModelSeries } from './plain-series.fixture.js';

const tenantId = 'tenant' as TenantId;
const device: EntityId = { entityType: 'DEVICE', id: 'device' };
const keys = ['a', 'b'] as const;

type Model = ReadonlyMap<string, ModelSeries>;
const copyOf = (model: Model): Model => new Map([...model].map(([key, series]) => [key, series.copy()]));

/** Turns of the event loop in which packing comes to its end. */
const PACKED_TURNS = 40;
const start = new TestClock().nowMs();
const times = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 40 })).map((n) => start - 20 + n);
const values: fc.Arbitrary<readonly [ValueKind, StoredValue]> = fc.oneof(
  fc.integer({ min: -9, max: 9 }).map((n) => [ValueKind.double, n / 4] as const),
  fc.integer({ min: -9, max: 9 }).map((n) => [ValueKind.long, n] as const),
  fc.constantFrom([ValueKind.boolean, true] as const, [ValueKind.string, 'text'] as const, [ValueKind.long, 2n ** 60n] as const),
);
const { all, history, latest } = ValueUse;
const append = fc.record({
  kind: fc.constant('append' as const),
  key: fc.constantFrom(...keys),
  tsMs: times,
  value: values,
  ttlMs: fc.constantFrom(0, 0, 0, 10, 25),
  uses: fc.constantFrom(all, all, all, history, latest),
});
const removal = fc.record({
  kind: fc.constant('removal' as const),
  key: fc.constantFrom(...keys),
  startMs: times,
  length: fc.constantFrom(1, 4, 15, 100),
  latest: fc.constantFrom('keep' as const, 'remove' as const, 'rewrite' as const),
});
const change = fc.oneof({ arbitrary: append, weight: 5 }, { arbitrary: removal, weight: 1 });
const step = fc.oneof(
  {
    arbitrary: fc.record({
      kind: fc.constant('commit' as const),
      changes: fc.array(change, { minLength: 1, maxLength: 8 }),
      fails: fc.nat(9).map((n) => n === 0),
      waits: fc.boolean(),
    }),
    weight: 6,
  },
  { arbitrary: fc.record({ kind: fc.constant('pack' as const), turns: fc.nat(6) }), weight: 3 },
  { arbitrary: fc.record({ kind: fc.constant('pack' as const), turns: fc.constant(PACKED_TURNS) }), weight: 3 },
  { arbitrary: fc.record({ kind: fc.constant('clock' as const), ms: fc.constantFrom(1, 7) }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('reopen' as const) }), weight: 1 },
  {
    arbitrary: fc.record({
      kind: fc.constant('query' as const),
      key: fc.constantFrom(...keys),
      startMs: times,
      length: fc.constantFrom(3, 20, 100),
      limit: fc.constantFrom(1, 2, 5, 1_000),
      order: fc.constantFrom('ASC' as const, 'DESC' as const),
      intervalMs: fc.constantFrom(1, 5, 50),
      aggregation: fc.constantFrom('MIN' as const, 'MAX' as const, 'SUM' as const, 'COUNT' as const, 'AVG' as const),
      waits: fc.boolean(),
      hasBegun: fc.boolean(),
    }),
    weight: 6,
  },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;
type Query = Extract<Step, { readonly kind: 'query' }>;

function fill(unit: CommitUnit, model: Model, changes: readonly Change[], nowMs: number): void {
  for (const given of changes) {
    const { key } = given;
    if (given.kind === 'removal') {
      const removed = { startMs: given.startMs, endMs: given.startMs + given.length, latest: given.latest };
      unit.removePoints({ tenantId, entity: device, key, ...removed });
      model.get(key)?.remove(removed, nowMs);
    } else {
      const { tsMs, value, ttlMs, uses } = given;
      unit.point(tenantId, device, key, tsMs, ...value, ttlMs, uses);
      model.get(key)?.put({ key, tsMs, kind: value[0], value: value[1], ttlMs }, uses);
    }
  }
}

/** Asks now; the answer is that of one of the states there are from now on until it comes. */
async function checkedQuery(store: DataStore, states: readonly Model[], nowMs: number, query: Query): Promise<void> {
  const { key, startMs, length, limit, order, intervalMs, aggregation } = query;
  const endMs = startMs + length;
  const from = states.length - 1;
  const [points, buckets, latestPoints] = await Promise.all([
    store.range(tenantId, device, { key, startMs, endMs, limit, order }),
    store.aggregate(tenantId, device, { key, startMs, endMs, intervalMs, aggregation }),
    store.latest(tenantId, device),
  ]);
  const inRange = states.slice(from).map((model) => (model.get(key) as ModelSeries).alive(nowMs, startMs, endMs));
  expectOneOf(
    points,
    inRange.map((alive) => (order === 'ASC' ? alive : alive.toReversed()).slice(0, limit)),
  );
  expectOneOf(
    buckets,
    inRange.map((alive) => aggregated(alive, { ...query, endMs })),
  );
  expect(latestPoints).toEqual(latestOf(states[from] as Model));
}

const latestOf = (model: Model): DataPoint[] => [...model.values()].flatMap((series) => series.latest ?? []);

function expectOneOf(found: unknown, expected: readonly unknown[]): void {
  if (!expected.some((one) => isDeepStrictEqual(found, one))) expect(found).toEqual(expected.at(-1));
}

const turnOfLoop = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

test('any sequence of appends, removals, failures, packing, restarts and queries answers as plain lists do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), fc.constantFrom(1, 2, 4, 8, 20), async (steps, packPoints) => {
      const folder = testFolder();
      const clock = new TestClock();
      let opened = await openGated(folder.path, clock, { packPoints });
      /** What reads see, one state after the other. */
      const states: Model[] = [new Map(keys.map((key) => [key, new ModelSeries()]))];
      const given = (): Model => states.at(-1) as Model;
      let durable = given();
      const underWay: Promise<unknown>[] = [];
      const settled = async (): Promise<void> => void (await Promise.all(underWay.splice(0)));
      try {
        for (const one of steps) {
          const { store, packer } = opened;
          if (one.kind === 'commit') {
            const unit = store.begin();
            const after = copyOf(given());
            fill(unit, after, one.changes, clock.nowMs());
            const inUnit = store.reading(unit).latest(tenantId, device);
            states.push(after);
            if (one.fails) opened.failNext();
            const done = store.commit(unit).then(
              () => void (durable = after),
              () => void states.push(durable),
            );
            underWay.push(done);
            expect(await inUnit).toEqual(latestOf(after));
            // What fails takes with it what is given before that is known.
            if (one.waits) await settled();
          } else if (one.kind === 'pack') {
            packer.next();
            for (let turn = 0; turn < one.turns; turn += 1) {
              await turnOfLoop();
              if (one.turns === PACKED_TURNS) packer.next();
            }
          } else if (one.kind === 'clock') {
            await settled();
            clock.advanceMs(one.ms);
          } else if (one.kind === 'reopen') {
            await settled();
            await opened.close();
            opened = await openGated(folder.path, clock, { packPoints });
          } else {
            const asked = checkedQuery(store, states, clock.nowMs(), one);
            underWay.push(asked);
            if (one.waits) await settled();
            // Else it has begun, or is about to.
            else if (one.hasBegun) await turnOfLoop();
          }
        }
        await settled();
      } finally {
        await Promise.allSettled(underWay);
        await opened.close();
        folder.remove();
      }
    }),
    { numRuns: 80 },
  );
}, 120_000);
