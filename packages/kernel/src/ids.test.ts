import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isUuid, uuidV7Source } from './ids.js';

const fillWith = (value: number) => (into: Uint8Array) => void into.fill(value);
const timeOf = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

test('an id is time, version, counter, variant and randomness in the places of RFC 9562 §5.7', () => {
  const ids = uuidV7Source(() => 0x0123456789ab, fillWith(0xff));
  expect(ids.next()).toBe('01234567-89ab-7000-bfff-ffffffffffff');
  expect(ids.next()).toBe('01234567-89ab-7001-bfff-ffffffffffff');
  expect(uuidV7Source(() => 1, fillWith(0)).next()).toBe('00000000-0001-7000-8000-000000000000');
});

test('the counter starts again with every millisecond, so the time in an id is the time of the clock', () => {
  let nowMs = 1_000;
  const ids = uuidV7Source(() => nowMs, fillWith(0));
  for (let made = 0; made < 5_000; made += 1) {
    expect(timeOf(ids.next())).toBe(nowMs);
    if (made % 3 === 0) nowMs += 1;
  }
});

test('the 4,097th id of a millisecond borrows the next one, and the clock takes over when it has caught up', () => {
  let nowMs = 1_000;
  const ids = uuidV7Source(() => nowMs, fillWith(0));
  const first = Array.from({ length: 4_096 }, () => ids.next());
  expect(new Set(first.map(timeOf))).toEqual(new Set([1_000]));
  expect(timeOf(ids.next())).toBe(1_001);
  nowMs = 1_001;
  expect(timeOf(ids.next())).toBe(1_001);
  nowMs = 1_002;
  expect(ids.next()).toBe('00000000-03ea-7000-8000-000000000000');
});

test('ids of one source sort in the order they were made, whatever the clock does', () => {
  // Small steps in both directions, and enough ids per step now and then to run over the counter.
  const step = fc.record({ moveMs: fc.integer({ min: -3, max: 3 }), count: fc.constantFrom(1, 2, 4_095, 4_096, 4_097) });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), fc.nat(255), (steps, byte) => {
      let nowMs = 1_000;
      const ids = uuidV7Source(() => nowMs, fillWith(byte));
      let last = '';
      for (const { moveMs, count } of steps) {
        nowMs += moveMs;
        for (let i = 0; i < count; i += 1) {
          const id = ids.next();
          if (!(id > last && isUuid(id))) throw new Error(`${id} came after ${last}`);
          last = id;
        }
      }
    }),
    { numRuns: 30 },
  );
});

test.each([
  { text: '01234567-89ab-7000-bfff-ffffffffffff', expected: true },
  { text: '13814000-1dd2-11b2-8080-808080808080', expected: true },
  { text: '01234567-89AB-7000-bfff-ffffffffffff', expected: false },
  { text: '0123456789ab7000bfffffffffffffff', expected: false },
  { text: ' 01234567-89ab-7000-bfff-ffffffffffff', expected: false },
  { text: '01234567-89ab-7000-bfff-ffffffffffff\n', expected: false },
  { text: '', expected: false },
])('isUuid($text) is $expected', ({ text, expected }) => {
  expect(isUuid(text)).toBe(expected);
});
