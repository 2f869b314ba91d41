// Goal: times in ISO 8601 are read and never guessed. Method: the forms of kaa.md §5.2, times that no calendar has, and any instant.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseIso8601 } from './iso-time.js';

test.each([
  '2019-04-26T15:41:07+0000',
  '2019-04-26T15:41:07+00:00',
  '2019-04-26T15:41:07Z',
  '2019-04-26T15:41:07',
  '2019-04-26T17:41:07+02',
  '2019-04-26T10:11:07-05:30',
  '2019-04-26 15:41:07.000999Z',
])('%s is one instant', (text) => expect(parseIso8601(text)).toBe(Date.UTC(2019, 3, 26, 15, 41, 7)));

test.each(['', '2019-04-26', '2019-02-30T00:00:00Z', '2019-13-01T00:00:00Z', '2019-04-26T24:00:00Z', '2019-04-26T15:41:61Z', 'now', '1555230312868'])(
  '%j is none',
  (text) => expect(parseIso8601(text)).toBeUndefined(),
);

test('every instant that JavaScript prints with four digits of year is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_167_219_200_000, max: Date.UTC(9999, 11, 31) }), (tsMs) => {
      expect(parseIso8601(new Date(tsMs).toISOString())).toBe(tsMs);
    }),
  );
});
