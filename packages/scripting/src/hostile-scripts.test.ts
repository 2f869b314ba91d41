import { describe, expect, test } from 'vitest';
import { BLOCK_MS, INSTANCE_BYTES_MAX, RECOVERED_MS, SANDBOXES_PER_INSTANCE_MAX } from './limits.js';
import { engineFixture, input, shortForm } from './testing.fixture.js';

// Goal: nothing one message does may touch another message, the answer around it, another script or this process.
// Method: in each batch the message `true` attacks, the messages before and after it must get what they would get
// alone. The clock moves with every look at it, so an endless loop ends after 50 looks, not after real time.
const { clock, compile, run, one } = engineFixture();

/** Runs `attack` in the middle message only; every message then returns `probe`. */
const attacked = (attack: string, probe: string): unknown[] =>
  run('json', `if (msg) { ${attack} }\nreturn ${probe};`, [input(false), input(true), input(false)]);

describe('a message cannot change what the next one sees', () => {
  test.each([
    ['try { Object.prototype.toJSON = function () { return "forged"; }; } catch (e) {}', '{}', {}],
    ['try { Object.defineProperty(Object.prototype, "toJSON", {value: () => 1}); } catch (e) {}', '{}', {}],
    ['try { Array.prototype.x = 1; } catch (e) {}', '[[].x === undefined]', [true]],
    ['try { Object.setPrototypeOf(Array.prototype, {x: 1}); } catch (e) {}', '[].x === undefined', true],
    ['try { ({}).__proto__.polluted = 1; } catch (e) {}', '({}).polluted === undefined', true],
    ['try { JSON.stringify = JSON.parse = function () { return "forged"; }; } catch (e) {}', 'JSON.stringify([1])', '[1]'],
    ['try { Math.abs = function () { return 7; }; } catch (e) {}', 'Math.abs(-1)', 1],
    ['try { Date.now = function () { return 7; }; } catch (e) {}', 'Date.now() !== 7', true],
    [
      'try { Date = Math = JSON = String = undefined; } catch (e) {}',
      '[typeof Date, typeof Math, typeof String]',
      ['function', 'object', 'function'],
    ],
    ['try { String.prototype.slice = Array.prototype.push = function () { return "forged"; }; } catch (e) {}', '"abc".slice(1)', 'bc'],
    ['try { Map.prototype.get = function () { return 1; }; } catch (e) {}', 'new Map().get(1) === undefined', true],
    ['try { Object.getPrototypeOf(function* () {}).x = 1; } catch (e) {}', 'Object.getPrototypeOf(function* () {}).x === undefined', true],
    ['try { Object.getPrototypeOf([][Symbol.iterator]()).next = function () { return {done: true}; }; } catch (e) {}', '[...[1, 2]]', [1, 2]],
    ['try { Object.getPrototypeOf("".matchAll(/a/g)).x = 1; } catch (e) {}', 'Object.getPrototypeOf("".matchAll(/a/g)).x === undefined', true],
    ['try { Object.getPrototypeOf(Int8Array).prototype.x = 1; } catch (e) {}', 'new Int8Array(1).x === undefined', true],
    ['leak = 1; for (index = 0; index < 3; index++);', 'typeof leak + typeof index', { middle: 'numbernumber', others: 'undefinedundefined' }],
    ['this.leak = 1; globalThis.leak2 = 2;', 'typeof leak2 + typeof globalThis.leak', 'undefinedundefined'],
    ['try { Object.defineProperty(globalThis, "leak3", {value: 1}); } catch (e) {}', 'typeof globalThis.leak3', 'undefined'],
    ['arguments.callee.leak = 1; arguments.callee.prototype.leak = 1;', '[arguments.callee.leak === undefined]', { middle: [false], others: [true] }],
    [
      'metadata.x = 1; msg = null; msgType = 1;',
      '[typeof metadata.x, msgType]',
      { middle: ['number', 1], others: ['undefined', 'POST_TELEMETRY_REQUEST'] },
    ],
    [
      'RegExp.leak = 1; /(a)/.exec("a"); RegExp.prototype.leak = 1;',
      '[typeof RegExp.leak, typeof RegExp.prototype.leak]',
      ['undefined', 'undefined'],
    ],
    ['try { Error.prepareStackTrace = function () { return "forged"; }; Error.prototype.name = "F"; } catch (e) {}', 'new Error("a").name', 'Error'],
    ['function f(s) { return s; } try { f`a`.leak = 1; } catch (e) {}', '(function (s) { return s.leak === undefined; })`a`', true],
  ])('%s', (attack, probe, expected) => {
    const { middle, others } = typeof expected === 'object' && 'middle' in expected ? expected : { middle: expected, others: expected };
    expect(attacked(attack, probe)).toEqual([others, middle, others]);
  });

  test('objects of a script may still have their own toString, constructor and valueOf', () => {
    const body =
      'var o = {}; o.toString = function () { return "mine"; }; function A() {} A.prototype.constructor = A; var e = new Error("a"); e.message = "b"; e.name = "N"; return "" + o + e;';
    expect(one('string', body)).toBe('mineN: b');
  });
});

