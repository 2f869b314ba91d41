import { nodeHarness, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { expect, test } from 'vitest';
import { templateNode } from './node.js';

const answering = (status: number) => ({ http: () => ({ status, headers: {}, text: '' }) });

// What every node has to keep: defaults that fit, described settings, coded errors, the examples of its declaration, and more.
test.each(ruleNodeConformance(templateNode, answering(200)))('$name', ({ run }) => run());

test('the body is posted as the device sent it', async () => {
  const node = nodeHarness(templateNode, answering(204));
  const reading = telemetry('device-a', null, { text: '{"temperature":42.0}' });
  expect(await node.relation(reading)).toBe('Success');
  expect(node.recorded.requests).toMatchObject([{ method: 'POST', body: '{"temperature":42.0}' }]);
});

test.each([199, 300, 503])('an answer of %d fails with a code', async (status) => {
  const relation = await nodeHarness(templateNode, answering(status)).relation(telemetry('device-a', {}));
  expect(relation).toBe('Failure PLUGIN_NAME_TEMPLATE_NAME_ANSWER_REFUSED');
});

test('a service that nobody reaches fails with the code of the call', async () => {
  expect(await nodeHarness(templateNode).relation(telemetry('device-a', {}))).toBe('Failure OUTBOUND_UNREACHABLE');
});
