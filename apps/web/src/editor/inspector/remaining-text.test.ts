// Goal: a countdown that never shows less than nothing.
import { expect, it } from 'vitest';
import { remainingText } from './remaining-text.js';

it.each([
  [900_000, '15:00'],
  [61_500, '1:02'],
  [1, '0:01'],
  [-5, '0:00'],
])('%d ms is %s', (ms, text) => {
  expect(remainingText(ms)).toBe(text);
});
