// Goal: each comparison of rule-nodes.md §5.4, with every kind of value. Method: one filter over one value.
import { ValueKind } from '@fieldline/plugin-sdk';
import { describe, expect, test } from 'vitest';
import type { ConditionFilter, Predicate } from './alarm-rules.js';
import { holds, itemsOf } from './conditions.js';
import type { KnownValue } from './device-state.js';
import { DeviceValues } from './device-values.js';

const { boolean, long, double, string, json } = ValueKind;
type Found = NonNullable<KnownValue>;
const nobody = { customer: new Map(), tenant: new Map() };

function isTrue(predicate: unknown, value: Found | undefined): boolean {
  const filter: ConditionFilter = { key: { type: 'TIME_SERIES', key: 'k' }, predicate: predicate as Predicate };
  return holds([filter], new DeviceValues(value === undefined ? {} : { 't:k': value }, nobody));
}
const text = (operation: string, defaultValue: string, ignoreCase = false) => ({ type: 'STRING', operation, ignoreCase, value: { defaultValue } });
const number = (operation: string, defaultValue: number) => ({ type: 'NUMERIC', operation, value: { defaultValue } });
const flag = (operation: string, defaultValue: boolean) => ({ type: 'BOOLEAN', operation, value: { defaultValue } });
const long5: Found = { kind: long, value: 5 };

test.each([
  ['EQUAL', [false, true, false]],
  ['NOT_EQUAL', [true, false, true]],
  ['GREATER', [false, false, true]],
  ['GREATER_OR_EQUAL', [false, true, true]],
  ['LESS', [true, false, false]],
  ['LESS_OR_EQUAL', [true, true, false]],
])('NUMERIC %s of 4, 5 and 6 with 5 is %j', (operation, expected) => {
  expect([4, 5, 6].map((value) => isTrue(number(operation, 5), { kind: long, value }))).toEqual(expected);
});

test.each<[Found, boolean]>([
  [{ kind: boolean, value: true }, true],
  [{ kind: boolean, value: false }, false],
  [{ kind: string, value: '1' }, true],
  [{ kind: string, value: '1e0' }, true],
  [{ kind: string, value: 'one' }, false],
  [{ kind: string, value: '' }, false],
  [{ kind: json, value: '1' }, false],
  [{ kind: double, value: 1 }, true],
])('as a number %j is 1: %j', (value, expected) => expect(isTrue(number('EQUAL', 1), value)).toBe(expected));

test('what is no number is not unequal to one either', () => expect(isTrue(number('NOT_EQUAL', 1), { kind: string, value: 'x' })).toBe(false));

test.each([
  ['EQUAL', 'abc', true],
  ['EQUAL', 'ab', false],
  ['NOT_EQUAL', 'ab', true],
  ['STARTS_WITH', 'ab', true],
  ['STARTS_WITH', 'bc', false],
  ['ENDS_WITH', 'bc', true],
  ['ENDS_WITH', 'ab', false],
  ['CONTAINS', 'b', true],
  ['CONTAINS', 'x', false],
  ['NOT_CONTAINS', 'x', true],
  ['NOT_CONTAINS', 'b', false],
  ['IN', 'x, abc', true],
  ['IN', 'x, ab', false],
  ['NOT_IN', 'x, ab', true],
  ['NOT_IN', 'x, abc', false],
])('STRING %s %j of "abc" is %j, and of "ABC" where case is ignored', (operation, wanted, expected) => {
  expect(isTrue(text(operation, wanted), { kind: string, value: 'abc' })).toBe(expected);
  expect(isTrue(text(operation, wanted, true), { kind: string, value: 'ABC' })).toBe(expected);
});

test.each<[Found, string]>([
  [long5, '5'],
  [{ kind: double, value: 42 }, '42.0'],
  [{ kind: boolean, value: true }, 'true'],
  [{ kind: json, value: '{"a":1}' }, '{"a":1}'],
])('as a text %j is %j', (value, expected) => expect(isTrue(text('EQUAL', expected), value)).toBe(true));

test.each<[Found, boolean]>([
  [{ kind: boolean, value: true }, true],
  [{ kind: long, value: 2 }, true],
  [{ kind: long, value: 0 }, false],
  [{ kind: double, value: -0.5 }, false],
  [{ kind: string, value: 'true' }, true],
  [{ kind: string, value: 'yes' }, false],
])('as a boolean %j is %j', (value, expected) => {
  expect(isTrue(flag('EQUAL', true), value)).toBe(expected);
  expect(isTrue(flag('NOT_EQUAL', true), value)).toBe(!expected);
});

test.each([
  ['a , b', ['a', 'b']],
  [`'a','b'`, ['a', 'b']],
  [`"a" , "b"`, ['a', 'b']],
  [`'a',b`, [`'a'`, 'b']],
  [`'a',"b"`, [`'a'`, `"b"`]],
  ['', ['']],
])('the items of %j are %j', (list, items) => expect(itemsOf(list)).toEqual(items));

describe('filters', () => {
  test('a value that is not there fulfils nothing', () => {
    expect(isTrue(number('NOT_EQUAL', 5), undefined)).toBe(false);
    expect(isTrue(text('NOT_CONTAINS', 'x'), undefined)).toBe(false);
  });

  test('a complex predicate joins others', () => {
    const both = [number('GREATER', 1), number('LESS', 4)];
    expect(isTrue({ type: 'COMPLEX', operation: 'AND', predicates: both }, long5)).toBe(false);
    expect(isTrue({ type: 'COMPLEX', operation: 'OR', predicates: both }, long5)).toBe(true);
    const nested = { type: 'COMPLEX', operation: 'AND', predicates: [{ type: 'COMPLEX', operation: 'OR', predicates: both }, number('EQUAL', 5)] };
    expect(isTrue(nested, long5)).toBe(true);
  });

  test('a constant is compared with attributes only', () => {
    const value = { defaultValue: 5, dynamicValue: { sourceType: 'CURRENT_DEVICE', sourceAttribute: 'limit' } };
    const filter = (constant: number): ConditionFilter => ({
      key: { type: 'CONSTANT', key: '' },
      value: constant,
      predicate: { type: 'NUMERIC', operation: 'EQUAL', value },
    });
    expect(holds([filter(5)], new DeviceValues({}, nobody))).toBe(false);
    const values = new DeviceValues({ 'a:limit': { kind: long, value: 7 } }, nobody);
    expect([holds([filter(5)], values), holds([filter(7)], values), holds([filter(7), filter(5)], values)]).toEqual([false, true, false]);
  });
});
