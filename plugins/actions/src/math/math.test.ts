// Goal: functions are read as exp4j reads them, operations and rounding are those of Java. Method: a row a rule; random functions
// against the values of their parts, random numbers against rounding with whole numbers.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExpression } from './expression.js';
import { operate, operations } from './operations.js';
import { roundHalfUp, truncated } from './rounding.js';

const value = (text: string, variables: Record<string, number> = {}): number =>
  parseExpression(text, Object.keys(variables))(Object.values(variables));

describe('a function', () => {
  test.each<[string, number]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 - 4 - 3', 3],
    ['16 / 4 / 2', 2],
    ['7 % 4 * 2', 6],
    ['-7 % 4', -3],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['(-2) ^ 2', 4],
    ['2 ^ -1', 0.5],
    ['2 ^ -1 * 3', 1.5],
    ['2 ^ -1 ^ 2', 0.5],
    ['3 - -2', 5],
    ['3 * -2', -6],
    ['+3', 3],
    ['--3', 3],
    ['2a + 3b', 19],
    ['2(a + b)', 16],
    ['(a)(b)', 15],
    ['ab', 15],
    ['a2', 10],
    ['2a^2', 50],
    ['-2a', -10],
    ['1 / 2a', 2.5],
    ['[a + {b}] * 2', 16],
    ['.5 + 1. + 1e2 + 1.5E-1', 101.65],
    ['2e', 2 * Math.E],
    ['2pi', 2 * Math.PI],
    ['π', Math.PI],
    ['φ', 1.618_033_988_74],
    ['abs(-3)', 3],
    ['acos(1)', 0],
    ['asin(1)', Math.PI / 2],
    ['atan(0)', 0],
    ['cbrt(27)', 3],
    ['ceil(1.2)', 2],
    ['cos(0)', 1],
    ['cosh(0)', 1],
    ['cot(1)', 1 / Math.tan(1)],
    ['exp(1)', Math.E],
    ['expm1(0)', 0],
    ['floor(-1.2)', -2],
    ['ln(e)', 1],
    ['log(e)', 1],
    ['lg(1000)', 3],
    ['log10(100)', 2],
    ['log1p(0)', 0],
    ['log2(8)', 3],
    ['logab(2, 8)', 3],
    ['pow(2, 3 + 1)', 16],
    ['signum(-9)', -1],
    ['sin(0)', 0],
    ['sinh(0)', 0],
    ['sqrt(a + b + 1)', 3],
    ['tan(0)', 0],
    ['tanh(0)', 0],
    ['sin(0)2', 0],
    ['2sqrt(4)3', 12],
  ])('%s is %d', (text, expected) => expect(value(text, { a: 5, b: 3 })).toBeCloseTo(expected, 12));

  test('the longest name counts, and arguments before constants and functions', () => {
    expect(value('temp + t', { t: 1, temp: 20 })).toBe(21);
    expect(value('e + abs', { e: 1, abs: 2 })).toBe(3);
    expect(value('sensor.1 * größe_2', { 'sensor.1': 2, größe_2: 5 })).toBe(10);
  });

  test.each([
    ['', 1],
    ['1 +', 4],
    ['1 2', 3],
    ['1.2.3', 4],
    ['(1', 3],
    ['1)', 2],
    ['x + 1', 1],
    ['sin 1', 5],
    ['sin()', 5],
    ['pow(1)', 6],
    ['abs(1, 2)', 6],
    ['max(1, 2)', 1],
    ['a > 1', 3],
    ['a ? 1 : 2', 3],
    [`${'a+'.repeat(128)}a`, 1],
  ])('"%s" is wrong at character %i', (text, place) => {
    expect(() => parseExpression(text, ['a'])).toThrow(
      expect.objectContaining({ code: 'MATH_EXPRESSION_INVALID', details: expect.objectContaining({ place }) }) as Error,
    );
  });

  test.each(['1 / 0', '1 % 0', 'cot(0)'])('%s fails', (text) => expect(() => value(text)).toThrow('Division by zero!'));

  test('random ones have the value of their parts', () => {
    type Part = { readonly text: string; readonly value: number };
    const number = fc.integer({ min: 1, max: 9 }).map((n): Part => ({ text: String(n), value: n }));
    const { whole } = fc.letrec<{ whole: Part; both: Part; signed: Part }>((tie) => ({
      whole: fc.oneof({ depthSize: 'small' }, number, tie('both'), tie('signed')),
      both: fc.tuple(tie('whole'), fc.constantFrom('+', '-', '*', '/', '^', ''), tie('whole')).map(([a, sign, b]): Part => ({
        text: `(${a.text})${sign}(${b.text})`,
        value: combined(a.value, sign, b.value),
      })),
      signed: tie('whole').map(({ text, value: inner }): Part => ({ text: `-[${text}]`, value: -inner })),
    }));
    fc.assert(
      fc.property(whole, ({ text, value: expected }) => {
        fc.pre(text.length <= 256 && Number.isFinite(expected) && !text.includes('/(0'));
        try {
          expect(value(text)).toBe(expected);
        } catch (error) {
          expect((error as Error).message).toBe('Division by zero!');
        }
      }),
    );
  });
});

