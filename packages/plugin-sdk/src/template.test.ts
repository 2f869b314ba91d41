import { expect, test } from 'vitest';
import { fillJsonTemplate, fillTemplate } from './template.js';
import { message } from './testing/index.js';

const device = { entityType: 'DEVICE', id: 'device-a' } as const;
const about = (text: string, metadata: Record<string, string> = {}) => message('T', device, null, { text, metadata });

test.each([
  ['ABC ${key} $[key]', { key: 'meta' }, '{"key":"data"}', 'ABC meta data'],
  ['$[a.b.c]', {}, '{"a":{"b":{"c":5.0}}}', '5.0'],
  ['$[a]', {}, '{"a":{"b":1}}', '$[a]'],
  ['$[a[0]] $[a.0]', {}, '{"a":[1]}', '$[a[0]] $[a.0]'],
  ['$[k]', {}, '{"k":null}', 'null'],
  ['${missing}', {}, '{}', '${missing}'],
  ['$[*]', {}, ' [1, "two a", true]', '[1,"two a",true]'],
  ['${*}', { a: 'b' }, '{}', '{"a":"b"}'],
  ['${*}', {}, '{}', '{}'],
  ['${a.b} ${a b} ${a}${a}', { 'a.b': '1', 'a b': '2', a: '3' }, '{}', '1 2 33'],
  ['$[a.b]', {}, '{"a.b":1}', '$[a.b]'],
  ['$[a.] $[a..b] $[.a] $[] $[.]', {}, '{"a":1}', '1 $[a..b] $[.a] $[] $[.]'],
  ['$[n] $[t] $[s]', {}, '{"n":9007199254740993,"t":true,"s":"x \\"y\\""}', '9007199254740993 true x "y"'],
  ['$[a]', {}, '{"a":1,"a":2}', '2'],
  ['$[__proto__] $[constructor] $[toString.name]', {}, '{}', '$[__proto__] $[constructor] $[toString.name]'],
  ['$[a]', {}, '"text"', '$[a]'],
  ['${p}', { p: '$[a]' }, '{"a":"from data"}', 'from data'],
  ['${p}', { p: '$& $1' }, '{}', '$& $1'],
  ['${x', { x: '1' }, '{}', '${x'],
])('"%s" with metadata %j and body %s is "%s"', (template, metadata, text, expected) => {
  expect(fillTemplate(template, about(text, metadata))).toBe(expected);
});

test('a body that was made by a node is read like one that came as text', () => {
  expect(fillTemplate('$[a.b]', message('T', device, { a: { b: 'x' } }))).toBe('x');
});

test.each(['', '{', 'text'])('a template that looks into the body %j fails with a code', (text) => {
  expect(() => fillTemplate('$[a]', about(text))).toThrowError(expect.objectContaining({ code: 'TEMPLATE_BODY_INVALID' }));
  expect(fillTemplate('${a}', about(text, { a: '1' }))).toBe('1');
});

test('inserted values can be escaped', () => {
  const escape = (value: string) => JSON.stringify(value).slice(1, -1);
  expect(fillTemplate('{"a":"$[a]","b":"${b}"}', about('{"a":"\\"\\n"}', { b: '"' }), escape)).toBe('{"a":"\\"\\n","b":"\\""}');
});

test('a template that makes JSON takes every value as the inside of a string', () => {
  const given = about('{"a":"\\"\\n","n":5.0,"o":{"x":1}}', { b: '\\' });
  expect(fillJsonTemplate('{"a":"$[a]","b":"${b}","n":$[n]}', given)).toBe('{"a":"\\"\\n","b":"\\\\","n":5.0}');
  expect(JSON.parse(fillJsonTemplate('{"all":"$[*]"}', given))).toEqual({ all: '{"a":"\\"\\n","n":5.0,"o":{"x":1}}' });
});
