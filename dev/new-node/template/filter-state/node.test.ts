import { nodeHarness, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { expect, test } from 'vitest';
import { templateNode } from './node.js';

// What every node has to keep: defaults that fit, described settings, coded errors, the examples of its declaration, and more.
test.each(ruleNodeConformance(templateNode))('$name', ({ run }) => run());

test('a message held back does not move what the next one is compared with', async () => {
  const node = nodeHarness(templateNode, { config: { deadband: 1 } });
  const relations: string[] = [];
  for (const temperature of [0, 0.9, 1.8]) relations.push(await node.relation(telemetry('device-a', { temperature })));
  expect(relations).toEqual(['True', 'False', 'True']);
});

test('each device is compared with itself', async () => {
  const node = nodeHarness(templateNode);
  expect(await node.relation(telemetry('device-a', { temperature: 20 }))).toBe('True');
  expect(await node.relation(telemetry('device-b', { temperature: 20 }))).toBe('True');
  expect(await node.relation(telemetry('device-b', { temperature: 20 }))).toBe('False');
});

test.each([{}, { temperature: null }, { temperature: '20' }, 'text'])('%j fails with a code', async (body) => {
  const relation = await nodeHarness(templateNode).relation(telemetry('device-a', body));
  expect(relation).toBe('Failure PLUGIN_NAME_TEMPLATE_NAME_VALUE_NOT_NUMERIC');
});