describe('a result cannot forge the answer around it', () => {
  test.each([
    ['({toJSON: function () { throw new Error("no"); }})', 'SCRIPT_THREW'],
    ['({get a() { throw new Error("no"); }})', 'SCRIPT_THREW'],
    ['({toJSON: function () { return "1,2\\n[0,1]"; }})', '1,2\n[0,1]'],
    ['(function () { var a = []; a.push(a); return a; })()', 'SCRIPT_THREW'],
    ['"1,1,1,\\n"', '1,1,1,\n'],
    ['Symbol("a")', null],
  ])('%s', (result, expected) => {
    expect(run('json', `return msg ? ${result} : 0;`, [input(false), input(true), input(false)])).toEqual([0, expected, 0]);
  });

  test.each([
    'throw {get message() { throw 1; }};',
    'throw {toString: null, name: Symbol("a"), message: {toString: function () { throw 2; }}};',
    'throw null;',
    'throw undefined;',
    'throw "x".repeat(1000000);',
    'var e = new Error("a"); Object.defineProperty(e, "stack", {get: function () { throw e; }}); throw e;',
    'throw Object.create(Error.prototype);',
    '(function f() { f(); })();',
    'function f() { return [1, 2].sort(f); } f();',
    'JSON.parse("[".repeat(90000));',
    'var a = []; for (var i = 0; i < 50000; i++) a = [a]; return a;',
    'new RegExp("(?:".repeat(50000));',
    'return Function("return 1")();',
    'return (function* () {}).constructor("return 1")();',
    'return eval("1");',
    'return new Proxy({}, {});',
  ])('%s fails alone', (attack) => {
    expect(run('json', `if (msg) { ${attack} }\nreturn 1;`, [input(false), input(true), input(false)])).toEqual([1, 'SCRIPT_THREW', 1]);
  });
});

describe('a message that does not end is ended, alone', () => {
  test.each([
    'for (;;);',
    'while (true) { try { for (;;); } catch (e) {} finally { continue; } }',
    'return {toJSON: function () { for (;;); }};',
    'throw {get message() { for (;;); }};',
    '[1, 2].sort(function () { for (;;); });',
    '/(a+)+b/.test("a".repeat(60));',
    '[].indexOf.call({length: 9007199254740991}, 1);',
    '[].includes.call(new Array(4294967295), 1);',
    'Array.prototype.forEach.call(new Array(4294967295), function () {});',
    'new Array(4294967295).join("");',
    'new Array(4294967295).sort();',
    'for (;;) { "a".repeat(1000000).indexOf("a".repeat(500000) + "b"); }',
    'for (;;) { "a".repeat(1000000).split("a".repeat(500000) + "b"); }',
    'var a = []; for (var i = 0; i < 60; i++) a = [a, a]; a.flat(Infinity);',
    'for (;;) { new Uint8Array(4000000).indexOf(1); }',
  ])('%s', (attack) => {
    const answers = run('json', `if (msg) { ${attack} }\nreturn 1;`, [input(false), input(false), input(true), input(false)]);
    expect(answers).toEqual([1, 1, 'SCRIPT_TIMEOUT', 1]);
  });

  test('each message has its own deadline', () => {
    // One of these takes some 30 looks at the clock: alone within the deadline of 50, together far beyond it.
    const busy = 'for (var i = 0; i < 100000; i++); return true;';
    expect(run('filter', busy, new Array(10).fill(input()))).toEqual(new Array(10).fill(true));
  });
});

