import { expect, test } from 'vitest';
import { STRAY_ASKS_MAX, STRAY_PERIOD_MS } from '../limits.js';
import { StrayAsks } from './stray-asks.js';

const ask = (asks: StrayAsks, times: number, nowMs: number) => Array.from({ length: times }, () => asks.isTooMany(nowMs));

test('more asks in a period than may be on their way are too many', () => {
  expect(ask(new StrayAsks(), STRAY_ASKS_MAX + 1, 5_000).indexOf(true)).toBe(STRAY_ASKS_MAX);
});

test('a plugin that is slow now and then may ask late for as long as it runs', () => {
  const asks = new StrayAsks();
  for (let period = 0; period < 3; period += 1) expect(ask(asks, STRAY_ASKS_MAX, period * STRAY_PERIOD_MS)).not.toContain(true);
});
