import { mathErrors } from './errors.js';
import { truncated } from './rounding.js';

type Unary = (x: number) => number;
type Binary = (a: number, b: number) => number;

const unary = {
  SIN: Math.sin,
  SINH: Math.sinh,
  COS: Math.cos,
  COSH: Math.cosh,
  TAN: Math.tan,
  TANH: Math.tanh,
  ACOS: Math.acos,
  ASIN: Math.asin,
  ATAN: Math.atan,
  EXP: Math.exp,
  EXPM1: Math.expm1,
  SQRT: Math.sqrt,
  CBRT: Math.cbrt,
  GET_EXP: binaryExponent,
  LOG: Math.log,
  LOG10: Math.log10,
  LOG1P: Math.log1p,
  CEIL: Math.ceil,
  FLOOR: Math.floor,
  ABS: Math.abs,
  SIGNUM: Math.sign,
  RAD: (degrees: number): number => degrees * (Math.PI / 180),
  DEG: (radians: number): number => radians * (180 / Math.PI),
} as const satisfies Readonly<Record<string, Unary>>;

const binary = {
  ADD: (a: number, b: number): number => a + b,
  SUB: (a: number, b: number): number => a - b,
  MULT: (a: number, b: number): number => a * b,
  DIV: (a: number, b: number): number => a / b,
  POW: (a: number, b: number): number => a ** b,
  MIN: (a: number, b: number): number => Math.min(a, b),
  MAX: (a: number, b: number): number => Math.max(a, b),
  ATAN2: Math.atan2,
  HYPOT: (a: number, b: number): number => Math.hypot(a, b),
  FLOOR_DIV: (a: number, b: number): number => Number(floorDivision(a, b).quotient),
  FLOOR_MOD: (a: number, b: number): number => Number(floorDivision(a, b).rest),
} as const satisfies Readonly<Record<string, Binary>>;

export type Operation = keyof typeof unary | keyof typeof binary;
export const operations = [...Object.keys(binary), ...Object.keys(unary)] as [Operation, ...Operation[]];

/** What an operation makes of its one or two arguments. */
export const operate = (operation: Operation, [a = 0, b = 0]: readonly number[]): number =>
  isUnary(operation) ? unary[operation](a) : binary[operation](a, b);

export const argumentsOf = (operation: Operation): 1 | 2 => (isUnary(operation) ? 1 : 2);

/** Operations whose results are whole numbers. */
export const isWhole = (operation: string): boolean => operation === 'CEIL' || operation === 'FLOOR' || operation === 'GET_EXP';

const isUnary = (operation: Operation): operation is keyof typeof unary => Object.hasOwn(unary, operation);

/** Division of the whole parts, towards minus infinity. @throws MATH_DIVISION_BY_ZERO */
function floorDivision(a: number, b: number): { readonly quotient: bigint; readonly rest: bigint } {
  const [dividend, divisor] = [truncated(a), truncated(b)];
  if (divisor === 0n) throw mathErrors.DIVISION_BY_ZERO();
  const rest = ((dividend % divisor) + divisor) % divisor;
  return { quotient: (dividend - rest) / divisor, rest };
}

const EXPONENT_BIAS = 1_023;

/** The exponent in the 64 bits of a double: 3 for 8 to 16, -1,023 for zero and what is nearly zero, 1,024 for what is no number. */
function binaryExponent(value: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  return ((bits.getUint16(0) >> 4) & 0x7ff) - EXPONENT_BIAS;
}
