// Goal: which messages run together and which wait for which (rule-engine.md §10). Messages are written as tenant and originator.
import type { Message, Queue, SubmitStrategy } from '@fieldline/model';
import { submitStrategies } from '@fieldline/model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SubmitOrder } from './submit-order.js';

const messages = ['1a', '1b', '1a', '2c', '1b', '1a'].map(
  ([tenantId, id]) => ({ tenantId, originator: { entityType: 'DEVICE', id } }) as unknown as Message,
);
const all = messages.map((_, place) => place);

function rounds(strategy: SubmitStrategy, failing: readonly number[] = [], places: readonly number[] = all): number[][] {
  const submit: Queue['submit'] = { strategy, batchSize: 2 };
  const order = new SubmitOrder(submit, places, messages);
  const given: number[][] = [];
  const ran = new Set<number>();
  for (;;) {
    const round = order.next((place) => ran.has(place) && failing.includes(place));
    if (round.length === 0) return given;
    given.push([...round]);
    for (const place of round) ran.add(place);
  }
}

test.each([
  { strategy: 'BURST', expected: [[0, 1, 2, 3, 4, 5]] },
  {
    strategy: 'BATCH',
    expected: [
      [0, 1],
      [2, 3],
      [4, 5],
    ],
  },
  { strategy: 'SEQUENTIAL_BY_ORIGINATOR', expected: [[0, 1, 3], [2, 4], [5]] },
  { strategy: 'SEQUENTIAL_BY_TENANT', expected: [[0, 3], [1], [2], [4], [5]] },
  { strategy: 'SEQUENTIAL', expected: [[0], [1], [2], [3], [4], [5]] },
] as const)('$strategy runs $expected', ({ strategy, expected }) => {
  expect(rounds(strategy)).toEqual(expected);
});

test.each([
  { strategy: 'BURST', why: 'nothing waits', expected: [[0, 1, 2, 3, 4, 5]] },
  {
    strategy: 'BATCH',
    why: 'the later batches wait',
    expected: [
      [0, 1],
      [2, 3],
    ],
  },
  {
    strategy: 'SEQUENTIAL_BY_ORIGINATOR',
    why: 'its originator waits, no other',
    expected: [
      [0, 1, 3],
      [2, 4],
    ],
  },
  { strategy: 'SEQUENTIAL_BY_TENANT', why: 'its tenant waits', expected: [[0, 3], [1], [2]] },
  { strategy: 'SEQUENTIAL', why: 'all wait', expected: [[0], [1], [2]] },
] as const)('$strategy where the third message fails: $why', ({ strategy, expected }) => {
  expect(rounds(strategy, [2])).toEqual(expected);
});

test('a retry gives out what is left in the original order', () => {
  expect(rounds('SEQUENTIAL_BY_ORIGINATOR', [], [2, 4, 5])).toEqual([[2, 4], [5]]);
});

test('nothing is given out twice, and without failures everything is', () => {
  fc.assert(
    fc.property(fc.constantFrom(...submitStrategies), fc.subarray(all), fc.subarray(all), (strategy, places, failing) => {
      const given = rounds(strategy, failing, places).flat();
      expect(new Set(given).size).toBe(given.length);
      expect(rounds(strategy, [], places).flat().sort()).toEqual(places);
    }),
  );
});
