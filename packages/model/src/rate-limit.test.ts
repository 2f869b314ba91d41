// Goal: limits are read exactly as tenant profiles write them. Method: examples of each form, right and wrong.
import { describe, expect, it } from 'vitest';
import { parseRateLimits } from './rate-limit.js';

describe('rate limits', () => {
  it('are pairs of capacity and seconds', () => {
    expect(parseRateLimits('100:1,2000:60')).toEqual([
      { capacity: 100, windowMs: 1000 },
      { capacity: 2000, windowMs: 60_000 },
    ]);
    expect(parseRateLimits(' 5:3600 ')).toEqual([{ capacity: 5, windowMs: 3_600_000 }]);
    expect(parseRateLimits('')).toEqual([]);
  });

  it.each([
    '100',
    '100:',
    ':1',
    '100:1,',
    '0:1',
    '1:0',
    '-1:1',
    '1.5:1',
    '1:1:1',
    'a:b',
    '99999999999:1',
    '1:999999999',
    Array(9).fill('1:1').join(),
  ])('are not %j', (text) => {
    expect(parseRateLimits(text)).toBeUndefined();
  });
});
