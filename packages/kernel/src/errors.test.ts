import { expect, expectTypeOf, test } from 'vitest';
import { defineErrors, isProblem, problemOf, ProblemError } from './errors.js';

const errors = defineErrors('OVEN', {
  TOO_HOT: {
    kind: 'limit-exceeded',
    retry: 'later',
    message: (d: { celsius: number }) => `The oven is at ${d.celsius} °C.`,
    remedy: 'Open the door.',
  },
  DOOR_OPEN: { kind: 'conflict', retry: 'never', message: 'The door is open.', remedy: (d: { door: string }) => `Close the ${d.door} door.` },
  DARK: { kind: 'unavailable', retry: 'later', message: 'The light is broken.', remedy: 'Change the bulb.' },
});

test('an error has area and name as its code, its sentences and its details', () => {
  const error = errors.TOO_HOT({ celsius: 300 });
  expect(error).toMatchObject({
    name: 'OVEN_TOO_HOT',
    code: 'OVEN_TOO_HOT',
    kind: 'limit-exceeded',
    retry: 'later',
    message: 'The oven is at 300 °C.',
    remedy: 'Open the door.',
    details: { celsius: 300 },
  });
  expect(error).toBeInstanceOf(Error);
  expect(errors.DOOR_OPEN({ door: 'front' }).remedy).toBe('Close the front door.');
});

test('an error without details has none, and keeps the cause it was given', () => {
  const cause = new Error('short circuit');
  const error = errors.DARK(undefined, { cause });
  expect(error.details).toBeUndefined();
  expect(error.cause).toBe(cause);
});

test('details are copied, so a later change of the argument changes nothing', () => {
  const details = { celsius: 300 };
  const error = errors.TOO_HOT(details);
  details.celsius = 20;
  expect(error.details).toEqual({ celsius: 300 });
});

test('the details an error needs are part of its type', () => {
  expectTypeOf(errors.TOO_HOT).parameter(0).toEqualTypeOf<{ celsius: number }>();
  expectTypeOf(errors.DOOR_OPEN).parameter(0).toEqualTypeOf<{ door: string }>();
  expectTypeOf(errors.DARK).toBeCallableWith();
  // @ts-expect-error the message is made from celsius
  expectTypeOf(errors.TOO_HOT).toBeCallableWith();
  // @ts-expect-error no such error was declared
  expect(errors['TOO_COLD']).toBeUndefined();
});

test('a problem is recognised by its brand, also when another copy of the package made it', () => {
  const foreign = Object.assign(new Error('x'), { code: 'FOREIGN_FAULT', [Symbol.for('fieldline.problem')]: true });
  expect(isProblem(errors.DARK())).toBe(true);
  expect(isProblem(foreign)).toBe(true);
  expect(foreign).not.toBeInstanceOf(ProblemError);
});

test.each([new Error('x'), Object.assign(new Error('x'), { code: 'ENOENT' }), { code: 'X' }, 'x', null, undefined])('%s is no problem', (value) => {
  expect(isProblem(value)).toBe(false);
});

test('problemOf gives a plain value that survives the way to another thread', () => {
  const problem = problemOf(errors.TOO_HOT({ celsius: 300 }, { cause: new Error('x') }));
  expect(problem).toEqual({
    code: 'OVEN_TOO_HOT',
    kind: 'limit-exceeded',
    retry: 'later',
    message: 'The oven is at 300 °C.',
    remedy: 'Open the door.',
    details: { celsius: 300 },
  });
  expect(structuredClone(problem)).toEqual(problem);
  expect(Object.keys(problemOf(errors.DARK()))).not.toContain('details');
});

test('an error without a code becomes INTERNAL_ERROR and its text stays inside', () => {
  const problem = problemOf(new Error('password=hunter2'));
  expect(problem.code).toBe('INTERNAL_ERROR');
  expect(JSON.stringify(problem)).not.toContain('hunter2');
});
