import type { Choices } from './choices.js';
import { Raw } from './json-text.js';

const MEGABYTE = 1_000_000;
const DEEP = 10_000;

/** Texts that have broken servers before. */
const texts: readonly string[] = [
  ...['', ' ', '\t\r\n', '\0', 'a\0b', '\u0001\u001b[31m', '\ufeff', '\u202e', '\ud800', 'ä'.repeat(300), '💥', 'e\u0301', '\u2028'],
  ...[
    'null',
    'undefined',
    'NaN',
    'Infinity',
    '-Infinity',
    'true',
    '[object Object]',
    '-1',
    '0',
    '1e400',
    '9'.repeat(400),
    '0x10',
    '1_000',
    '2147483647',
    '-2147483649',
    '9007199254740991',
    '١٢',
  ],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__', 'constructor.prototype.polluted'],
  ...["' OR '1'='1", '"; DROP TABLE device; --', '%', '_', '%_%', "\\'", '*', '?', '[a-', '(', '(a+)+$', '$where', '{"$gt":""}', '${7*7}', '{{7*7}}'],
  ...[
    '../../../etc/passwd',
    '..\\..\\x',
    '/etc/passwd',
    'file:///etc/passwd',
    'http://127.0.0.1:1/',
    'javascript:alert(1)',
    '<script>alert(1)</script>',
  ],
  ...['a,b,,c', ',', 'a'.repeat(256), 'a'.repeat(70_000), '13814000-1dd2-11b2-8080-808080808080', '00000000-0000-0000-0000-000000000000'],
  ...[
    '784F394C-42B6-435A-983C-B7BEFF2784F9',
    '784f394c-42b6-435a-983c-b7beff2784f',
    '2024-02-30T25:61:61Z',
    'Mars/Phobos',
    'a@b',
    `${'a'.repeat(300)}@b.c`,
  ],
];

export function hostileText(choices: Choices): string {
  if (choices.chance(0.01)) return 'x'.repeat(MEGABYTE);
  if (choices.chance(0.2)) return Array.from({ length: 1 + choices.int(12) }, () => String.fromCharCode(choices.int(0x1_0000))).join('');
  return choices.pick(texts);
}

/** Numbers at which something ends: of 32 and 64 bits, of what a double or a date can be. */
const numbers = [
  '0',
  '-0',
  '-1',
  '1',
  '0.1',
  '2147483648',
  '-9223372036854775809',
  '2147483647',
  '9007199254740991',
  '-9007199254740991',
  '9007199254740993',
  '8640000000000000',
  '1e308',
  '1e400',
  '-1e400',
  '1e-400',
  '8640000000000001',
];

export const hostileNumber = (choices: Choices): string => choices.pick(numbers);

/** A value of any kind where something else is wanted. */
export function hostileValue(choices: Choices): unknown {
  const makers: readonly (() => unknown)[] = [
    () => null,
    () => choices.chance(0.5),
    () => new Raw(hostileNumber(choices)),
    () => hostileText(choices),
    () => [],
    () => ({}),
    () => [null, [], {}, 'x', 1],
    () => Array.from({ length: choices.chance(0.05) ? 100_000 : 1_001 }, (_, n) => n),
    () => ({ [hostileText(choices)]: hostileText(choices) }),
    () => ({ id: hostileText(choices) }),
    () => ({ entityType: hostileText(choices), id: hostileText(choices) }),
    () => new Raw('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
    () => new Raw('{"a":1,"a":2,"id":null,"id":{}}'),
    () => new Raw(choices.chance(0.5) ? '['.repeat(DEEP) + ']'.repeat(DEEP) : '{"a":'.repeat(DEEP) + '1' + '}'.repeat(DEEP)),
    () => new Raw(`{${Array.from({ length: 2_000 }, (_, n) => `"k${n}":${n}`).join(',')}}`),
  ];
  return choices.pick(makers)();
}
