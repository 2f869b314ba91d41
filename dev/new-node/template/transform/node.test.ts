import { nodeHarness, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { expect, test } from 'vitest';
import { templateNode } from './node.js';

// What every node has to keep: defaults that fit, described settings, coded errors, the examples of its declaration, and more.
test.each(ruleNodeConformance(templateNode))('$name', ({ run }) => run());

test('the result stands beside what came', async () => {
  const node = nodeHarness(templateNode, { config: { factor: 10 } });
  expect(await node.send(telemetry('device-a', { temperature: 2, ok: true }))).toMatchObject({
    kind: 'routed',
    to: 'Success',
    message: { data: { temperature: 2, ok: true, template_name: 20 } },
  });
});

test.each([{}, { temperature: null }, { temperature: '20' }, 'text'])('%j fails with a code', async (body) => {
  const relation = await nodeHarness(templateNode).relation(telemetry('device-a', body));
  expect(relation).toBe('Failure PLUGIN_NAME_TEMPLATE_NAME_VALUE_NOT_NUMERIC');
});
