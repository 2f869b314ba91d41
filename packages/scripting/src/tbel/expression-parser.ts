import { binaryLevels, levelOf } from './operators.js';
import { readPostfix } from './primary-parser.js';
import type { BinaryOperator, Expression } from './syntax.js';
import { told, type TokenReader } from './token-reader.js';
import { typeWords } from './words.js';

/** Reads an expression, with assignments: they bind loosest and to the right. */
export function readExpression(reader: TokenReader): Expression {
  return reader.nested(() => {
    const left = readChoice(reader);
    const { text, kind, at } = reader.token;
    const operator = kind === 'mark' ? assignments.get(text) : undefined;
    if (operator === undefined) return left;
    if (left.type !== 'name' && left.type !== 'member' && left.type !== 'index')
      reader.complain('only a variable, a property or an index takes a value', at);
    reader.take();
    return { type: 'assign', target: left, operator: operator === '=' ? undefined : operator, value: readExpression(reader), at };
  });
}

const assignments = new Map<string, BinaryOperator | '='>([
  ['=', '='],
  ...(['+', '-', '*', '/', '%', '&', '|', '^', '<<', '>>', '>>>'] as const).map((one) => [`${one}=`, one] as const),
]);

function readChoice(reader: TokenReader): Expression {
  const test = readBinary(reader, 0);
  const { at } = reader.token;
  for (const sign of ['?:', '??', '=>', '...']) if (reader.is(sign)) reader.complain(`TBEL has no "${sign}"`, at);
  if (!reader.skip('?')) return test;
  const then = readExpression(reader);
  reader.expect(':', 'parts the two values of a "?"');
  return { type: 'choice', test, then, otherwise: readExpression(reader), at };
}

function readBinary(reader: TokenReader, level: number): Expression {
  if (level === binaryLevels.length) return readUnary(reader);
  let left = readBinary(reader, level + 1);
  let length = 0;
  for (;;) {
    const { at, text, kind } = reader.token;
    if (text === '!==' && kind === 'mark') reader.complain('TBEL has no "!==": write "!="', at);
    const operator = kind === 'mark' || kind === 'name' ? levelOf(text, level) : undefined;
    if (operator === undefined) return left;
    reader.take();
    length += 1;
    if (length > OPERATORS_MAX) reader.complain(`more than ${OPERATORS_MAX} operators follow one another`, at);
    if (operator === 'instanceof') left = { type: 'instance-of', operand: left, className: readClassName(reader), at };
    else left = { type: 'binary', operator, left, right: readBinary(reader, level + 1), at };
  }
}

/** Each makes the tree one level deeper, and what compiles it recurses. */
const OPERATORS_MAX = 400;

export function readClassName(reader: TokenReader): string {
  let name = reader.expectName('the name of a class').text;
  while (reader.is('.') && reader.peek(1).kind === 'name') {
    reader.take();
    name += `.${reader.take().text}`;
  }
  return name;
}

function readUnary(reader: TokenReader): Expression {
  const { at, kind, text } = reader.token;
  if (kind === 'mark') {
    if (text === '-' || text === '!' || text === '~') {
      reader.take();
      return reader.nested(() => negated(text, readUnary(reader), at));
    }
    if (text === '++' || text === '--') {
      reader.take();
      const name = reader.expectName(`the variable of "${text}"`).text;
      return { type: 'step', name, by: text === '++' ? 1 : -1, isPrefix: true, at };
    }
    if (text === '+') reader.complain('a "+" needs a value on its left', at);
    if (text === '(' && typeWords.has(reader.peek(1).text) && reader.is(')', 2) && beginsOperand(reader)) {
      const to = reader.peek(1).text;
      for (let i = 0; i < 3; i += 1) reader.take();
      return reader.nested(() => ({ type: 'cast', to, operand: readUnary(reader), at }));
    }
  }
  if (kind === 'name' && text === 'isdef') return readIsDefined(reader);
  return readPostfix(reader);
}

function beginsOperand(reader: TokenReader): boolean {
  const { kind, text } = reader.peek(3);
  return kind === 'mark' ? ['(', '[', '{', '-', '!', '~'].includes(text) : kind !== 'end';
}

function negated(operator: '-' | '!' | '~', operand: Expression, at: number): Expression {
  if (operator === '-' && operand.type === 'number' && !operand.digits.startsWith('-')) return { ...operand, digits: `-${operand.digits}`, at };
  return { type: 'unary', operator, operand, at };
}

function readIsDefined(reader: TokenReader): Expression {
  const { at } = reader.take();
  if (reader.is('(')) reader.complain('"isdef" takes a name without parentheses', reader.token.at);
  const name = reader.expectName('the name after "isdef"').text;
  const path: string[] = [];
  while (reader.skip('.')) path.push(reader.expectName('a property').text);
  if (reader.is('[')) reader.complain(`"isdef" takes names only, not ${told(reader.token)}`, reader.token.at);
  return { type: 'is-defined', name, path, at };
}
