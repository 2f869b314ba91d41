import { nodeHarness, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { expect, test } from 'vitest';
import { templateNode } from './node.js';

// What every node has to keep: defaults that fit, described settings, coded errors, the examples of its declaration, and more.
test.each(ruleNodeConformance(templateNode))('$name', ({ run }) => run());

test('each device has a last value of its own', async () => {
  const node = nodeHarness(templateNode);
  const change = async (device: string, temperature: number) => {
    const outcome = await node.send(telemetry(device, { temperature }));
    return outcome.kind === 'routed' ? outcome.message.data : outcome;
  };
  expect(await change('device-a', 20)).toMatchObject({ template_name: 0 });
  expect(await change('device-b', 5)).toMatchObject({ template_name: 0 });
  expect(await change('device-a', 23)).toMatchObject({ template_name: 3 });
});

test('a message that fails leaves the last value as it was', async () => {
  const node = nodeHarness(templateNode);
  await node.send(telemetry('device-a', { temperature: 20 }));
  const failing = telemetry('device-a', { temperature: 'warm' });
  expect(await node.relation(failing)).toBe('Failure PLUGIN_NAME_TEMPLATE_NAME_VALUE_NOT_NUMERIC');
  expect(node.state(failing)).toEqual({ value: 20 });
});
