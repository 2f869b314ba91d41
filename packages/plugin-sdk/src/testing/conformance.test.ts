// Goal: the conformance suite notices nodes that do not keep their promises. Method: small nodes, each with one thing wrong.
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { AnyRuleNodeDefinition, NodeExample } from '../definition.js';
import { defineRuleNode, emit, end, epochMs } from '../index.js';
import { ruleNodeConformance } from './conformance.js';

const declared = {
  type: 'transform.twice',
  version: 0,
  category: 'transformation',
  title: 'Twice',
  summary: 'Doubles.',
  relationTypes: ['Out'],
} as const;
const given = { type: 'T', data: { a: 1 } };

function twice(example: NodeExample<Record<string, never>, 'Out'>, waits = false) {
  const made = {
    to: 'Out',
    message: { type: 'COPY', originator: { entityType: 'DEVICE', id: 'd' }, metadata: { k: 'v', other: 'x' }, data: { a: 1 } },
  } as const;
  return defineRuleNode({
    ...declared,
    config: z.strictObject({}),
    defaults: {},
    examples: [example],
    onMessage: (_, { nowMs }) => (waits ? end('waits', { wakeAtMs: epochMs(nowMs + 5_000) }) : emit([made, made])),
    onTimer: () => emit([made]),
  });
}

const run = (node: AnyRuleNodeDefinition, name: RegExp) =>
  ruleNodeConformance(node)
    .find((check) => name.test(check.name))
    ?.run();
const copy = { to: 'Out', type: 'COPY', metadata: { k: 'v' }, data: { a: 1 } } as const;

test('an example names what the node makes, at once or later', async () => {
  await run(twice({ title: 'x', message: given, to: [], emits: [copy, copy] }), /example/);
  await run(twice({ title: 'x', message: given, to: [], emits: [copy], afterMs: 5_000 }, true), /example/);
});

test.each<[string, NodeExample<Record<string, never>, 'Out'>]>([
  ['made 2 messages instead of 1', { title: 'x', message: given, to: [], emits: [copy] }],
  ['left by "" instead of "Out"', { title: 'x', message: given, to: 'Out', emits: [copy, copy] }],
  ['message 2 left by "Out" instead of "Failure"', { title: 'x', message: given, to: [], emits: [copy, { to: 'Failure' }] }],
  ['message 1 has the data {"a":1}', { title: 'x', message: given, to: [], emits: [{ to: 'Out', data: { a: 2 } }, copy] }],
  ['message 1 has the metadata {"k":"v"}', { title: 'x', message: given, to: [], emits: [{ to: 'Out', metadata: { k: 'w' } }, copy] }],
])('an example that is wrong is told: it %s', async (problem, example) => {
  await expect(run(twice(example), /example/)).rejects.toThrow(problem);
});

test.each<[boolean, z.ZodType]>([
  [false, z.strictObject({ password: z.string().nullish() })],
  [false, z.strictObject({ list: z.array(z.discriminatedUnion('type', [z.object({ type: z.literal('a'), sasKey: z.string() })])) })],
  [true, z.strictObject({ password: z.string().nullish().meta({ secret: true }), keyToken: z.string().meta({ secret: false }) })],
  [true, z.strictObject({ credentials: z.object({ password: z.string() }).nullish().meta({ secret: true }), key: z.string() })],
])('it is %s that every secret of the settings is marked', async (isMarked, config) => {
  const checked = run({ ...twice({ title: 'x', message: given, to: [] }), config }, /secrets/);
  await (isMarked ? checked : expect(checked).rejects.toThrow('without .meta({ secret: true })'));
});
