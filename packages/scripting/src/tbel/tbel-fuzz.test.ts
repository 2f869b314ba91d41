// Goal: no text makes the compiler hang, crash or write code that the sandbox does not take. Method: random characters,
// random tokens, and measured scripts with parts taken out, doubled or swapped.
import { readFileSync } from 'node:fs';
import { isProblem } from '@fieldline/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { engineFixture, input } from '../testing.fixture.js';
import { compileTbel } from './compile-tbel.js';

const { compile } = engineFixture(20, 'TBEL');
const measured = ['language', 'statements', 'operators', 'collections-and-dates', 'functions'].flatMap((topic) =>
  readFileSync(new URL(`measured/${topic}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { source: string }).source),
);

/** The code of the script, or undefined where it is refused with a place inside the text. */
function compiled(body: string): string | undefined {
  try {
    return compileTbel(body, 'json').code;
  } catch (error) {
    if (!isProblem(error)) throw error;
    expect(error.code).toMatch(/^SCRIPT_(?:COMPILE_FAILED|EMPTY|TOO_LONG)$/);
    const { line, column } = (error.details ?? {}) as { line?: number; column?: number };
    const text = body.split('\n')[(line ?? 1) - 1];
    if (error.code === 'SCRIPT_COMPILE_FAILED') expect(column).toBeLessThanOrEqual((text ?? '').length + 1);
    return undefined;
  }
}

const words = (
  'var x = ( ) { } [ ] ; , . : ? .? + - * / % ** == != < > && || ! ~ & | ^ << >>> ++ -- += if else for foreach while do until switch case ' +
  'default break return function def new int String Date true null 1 2.0 5L 0xFF "a" \'b\' msg msg.a f x y instanceof is isdef contains or # ~= => \\ @ \n'
).split(' ');

test('random characters are compiled or refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (body) => void compiled(body)),
    { numRuns: 2_000 },
  );
});

test('random tokens are compiled or refused', () => {
  const tokens = fc.array(fc.constantFrom(...words), { maxLength: 25 }).map((parts) => parts.join(' '));
  fc.assert(
    fc.property(tokens, (body) => void compiled(body)),
    { numRuns: 5_000 },
  );
});

const mutated = fc
  .tuple(fc.constantFrom(...measured), fc.constantFrom(...measured), fc.nat(80), fc.nat(20), fc.nat(3))
  .map(([source, other, at, length, way]) => {
    const [head, part, tail] = [source.slice(0, at), source.slice(at, at + length), source.slice(at + length)];
    return [head + tail, head + part + part + tail, head + other + tail, `${source}; ${other}`][way] ?? source;
  });

test('mutated scripts are compiled or refused', () => {
  fc.assert(
    fc.property(mutated, (body) => void compiled(body)),
    { numRuns: 5_000 },
  );
});

test('what is compiled starts and answers in the sandbox', () => {
  fc.assert(
    fc.property(
      mutated.filter((body) => compiled(body) !== undefined),
      (body) => {
        const script = compile('json', body);
        const [answer] = script.run([input({ a: 1, list: [1, 2.5, null] })]);
        expect(answer).toBeDefined();
        if (answer !== undefined && 'problem' in answer) {
          // A message of JavaScript's own would mean that the compiler or the runtime let something through.
          expect(answer.problem.message).not.toMatch(/not a function|is not defined|ReferenceError|SyntaxError|cannot read property/);
        }
        script.dispose();
      },
    ),
    { numRuns: 60 },
  );
});
