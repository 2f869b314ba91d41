import { ValueKind } from '@fieldline/plugin-sdk';
import type { ConditionFilter, FlagPredicate, NumberPredicate, Predicate, TextPredicate } from './alarm-rules.js';
import { constantOf, type KnownValue, textOf } from './device-state.js';
import type { DeviceValues } from './device-values.js';
import { nameOf } from './profile-rules.js';

/** True where all filters of a condition hold. */
export function holds(filters: readonly ConditionFilter[], values: DeviceValues): boolean {
  return filters.every(({ key, value, predicate }) => {
    const name = nameOf(key);
    const isConstant = name === undefined;
    const left = isConstant ? (value === null || value === undefined ? undefined : constantOf(value)) : values.get(name);
    return left !== undefined && matches(predicate, { left, isConstant, values });
  });
}

interface Question {
  readonly left: Found;
  /** A constant is compared with dynamic values only. */
  readonly isConstant: boolean;
  readonly values: DeviceValues;
}

type Found = NonNullable<KnownValue>;

function matches(predicate: Predicate, question: Question): boolean {
  if (predicate.type !== 'COMPLEX') return matchesSimple(predicate, question);
  const { operation, predicates } = predicate;
  return operation === 'AND' ? predicates.every((one) => matches(one, question)) : predicates.some((one) => matches(one, question));
}

function matchesSimple(predicate: TextPredicate | NumberPredicate | FlagPredicate, question: Question): boolean {
  switch (predicate.type) {
    case 'STRING': {
      const right = operand(predicate.value, question, textOf);
      return right !== undefined && compareTexts(predicate, textOf(question.left), right);
    }
    case 'NUMERIC': {
      const [left, right] = [numberOf(question.left), operand(predicate.value, question, numberOf)];
      return left !== undefined && right !== undefined && compareNumbers(predicate.operation, left, right);
    }
    case 'BOOLEAN': {
      const [left, right] = [flagOf(question.left), operand(predicate.value, question, flagOf)];
      return right !== undefined && (left === right) === (predicate.operation === 'EQUAL');
    }
  }
}

/** The attribute where there is one, else the default; a constant has no default. */
function operand<T>(
  { defaultValue, dynamicValue }: { readonly defaultValue?: T | null | undefined; readonly dynamicValue?: Parameters<DeviceValues['dynamic']>[0] },
  { isConstant, values }: Question,
  convert: (value: Found) => T | undefined,
): T | undefined {
  const dynamic = values.dynamic(dynamicValue);
  if (dynamic !== undefined) return convert(dynamic);
  return isConstant ? undefined : (defaultValue ?? undefined);
}

/** Booleans count as 1 and 0, and texts as the number they spell. */
export function numberOf({ kind, value }: Found): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const isNumber = kind !== ValueKind.json && value.trim() !== '' && Number.isFinite(Number(value));
  return isNumber ? Number(value) : undefined;
}

function flagOf({ value }: Found): boolean {
  if (typeof value === 'boolean') return value;
  return typeof value === 'number' ? value > 0 : value.toLowerCase() === 'true';
}

function compareNumbers(operation: NumberPredicate['operation'], left: number, right: number): boolean {
  switch (operation) {
    case 'EQUAL':
      return left === right;
    case 'NOT_EQUAL':
      return left !== right;
    case 'GREATER':
      return left > right;
    case 'LESS':
      return left < right;
    case 'GREATER_OR_EQUAL':
      return left >= right;
    case 'LESS_OR_EQUAL':
      return left <= right;
  }
}

function compareTexts({ operation, ignoreCase }: TextPredicate, given: string, wanted: string): boolean {
  const [left, right] = ignoreCase === true ? [given.toLowerCase(), wanted.toLowerCase()] : [given, wanted];
  switch (operation) {
    case 'EQUAL':
      return left === right;
    case 'NOT_EQUAL':
      return left !== right;
    case 'STARTS_WITH':
      return left.startsWith(right);
    case 'ENDS_WITH':
      return left.endsWith(right);
    case 'CONTAINS':
      return left.includes(right);
    case 'NOT_CONTAINS':
      return !left.includes(right);
    case 'IN':
      return itemsOf(right).includes(left);
    case 'NOT_IN':
      return !itemsOf(right).includes(left);
  }
}

/** The items of a list; quotes around them go only where all have the same. */
export function itemsOf(list: string): readonly string[] {
  const items = list.split(',').map((item) => item.trim());
  for (const quote of ["'", '"']) {
    const isQuoted = (item: string): boolean => item.length >= 2 && item.startsWith(quote) && item.endsWith(quote);
    if (items.every(isQuoted)) return items.map((item) => item.slice(1, -1));
  }
  return items;
}
