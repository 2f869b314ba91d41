import { isProblem } from '@fieldline/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ARGUMENTS_CHARS_MAX, BODY_CHARS_MAX, BRACKET_DEPTH_MAX, MESSAGES_PER_RESULT_MAX, RESULT_CHARS_MAX } from './limits.js';
import { engineFixture, input, START_MS } from './testing.fixture.js';

const { compile, run, one } = engineFixture();

const refusal = (body: string): { code: string; details?: unknown } => {
  try {
    compile('filter', body);
  } catch (error) {
    if (isProblem(error)) return { code: error.code, details: error.details };
    throw error;
  }
  return { code: 'none' };
};

describe('arguments', () => {
  test('a script sees the parsed message, the metadata as texts and the type', () => {
    const given = input({ t: 1.5, n: [null] }, { ts: '7' }, 'CUSTOM');
    expect(one('json', 'return [msg, metadata.ts + 1, msgType, arguments.length];', given)).toEqual([{ t: 1.5, n: [null] }, '71', 'CUSTOM', 3]);
  });

  test.each([42, 'text', null, [1], true])('the message may be %j', (data) => {
    expect(one('json', 'return msg;', input(data))).toEqual(data);
  });

  test('keys named __proto__ are keys', () => {
    const given = { ...input(), messageText: '{"__proto__":{"a":1}}' };
    expect(one('string', 'return JSON.stringify(msg) + (msg.a === undefined);', given)).toBe('{"__proto__":{"a":1}}true');
  });

  test('text beyond ASCII survives in both directions', () => {
    const word = 'žluťoučký 温度 🌡 \u0000 "';
    expect(one('json', 'return [msg, metadata.w];', input(word, { w: word }))).toEqual([word, word]);
  });

  test('half a surrogate pair in one message does not shift the next', () => {
    const broken = { messageText: '"a\ud83c"', metadata: {}, messageType: 'A\ud83c' };
    expect(run('json', 'return [msg, msgType];', [broken, input('next', {}, 'B')])).toEqual([
      ['a\ufffd', 'A\ufffd'],
      ['next', 'B'],
    ]);
  });

  test.each(['', '{', '{"a":1}}', '1,2', '"\0"'])('a body that is not JSON (%j) fails alone', (messageText) => {
    const answers = run('json', 'return msg;', [input(1), { messageText, metadata: {}, messageType: 'A' }, input(2)]);
    expect(answers).toEqual([1, 'SCRIPT_ARGUMENT_INVALID', 2]);
  });

  test('a generator sees what it made before, by names of its own', () => {
    const given = input({ n: 1 }, { a: 'b' }, 'BEFORE');
    expect(
      one('generate', 'var msg = { n: prevMsg.n + 1 }; return { msg: msg, metadata: { c: prevMetadata.a }, msgType: prevMsgType + "!" };', given),
    ).toEqual([{ messageText: '{"n":2}', metadata: { c: 'b' }, messageType: 'BEFORE!' }]);
    expect(one('generate', 'return { msg: msg };', given)).toBe('SCRIPT_THREW');
    expect(one('update', 'return { msg: prevMsg };', given)).toBe('SCRIPT_THREW');
  });

  test('what a script does not read is not parsed', () => {
    expect(one('filter', 'return true;', { ...input(), messageText: '{' })).toBe(true);
  });
});

