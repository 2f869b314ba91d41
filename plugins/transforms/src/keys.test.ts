// Goal: keys are copied and deleted as rule-nodes.md §3 says, and values keep how they were written. Method: one message through
// the harness a row; patterns that break other matchers.
import { message, nodeHarness, ruleNodeConformance } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { copyKeysNode } from './copy-keys-node.js';
import { deleteKeysNode } from './delete-keys-node.js';
import { keyChoice } from './key-patterns.js';

const device = { entityType: 'DEVICE', id: 'device-a' } as const;
const sent = (text: string, metadata: Record<string, string> = {}) => message('T', device, null, { text, metadata });

describe('copy keys', () => {
  test.each(ruleNodeConformance(copyKeysNode))('$name', ({ run }) => run());

  const copy = async (copyFrom: 'DATA' | 'METADATA', keys: string[], text: string, metadata: Record<string, string> = {}) => {
    const outcome = await nodeHarness(copyKeysNode, { config: { copyFrom, keys } }).send(sent(text, metadata));
    if (outcome.kind !== 'routed') return outcome.kind;
    return [outcome.message.text, outcome.message.metadata];
  };

  test.each<[string[], string, Record<string, string>, string]>([
    [['t'], '{"t": "21"}', { t: '21' }, 'a text goes raw'],
    [['t'], '{"t": 42.0}', { t: '42.0' }, 'a number as it was written'],
    [['t'], '{"t": null}', { t: 'null' }, 'null as a word'],
    [['t'], '{"t": {"a": [1, true]}}', { t: '{"a":[1,true]}' }, 'an object as JSON'],
    [['te.*'], '{"temp": 1, "te": 2, "atemp": 3}', { temp: '1', te: '2' }, 'a pattern must fit the whole key'],
    [['b', 'a'], '{"a": 1, "b": 2}', { a: '1', b: '2' }, 'several patterns'],
    [['k'], '{"k": 1}', { k: '1' }, 'an existing key is replaced'],
    [['x'], '{"a": {"x": 1}}', {}, 'only the top level counts'],
    [[], '{"a": 1}', {}, 'no pattern, no key'],
    [['.*'], '[{"a": 1}]', {}, 'a body that is no object passes'],
  ])('%j in %s adds %j to the metadata: %s', async (keys, text, added) => {
    expect(await copy('DATA', keys, text, { k: 'old' })).toEqual([text, { k: 'old', ...added }]);
  });

  test.each<[string[], Record<string, string>, string, string, string]>([
    [['n'], { n: '5' }, '{"a": 1.0}', '{"a":1.0,"n":"5"}', 'a value is a text'],
    [['a'], { a: 'x' }, '{"a":1,"b":2}', '{"a":"x","b":2}', 'an existing key is replaced in its place'],
    [['z'], { a: 'x' }, '{"a": 1}', '{"a": 1}', 'a missing key changes nothing'],
    [['a'], { a: 'x' }, '5', '5', 'a body that is no object passes'],
  ])('%j of the metadata %j makes %s into %s: %s', async (keys, metadata, text, expected) => {
    expect(await copy('METADATA', keys, text, metadata)).toEqual([expected, metadata]);
  });

  test.each([
    [
      { fromMetadata: true, keys: [] },
      { copyFrom: 'METADATA', keys: [] },
    ],
    [{ fromMetadata: false }, { copyFrom: 'DATA' }],
    [{ fromMetadata: 'METADATA' }, { copyFrom: 'METADATA' }],
    [{ copyFrom: 'METADATA' }, { copyFrom: 'METADATA' }],
  ])('settings %j of earlier versions become %j', (old, now) => {
    for (const step of Object.values(copyKeysNode.migrate ?? {})) expect(step(old)).toEqual(now);
  });
});

describe('delete keys', () => {
  test.each(ruleNodeConformance(deleteKeysNode))('$name', ({ run }) => run());

  const left = async (deleteFrom: 'DATA' | 'METADATA', keys: string[], text: string, metadata: Record<string, string> = {}) => {
    const outcome = await nodeHarness(deleteKeysNode, { config: { deleteFrom, keys } }).send(sent(text, metadata));
    return outcome.kind === 'routed' ? [outcome.message.text, outcome.message.metadata] : outcome.kind;
  };

  test.each<[string[], string, string, string]>([
    [['b'], '{"a": 1.0, "b": 2}', '{"a":1.0}', 'the key goes, the rest stays as it was written'],
    [['b.*', 'a'], '{"a": 1, "b": 2, "bb": 3, "ab": 4}', '{"ab":4}', 'patterns must fit the whole key'],
    [['x'], '{"a": {"x": 1}}', '{"a": {"x": 1}}', 'only the top level counts'],
    [['.*'], '[1]', '[1]', 'a body that is no object passes'],
  ])('%j leaves of %s %s: %s', async (keys, text, expected) => {
    expect(await left('DATA', keys, text, { a: 'stays' })).toEqual([expected, { a: 'stays' }]);
  });

  test('deletes metadata', async () => {
    expect(await left('METADATA', ['device.*'], '{"deviceName": 1}', { deviceName: 'a', ts: '1' })).toEqual(['{"deviceName": 1}', { ts: '1' }]);
  });

  test.each([
    [{ fromMetadata: true }, { deleteFrom: 'METADATA' }],
    [
      { dataToFetch: 'DATA', keys: ['a'] },
      { deleteFrom: 'DATA', keys: ['a'] },
    ],
    [{ deleteFrom: 'METADATA' }, { deleteFrom: 'METADATA' }],
  ])('settings %j of earlier versions become %j', (old, now) => {
    for (const step of Object.values(deleteKeysNode.migrate ?? {})) expect(step(old)).toEqual(now);
  });
});

describe('patterns for keys', () => {
  test.each(['(', '(?!a).*', '*'])('%s keeps the node from starting', async (pattern) => {
    const start = nodeHarness(copyKeysNode, { config: { keys: [pattern] } }).start();
    await expect(start).rejects.toMatchObject({ code: 'TRANSFORM_KEY_PATTERN_INVALID' });
  });

  test('a pattern that keeps other matchers busy for ever answers', () => {
    expect(keyChoice(['(a+)+b'])('a'.repeat(10_000))).toBe(false);
  });

  test('an answer for a key is the same the next time, and beyond those remembered', () => {
    const choice = keyChoice(['k1.*']);
    const keys = Array.from({ length: 1_500 }, (_, i) => `k${i}`);
    expect(keys.filter(choice)).toEqual(keys.filter((key) => key.startsWith('k1')));
    expect(keys.filter(choice)).toEqual(keys.filter((key) => key.startsWith('k1')));
  });
});
