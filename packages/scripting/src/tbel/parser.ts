import type { Complain } from './complaint.js';
import { readExpression } from './expression-parser.js';
import { tokensOf } from './lexer.js';
import { readFor, readForEach, readSwitch } from './loop-parser.js';
import type { Block, FunctionStatement, Statement } from './syntax.js';
import { told, TokenReader } from './token-reader.js';
import { missingFeatures, typeWords } from './words.js';

/** Parses a script: the statements of its body, in order. */
export function parse(source: string, complain: Complain): Block {
  const reader = new TokenReader(tokensOf(source, complain), complain);
  return readStatements(reader, (token) => token.kind === 'end');
}

/** Statements up to a token that ends them, which stays. A semicolon parts two of them; one that ends with a brace needs none. */
export function readStatements(reader: TokenReader, isEnd: (token: TokenReader['token']) => boolean): Statement[] {
  const statements: Statement[] = [];
  for (;;) {
    while (reader.skip(';'));
    if (isEnd(reader.token)) return statements;
    if (reader.token.kind === 'end') reader.complain('a "}" is missing at the end of the script', reader.token.at);
    const statement = reader.nested(() => readStatement(reader));
    statements.push(statement);
    const needsEnd = !endsWithBrace.has(statement.type);
    if (needsEnd && !reader.is(';') && !isEnd(reader.token)) {
      reader.complain(`unterminated statement: a ";" is missing before ${told(reader.token)}`, reader.token.at);
    }
  }
}

const endsWithBrace: ReadonlySet<Statement['type']> = new Set(['function', 'if', 'while', 'for', 'foreach', 'switch']);

/** A block in braces, or one statement without. */
export function readBody(reader: TokenReader): Block {
  if (reader.skip('{')) {
    const statements = reader.nested(() => readStatements(reader, (token) => token.kind === 'mark' && token.text === '}'));
    reader.take();
    return statements;
  }
  const statement = reader.nested(() => readStatement(reader));
  if (!endsWithBrace.has(statement.type)) reader.skip(';');
  return [statement];
}

export function readStatement(reader: TokenReader): Statement {
  const { kind, text, at } = reader.token;
  const read = kind === 'name' ? statementReaders.get(text) : undefined;
  if (read !== undefined) return read(reader);
  if (kind === 'name') {
    const hint = Object.hasOwn(missingFeatures, text) ? missingFeatures[text] : undefined;
    if (hint !== undefined && reader.peek(1).kind !== 'mark') reader.complain(`TBEL has no "${text}": ${hint}`, at);
    if (typeWords.has(text) && reader.peek(1).kind === 'name') return readDeclaration(reader);
  }
  return { type: 'expression', expression: readExpression(reader), at };
}

type StatementReader = (reader: TokenReader) => Statement;

const statementReaders: ReadonlyMap<string, StatementReader> = new Map<string, StatementReader>([
  ['var', readDeclaration],
  ['function', readFunction],
  ['def', readFunction],
  ['if', readIf],
  ['while', (reader) => readWhile(reader, false)],
  ['until', (reader) => readWhile(reader, true)],
  ['do', readDo],
  // Not the functions themselves: their module and this one need one another.
  ['for', (reader) => readFor(reader)],
  ['foreach', (reader) => readForEach(reader)],
  ['switch', (reader) => readSwitch(reader)],
  ['return', readReturn],
  ['break', (reader) => ({ type: 'break', at: reader.take().at })],
]);

function readDeclaration(reader: TokenReader): Statement {
  const { at } = reader.take();
  const name = reader.expectName('the name of a variable').text;
  const value = reader.skip('=') ? readExpression(reader) : undefined;
  return { type: 'declare', name, value, at };
}

function readFunction(reader: TokenReader): FunctionStatement {
  const { at } = reader.take();
  if (reader.is('(')) reader.complain('a function needs a name; TBEL has no functions as values', reader.token.at);
  const name = reader.expectName('the name of the function').text;
  reader.expect('(', 'opens the parameters of a function');
  const parameters: string[] = [];
  while (!reader.is(')')) {
    if (parameters.length > 0) reader.expect(',', 'parts two parameters');
    parameters.push(reader.expectName('the name of a parameter').text);
  }
  reader.take();
  if (!reader.is('{')) reader.complain(`"{" opens the body of a function, but here is ${told(reader.token)}`, reader.token.at);
  return { type: 'function', name, parameters, body: readBody(reader), at };
}

function readIf(reader: TokenReader): Statement {
  const { at } = reader.take();
  const test = readTest(reader, 'if');
  const then = readBody(reader);
  const otherwise = reader.skip('else') ? readBody(reader) : undefined;
  return { type: 'if', test, then, otherwise, at };
}

export function readTest(reader: TokenReader, word: string) {
  reader.expect('(', `opens the condition of "${word}"`);
  const test = readExpression(reader);
  reader.expect(')', `closes the condition of "${word}"`);
  return test;
}

function readWhile(reader: TokenReader, isTurned: boolean): Statement {
  const { at, text } = reader.take();
  const test = readTest(reader, text);
  return {
    type: 'while',
    test: isTurned ? { type: 'unary', operator: '!', operand: test, at } : test,
    isTestLast: false,
    body: readBody(reader),
    at,
  };
}

function readDo(reader: TokenReader): Statement {
  const { at } = reader.take();
  const body = readBody(reader);
  const isTurned = reader.is('until');
  if (!isTurned && !reader.is('while')) reader.complain(`"while" or "until" ends a "do", but here is ${told(reader.token)}`, reader.token.at);
  const test = readTest(reader, reader.take().text);
  return { type: 'while', test: isTurned ? { type: 'unary', operator: '!', operand: test, at } : test, isTestLast: true, body, at };
}

function readReturn(reader: TokenReader): Statement {
  const { at } = reader.take();
  const isBare = reader.token.kind === 'end' || reader.is(';') || reader.is('}');
  return { type: 'return', value: isBare ? undefined : readExpression(reader), at };
}
