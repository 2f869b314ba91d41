import type { Expression } from '../syntax.js';
import { emitted, inOne, markOf, type Emitted } from './emitted.js';
import type { Emitter } from './emitter.js';
import { emitExpression } from './expressions.js';

/** A list, or a Java array where it is written as one. */
export function emitList(e: Emitter, { items, isArray }: Extract<Expression, { type: 'list' }>): Emitted {
  const list = `[${items.map((item) => inOne(emitExpression(e, item))).join(',')}]`;
  return emitted(isArray === true ? `${e.use('asArray')}(${list})` : list, 'collection');
}

/** @param mayHoldNull true where whoever reads the map takes a missing value and a missing key for the same */
export function emitMap(e: Emitter, { entries }: Extract<Expression, { type: 'map' }>, mayHoldNull: boolean): Emitted {
  const values = entries.map(({ value }) => emitExpression(e, value));
  // A plain `__proto__` would set what the object inherits.
  const nameOf = (key: string): string => (key === '__proto__' ? '["__proto__"]' : JSON.stringify(key));
  const literal = `{${entries.map(({ key }, place) => `${nameOf(key)}:${inOne(values[place] ?? emitted('undefined'))}`).join(',')}}`;
  const isWhole = mayHoldNull || values.every(({ kind }) => kind !== 'any' && kind !== 'null');
  return emitted(isWhole ? `(${literal})` : `${e.use('pack')}(${literal})`, 'collection');
}

const arrayElements = new Map([
  ...['int', 'long', 'byte', 'short', 'Integer', 'Long'].map((name): [string, string] => [name, '0']),
  ...['double', 'float'].map((name): [string, string] => [name, '0.0']),
  ['boolean', 'false'],
  ['char', '"\\u0000"'],
]);

/** `new int[3]` */
export function emitNewArray(e: Emitter, { element, size, at }: Extract<Expression, { type: 'new-array' }>): Emitted {
  const first = arrayElements.get(element);
  if (first === undefined) e.complain(`arrays of "${element}" cannot be made; write a list, as in [1, 2]`, at);
  const value = first === '0.0' ? e.constant(`${e.use('toDouble')}(0)`) : first;
  return emitted(`${markOf(at)}${e.use('newArray')}(${value},${inOne(emitExpression(e, size))})`, 'collection');
}
