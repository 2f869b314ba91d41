// Goal: whatever is wrong with a script has a code, a place in the user's text and a sentence that helps; nothing a script
// does costs another message its answer.
import { isProblem } from '@fieldline/kernel';
import { describe, expect, test } from 'vitest';
import { BODY_CHARS_MAX } from '../limits.js';
import { engineFixture, input } from '../testing.fixture.js';
import { functionCatalogue } from './catalogue.js';
import { compileTbel } from './compile-tbel.js';

const { compile, one, run } = engineFixture(50, 'TBEL');

const refusal = (body: string): { code: string; details?: unknown; message?: string } => {
  try {
    compileTbel(body, 'json');
  } catch (error) {
    if (isProblem(error)) return error;
    throw error;
  }
  return { code: 'none' };
};

describe('compiling', () => {
  test.each([
    ['return foo(1);', 1, 8, 'no function "foo"'],
    ['var x = 1;\nreturn Math.trunc(x);', 2, 12, 'no function "Math.trunc"'],
    ['return parseint("5");', 1, 8, 'did you mean "parseInt"?'],
    ['return parseInt();', 1, 8, 'takes 1 to 2 arguments, not 0'],
    ['return msg.a !== 1;', 1, 14, 'write "!="'],
    ['let x = 1;', 1, 1, 'write "var"'],
    ['return typeof msg;', 1, 8, 'instanceof'],
    ['msg.i++', 1, 6, 'write "+= 1"'],
    ['var x = 1 var y = 2', 1, 11, '";" is missing'],
    ['var a = 1;\n\n  a = = 2;', 3, 7, 'a value is missing'],
    ['if (true) {', 1, 12, 'a "}" is missing'],
    ['return [1, 2', 1, 13, 'parts two values'],
    ['return "abc', 1, 8, 'not closed'],
    ['return "\\q";', 1, 9, 'no escape'],
    ['/* never', 1, 1, 'not closed'],
    ['return 5x;', 1, 8, 'no number'],
    ['return 9223372036854775808;', 1, 8, 'larger than a long'],
    ['break;', 1, 1, 'outside of a loop'],
    ['return new HashMap();', 1, 8, 'write {} for a map'],
    ['return new java.io.File("x");', 1, 8, 'not possible'],
    ['f(1, 2); function f(a) { return a; }', 1, 1, 'takes 1 arguments, not 2'],
    ['f(1,2,3,4,5,6,7,8,9,10,11); function f(a) { return a; }', 1, 2, '11 arguments; the limit is 10'],
    ['x -> 1', 1, 4, 'a value is missing'],
    ['return a ?? b;', 1, 10, 'no "??"'],
    ['foreach (var x : msg) {}', 1, 10, 'without "var"'],
    ['return 1 @ 2;', 1, 10, '"@" has no meaning'],
  ])('%j is refused at line %i, column %i: %s', (body, line, column, words) => {
    const problem = refusal(body);
    expect(problem).toMatchObject({ code: 'SCRIPT_COMPILE_FAILED', details: { line, column } });
    expect(problem.message).toContain(words);
  });

  test.each(['', '  \n '])('%j is empty', (body) => {
    expect(refusal(body).code).toBe('SCRIPT_EMPTY');
  });

  test('the longest script compiles, one character more does not', () => {
    const body = (length: number): string => `return true;${' '.repeat(length - 12)}`;
    expect(refusal(body(BODY_CHARS_MAX)).code).toBe('none');
    expect(refusal(body(BODY_CHARS_MAX + 1)).code).toBe('SCRIPT_TOO_LONG');
  });

  test.each([
    ['parentheses', `return ${'('.repeat(3_000)}1${')'.repeat(3_000)};`],
    ['negations', `return ${'!'.repeat(40_000)}true;`],
    ['blocks', 'if (true) {'.repeat(1_000)],
    ['choices', `return ${'true ? '.repeat(3_000)}1`],
    ['properties', `return msg${'.a'.repeat(3_000)};`],
    ['lists', `return ${'['.repeat(3_000)}${']'.repeat(3_000)};`],
    ['operators', `return 1${' + 1'.repeat(5_000)};`],
  ])('endless %s are refused', (_, body) => {
    expect(refusal(body).code).toBe('SCRIPT_COMPILE_FAILED');
  });

  test('what may be nested or joined compiles in the sandbox too', () => {
    expect(one('json', `return ${'('.repeat(60)}1${')'.repeat(60)};`)).toBe(1);
    expect(one('json', `return "a"${' + msg.n'.repeat(350)};`, input({ n: 1 }))).toBe(`a${'1'.repeat(350)}`);
    expect(one('json', `return 0${' + msg.n'.repeat(350)};`, input({ n: 1 }))).toBe(350);
    expect(one('filter', `return msg.n == 0${' || msg.n == 1'.repeat(350)};`, input({ n: 1 }))).toBe(true);
  });

  test('the runtime defines every function of the catalogue', () => {
    const calls = [...functionCatalogue].map(
      ([name, { least }]) => `if (msg == "${name}") { ${name}(${Array.from({ length: least }, () => 'null').join(',')}); }`,
    );
    const script = compile('json', calls.join('\n'));
    const answers = script.run([...functionCatalogue.keys()].map((name) => input(name)));
    const missing = answers.filter((answer) => 'problem' in answer && /not a function|not defined/.test(answer.problem.message));
    expect(missing).toEqual([]);
    script.dispose();
  });
});

