// Goal: nothing of JavaScript shows in TBEL, and keys of messages are only keys. Time zones are those of the script's text.
import { expect, test } from 'vitest';
import { engineFixture, input } from '../testing.fixture.js';

const { one } = engineFixture(50, 'TBEL');

test.each([
  ['return msg.constructor;', null],
  ['return msg.__proto__;', null],
  ['return msg["__proto__"];', null],
  ['return msg.toString;', null],
  ['return msg["valueOf"];', null],
  ['return "a".constructor;', 'SCRIPT_THREW'],
  ['return [1].prototype;', 'SCRIPT_THREW'],
  ['return [1]["length"];', 'SCRIPT_THREW'],
  ['return msg.constructor.constructor("return 1")();', 'SCRIPT_COMPILE_FAILED'],
  ['return globalThis;', 'SCRIPT_THREW'],
  ['return rt;', 'SCRIPT_THREW'],
  ['return t0;', 'SCRIPT_THREW'],
  ['var rt = 1; var add = 2; var t0 = 3; return rt + add + t0;', 6],
  ['msg.__proto__ = {polluted: true}; var x = {}; return [x.polluted, msg.polluted, msg.size()];', [null, null, 1]],
  [
    'var m = {"__proto__": {a: 1}, "constructor": 2, "toString": 3}; return [m.a, m.constructor, m.toString, m.keys(), m.toString()];',
    [null, 2, 3, ['__proto__', 'constructor', 'toString'], '{__proto__={a=1}, constructor=2, toString=3}'],
  ],
  ['var m = {toString: 1, valueOf: 2}; return [m == 5, m + "", m == m];', [false, '{toString=1, valueOf=2}', true]],
  ['var x = 2.0; return [x.value, 1];', 'SCRIPT_THREW'],
])('%j gives %j', (body, expected) => {
  let given: unknown;
  try {
    given = one('json', body, input({}));
  } catch (error) {
    given = (error as { code?: string }).code;
  }
  expect(given).toEqual(expected);
});

test.each([
  ['new Date("2024-07-01T12:00:00Z").toLocaleString("en-US", "America/New_York")', '7/1/24, 8:00:00 AM'],
  ['new Date("2024-01-01T12:00:00Z").toLocaleString("en-US", "America/New_York")', '1/1/24, 7:00:00 AM'],
  ['new Date("2024-03-31T00:59:59Z").toLocaleString("en-US", {timeZone: "Europe/Berlin", pattern: "HH:mm:ss xxx"})', '01:59:59 +01:00'],
  ['new Date("2024-03-31T01:00:00Z").toLocaleString("en-US", {timeZone: "Europe/Berlin", pattern: "HH:mm:ss xxx"})', '03:00:00 +02:00'],
  ['new Date(2024, 7, 1, 12, 0, 0, "Asia/Kolkata").toISOString()', '2024-07-01T06:30:00Z'],
  ['new Date("2024-07-01 12:00:00 +05:30").toISOString()', '2024-07-01T06:30:00Z'],
  ['new Date("2024-07-01T12:00:00Z").toLocaleString("en-US", "GMT+2")', '7/1/24, 2:00:00 PM'],
  ['new Date(0).toLocaleString("en-US", metadata.zone)', 'SCRIPT_THREW'],
])('%s is %s', (body, expected) => {
  expect(one('string', body, input({}, { zone: 'Europe/Paris' }))).toBe(expected);
});