function combined(a: number, sign: string, b: number): number {
  if (sign === '+') return a + b;
  if (sign === '-') return a - b;
  if (sign === '/') return a / b;
  return sign === '^' ? a ** b : a * b;
}

describe('operations', () => {
  test.each<[(typeof operations)[number], readonly number[], number]>([
    ['ADD', [2, 3], 5],
    ['SUB', [2, 3], -1],
    ['MULT', [2, 3], 6],
    ['DIV', [1, 0], Number.POSITIVE_INFINITY],
    ['POW', [2, 3], 8],
    ['MIN', [2, 3], 2],
    ['MAX', [2, 3], 3],
    ['ATAN2', [1, 1], Math.PI / 4],
    ['HYPOT', [3, 4], 5],
    ['FLOOR_DIV', [-7.9, 2.9], -4],
    ['FLOOR_MOD', [-7.9, 2.9], 1],
    ['FLOOR_MOD', [7, -3], -2],
    ['SIN', [0], 0],
    ['SINH', [0], 0],
    ['COS', [0], 1],
    ['COSH', [0], 1],
    ['TAN', [0], 0],
    ['TANH', [0], 0],
    ['ACOS', [1], 0],
    ['ASIN', [0], 0],
    ['ATAN', [0], 0],
    ['EXP', [0], 1],
    ['EXPM1', [0], 0],
    ['SQRT', [9], 3],
    ['CBRT', [-8], -2],
    ['GET_EXP', [10], 3],
    ['GET_EXP', [-0.25], -2],
    ['GET_EXP', [0], -1023],
    ['GET_EXP', [5e-324], -1023],
    ['GET_EXP', [Number.NaN], 1024],
    ['LOG', [1], 0],
    ['LOG10', [1000], 3],
    ['LOG1P', [0], 0],
    ['CEIL', [-1.5], -1],
    ['FLOOR', [-1.5], -2],
    ['ABS', [-1.5], 1.5],
    ['SIGNUM', [-3], -1],
    ['RAD', [180], Math.PI],
    ['DEG', [Math.PI], 180],
  ])('%s of %j is %d', (operation, values, expected) => expect(operate(operation, values)).toBe(expected));

  test('every operation is in the table above', () => expect(operations).toHaveLength(34));
  test('whole parts are divided, so less than one is zero', () => expect(() => operate('FLOOR_DIV', [1, 0.5])).toThrow('Division by zero!'));
});

describe('rounding', () => {
  test.each<[number, number, number]>([
    [1.005, 2, 1.01],
    [2.675, 2, 2.68],
    [-1.5, 0, -2],
    [0.5, 0, 1],
    [1.44, 1, 1.4],
    [1.45, 1, 1.5],
    [-0.004, 2, 0],
    [1e21, 2, 1e21],
    [1e-300, 2, 0],
    [21.111_111, 20, 21.111_111],
    [0, 2, 0],
  ])('%d to %i digits is %d', (number, digits, expected) => expect(Object.is(roundHalfUp(number, digits), expected)).toBe(true));

  test('a number with that many digits stays, and one with a 5 behind them goes away from zero', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999, max: 99_999 }), (n) => {
        fc.pre(n !== 0);
        expect(roundHalfUp(n / 100, 2)).toBe(n / 100);
        expect(roundHalfUp(Number(`${n}.5e-2`), 2)).toBe((n + Math.sign(n)) / 100);
      }),
    );
  });

  test.each<[number, bigint]>([
    [1.9, 1n],
    [-1.9, -1n],
    [Number.NaN, 0n],
    [Number.POSITIVE_INFINITY, 9_223_372_036_854_775_807n],
    [-1e300, -9_223_372_036_854_775_808n],
  ])('%d without its fraction is %d', (number, whole) => expect(truncated(number)).toBe(whole));
});
