import { expect, test } from 'vitest';
import { assert } from './assert.js';

test('a broken invariant stops the caller and says which one it was', () => {
  expect(() => assert(false, 'a batch has at least one message')).toThrow('Broken invariant: a batch has at least one message');
});

test('an invariant that holds changes nothing, and the compiler may rely on it afterwards', () => {
  const value: string | undefined = ['x'].at(0);
  assert(value !== undefined, 'present');
  const text: string = value;
  expect(text).toBe('x');
});
