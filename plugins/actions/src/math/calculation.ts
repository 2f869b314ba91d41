import { parseDecimal } from '@fieldline/plugin-sdk';
import { mathErrors } from './errors.js';
import { parseExpression, type Expression } from './expression.js';
import { argumentsOf, operate } from './operations.js';
import type { MathSettings } from './settings.js';

const ready = new WeakMap<MathSettings, Expression>();

/**
 * What the settings compute; read once. Call it in `onStart`, so that a wrong function keeps the node from starting.
 *
 * @throws MATH_EXPRESSION_INVALID, MATH_ARGUMENTS_WRONG, MATH_CONSTANT_INVALID, MATH_BODY_ARGUMENT_MISSING
 */
export function calculationOf(settings: MathSettings): Expression {
  const known = ready.get(settings);
  if (known !== undefined) return known;
  checkArguments(settings);
  const calculation = made(settings);
  ready.set(settings, calculation);
  return calculation;
}

function made({ operation, arguments: given, customFunction }: MathSettings): Expression {
  if (operation === 'CUSTOM')
    return parseExpression(
      customFunction ?? '',
      given.map(({ name }) => name ?? ''),
    );
  return (values) => operate(operation, values);
}

function checkArguments({ operation, arguments: given, result }: MathSettings): void {
  const expected = operation === 'CUSTOM' ? given.length : argumentsOf(operation);
  if (given.length !== expected) throw mathErrors.ARGUMENTS_WRONG({ operation, expected: String(expected), found: given.length });
  const wrong = given.find(({ type, key }) => type === 'CONSTANT' && parseDecimal(key) === undefined);
  if (wrong !== undefined) throw mathErrors.CONSTANT_INVALID({ constant: wrong.key });
  const isStored = result.type === 'ATTRIBUTE' || result.type === 'TIME_SERIES';
  if (isStored && result.addToBody && !given.some(({ type }) => type === 'MESSAGE_BODY')) throw mathErrors.BODY_ARGUMENT_MISSING();
}
