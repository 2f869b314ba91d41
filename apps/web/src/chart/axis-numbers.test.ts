// Goal: numbers beside an axis can be told apart and fit. Method: steps as a chart divides axes, from tiny to huge.
import { expect, test } from 'vitest';
import { axisNumbers, axisWidth } from './axis-numbers.js';

const steps = (from: number, step: number) => [from, from + step, from + 2 * step];

test.each([
  [0, 10],
  [-20.5, 0.5],
  [0, 2e-7],
  [1_000_000, 1],
  [9e15, 1e15],
  [1e9, 250],
  [12_345_678, 100_000],
])('no two numbers from %d by %d look the same', (from, step) => {
  expect(new Set(axisNumbers(steps(from, step))).size).toBe(3);
});

test('large numbers are short', () => {
  expect(axisNumbers([0, 2e15]).every((text) => text.length <= 6)).toBe(true);
});

test('the room grows with the longest number', () => {
  expect(axisWidth(null)).toBe(axisWidth(['10']));
  expect(axisWidth(['1,000,000,250'])).toBeGreaterThan(axisWidth(['100,000']));
});
