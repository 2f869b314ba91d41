// Goal: no window, wherever it starts, holds more uses than the capacity, and room comes back. Method: random traffic
// against a count of what was let through; examples for several limits, changed limits and the bound on keys.
import type { RateLimit } from '@fieldline/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RATE_KEYS_MAX, RATE_WINDOW_SLICES } from './limits.js';
import { RateLimiter } from './rate-limit.js';

function limiterAt() {
  const clock = { nowMs: 0 };
  const limiter = new RateLimiter({ monotonicMs: () => clock.nowMs });
  const takes = (key: string, limits: readonly RateLimit[], count: number): number =>
    Array.from({ length: count }, () => limiter.tryTake(key, limits)).filter(Boolean).length;
  return { clock, limiter, takes };
}

describe('a rate limiter', () => {
  it('never lets more through than the capacity in any window', () => {
    const limit = fc.record({ capacity: fc.integer({ min: 1, max: 20 }), windowMs: fc.integer({ min: 1, max: 5 }).map((n) => n * 1000) });
    const pauses = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 700, noNaN: true }), fc.integer({ min: 0, max: 12_000 })), {
      maxLength: 300,
    });
    fc.assert(
      fc.property(fc.array(limit, { minLength: 1, maxLength: 3 }), pauses, fc.integer({ min: 0, max: 100_000 }), (limits, waits, startMs) => {
        const { clock, limiter } = limiterAt();
        clock.nowMs = startMs;
        const taken: number[] = [];
        for (const wait of waits) {
          clock.nowMs += wait;
          if (limiter.tryTake('tenant', limits)) taken.push(clock.nowMs);
        }
        for (const { capacity, windowMs } of limits) {
          for (const endMs of taken) expect(taken.filter((ms) => ms > endMs - windowMs && ms <= endMs).length).toBeLessThanOrEqual(capacity);
        }
      }),
    );
  });

  it('gives the whole capacity at once, and again a twentieth of the window after it at the latest', () => {
    const { clock, takes } = limiterAt();
    const limits = [{ capacity: 5, windowMs: 1000 }];
    clock.nowMs = 333;
    expect([takes('a', limits, 8), takes('b', limits, 8)]).toEqual([5, 5]);
    clock.nowMs += 999;
    expect(takes('a', limits, 1)).toBe(0);
    clock.nowMs += 1 + 1000 / RATE_WINDOW_SLICES;
    expect(takes('a', limits, 8)).toBe(5);
  });

  it('takes nothing from a limit where another refuses', () => {
    const { clock, takes } = limiterAt();
    const limits = [
      { capacity: 2, windowMs: 1000 },
      { capacity: 3, windowMs: 60_000 },
    ];
    expect(takes('a', limits, 9)).toBe(2);
    clock.nowMs += 2000;
    expect(takes('a', limits, 9)).toBe(1);
  });

  it('has no limits where none are set, and counts a changed one afresh', () => {
    const { takes } = limiterAt();
    expect(takes('a', [], 50)).toBe(50);
    expect(takes('a', [{ capacity: 1, windowMs: 1000 }], 5)).toBe(1);
    expect(takes('a', [{ capacity: 2, windowMs: 1000 }], 5)).toBe(2);
    expect(takes('a', [{ capacity: 2, windowMs: 1000 }], 5)).toBe(0);
  });

  it('keeps a bounded number of keys, those used last', () => {
    const { takes } = limiterAt();
    const limits = [{ capacity: 1, windowMs: 1000 }];
    expect(takes('first', limits, 1)).toBe(1);
    for (let n = 1; n < RATE_KEYS_MAX; n += 1) takes(`key ${n}`, limits, 1);
    expect(takes('first', limits, 1)).toBe(0);
    takes('one more', limits, 1);
    expect([takes('first', limits, 1), takes('key 1', limits, 1)]).toEqual([0, 1]);
  });
});
