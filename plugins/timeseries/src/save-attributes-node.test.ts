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

test.each(['true', '', 'false'])('shared attributes are saved with metadata notifyDevice %j: devices are not told yet', async (notifyDevice) => {
  const node = nodeHarness(saveAttributesNode, { config: { scope: 'SHARED_SCOPE', notifyDevice: true } });
  expect(await node.relation(attributes('device-a', { a: 1 }, { metadata: { notifyDevice } }))).toBe('Success');
  expect(node.recorded.attributes).toMatchObject([{ scope: 'SHARED_SCOPE', key: 'a' }]);
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

describe('processing', () => {
  const skip = { type: 'SKIP' } as const;

  test('web sockets only stores nothing', async () => {
    const node = nodeHarness(saveAttributesNode, { config: { processingSettings: { type: 'WEBSOCKETS_ONLY' } } });
    expect(await node.relation(attributes('device-a', { a: 1 }))).toBe('Success');
    expect(node.recorded.attributes).toMatchObject([{ key: 'a', actions: { history: false, push: true } }]);
  });

  test('of an interval only the first message is saved', async () => {
    const processingSettings = { type: 'DEDUPLICATE', deduplicationIntervalSecs: 60 } as const;
    const node = nodeHarness(saveAttributesNode, { config: { processingSettings } });
    const sent = [0, 59_999, 60_000].map((tsMs, n) => attributes('device-a', { a: n }, { tsMs: 1_700_000_040_000 + tsMs }));
    const saved: unknown[] = [];
    for (const message of sent) {
      expect(await node.relation(message)).toBe('Success');
      saved.push(node.recorded.attributes[0]?.value);
    }
    expect(saved).toEqual([0, 0, 2]);
  });

  test('with all actions off the body is not read', async () => {
    const processingSettings = { type: 'ADVANCED', attributes: skip, webSockets: skip, calculatedFields: skip } as const;
    const node = nodeHarness(saveAttributesNode, { config: { processingSettings } });
    expect(await node.relation(attributes('device-a', { a: null }))).toBe('Success');
    expect(node.recorded.attributes).toEqual([]);
  });
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

test('the plugin offers its nodes', () =>
  expect(plugin.nodes.map(({ type }) => type)).toEqual(['action.save-time-series', 'action.save-attributes', 'action.delete-attributes']));
