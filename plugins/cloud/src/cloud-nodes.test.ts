// Goal: chains with nodes of other vendors can be imported, drawn and exported again without loss, and such a node says what it
// needs. Method: every node in the conformance suite and the harness, with the settings that rule-nodes.md §6 gives a fresh one.
import { type AnyRuleNodeDefinition, z } from '@fieldline/plugin-sdk';
import { nodeHarness, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { aiRequestNode } from './ai-request-node.js';
import { azureIotHubNode } from './azure-iot-hub-node.js';
import { plugin } from './index.js';
import { saveToCustomTableNode } from './save-to-custom-table-node.js';

const model = { modelId: { entityType: 'AI_MODEL', id: '13814000-1dd2-11b2-8080-808080808080' } };
const settings = (node: AnyRuleNodeDefinition): object => (node === (aiRequestNode as AnyRuleNodeDefinition) ? model : {});

describe.each(plugin.nodes.map((node) => [node.type, node] as const))('%s', (_type, node) => {
  test.each(ruleNodeConformance(node, { config: settings(node) }))('$name', ({ run }) => run());

  test('names its plugin, fails its messages with a code, and has what the palette shows', async () => {
    const outcome = await nodeHarness(node, { config: settings(node) }).send(telemetry('d', {}));
    const error = `CLOUD_PLUGIN_MISSING: The node "${node.title}" needs the plugin "${node.needsPlugin ?? ''}", which is not installed.`;
    expect(outcome).toMatchObject({ kind: 'failed', problem: { code: 'CLOUD_PLUGIN_MISSING' }, message: { metadata: { error } } });
    expect([node.docs, node.icon, node.thingsboard?.className]).not.toContain(undefined);
  });

  test('keeps settings as they are, whatever is not set', () => {
    const given = { ...(node.defaults as object), ...settings(node) };
    expect(node.config.parse(given)).toEqual(given);
    expect(z.toJSONSchema(node.config, { io: 'input' })).toMatchObject({ type: 'object' });
  });
});

test('all twelve are there, under the names that ThingsBoard has for them', () => {
  expect(
    plugin.nodes.map(
      ({ thingsboard }) => `${thingsboard?.className.replace('org.thingsboard.rule.engine.', '') ?? ''} v${thingsboard?.configurationVersion}`,
    ),
  ).toEqual([
    'mqtt.azure.TbAzureIotHubNode v1',
    'gcp.pubsub.TbPubSubNode v0',
    'aws.sns.TbSnsNode v0',
    'aws.sqs.TbSqsNode v0',
    'aws.lambda.TbAwsLambdaNode v0',
    'sms.TbSendSmsNode v0',
    'notification.TbNotificationNode v0',
    'notification.TbSlackNode v0',
    'ai.TbAiNode v0',
    'edge.TbMsgPushToEdgeNode v0',
    'edge.TbMsgPushToCloudNode v0',
    'action.TbSaveToCustomCassandraTableNode v1',
  ]);
});

test('older settings of those that have versions come on', () => {
  expect(azureIotHubNode.migrate?.[0]?.({ host: 'a' })).toEqual({ host: 'a', protocolVersion: 'MQTT_3_1_1' });
  expect(saveToCustomTableNode.migrate?.[0]?.({ tableName: 'a' })).toEqual({ tableName: 'a', defaultTtl: 0 });
});

test.each([{ modelId: null }, { userPrompt: '' }, { timeoutSeconds: 0 }, { timeoutSeconds: 601 }, { responseFormat: { type: 'JSON_SCHEMA' } }])(
  'an AI request with %j does not start',
  async (config) => {
    const node = nodeHarness(aiRequestNode, { config: { ...model, ...config } as never });
    await expect(node.start()).rejects.toMatchObject({ code: 'NODE_SETTINGS_INVALID' });
  },
);