describe('results', () => {
  test.each([
    ['filter', 'return msg.t > 20;', false],
    ['filter', 'return 1;', 'SCRIPT_WRONG_RESULT_TYPE'],
    ['filter', 'return "true";', 'SCRIPT_WRONG_RESULT_TYPE'],
    ['filter', 'return null;', 'SCRIPT_WRONG_RESULT_TYPE'],
    ['filter', '', 'SCRIPT_EMPTY'],
    ['filter', 'msg.t > 20', 'SCRIPT_WRONG_RESULT_TYPE'],
    ['filter', 'return new Boolean(true);', true],
    ['switch', 'return "one";', ['one']],
    ['switch', 'return ["one", "two", "one"];', ['one', 'two']],
    ['switch', 'return [];', []],
    ['switch', 'return ["one", 2];', 'SCRIPT_WRONG_RESULT_TYPE'],
    ['switch', 'return {};', 'SCRIPT_WRONG_RESULT_TYPE'],
    ['string', 'return "a" + 1;', 'a1'],
    ['string', 'return 1;', 'SCRIPT_WRONG_RESULT_TYPE'],
    ['json', 'return {a: NaN, b: undefined, c: -0, d: new Date(0)};', { a: null, c: 0, d: '1970-01-01T00:00:00.000Z' }],
    ['json', 'return undefined;', null],
    ['json', 'return true;', true],
    ['generate', 'return [];', 'SCRIPT_WRONG_RESULT_TYPE'],
    ['update', 'return "x";', 'SCRIPT_WRONG_RESULT_TYPE'],
    ['update', 'return function () {};', 'SCRIPT_WRONG_RESULT_TYPE'],
    ['update', 'return new Date(0);', 'SCRIPT_WRONG_RESULT_TYPE'],
    ['update', 'return true;', 'SCRIPT_WRONG_RESULT_TYPE'],
    ['update', 'return [];', 'SCRIPT_RESULT_EMPTY'],
    ['update', 'return {metadata: {a: {}}};', 'SCRIPT_WRONG_RESULT_TYPE'],
    ['update', 'return {metadata: "x"};', 'SCRIPT_WRONG_RESULT_TYPE'],
    ['update', 'return {metadata: null};', 'SCRIPT_WRONG_RESULT_TYPE'],
  ] as const)('%s script "%s" gives %j', (kind, body, expected) => {
    expect(body === '' ? refusal(body).code : one(kind, body)).toEqual(expected);
  });

  test.each([
    ['return {msg: null};', [{ messageText: 'null' }]],
    ['return {msg: NaN};', [{ messageText: 'null' }]],
    ['return {msg: "a"};', [{ messageText: '"a"' }]],
    ['return {msg: [1, {b: 2}]};', [{ messageText: '[1,{"b":2}]' }]],
    ['return {msg: undefined};', [{}]],
    ['return {other: 1};', [{}]],
    ['return {msg: msg, metadata: metadata, msgType: msgType};', [{}]],
    ['return {metadata: {n: 1, b: false, z: null, u: undefined, s: "x", f: 1.5}};', [{ metadata: { n: '1', b: 'false', s: 'x', f: '1.5' } }]],
    ['return {metadata: {}};', [{ metadata: {} }]],
    ['return {msgType: "NEW"};', [{ messageType: 'NEW' }]],
    ['return {msgType: ""};', [{}]],
    ['return {msgType: {}};', [{}]],
    ['return {msgType: null};', [{ messageType: 'null' }]],
    ['return {msgType: 5};', [{ messageType: '5' }]],
    ['return [{msg: 1}, 7, {msgType: "B"}];', [{ messageText: '1' }, {}, { messageType: 'B' }]],
  ])('update script "%s" makes %j', (body, expected) => {
    expect(one('update', body, input({ t: 1 }, { k: 'v' }))).toEqual(expected);
  });

  test('a message the script rewrites loses what JSON in a script cannot say, one it leaves alone does not', () => {
    const given = { messageText: '{"t": 42.0}', metadata: {}, messageType: 'A' };
    expect(one('update', 'return {msg: msg};', given)).toEqual([{ messageText: '{"t":42}' }]);
    expect(one('update', 'return {msgType: "B"};', given)).toEqual([{ messageType: 'B' }]);
  });

  test('metadata named __proto__ stays a key', () => {
    const [message] = one('update', 'return {metadata: JSON.parse(\'{"__proto__": "x"}\')};') as { metadata: object }[];
    expect(Object.entries(message?.metadata ?? {})).toEqual([['__proto__', 'x']]);
  });

  test('any JSON comes back as JavaScript prints it', () => {
    const script = compile('update', 'return {msg: [msg]};');
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 5 }), (values) => {
        const answers = script.run(values.map((value) => input(value)));
        expect(answers).toEqual(
          values.map((value) => ({ result: { kind: 'update', value: [{ messageText: JSON.stringify([JSON.parse(JSON.stringify(value))]) }] } })),
        );
      }),
    );
    script.dispose();
  });
});

