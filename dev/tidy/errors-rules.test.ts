import { expect, test } from 'vitest';
import { renderErrors } from '../errors-doc/render.js';
import { incompleteErrors, repeatedCodes, staleErrorsPage } from './errors-rules.js';

const error = { code: 'A_B', kind: 'conflict', retry: 'never', message: 'It is so.', remedy: 'Change it.', path: 'a.ts', line: 1 };

test('a code belongs to one error', () => {
  expect(repeatedCodes([error, { ...error, code: 'A_C' }])).toEqual([]);
  expect(repeatedCodes([error, { ...error, path: 'b.ts' }])).toEqual([
    { path: 'b.ts', line: 1, message: expect.stringContaining('a.ts:1') as string },
  ]);
});

test.each([{ kind: 'odd' }, { message: '' }, { remedy: '' }])('an error with %j is incomplete', (change) => {
  expect(incompleteErrors([error])).toEqual([]);
  expect(incompleteErrors([{ ...error, ...change }])).toHaveLength(1);
});

test('the page is stale when an error is new, gone or reworded', () => {
  const page = renderErrors([error]);
  expect(staleErrorsPage([error], page)).toEqual([]);
  expect(staleErrorsPage([{ ...error, message: 'It was so.' }], page)).toHaveLength(1);
  expect(staleErrorsPage([], page)).toHaveLength(1);
  expect(staleErrorsPage([error], undefined)).toHaveLength(1);
});

test('the page does not depend on the order in which files are read', () => {
  const other = { ...error, code: 'A_A' };
  expect(renderErrors([error, other])).toBe(renderErrors([other, error]));
});
