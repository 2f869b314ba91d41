// Goal: what a TBEL script gets and gives, for each kind of script node (rule-engine.md §12.1, §12.2, §13).
import fc from 'fast-check';
import type { ScriptInput } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import { engineFixture, input, START_MS } from '../testing.fixture.js';

const { compile, one, run } = engineFixture(50, 'TBEL');
const raw = (messageText: string, metadata: Record<string, string> = {}): ScriptInput => ({ messageText, metadata, messageType: 'A' });

describe('kinds', () => {
  test.each([
    ['filter', 'return msg.t > 20;', false],
    ['filter', 'msg.missing == null', true],
    ['filter', 'return 1;', 'SCRIPT_WRONG_RESULT_TYPE'],
    ['filter', 'return "true";', 'SCRIPT_WRONG_RESULT_TYPE'],
    ['filter', 'return null;', 'SCRIPT_WRONG_RESULT_TYPE'],
    ['filter', 'if (false) { return true; }', 'SCRIPT_WRONG_RESULT_TYPE'],
    ['switch', 'return "one";', ['one']],
    ['switch', 'return ["one", "two", "one"];', ['one', 'two']],
    ['switch', 'return toSet(["one"]);', ['one']],
    ['switch', 'return [];', []],
    ['switch', 'return ["one", 2];', 'SCRIPT_WRONG_RESULT_TYPE'],
    ['string', 'return "a" + 1;', 'a1'],
    ['string', 'return {a: 2.0};', '{"a":2.0}'],
    ['string', 'return 5;', '5'],
    ['json', 'return {a: 2.0, b: null, c: [null], d: 9007199254740992L};', { a: 2, c: [null], d: 2 ** 53 }],
    ['json', 'null', null],
    ['generate', 'return [];', 'SCRIPT_WRONG_RESULT_TYPE'],
    ['generate', 'var msg = {t: prevMsg.t + 1}; return {msg: msg, msgType: prevMsgType};', [{ messageText: '{"t":1}' }]],
    ['update', 'return "x";', 'SCRIPT_WRONG_RESULT_TYPE'],
    ['update', 'return [];', 'SCRIPT_RESULT_EMPTY'],
    ['update', 'return [{msg: 1}, 7];', 'SCRIPT_WRONG_RESULT_TYPE'],
    ['update', 'return {metadata: "x"};', 'SCRIPT_WRONG_RESULT_TYPE'],
  ] as const)('%s script "%s" gives %j', (kind, body, expected) => {
    expect(one(kind, body, input({ t: 0 }))).toEqual(expected);
  });

  test.each([
    ['filter', 'return 1;', 'Integer'],
    ['filter', 'return null;', 'null'],
    ['switch', 'return {a: 1};', 'LinkedHashMap'],
    ['update', 'return [1.5];', 'Double'],
  ] as const)('%s script "%s" says that it gave %s', (kind, body, actual) => {
    const [answer] = compile(kind, body).run([input()]);
    expect(answer).toMatchObject({ problem: { details: { actual } } });
  });
});

describe('messages', () => {
  test.each([
    ['return {msg: null};', [{}]],
    ['return {msg: msg.missing, msgType: null};', [{}]],
    ['return {msg: "a"};', [{ messageText: '"a"' }]],
    ['return {msg: 2.0};', [{ messageText: '2.0' }]],
    ['return {other: 1};', [{}]],
    ['return {msg: msg, metadata: metadata, msgType: msgType};', [{}]],
    [
      'metadata.n = 1; metadata.f = 2.0; metadata.o = {x: 1}; metadata.k = null; return {metadata: metadata};',
      [{ metadata: { n: '1', f: '2.0', o: '{x=1}' } }],
    ],
    ['return {metadata: {}};', [{ metadata: {} }]],
    ['return {msgType: ""};', [{}]],
    ['return {msgType: 5};', [{ messageType: '5' }]],
    ['return [{msg: 1}, {msgType: "B"}];', [{ messageText: '1' }, { messageType: 'B' }]],
  ])('"%s" makes %j', (body, expected) => {
    expect(one('update', body, input({ t: 1 }, { k: 'v' }))).toEqual(expected);
  });

  test.each([
    ['{"a":1,"b":null}', '{"a":1}'],
    ['{"a":[1,null,2.0]}', '{"a":[1,null,2.0]}'],
    ['{"a":40.0,"b":4.5,"c":1E3,"d":-0.0}', '{"a":40.0,"b":4.5,"c":1000.0,"d":-0.0}'],
    ['{"a":9007199254740993,"b":123456789012345678901234567890}', '{"a":9007199254740993,"b":123456789012345678901234567890}'],
    ['{"a":"null","b":"1.0","c":"\\"2.0"}', '{"a":"null","b":"1.0","c":"\\"2.0","z":1}'],
    ['{"__proto__":1.0,"toString":2}', '{"__proto__":1.0,"toString":2}'],
  ])('a message %s that a script touches becomes %s', (before, after) => {
    const body = after.includes('"z"') ? 'msg.z = 1; return {msg: msg};' : 'return {msg: msg};';
    const [message] = one('update', body, raw(before)) as { messageText?: string }[];
    expect(message?.messageText ?? before).toBe(after);
  });

  test('a message that is not JSON fails alone', () => {
    expect(run('json', 'return msg;', [input(1), raw('{null:1}'), raw('{1.0}'), input(2)])).toEqual([
      1,
      'SCRIPT_ARGUMENT_INVALID',
      'SCRIPT_ARGUMENT_INVALID',
      2,
    ]);
  });

  test('any JSON comes back with its numbers as they were, and without the nulls of its objects', () => {
    const script = compile('update', 'return {msg: [msg]};');
    const withoutNulls = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value), (_, item: unknown) =>
        item !== null && typeof item === 'object' && !Array.isArray(item)
          ? Object.fromEntries(Object.entries(item).filter(([, one]) => one !== null))
          : item,
      );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const [answer] = script.run([input(value)]);
        const made = answer !== undefined && 'result' in answer ? (answer.result.value as { messageText?: string }[])[0]?.messageText : undefined;
        expect(JSON.parse(made ?? 'null')).toEqual(withoutNulls([value]));
      }),
    );
    script.dispose();
  });

  test('no message reaches the next', () => {
    const body = 'var n = 0; function f() { n += 1; return n; } f(); msg.x = f(); return [msg.x, isdef n];';
    expect(run('json', body, [input(), input()])).toEqual([
      [2, true],
      [2, true],
    ]);
  });

  test('time and chance come from outside, the same whenever the batch runs again', () => {
    const [first, second] = run('json', 'return [Date.now() == new Date().getTime(), Date.now(), Math.random()];', [input(), input()]) as unknown[][];
    expect(first?.[0]).toBe(true);
    expect(Number(first?.[1])).toBeGreaterThanOrEqual(START_MS);
    expect(second?.[2]).not.toBe(first?.[2]);
  });
});
