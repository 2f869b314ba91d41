// Goal: the rows of rule-nodes.md §4 about devices and their replies, calculated fields and synchronization. Method: one message a row.
import { message, nodeHarness, ruleNodeConformance, telemetry, type MessageOptions } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { calculatedFieldsNode } from './calculated-fields-node.js';
import { deviceStateNode } from './device-state-node.js';
import { rpcCallReplyNode } from './rpc-call-reply-node.js';
import { synchronizationEndNode, synchronizationStartNode } from './synchronization-nodes.js';

const device = { entityType: 'DEVICE', id: 'device-a' } as const;
const asset = { entityType: 'ASSET', id: 'asset-a' } as const;

describe('device state', () => {
  test.each(ruleNodeConformance(deviceStateNode))('$name', ({ run }) => run());

  test.each(['ACTIVITY_EVENT', 'CONNECT_EVENT', 'DISCONNECT_EVENT', 'INACTIVITY_EVENT'] as const)(
    '%s is reported at the time of the reading',
    async (event) => {
      const node = nodeHarness(deviceStateNode, { config: { event } });
      const sent = telemetry('device-a', {}, { tsMs: 5_000 });
      expect(await node.send(sent)).toEqual({ kind: 'routed', to: 'Success', message: sent });
      expect(node.recorded.stateReports).toEqual([{ device, event, atMs: 5_000 }]);
    },
  );

  test('too many reports are not taken', async () => {
    const node = nodeHarness(deviceStateNode);
    expect(await node.relation(telemetry('device-a', {}))).toBe('Success');
    expect(await node.relation(telemetry('device-a', {}))).toBe('Rate limited');
    expect(await node.relation(telemetry('device-b', {}))).toBe('Success');
  });

  test('only devices have a state', async () => {
    expect(await nodeHarness(deviceStateNode).send(message('T', asset, {}))).toMatchObject({
      problem: { message: 'Unsupported originator entity type: [ASSET]. Only DEVICE entity type is supported.' },
    });
  });
});

describe('rpc call reply', () => {
  test.each(ruleNodeConformance(rpcCallReplyNode))('$name', ({ run }) => run());
  const metadata = { serviceId: 'service', sessionId: 'session', requestId: '7' };
  const request = (options: MessageOptions = {}) => message('TO_SERVER_RPC_REQUEST', device, { time: 1 }, { metadata, ...options });

  test('the device gets the body as it was written, the message goes on', async () => {
    const node = nodeHarness(rpcCallReplyNode);
    const sent = request({ text: '{"time": 1.0}' });
    expect(await node.send(sent)).toEqual({ kind: 'routed', to: 'Success', message: sent });
    expect(node.recorded.replies).toEqual([{ device, serviceId: 'service', sessionId: 'session', requestId: 7, text: '{"time": 1.0}' }]);
  });

  test('other metadata keys may be named, and empty ones mean the usual', async () => {
    const node = nodeHarness(rpcCallReplyNode, {
      config: { serviceIdMetaDataAttribute: 's', sessionIdMetaDataAttribute: '', requestIdMetaDataAttribute: null },
    });
    await node.send(request({ metadata: { ...metadata, s: 'elsewhere' } }));
    expect(node.recorded.replies).toMatchObject([{ serviceId: 'elsewhere', sessionId: 'session', requestId: 7 }]);
  });

  test.each<[string, MessageOptions]>([
    ['Request id is not present in the metadata!', { metadata: {} }],
    ['Service id is not present in the metadata!', { metadata: { requestId: '7' } }],
    ['Session id is not present in the metadata!', { metadata: { requestId: '7', serviceId: 'a' } }],
    ['Request body is empty!', { text: '' }],
    ['"x" is no request id', { metadata: { ...metadata, requestId: 'x' } }],
  ])('%s', async (text, options) => {
    const node = nodeHarness(rpcCallReplyNode);
    expect(await node.send(request(options))).toMatchObject({ kind: 'failed', problem: { message: expect.stringContaining(text) as string } });
    expect(node.recorded.replies).toEqual([]);
  });

  test('a message that is not about a device fails before all that', async () => {
    expect(await nodeHarness(rpcCallReplyNode).relation(message('T', asset, {}))).toBe('Failure ACTION_ORIGINATOR_NOT_DEVICE');
  });
});

describe('calculated fields', () => {
  test.each(ruleNodeConformance(calculatedFieldsNode))('$name', ({ run }) => run());

  test.each<[string, string, string, Record<string, string>?]>([
    ['POST_TELEMETRY_REQUEST', '{"a": 1}', 'Success'],
    ['POST_TELEMETRY_REQUEST', '{}', 'Success'],
    ['POST_TELEMETRY_REQUEST', '[]', 'Success'],
    ['POST_TELEMETRY_REQUEST', '[{"a": 1}, {"ts": 5, "values": {"b": 2}}]', 'Success'],
    ['POST_TELEMETRY_REQUEST', '{"a": null}', 'Failure ACTION_BODY_INVALID'],
    ['POST_TELEMETRY_REQUEST', '{"ts": 5, "values": {"b": null}}', 'Failure ACTION_BODY_INVALID'],
    ['POST_TELEMETRY_REQUEST', '{"ts": 5, "values": 6}', 'Failure ACTION_BODY_INVALID'],
    ['POST_TELEMETRY_REQUEST', '5', 'Failure ACTION_BODY_INVALID'],
    ['POST_ATTRIBUTES_REQUEST', '{"a": 1}', 'Success', { scope: 'CLIENT_SCOPE' }],
    ['POST_ATTRIBUTES_REQUEST', '{"a": null}', 'Failure ACTION_BODY_INVALID', { scope: 'CLIENT_SCOPE' }],
    ['POST_ATTRIBUTES_REQUEST', '[1]', 'Failure ACTION_BODY_INVALID', { scope: 'CLIENT_SCOPE' }],
    ['POST_ATTRIBUTES_REQUEST', '{"a": 1}', 'Failure ACTION_SCOPE_MISSING'],
    ['POST_ATTRIBUTES_REQUEST', '{"a": 1}', 'Failure ACTION_SCOPE_INVALID', { scope: 'x' }],
    ['ALARM', '{}', 'Failure ACTION_MESSAGE_TYPE_UNSUPPORTED'],
  ])('%s %s: %s', async (type, text, relation, metadata = {}) => {
    expect(await nodeHarness(calculatedFieldsNode).relation(message(type, device, null, { text, metadata }))).toBe(relation);
  });

  test('the message passes unchanged', async () => {
    const sent = message('POST_TELEMETRY_REQUEST', device, null, { text: '{"a": 42.0}' });
    expect(await nodeHarness(calculatedFieldsNode).send(sent)).toEqual({ kind: 'routed', to: 'Success', message: sent });
  });
});

describe.each([synchronizationStartNode, synchronizationEndNode])('$title', (definition) => {
  test.each(ruleNodeConformance(definition))('$name', ({ run }) => run());

  test('is kept for old rule chains', () => expect(definition.deprecated).toContain('queue'));
});
