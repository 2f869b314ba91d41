import { expect, test } from 'vitest';
import { tidy } from './tidy.js';

test('the repository is tidy', { timeout: 60_000 }, () => {
  expect(tidy()).toEqual([]);
});
