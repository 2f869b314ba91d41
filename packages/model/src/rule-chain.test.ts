import { expect, test } from 'vitest';
import { ruleChainSchema, ruleNodeSchema } from './rule-chain.js';

const node = { id: 'n1', type: 'filter.script', name: 'Hot?', configVersion: 1, config: { script: 'return true;' }, layout: { x: 0, y: 0 } };

test('a node without the optional parts gets their defaults', () => {
  expect(ruleNodeSchema.parse(node)).toMatchObject({ isSingleton: false, debug: { failures: false, allUntilMs: 0 } });
});

test('a chain without notes, nodes and connections is a chain', () => {
  const chain = { id: 'c', tenantId: 't', createdAtMs: 0, version: 1, name: 'Root', isRoot: true, nodes: [], connections: [] };
  expect(ruleChainSchema.parse(chain)).toMatchObject({ type: 'CORE', notes: [] });
});

test.each([
  { change: { type: '' }, path: 'type' },
  { change: { layout: { x: 0 } }, path: 'layout' },
  { change: { config: undefined }, path: 'config' },
  { change: { surprise: 1 }, path: 'surprise' },
])('a node with $change is refused and the complaint names the place', ({ change, path }) => {
  expect(() => ruleNodeSchema.parse({ ...node, ...change })).toThrow(path);
});
