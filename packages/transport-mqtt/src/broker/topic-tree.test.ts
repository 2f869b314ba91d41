import { isTopicFilter, isTopicTaken } from '@fieldline/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TopicTree } from './topic-tree.js';

const level = fc.constantFrom('a', 'b', '', '$c');
const topic = fc.array(level, { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/'));
const filter = fc
  .tuple(fc.array(fc.oneof(level, fc.constant('+')), { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([levels, isOpen]) => [...levels, ...(isOpen ? ['#'] : [])].join('/'));

test.each([
  ['a/#', 'a', true],
  ['a/#', 'a/b/c', true],
  ['a/+', 'a', false],
  ['a/+', 'a/', true],
  ['+', '/a', false],
  ['+/+', '/a', true],
  ['#', 'a/b', true],
  ['a', 'A', false],
])('the filter %s and the topic %s: %s', (wanted, name, takes) => {
  expect(isTopicTaken(wanted, name)).toBe(takes);
});

test('the tree finds what the rule of filters says, whatever was added and taken away', () => {
  fc.assert(
    fc.property(fc.array(filter), fc.array(filter), topic, (added, removed, name) => {
      const tree = new TopicTree<string>();
      for (const each of added) tree.add(each, each);
      for (const each of removed) tree.delete(each, each);
      const expected = new Set(added.filter((each) => !removed.includes(each) && isTopicTaken(each, name)));
      expect([...tree.match(name)].sort()).toEqual([...expected].sort());
    }),
  );
});

test('a wildcard that does not fill its level, or # before the end, makes no filter', () => {
  expect(['a+', '+a/b', 'a#', '#/a', ''].filter(isTopicFilter)).toEqual([]);
  expect(['+', '#', '+/#', 'a//+', '/'].every(isTopicFilter)).toBe(true);
});
