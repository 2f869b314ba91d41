import { nodeHarness, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { expect, test } from 'vitest';
import { templateNode } from './node.js';

// What every node has to keep: defaults that fit, described settings, coded errors, the examples of its declaration, and more.
test.each(ruleNodeConformance(templateNode))('$name', ({ run }) => run());

test.each([
  { temperature: 29.9, relation: 'False' },
  { temperature: 30, relation: 'False' },
  { temperature: 30.1, relation: 'True' },
])('with a threshold of 30, $temperature leaves by $relation', async ({ temperature, relation }) => {
  const node = nodeHarness(templateNode, { config: { threshold: 30 } });
  expect(await node.relation(telemetry('device-a', { temperature }))).toBe(relation);
});

test.each([{}, { temperature: null }, { temperature: '20' }, 'text'])('%j fails with a code', async (body) => {
  const relation = await nodeHarness(templateNode).relation(telemetry('device-a', body));
  expect(relation).toBe('Failure PLUGIN_NAME_TEMPLATE_NAME_VALUE_NOT_NUMERIC');
});
