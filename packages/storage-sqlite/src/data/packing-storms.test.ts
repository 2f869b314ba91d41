// Goal: as packed-history.test.ts, where packing also dies between its requests and is done again, by the same process or the next, while
// what is dead is swept, small blocks are joined and entities are removed; and what is left passes the check of the folder.
// Method: the same, with blocks that are long enough to split, one row a request, and a packer whose n-th request is lost.
import { ValueUse } from '@fieldline/ports';
import fc from 'fast-check';
import { test } from 'vitest';
import { Storm, STORM_STARTS_MS, type StormChange, type StormStep } from './storm.fixture.js';

const series = fc.constantFrom(0, 1);
const times = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -2_500, max: 20 })).map((n) => STORM_STARTS_MS + n);
const value = fc.integer({ min: -9, max: 9 });
const ttlMs = fc.constantFrom(0, 0, 0, 10, 25, 3_000);
const { all, history, latest } = ValueUse;
const run: fc.Arbitrary<StormChange> = fc.record({
  do: fc.constant('put' as const),
  series,
  from: times,
  count: fc.constantFrom(1, 1, 1, 1, 300, 700),
  step: fc.constantFrom(1, 3),
  value,
  ttlMs,
});
const point: fc.Arbitrary<StormChange> = fc.record({
  do: fc.constant('put' as const),
  series,
  from: times,
  count: fc.constant(1),
  step: fc.constant(1),
  value,
  ttlMs,
});
const removal: fc.Arbitrary<StormChange> = fc.record({
  do: fc.constant('remove' as const),
  series,
  startMs: times,
  length: fc.constantFrom(1, 4, 15, 400, 5_000),
  latest: fc.constantFrom('keep' as const, 'remove' as const, 'rewrite' as const),
});
const step: fc.Arbitrary<StormStep> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('commit' as const),
      changes: fc.array(fc.oneof({ weight: 3, arbitrary: point }, { weight: 2, arbitrary: run }, { weight: 2, arbitrary: removal }), {
        minLength: 1,
        maxLength: 5,
      }),
      uses: fc.constantFrom(all, all, all, history, latest),
      fails: fc.nat(9).map((n) => n === 0),
      waits: fc.boolean(),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('pack' as const), turns: fc.constantFrom(2, 5, 60) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('fail' as const), after: fc.nat(8), count: fc.constantFrom(1, 1_000) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('retry' as const, 'sweep' as const, 'join' as const, 'reopen' as const, 'removal' as const) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('time' as const), ms: fc.constantFrom(1, 7, 400) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('ttl' as const), ms: fc.constantFrom(2_000, 15) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('query' as const),
      series,
      startMs: times,
      length: fc.constantFrom(3, 20, 700, 5_000),
      limit: fc.constantFrom(1, 5, 600, 10_000),
      order: fc.constantFrom('ASC' as const, 'DESC' as const),
      intervalMs: fc.constantFrom(1, 50, 900),
      aggregation: fc.constantFrom('MIN' as const, 'MAX' as const, 'SUM' as const, 'COUNT' as const, 'AVG' as const),
      waits: fc.boolean(),
    }),
  },
);
test('whatever packing, sweeping, joining, failing and removing meet in whatever order, nothing is missing, doubled or back again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), fc.constantFrom(1, 3, 20, 500), async (steps, packPoints) => {
      const storm = new Storm(packPoints);
      await storm.open();
      try {
        for (const given of steps) await storm.take(given);
        await storm.end();
      } finally {
        await storm.close();
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);
