// Goal: whoever makes tokens void makes all of them void, and the next token works at once, however fast one follows the
// other. Method: random sequences of making tokens and voiding them, within seconds and across.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenSecond, voidTokensNow } from './token-times.js';

describe('times of tokens', () => {
  it('keep made tokens valid until they are made void, and void from then on', () => {
    const step = fc.record({ waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2500 })), voids: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let nowMs = 1_700_000_000_000;
        let voidUntilMs = 0;
        let made: number[] = [];
        for (const { waitMs, voids } of steps) {
          nowMs += waitMs;
          if (voids) {
            voidUntilMs = voidTokensNow(nowMs, voidUntilMs);
            expect(made.every((second) => second * 1000 <= voidUntilMs)).toBe(true);
            made = [];
          } else made.push(tokenSecond(nowMs, voidUntilMs));
          expect(made.every((second) => second * 1000 > voidUntilMs)).toBe(true);
        }
      }),
    );
  });
});