describe('a message that takes all memory fails alone', () => {
  test.each([
    'var a = []; for (;;) a.push(new Array(1000).fill(0));',
    'var s = "x"; for (;;) s += s;',
    '"x".repeat(1000000000);',
    'return "x".repeat(1000000000).length;',
    'var a = []; try { for (;;) a.push(new Array(100).fill(0)); } catch (e) { throw e; }',
    'return new Uint8Array(1000000000);',
    'var a = {}; for (var i = 0; i < 40; i++) a = {l: a, r: a}; return a;',
    'new Array(4294967295).fill(0);',
  ])('%s', (attack) => {
    const answers = run('json', `if (msg) { ${attack} }\nreturn 1;`, [input(false), input(true), input(false)]);
    expect(answers[0]).toBe(1);
    expect(answers[2]).toBe(1);
    // Some of these grow so slowly that the deadline comes first.
    expect(['SCRIPT_MEMORY_OVERFLOW', 'SCRIPT_THREW', 'SCRIPT_TIMEOUT']).toContain(answers[1]);
  });

  test('and is told so', () => {
    expect(one('json', 'var list = []; for (;;) list.push(new Uint8Array(10000));')).toBe('SCRIPT_MEMORY_OVERFLOW');
  });

  test('one that needs most of the heap does not make the next one fail', () => {
    const most = `var a = new Uint8Array(${Math.floor(INSTANCE_BYTES_MAX * 0.5)}); return a.length > 0;`;
    expect(run('filter', most, new Array(5).fill(input()))).toEqual(new Array(5).fill(true));
  });
});

describe('blocking', () => {
  test('three counted errors block the script for 60 s, then it runs again; one more blocks it again', () => {
    const script = compile('filter', 'if (msg) for (;;); return true;');
    const answers = (batch: boolean[]) => script.run(batch.map((data) => input(data))).map(shortForm);
    expect(answers([false, true, true, false])).toEqual([true, 'SCRIPT_TIMEOUT', 'SCRIPT_TIMEOUT', true]);
    expect(answers([false, true, false])).toEqual([true, 'SCRIPT_TIMEOUT', 'SCRIPT_BLOCKED']);
    clock.advanceMs(BLOCK_MS - 1_000);
    expect(answers([false])).toEqual(['SCRIPT_BLOCKED']);
    clock.advanceMs(1_000);
    expect(answers([false, true, false])).toEqual([true, 'SCRIPT_TIMEOUT', 'SCRIPT_BLOCKED']);
    script.dispose();
  });

  test('ten minutes after the last counted error the script is trusted again', () => {
    const script = compile('filter', 'if (msg) for (;;); return true;');
    const answers = (batch: boolean[]) => script.run(batch.map((data) => input(data))).map(shortForm);
    answers([true, true, true]);
    clock.advanceMs(RECOVERED_MS);
    expect(answers([true, true, false])).toEqual(['SCRIPT_TIMEOUT', 'SCRIPT_TIMEOUT', true]);
    script.dispose();
  });

  test('after a timeout the deadline is an eighth of what it was', () => {
    const script = compile('filter', 'for (;;);');
    const deadlines = () => script.run([input()]).map((answer) => 'problem' in answer && /\d+/.exec(answer.problem.message)?.[0]);
    expect([deadlines(), deadlines()]).toEqual([['50'], ['7']]);
    clock.advanceMs(RECOVERED_MS);
    expect(deadlines()).toEqual(['50']);
    script.dispose();
  });

  test('ordinary exceptions do not count', () => {
    expect(
      run(
        'json',
        'if (msg) throw new Error("x"); return 1;',
        [...new Array<unknown>(9).fill(true), false].map((data) => input(data)),
      ).at(-1),
    ).toBe(1);
  });

  test('another script is not blocked', () => {
    run('filter', 'for (;;);', [input(), input(), input()]);
    expect(one('filter', 'return true;')).toBe(true);
  });
});

test('scripts do not share a heap: one that is ended leaves the other alone', () => {
  const steady = compile('filter', 'return msg === 1;');
  const hungry = compile('json', 'var a = []; for (;;) a.push([a]);');
  for (let round = 0; round < 3; round += 1) {
    expect(steady.run([input(1), input(2)]).map(shortForm)).toEqual([true, false]);
    hungry.run([input()]);
  }
  steady.dispose();
  hungry.dispose();
});

test('more scripts than one instance takes run side by side', () => {
  const scripts = Array.from({ length: SANDBOXES_PER_INSTANCE_MAX + 5 }, (_, number) => compile('json', `return msg + ${number};`));
  expect(scripts.map((script) => script.run([input(1)]).map(shortForm)[0])).toEqual(scripts.map((_, number) => 1 + number));
  for (const script of scripts) script.dispose();
});

test('a script that breaks the whole instance does not end the others', () => {
  const steady = compile('json', 'return msg;');
  expect(() => compile('json', `return ${'!'.repeat(40_000)}1;`)).toThrowError(expect.objectContaining({ code: 'SCRIPT_COMPILE_FAILED' }));
  expect(steady.run([input(1), input(2)]).map(shortForm)).toEqual([1, 2]);
  steady.dispose();
});
