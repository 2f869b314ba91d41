import { attributes, nodeHarness, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { plugin } from './index.js';
import { saveAttributesNode } from './save-attributes-node.js';

test.each(ruleNodeConformance(saveAttributesNode))('$name', ({ run }) => run());

test('saves the values under the scope of the settings', async () => {
  const node = nodeHarness(saveAttributesNode, { config: { scope: 'CLIENT_SCOPE' } });
  const sent = attributes('device-a', { firmware: '1.2', count: 3 });
  expect(await node.send(sent)).toMatchObject({ kind: 'routed', to: 'Success', message: sent });
  expect(node.recorded.attributes.map(({ scope, key, value }) => [scope, key, value])).toEqual([
    ['CLIENT_SCOPE', 'firmware', '1.2'],
    ['CLIENT_SCOPE', 'count', 3],
  ]);
});

test.each([
  ['SHARED_SCOPE', 'SHARED_SCOPE'],
  ['', 'SERVER_SCOPE'],
])('the metadata scope %j gives %s', async (scope, expected) => {
  const node = nodeHarness(saveAttributesNode);
  await node.send(attributes('device-a', { a: 1 }, { metadata: { scope } }));
  expect(node.recorded.attributes[0]?.scope).toBe(expected);
});

test.each([
  [telemetry('device-a', { a: 1 }), 'Failure SAVE_MESSAGE_TYPE_UNSUPPORTED'],
  [attributes('device-a', {}), 'Success'],
  [attributes('device-a', [1]), 'Failure TELEMETRY_BODY_INVALID'],
  [attributes('device-a', { a: null }), 'Failure TELEMETRY_VALUE_NULL'],
  [attributes('device-a', { a: 1 }, { metadata: { scope: 'ANY' } }), 'Failure SAVE_SCOPE_INVALID'],
])('message %# leaves by %s', async (message, relation) => {
  expect(await nodeHarness(saveAttributesNode).relation(message)).toBe(relation);
});

describe('telling the device about shared attributes, which is not supported yet,', () => {
  test('is refused at start where the settings ask for it', async () => {
    const node = nodeHarness(saveAttributesNode, { config: { scope: 'SHARED_SCOPE', notifyDevice: true } });
    await expect(node.start()).rejects.toMatchObject({ code: 'SAVE_NOTIFY_DEVICE_NOT_SUPPORTED' });
  });

  test.each([
    ['SHARED_SCOPE', 'true', 'Failure SAVE_NOTIFY_DEVICE_NOT_SUPPORTED'],
    ['SHARED_SCOPE', 'TRUE', 'Failure SAVE_NOTIFY_DEVICE_NOT_SUPPORTED'],
    ['SHARED_SCOPE', '', 'Failure SAVE_NOTIFY_DEVICE_NOT_SUPPORTED'],
    ['SHARED_SCOPE', 'false', 'Success'],
    ['SERVER_SCOPE', 'true', 'Success'],
  ])('in %s with metadata notifyDevice %j gives %s', async (scope, notifyDevice, relation) => {
    expect(await nodeHarness(saveAttributesNode).relation(attributes('device-a', { a: 1 }, { metadata: { scope, notifyDevice } }))).toBe(relation);
  });
});

describe('the notification of an update', () => {
  const spawned = async (config: { scope?: 'CLIENT_SCOPE' | 'SERVER_SCOPE' }, ...bodies: Record<string, number>[]) => {
    const node = nodeHarness(saveAttributesNode, { config: { sendAttributesUpdatedNotification: true, ...config }, nodeId: 'node-1' });
    let outcome;
    for (const body of bodies) outcome = await node.send(attributes('device-a', body));
    return outcome?.kind === 'routed' ? outcome.spawns : outcome;
  };
  const about = {
    type: 'ATTRIBUTES_UPDATED',
    originator: { entityType: 'DEVICE', id: 'device-a' },
    metadata: { scope: 'SERVER_SCOPE', ruleNodeId: 'node-1' },
  };

  test('carries what was saved', async () => {
    expect(await spawned({}, { a: 1, b: 2 })).toMatchObject([{ ...about, text: '{"a":1,"b":2}' }]);
    expect(await spawned({}, { a: 1 }, { a: 1, b: 2 })).toMatchObject([{ ...about, data: { b: 2 } }]);
  });

  test('is not sent where nothing changed, nor for client attributes', async () => {
    expect(await spawned({}, { a: 1 }, { a: 1 })).toBeUndefined();
    expect(await spawned({ scope: 'CLIENT_SCOPE' }, { a: 1 })).toBeUndefined();
  });
});

test('processing that cannot be done is refused at start', async () => {
  const node = nodeHarness(saveAttributesNode, { config: { processingSettings: { type: 'WEBSOCKETS_ONLY' } } });
  await expect(node.start()).rejects.toMatchObject({ code: 'SAVE_PROCESSING_NOT_SUPPORTED' });
});

test('settings of version 0 reach version 3', () => {
  const { migrate = {} } = saveAttributesNode;
  const old = { scope: 'SHARED_SCOPE', notifyDevice: 'false' };
  const now = [0, 1, 2].reduce<unknown>((settings, version) => migrate[version]?.(settings), old);
  expect(now).toEqual({
    scope: 'SHARED_SCOPE',
    notifyDevice: false,
    sendAttributesUpdatedNotification: false,
    updateAttributesOnlyOnValueChange: false,
    processingSettings: { type: 'ON_EVERY_MESSAGE' },
  });
});

test('the plugin offers both nodes', () =>
  expect(plugin.nodes.map(({ type }) => type)).toEqual(['action.save-time-series', 'action.save-attributes']));
