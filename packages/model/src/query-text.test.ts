// Goal: patterns mean what LIKE says they mean, and no pattern takes longer than both lengths multiplied. Method: small texts against
// a regular expression of the same meaning; then the pattern and the text on which such expressions take for ever.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitsLike } from './query-text.js';

function expressionOf(pattern: string): RegExp {
  const source = pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`^${source.replaceAll('%', '.*').replaceAll('_', '.')}$`, 'su');
}

test('any pattern fits what the regular expression of its meaning fits', () => {
  const characters = fc.constantFrom('a', 'b', '%', '_', '.', '\n', '\u0000', '\u{1F600}');
  const text = fc.array(characters, { maxLength: 6 }).map((all) => all.join(''));
  fc.assert(
    fc.property(text, text, (value, pattern) => {
      expect([value, pattern, fitsLike(value, pattern)]).toEqual([value, pattern, expressionOf(pattern).test(value)]);
    }),
    { numRuns: 5_000 },
  );
});

test('a pattern of many wildcards ends soon on a text that almost fits', () => {
  const text = 'a'.repeat(10_000);
  expect(fitsLike(text, `${'%a'.repeat(500)}b`)).toBe(false);
  expect(fitsLike(`${text}b`, `${'%a'.repeat(500)}b`)).toBe(true);
});