describe('running', () => {
  test.each([
    ['return msg.a.b;', 1, 13, 'null pointer'],
    ['var x = 1;\n  return y;', 2, 10, 'unresolvable property or identifier: y'],
    ['var l = [1];\nl[1] = 5;', 2, 2, 'out of bounds'],
    ['return msg.a.length();', 1, 13, 'null pointer'],
    ['return "a".foo();', 1, 11, 'unable to resolve method'],
    ['if (msg.a) { return 1; }', 1, 8, 'expected Boolean; but found: null'],
    ['return "abc" > 5;', 1, 14, 'uncomparable'],
    ['function deep() {\n  raiseError("no");\n}\nreturn deep();', 2, 3, 'no'],
    ['var s = 0;\nforeach (x : null) { s += x; }', 2, 1, 'null pointer'],
  ])('%j names line %i, column %i', (body, line, column, words) => {
    const [answer] = compile('json', body).run([input()]);
    expect(answer).toMatchObject({ problem: { code: 'SCRIPT_THREW', details: { line, column } } });
    expect(answer !== undefined && 'problem' in answer ? answer.problem.message : '').toContain(words);
  });

  test.each([
    ['while (true) {}', 'SCRIPT_TIMEOUT'],
    ['function f(n) { return f(n + 1); } f(0)', 'SCRIPT_THREW'],
    ['var l = []; while (true) { l.add(l); }', 'SCRIPT_TIMEOUT'],
    ['var l = []; l.add(l); return "" + l;', 'SCRIPT_THREW'],
    ['var s = "aaaaaaaa"; while (true) { s += s; }', 'SCRIPT_THREW'],
    ['var l = []; while (true) { l.add("aaaaaaaa".repeat(9000) + l.size()); }', 'SCRIPT_MEMORY_OVERFLOW'],
    ['return ("a".repeat(30) + "b").matches("(a+)+c");', 'SCRIPT_TIMEOUT'],
    ['return "a".repeat(2000000000);', 'SCRIPT_THREW'],
    ['return padStart("a", 2000000000, " ");', 'SCRIPT_THREW'],
    ['return 2.0B ** 1000000000;', 'SCRIPT_THREW'],
    ['var x = 0.1B; while (true) { x = x * 0.1B; }', 'SCRIPT_THREW'],
    ['foreach (x : 2000000000) {}', 'SCRIPT_TIMEOUT'],
    ['return new int[2000000000];', 'SCRIPT_TIMEOUT'],
  ])('%j ends alone', (body, code) => {
    const guarded = `if (msg == 1) { ${body} } return "fine";`.replace(
      /if \(msg == 1\) \{ (function .*?\}) (.*) \} return/,
      '$1 if (msg == 1) { $2 } return',
    );
    const answers = run('json', guarded, [input(0), input(1), input(0)]);
    expect(answers).toEqual(['fine', code, 'fine']);
  });
});
