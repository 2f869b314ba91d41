import { readExpression } from './expression-parser.js';
import { readBody, readStatement, readStatements, readTest } from './parser.js';
import type { Statement, SwitchCase } from './syntax.js';
import { told, type TokenReader } from './token-reader.js';
import { typeWords } from './words.js';

/** `for (start; test; step)`, or `for (name : items)`, which is `foreach`. */
export function readFor(reader: TokenReader): Statement {
  if (reader.is(':', 3) || (reader.is(':', 4) && reader.peek(3).kind === 'name')) return readForEach(reader);
  const { at } = reader.take();
  reader.expect('(', 'opens a "for"');
  const start = reader.is(';') ? undefined : readStatement(reader);
  reader.expect(';', 'ends the start of a "for"');
  const test = reader.is(';') ? undefined : readExpression(reader);
  reader.expect(';', 'ends the condition of a "for"');
  const step = reader.is(')') ? undefined : readExpression(reader);
  reader.expect(')', 'closes a "for"');
  return { type: 'for', start, test, step, body: readBody(reader), at };
}

export function readForEach(reader: TokenReader): Statement {
  const { at } = reader.take();
  reader.expect('(', 'opens a "foreach"');
  if (reader.is('var')) reader.complain('the variable of a "foreach" stands without "var"', reader.token.at);
  if (typeWords.has(reader.token.text) && reader.peek(1).kind === 'name') reader.take();
  const name = reader.expectName('the variable of a "foreach"').text;
  reader.expect(':', 'stands between the variable and the list of a "foreach"');
  const items = readExpression(reader);
  reader.expect(')', 'closes a "foreach"');
  return { type: 'foreach', name, items, body: readBody(reader), at };
}

export function readSwitch(reader: TokenReader): Statement {
  const { at } = reader.take();
  const subject = readTest(reader, 'switch');
  reader.expect('{', 'opens the cases of a "switch"');
  const cases: SwitchCase[] = [];
  while (!reader.skip('}')) {
    const isDefault = reader.is('default');
    if (!isDefault && !reader.is('case')) reader.complain(`"case", "default" or "}" is missing; here is ${told(reader.token)}`, reader.token.at);
    reader.take();
    const test = isDefault ? undefined : readExpression(reader);
    reader.expect(':', 'ends a "case"');
    const body = reader.nested(() => readStatements(reader, ({ text, kind }) => kind !== 'text' && ['case', 'default', '}'].includes(text)));
    cases.push({ test, body });
  }
  return { type: 'switch', subject, cases, at };
}
