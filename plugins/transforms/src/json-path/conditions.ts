import type { JsonObject, JsonValue } from '@fieldline/plugin-sdk';
import type { Condition, Operand, Operator } from './path.js';
import { readPath, type Body, type Span } from './read-path.js';

/** True where the condition of a filter holds for a value. What a path does not find is equal to nothing. */
export function holds(body: Body, condition: Condition, at: Span): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.parts.every((part) => holds(body, part, at));
    case 'or':
      return condition.parts.some((part) => holds(body, part, at));
    case 'not':
      return !holds(body, condition.part, at);
    case 'exists':
      return (readPath(body, condition.path, at)?.length ?? 0) > 0;
    case 'compare':
      return compares(body, condition, at);
  }
}

type Comparison = Extract<Condition, { kind: 'compare' }>;

function compares(body: Body, { operator, left, right }: Comparison, at: Span): boolean {
  const [a, b] = [valueOf(body, left, at), valueOf(body, right, at)];
  if (operator === '=~') return fits(left, b) || fits(right, a);
  return comparisons[operator](a, b);
}

function fits(operand: Operand, value: JsonValue | undefined): boolean {
  if (operand.kind !== 'pattern' || value === undefined || value === null || typeof value === 'object') return false;
  return operand.pattern.testExact(String(value));
}

function valueOf(body: Body, operand: Operand, at: Span): JsonValue | undefined {
  if (operand.kind === 'literal') return operand.value;
  if (operand.kind === 'pattern') return undefined;
  const found = readPath(body, operand.path, at);
  if (found === undefined) return undefined;
  if (!operand.path.isDefinite) return found.map((text) => JSON.parse(text) as JsonValue);
  return found[0] === undefined ? undefined : (JSON.parse(found[0]) as JsonValue);
}

type Value = JsonValue | undefined;

const comparisons: Readonly<Record<Exclude<Operator, '=~'>, (a: Value, b: Value) => boolean>> = {
  '==': isEqual,
  '!=': (a, b) => !isEqual(a, b),
  '===': isSame,
  '!==': (a, b) => !isSame(a, b),
  '<': (a, b) => inOrder(a, b, (order) => order < 0),
  '<=': (a, b) => inOrder(a, b, (order) => order <= 0),
  '>': (a, b) => inOrder(a, b, (order) => order > 0),
  '>=': (a, b) => inOrder(a, b, (order) => order >= 0),
  in: (a, b) => listOf(b)?.some((one) => isEqual(a, one)) ?? false,
  nin: (a, b) => !(listOf(b)?.some((one) => isEqual(a, one)) ?? false),
  contains: (a, b) => (typeof a === 'string' ? typeof b === 'string' && a.includes(b) : (listOf(a)?.some((one) => isEqual(one, b)) ?? false)),
  size: (a, b) => (typeof a === 'string' ? a.length : listOf(a)?.length) === b,
  empty: (a, b) => (a === undefined || a === null ? false : (typeof a === 'string' ? a === '' : listOf(a)?.length === 0) === b),
  subsetof: (a, b) => listOf(a)?.every((one) => listOf(b)?.some((other) => isEqual(one, other)) ?? false) ?? false,
  anyof: (a, b) => listOf(a)?.some((one) => listOf(b)?.some((other) => isEqual(one, other)) ?? false) ?? false,
  noneof: (a, b) => !(listOf(a)?.some((one) => listOf(b)?.some((other) => isEqual(one, other)) ?? false) ?? false),
};

/** A number and a text are equal where the text reads as the number; a text on the left must be spelled alike. */
function isEqual(a: Value, b: Value): boolean {
  if (a === undefined || b === undefined) return false;
  if (typeof a === 'number' && typeof b === 'string') return b.trim() !== '' && Number(b) === a;
  if (typeof a === 'string' && typeof b === 'number') return a === String(b);
  return isSame(a, b);
}

/** Equal as JSON, whatever the order of members. */
function isSame(a: Value, b: Value): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b && a !== undefined;
  const [mine, others] = [a as JsonObject, b as JsonObject];
  const keys = Object.keys(mine);
  if (Array.isArray(a) !== Array.isArray(b) || keys.length !== Object.keys(others).length) return false;
  return keys.every((key) => Object.hasOwn(others, key) && isSame(mine[key], others[key]));
}

/** Two numbers or two texts; nothing else has an order. */
function inOrder(a: Value, b: Value, isWanted: (order: number) => boolean): boolean {
  if (typeof a === 'number' && typeof b === 'number') return isWanted(a - b);
  if (typeof a === 'string' && typeof b === 'string') return isWanted(a < b ? -1 : a > b ? 1 : 0);
  return false;
}

const listOf = (value: Value): readonly JsonValue[] | undefined => (Array.isArray(value) ? (value as readonly JsonValue[]) : undefined);
