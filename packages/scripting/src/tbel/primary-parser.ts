import { readClassName, readExpression } from './expression-parser.js';
import type { Expression, MapEntry } from './syntax.js';
import { told, type TokenReader } from './token-reader.js';
import { missingFeatures, reservedWords } from './words.js';

/** A value with the properties, indexes and calls that follow it. */
export function readPostfix(reader: TokenReader): Expression {
  let value = readPrimary(reader);
  for (let length = 0; ; length += 1) {
    if (length > LINKS_MAX) reader.complain(`more than ${LINKS_MAX} properties follow one another`, reader.token.at);
    const { at, text } = reader.token;
    const isSafe = reader.is('.?');
    if (isSafe || reader.is('.')) {
      reader.take();
      const name = reader.expectName('the name of a property').text;
      value = reader.is('(')
        ? { type: 'method', object: value, name, args: readArguments(reader), isSafe, at }
        : { type: 'member', object: value, name, isSafe, at };
    } else if (reader.skip('[')) {
      value = { type: 'index', object: value, index: readExpression(reader), at };
      reader.expect(']', 'closes an index');
    } else if (reader.is('++') || reader.is('--')) {
      if (value.type !== 'name') reader.complain(`"${text}" works for variables only; write "${text.charAt(0)}= 1"`, at);
      reader.take();
      return { type: 'step', name: value.type === 'name' ? value.name : '', by: text === '++' ? 1 : -1, isPrefix: false, at };
    } else return value;
  }
}

/** As for operators: each link makes the tree a level deeper. */
const LINKS_MAX = 200;

/** More a call may not have (rule-engine.md §12.4). */
const ARGUMENTS_MAX = 10;

function readArguments(reader: TokenReader): Expression[] {
  const { at } = reader.take();
  const args = readItems(reader, ')');
  if (args.length > ARGUMENTS_MAX) reader.complain(`a call has ${args.length} arguments; the limit is ${ARGUMENTS_MAX}`, at);
  return args;
}

/** Expressions parted by commas up to a closing mark, which it takes; a last comma may stay. */
function readItems(reader: TokenReader, close: string): Expression[] {
  const items: Expression[] = [];
  while (!reader.skip(close)) {
    if (items.length > 0) {
      reader.expect(',', 'parts two values');
      if (reader.skip(close)) return items;
    }
    items.push(readExpression(reader));
  }
  return items;
}

function readPrimary(reader: TokenReader): Expression {
  const token = reader.token;
  const { at, text } = token;
  if (token.kind === 'number') {
    reader.take();
    return { type: 'number', kind: token.number, digits: token.text, at };
  }
  if (token.kind === 'text') {
    reader.take();
    return { type: 'text', value: text, at };
  }
  if (token.kind === 'name') return readNamed(reader);
  if (reader.skip('(')) {
    const value = readExpression(reader);
    reader.expect(')', 'closes a parenthesis');
    return value;
  }
  if (text === '[' || text === '{') return readCollection(reader);
  return reader.complain(`a value is missing; here is ${told(token)}`, at);
}

function readNamed(reader: TokenReader): Expression {
  const { at, text } = reader.take();
  if (text === 'true' || text === 'false') return { type: 'boolean', value: text === 'true', at };
  if (text === 'null' || text === 'nil') return { type: 'null', at };
  if (text === 'new') return readNew(reader, at);
  if (Object.hasOwn(missingFeatures, text)) reader.complain(`TBEL has no "${text}": ${missingFeatures[text] ?? ''}`, at);
  if (text === 'function') reader.complain('TBEL has no functions as values; give the function a name and define it as a statement', at);
  if (reservedWords.has(text)) reader.complain(`"${text}" cannot stand here`, at);
  if (reader.is('(')) return { type: 'call', name: text, args: readArguments(reader), at };
  return { type: 'name', name: text, at };
}

function readNew(reader: TokenReader, at: number): Expression {
  const className = readClassName(reader);
  if (reader.skip('[')) {
    if (!reader.is(']')) {
      const size = readExpression(reader);
      reader.expect(']', 'closes the length of an array');
      return { type: 'new-array', element: className, size, at };
    }
    reader.take();
    reader.expect('{', 'opens the elements of an array');
    return { type: 'list', items: readItems(reader, '}'), isArray: true, at };
  }
  if (!reader.is('(')) reader.complain(`"(" opens the arguments of a constructor, but here is ${told(reader.token)}`, reader.token.at);
  return { type: 'new', className, args: readArguments(reader), at };
}

/** A list or a map, in either kind of bracket: what has a colon is a map. */
function readCollection(reader: TokenReader): Expression {
  const { at, text } = reader.take();
  const close = text === '[' ? ']' : '}';
  if (reader.is(':') && reader.is(close, 1)) {
    reader.take();
    reader.take();
    return { type: 'map', entries: [], at };
  }
  if (reader.is(close) && close === '}') {
    reader.take();
    return { type: 'map', entries: [], at };
  }
  if (!isKey(reader)) return { type: 'list', items: readItems(reader, close), at };
  const entries: MapEntry[] = [];
  while (!reader.skip(close)) {
    if (entries.length > 0) {
      reader.expect(',', 'parts two entries of a map');
      if (reader.skip(close)) break;
    }
    if (!isKey(reader)) reader.complain(`a key with ":" is missing; here is ${told(reader.token)}`, reader.token.at);
    const key = reader.take();
    reader.take();
    entries.push({ key: key.text, value: readExpression(reader) });
  }
  return { type: 'map', entries, at };
}

function isKey(reader: TokenReader): boolean {
  const { kind } = reader.token;
  return kind !== 'mark' && kind !== 'end' && reader.is(':', 1);
}
