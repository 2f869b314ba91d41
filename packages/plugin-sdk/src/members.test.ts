import { expect, test } from 'vitest';
import { membersOf, textOfMembers } from './members.js';
import { message } from './testing/index.js';

const body = (text: string) => message('T', { entityType: 'DEVICE', id: 'device-a' }, null, { text });

test('values keep their text, order and names', () => {
  const members = membersOf(body(' {"a": 42.0, "b\\n": {"c": [1E3, "x y"]}, "__proto__": 9007199254740993}'));
  expect([...(members ?? [])]).toEqual([
    ['a', '42.0'],
    ['b\n', '{"c":[1E3,"x y"]}'],
    ['__proto__', '9007199254740993'],
  ]);
  expect(textOfMembers(members ?? new Map())).toBe('{"a":42.0,"b\\n":{"c":[1E3,"x y"]},"__proto__":9007199254740993}');
});

test('of two members with one name the last counts', () => {
  expect(textOfMembers(membersOf(body('{"a":1,"a":2}')) ?? new Map())).toBe('{"a":2}');
});

test.each(['[1]', '1', 'null', '"a"', '', '{"a":'])('%s has no members', (text) => {
  expect(membersOf(body(text))).toBeUndefined();
});
