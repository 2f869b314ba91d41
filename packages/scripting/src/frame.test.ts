import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAnswer } from './frame.js';

test('reads each kind of reply', () => {
  const text = '1,0,2,4,3,-1,5,-1,-1,3,2,-1,-1,-1,1,2,3,4,9,8,2,7,\nnull{"a"}x"y"tz[thrown]]..'.replace('{"a"}x"y"tz', '{"a"}1{}"T"');
  expect(readAnswer(text, 9)?.map((reply) => reply.status)).toEqual([
    'boolean',
    'boolean',
    'value',
    'messages',
    'messages',
    'threw',
    'argument',
    'too-large',
  ]);
});

test.each([
  ['', 'nothing'],
  ['1,', 'no end of the head'],
  ['1,1,\n', 'more replies than messages'],
  ['2,5,\nnull', 'a text longer than the answer'],
  ['2,3,\nnull', 'a rest that belongs to nobody'],
  ['2,\nnull', 'a missing length'],
  ['2,-5,\n', 'a negative length'],
  ['x,\n', 'a status that is no number'],
  ['5,\n', 'an unknown status'],
  ['3,1000000000,\n', 'a count without messages'],
  ['3,1,-1,-1,\n', 'a message cut short'],
])('refuses %j: %s', (text) => {
  expect(readAnswer(text, 1)).toBeUndefined();
});

test('any text gives replies or nothing, never an exception', () => {
  const numbers = fc.array(fc.integer({ min: -2, max: 9 })).map((list) => list.map((n) => `${n},`).join(''));
  fc.assert(
    fc.property(numbers, fc.string(), fc.nat(5), (head, body, count) => {
      const replies = readAnswer(`${head}\n${body}`, count);
      expect(replies === undefined || replies.length <= count).toBe(true);
    }),
  );
});
