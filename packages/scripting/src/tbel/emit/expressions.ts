import { instanceTypes } from '../catalogue.js';
import type { Assignment, Expression } from '../syntax.js';
import { typeWords } from '../words.js';
import { emitCall, emitMethod, emitNew } from './calls.js';
import { emitList, emitMap, emitNewArray } from './collections.js';
import { emitted, inOne, markOf, type Emitted } from './emitted.js';
import type { Emitter } from './emitter.js';
import { emitNumber } from './numbers.js';
import { applied, emitBinary, stepped } from './operators.js';
import { emitIndex, emitMember, readProperty } from './properties.js';

/** Turns an expression into JavaScript that leaves its value. */
export function emitExpression(e: Emitter, expression: Expression): Emitted {
  switch (expression.type) {
    case 'null':
      return emitted('undefined', 'null', { isSimple: true, isConstant: true });
    case 'boolean':
      return emitted(String(expression.value), 'boolean', { isSimple: true, isConstant: true });
    case 'text':
      return emitted(JSON.stringify(expression.value), 'text', { isSimple: true, isConstant: true });
    case 'number':
      return emitNumber(e, expression.kind, expression.digits);
    case 'name':
      return emitName(e, expression.name, expression.at);
    case 'member':
      return emitMember(e, expression);
    case 'index':
      return emitIndex(e, expression);
    case 'call':
      return emitCall(e, expression.name, expression.args, expression.at);
    case 'method':
      return emitMethod(e, expression);
    case 'unary':
      return emitUnary(e, expression);
    case 'binary':
      return emitBinary(e, expression);
    case 'choice':
      return emitChoice(e, expression);
    case 'assign':
      return emitAssignment(e, expression);
    case 'step':
      return emitStep(e, expression);
    case 'list':
      return emitList(e, expression);
    case 'map':
      return emitMap(e, expression, false);
    case 'new':
      return emitNew(e, expression);
    case 'new-array':
      return emitNewArray(e, expression);
    case 'cast':
      return emitted(`${markOf(expression.at)}${e.use('cast')}(${inOne(emitExpression(e, expression.operand))},${JSON.stringify(expression.to)})`);
    case 'instance-of':
      return emitInstanceOf(e, expression);
    case 'is-defined': {
      const name = e.scope.resolve(expression.name);
      noteArgument(e, expression.name);
      if (name === undefined) return emitted('false', 'boolean');
      return emitted(expression.path.length === 0 ? 'true' : `${e.use('defined')}(${name},${JSON.stringify(expression.path)})`, 'boolean');
    }
  }
}

/** A condition, which must be a boolean: nothing is true by being there. */
export function emitCondition(e: Emitter, expression: Expression): string {
  const value = emitExpression(e, expression);
  return value.kind === 'boolean' ? inOne(value) : `${markOf(expression.at)}${e.use('bool')}(${inOne(value)})`;
}

function emitName(e: Emitter, name: string, at: number): Emitted {
  noteArgument(e, name);
  const code = e.scope.resolve(name);
  if (code !== undefined) return emitted(code, 'any', { isSimple: true });
  // As in ThingsBoard it fails only where it is reached.
  return emitted(`${markOf(at)}${e.use('fail')}(${JSON.stringify(`unresolvable property or identifier: ${name}`)})`);
}

function noteArgument(e: Emitter, name: string): void {
  if (e.scope.isGivenOutside(name)) e.readArguments.add(name);
}

function emitUnary(e: Emitter, { operator, operand, at }: Extract<Expression, { type: 'unary' }>): Emitted {
  if (operator === '!') return emitted(`!${emitCondition(e, operand)}`, 'boolean');
  return emitted(`${markOf(at)}${e.use(operator === '-' ? 'neg' : 'bnot')}(${inOne(emitExpression(e, operand))})`);
}

function emitChoice(e: Emitter, { test, then, otherwise }: Extract<Expression, { type: 'choice' }>): Emitted {
  const condition = emitCondition(e, test);
  const [left, right] = [emitExpression(e, then), emitExpression(e, otherwise)];
  return emitted(`(${condition}?${inOne(left)}:${inOne(right)})`, left.kind === right.kind ? left.kind : 'any');
}

function emitAssignment(e: Emitter, { target, operator, value, at }: Assignment): Emitted {
  if (target.type === 'name') {
    noteArgument(e, target.name);
    const known = e.scope.resolve(target.name);
    if (operator === undefined) {
      const given = emitExpression(e, value);
      return emitted(`(${known ?? e.scope.declare(target.name)}=${inOne(given)})`, given.kind, { isPlainNumber: given.isPlainNumber });
    }
    const result = applied(e, operator, emitName(e, target.name, target.at), emitExpression(e, value), at);
    return emitted(`(${known ?? 'undefined'}=${inOne(result)})`, result.kind);
  }
  const object = e.kept(emitExpression(e, target.object));
  if (target.type === 'member') {
    const name = JSON.stringify(target.name);
    const old = operator === undefined ? emitted('') : emitted(readProperty(e, object, target.name, target.at));
    const made = operator === undefined ? emitExpression(e, value) : applied(e, operator, old, emitExpression(e, value), at);
    return emitted(`${markOf(target.at)}${e.use('put')}(${object.code},${name},${inOne(made)})`, made.kind, { before: object.before });
  }
  const index = e.kept(emitExpression(e, target.index));
  const before = [...object.before, ...index.before];
  const read = emitted(`${markOf(target.at)}${e.use('at')}(${object.code},${index.code})`);
  const made = operator === undefined ? emitExpression(e, value) : applied(e, operator, read, emitExpression(e, value), at);
  return emitted(`${markOf(target.at)}${e.use('putAt')}(${object.code},${index.code},${inOne(made)})`, made.kind, { before });
}

function emitStep(e: Emitter, { name, by, isPrefix, at }: Extract<Expression, { type: 'step' }>): Emitted {
  noteArgument(e, name);
  const variable = e.scope.resolve(name);
  if (variable === undefined) return emitName(e, name, at);
  const next = `${variable}=${stepped(e, variable, by, at)}`;
  if (isPrefix) return emitted(`(${next})`);
  const old = e.temporary();
  return emitted(`(${old}=${variable},${next},${old})`);
}

function emitInstanceOf(e: Emitter, { operand, className, at }: Extract<Expression, { type: 'instance-of' }>): Emitted {
  const name = className.replace(/^java\.(?:lang|util|math)\./, '');
  if (!instanceTypes.has(name) && !typeWords.has(name)) {
    e.complain(
      `"${className}" is no type that can be asked for; there are ${[...instanceTypes].join(', ')}, and isMap(x), isList(x) and isSet(x)`,
      at,
    );
  }
  return emitted(`${e.use('isInstance')}(${inOne(emitExpression(e, operand))},${JSON.stringify(name)})`, 'boolean');
}
