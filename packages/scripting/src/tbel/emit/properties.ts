import { constants } from '../catalogue.js';
import type { Expression } from '../syntax.js';
import { emitted, inOne, markOf, type Emitted } from './emitted.js';
import type { Emitter } from './emitter.js';
import { emitExpression } from './expressions.js';
import { emitNumber } from './numbers.js';

type Member = Extract<Expression, { type: 'member' }>;

export function emitMember(e: Emitter, member: Member): Emitted {
  const { object, name, at } = member;
  const constant = object.type === 'name' && e.scope.resolve(object.name) === undefined ? emitConstant(e, `${object.name}.${name}`) : undefined;
  if (constant !== undefined) return constant;
  return linked(e, object, member.isSafe, (of) => emitted(readProperty(e, of, name, at), 'any', { before: of.before }));
}

function emitConstant(e: Emitter, name: string): Emitted | undefined {
  const written = constants.get(name);
  if (written === undefined)
    return name === 'Boolean.TRUE' || name === 'Boolean.FALSE' ? emitted(String(name === 'Boolean.TRUE'), 'boolean') : undefined;
  if (written.endsWith('L')) return emitNumber(e, 'long', written.slice(0, -1));
  return emitNumber(e, /[.E]/.test(written) ? 'double' : 'whole', written);
}

export function emitIndex(e: Emitter, { object, index, at }: Extract<Expression, { type: 'index' }>): Emitted {
  return linked(e, object, false, (of) =>
    emitted(`${markOf(at)}${e.use('at')}(${of.code},${inOne(emitExpression(e, index))})`, 'any', { before: of.before }),
  );
}

/**
 * Goes on from an object. Behind a null-safe link the rest of the chain ends at the first null; in front of one, null is an error.
 */
export function linked(e: Emitter, object: Expression, isSafe: boolean, go: (object: Emitted) => Emitted): Emitted {
  const of = e.kept(emitExpression(e, object));
  if (!(isSafe && object.type !== 'name') && !hasSafeLink(object)) return go(of);
  const rest = go({ ...of, before: [] });
  return emitted(`(${of.code}===undefined?undefined:${inOne(rest)})`, 'any', { before: of.before });
}

function hasSafeLink(expression: Expression): boolean {
  if (expression.type === 'member' || expression.type === 'method') return expression.isSafe || hasSafeLink(expression.object);
  return expression.type === 'index' && hasSafeLink(expression.object);
}

/**
 * Reads a property. A plain read that finds something found a key of a map, because no name that JavaScript's objects
 * inherit is read in that way; the rest is for the runtime, and what null answers is an error with a place.
 */
export function readProperty(e: Emitter, object: Emitted, name: string, at: number): string {
  const quoted = JSON.stringify(name);
  if (inheritedNames.has(name)) return `${markOf(at)}${e.use('miss')}(${object.code},${quoted})`;
  const value = e.temporary();
  return `((${value}=${markOf(at)}${object.code}.${name})!==undefined?${value}:${e.use('miss')}(${object.code},${quoted}))`;
}

/** Names that JavaScript's values have without being keys of a map. */
const inheritedNames: ReadonlySet<string> = new Set(
  [Object, Array, String, Number, Boolean].flatMap((type) => Object.getOwnPropertyNames(type.prototype)).concat('toJSON', '__quote'),
);