describe('errors', () => {
  test.each([
    ['return msg.a.b;', 1, 13],
    ['var x = 1;\n  return y;', 2, 10],
    ['i = 1; return y;', 1, 15],
    ['function deep() {\n  throw new Error("no");\n}\nreturn deep();', 2, undefined],
  ])('%j names line %i of the script', (body, line, column) => {
    const [answer] = compile('json', body).run([input()]);
    const problem = answer !== undefined && 'problem' in answer ? answer.problem : undefined;
    expect(problem).toMatchObject({ code: 'SCRIPT_THREW', details: { line, ...(column === undefined ? {} : { column }) } });
  });

  test.each([
    ['return 1 +;', { line: 1, column: 11 }],
    ['return 1;\nreturn );', { line: 2 }],
    ['}); globalThis.x = 1; (function () {', {}],
    ['} [globalThis.x = 1] = {', {}],
    ['}, m2() {', {}],
    ['/*', {}],
    ['return `', {}],
    [`return ${'('.repeat(BRACKET_DEPTH_MAX + 1)}`, {}],
    [`return ${'!'.repeat(40_000)}1;`, {}],
  ])('%j does not compile', (body, place) => {
    expect(refusal(body)).toMatchObject({ code: 'SCRIPT_COMPILE_FAILED', details: place });
    expect(one('json', 'return 1;')).toBe(1);
  });

  test.each(['return async () => 1;', 'await x;', 'new Promise(f)', 'setTimeout(f, 1)', 'return 5n;', 'return BigInt(1);'])(
    '%j uses a word scripts may not',
    (body) => {
      expect(refusal(body).code).toBe('SCRIPT_WORD_FORBIDDEN');
    },
  );

  test.each([
    '// async\nreturn true;',
    '/* await */ return true;',
    'return "Promise" !== \'setTimeout\';',
    'return !/async/.test(`await`);',
    'return msg.asyncs === undefined;',
  ])('%j may use the word, because it is no code', (body) => {
    expect(one('filter', body)).toBe(true);
  });
});

describe('time and chance', () => {
  test('come from outside, the same for every message of a batch', () => {
    const body =
      'return [Date.now(), +new Date(), typeof Date(), Math.random(), new Date(0).constructor === Date, new Date(5).getTime(), Date.UTC(1970, 0)];';
    const answers = run('json', body, [input(1), input(2)]) as unknown[][];
    const first = answers[0] ?? [];
    expect(Number(first[0])).toBeGreaterThanOrEqual(START_MS);
    expect(first.slice(1)).toEqual([first[0], 'string', expect.any(Number), true, 5, 0]);
    expect(answers[1]?.[3]).not.toBe(first[3]);
  });

  test('a message draws the same numbers whatever the message before it drew', () => {
    const body = 'for (var i = 0; i < msg; i++) Math.random(); return Math.random();';
    expect(run('json', body, [input(0), input(0)])[1]).toBe(run('json', body, [input(9), input(0)])[1]);
  });
});

describe('limits', () => {
  test('the longest script compiles, one character more does not', () => {
    const body = (length: number) => `return true;${' '.repeat(length - 12)}`;
    expect(refusal(body(BODY_CHARS_MAX)).code).toBe('none');
    expect(refusal(body(BODY_CHARS_MAX + 1)).code).toBe('SCRIPT_TOO_LONG');
  });

  test('arguments up to the limit pass, one character more fails alone', () => {
    const sized = (chars: number) => ({ messageText: `"${'x'.repeat(chars - 5)}"`, metadata: {}, messageType: 'A' });
    const answers = run('json', 'return msg.length;', [sized(ARGUMENTS_CHARS_MAX), sized(ARGUMENTS_CHARS_MAX + 1), input('a')]);
    expect(answers).toEqual([ARGUMENTS_CHARS_MAX - 5, 'SCRIPT_ARGUMENTS_TOO_LARGE', 1]);
  });

  test('a hundred messages of the largest size fit in one run', () => {
    const large = { messageText: `"${'é'.repeat(ARGUMENTS_CHARS_MAX - 5)}"`, metadata: {}, messageType: 'A' };
    const answers = run('update', 'return {msg: msg + "x"};', new Array(100).fill(large));
    expect(answers.every((answer) => Array.isArray(answer))).toBe(true);
  });

  test('results up to the limit pass, more fails alone', () => {
    const answers = run('string', 'return "x".repeat(msg);', [input(RESULT_CHARS_MAX - 2), input(RESULT_CHARS_MAX - 1), input(1)]);
    expect(answers.map((answer) => (String(answer).startsWith('x') ? String(answer).length : answer))).toEqual([
      RESULT_CHARS_MAX - 2,
      'SCRIPT_RESULT_TOO_LARGE',
      1,
    ]);
  });

  test('a result of too many messages fails alone', () => {
    const answers = run('update', 'return new Array(msg).fill({});', [input(MESSAGES_PER_RESULT_MAX), input(MESSAGES_PER_RESULT_MAX + 1)]);
    expect(answers.map((answer) => (Array.isArray(answer) ? answer.length : answer))).toEqual([MESSAGES_PER_RESULT_MAX, 'SCRIPT_RESULT_TOO_LARGE']);
  });
});
