import type { JsonValue } from '@fieldline/plugin-sdk';
import { RE2JS } from 're2js';
import { FILTER_DEPTH_MAX } from '../limits.js';
import { readPath } from './parse-path.js';
import { operators, type Condition, type Operand } from './path.js';
import type { Reader } from './reader.js';

/** Reads the condition of a filter: `&&` binds closer than `||`. */
export function parseCondition(reader: Reader, depth = 0): Condition {
  return joined(reader, '||', 'or', () => joined(reader, '&&', 'and', () => readTerm(reader, depth)));
}

function joined(reader: Reader, sign: string, kind: 'and' | 'or', read: () => Condition): Condition {
  const first = read();
  const parts = [first];
  while (reader.takes(sign)) parts.push(read());
  return parts.length === 1 ? first : { kind, parts };
}

function readTerm(reader: Reader, depth: number): Condition {
  if (depth > FILTER_DEPTH_MAX) reader.fail(`there are more than ${FILTER_DEPTH_MAX} parentheses inside one another`);
  reader.skipSpace();
  if (reader.takes('!')) return { kind: 'not', part: readTerm(reader, depth + 1) };
  if (reader.takes('(')) {
    const inside = parseCondition(reader, depth + 1);
    reader.expect(')');
    reader.skipSpace();
    return inside;
  }
  return readComparison(reader);
}

function readComparison(reader: Reader): Condition {
  const left = readOperand(reader);
  reader.skipSpace();
  const operator = operators.find((one) => reader.takes(one));
  if (operator === undefined) {
    if (left.kind !== 'path') return reader.fail('an operator such as == or > is missing');
    return { kind: 'exists', path: left.path };
  }
  reader.skipSpace();
  const right = readOperand(reader);
  reader.skipSpace();
  return { kind: 'compare', operator, left, right };
}

function readOperand(reader: Reader): Operand {
  const { next } = reader;
  if (next === '@' || next === '$') return { kind: 'path', path: readPath(reader, 'filter') };
  if (next === '/') return { kind: 'pattern', pattern: readPattern(reader) };
  return { kind: 'literal', value: readLiteral(reader) };
}

function readLiteral(reader: Reader): JsonValue {
  if (reader.next === "'" || reader.next === '"') return reader.quoted();
  if (reader.takes('[')) return readArray(reader);
  const word = reader.match(WORD) ?? reader.fail('a value is missing');
  try {
    return JSON.parse(word) as JsonValue;
  } catch {
    return reader.fail(`${word} is no value: texts need quotes`);
  }
}

/** The rest of a list of texts, numbers and the like. */
function readArray(reader: Reader): JsonValue {
  const items: JsonValue[] = [];
  reader.skipSpace();
  while (!reader.takes(']')) {
    if (reader.next === '[') reader.fail('a list in a list is not possible here');
    items.push(readLiteral(reader));
    reader.skipSpace();
    if (reader.takes(',')) reader.skipSpace();
    else if (reader.next !== ']') reader.fail('"," or "]" is missing');
  }
  return items;
}

/** `/pattern/` with the letters i, m and s behind it; it must fit the whole text. */
function readPattern(reader: Reader): RE2JS {
  const [, source = '', letters = ''] =
    /^\/((?:[^/\\]|\\.)*)\/([a-zA-Z]*)/.exec(reader.text.slice(reader.at)) ?? reader.fail('a pattern is not closed');
  let flags = 0;
  for (const letter of letters) flags |= patternFlags.get(letter) ?? reader.fail(`a pattern knows no letter "${letter}"`);
  try {
    const pattern = RE2JS.compile(source.replaceAll('\\/', '/'), flags);
    reader.at += source.length + letters.length + 2;
    return pattern;
  } catch (error) {
    return reader.fail(error instanceof Error ? error.message : String(error));
  }
}

const patternFlags = new Map([
  ['i', RE2JS.CASE_INSENSITIVE],
  ['m', RE2JS.MULTILINE],
  ['s', RE2JS.DOTALL],
]);

const WORD = /[-+.\w]+/y;
