import { harnessTenantId, message, nodeHarness, ruleNodeConformance, scriptStandIns, telemetry } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { generatorNode, type GeneratorSettings } from './generator-node.js';
import { plugin } from './index.js';
import { logNode } from './log-node.js';
import { rpcCallRequestNode } from './rpc-call-request-node.js';

const device = { entityType: 'DEVICE', id: 'device-a' } as const;

describe('log', () => {
  const scripts = scriptStandIns({
    hello: (msg) => `hello ${JSON.stringify(msg)}`,
    throwing: () => {
      throw new Error('no');
    },
  });
  test.each(ruleNodeConformance(logNode))('$name', ({ run }) => run());

  test.each(['JS', 'TBEL', null] as const)('a fresh node (language %j) logs body and metadata without a script', async (scriptLang) => {
    const node = nodeHarness(logNode, { config: { scriptLang } });
    const sent = message('T', device, null, { text: '{"t": 42.0}', metadata: { k: 'v' } });
    expect(await node.send(sent)).toEqual({ kind: 'routed', to: 'Success', message: sent });
    expect(node.recorded.logged).toEqual(['\nIncoming message:\n{"t": 42.0}\nIncoming metadata:\n{"k":"v"}']);
  });

  test('a script makes the text, one that fails sends its message to Failure', async () => {
    const node = nodeHarness(logNode, { scripts, config: { scriptLang: 'JS', jsScript: 'hello' } });
    await node.sendAll([message('T', device, 1), message('T', device, 2)]);
    expect(node.recorded.logged).toEqual(['hello 1', 'hello 2']);
    expect(await nodeHarness(logNode, { scripts, config: { scriptLang: 'JS', jsScript: 'throwing' } }).relation(message('T', device, 1))).toBe(
      'Failure SCRIPT_FAILED',
    );
  });

  test('a script that does not compile keeps the node from starting', async () => {
    await expect(nodeHarness(logNode, { scripts, config: { scriptLang: 'JS', jsScript: '(' } }).start()).rejects.toMatchObject({
      code: 'SCRIPT_COMPILE_FAILED',
    });
  });
});

describe('generator', () => {
  const scripts = scriptStandIns({
    once: (msg, metadata, type) => ({ msg: { seen: msg, type }, metadata: { ...metadata, data: '40' }, msgType: 'MADE' }),
    part: () => ({ metadata: { only: 'this' } }),
    throwing: () => {
      throw new Error('no');
    },
  });
  const start = (jsScript: string, config: Partial<GeneratorSettings> = {}) =>
    nodeHarness(generatorNode, { scripts, config: { scriptLang: 'JS', jsScript, ...config }, nodeId: 'node-1' });
  test.each(ruleNodeConformance(generatorNode, { scripts, config: { scriptLang: 'JS', jsScript: 'once' } }))('$name', ({ run }) => run());

  test('the first message comes after one period and sees nothing, the next sees it', async () => {
    const node = start('once', { periodInSeconds: 2 });
    await node.start();
    node.advanceMs(1_999);
    expect(await node.runDue()).toEqual([]);
    node.advanceMs(1);
    const about = { originator: { entityType: 'RULE_NODE', id: 'node-1' }, type: 'MADE', metadata: { data: '40' } };
    expect(await node.runDue()).toMatchObject([
      { kind: 'emitted', messages: [{ to: 'Success', message: { ...about, text: '{"seen":{},"type":""}' } }] },
    ]);
    node.advanceMs(2_000);
    expect(await node.runDue()).toMatchObject([{ messages: [{ message: { text: '{"seen":{"seen":{},"type":""},"type":"MADE"}' } }] }]);
  });

  test('parts that are absent stay as they were', async () => {
    const node = start('part');
    await node.start();
    node.advanceMs(1_000);
    expect(await node.runDue()).toMatchObject([{ messages: [{ message: { text: '{}', type: '', metadata: { only: 'this' } } }] }]);
  });

  test('it stops after the number of messages asked for, failed ones included', async () => {
    const node = start('throwing', { msgCount: 2 });
    await node.start();
    node.advanceMs(4_000);
    const outcomes = await node.runDue();
    expect(outcomes.map((outcome) => (outcome.kind === 'emitted' ? outcome.messages.map(({ to }) => to) : outcome.kind))).toEqual([
      ['Failure'],
      ['Failure'],
      [],
      [],
    ]);
  });

  test.each([
    ['TENANT', null, { entityType: 'TENANT', id: harnessTenantId }],
    ['DEVICE', 'device-a', device],
  ] as const)('makes messages about %s', async (originatorType, originatorId, originator) => {
    const node = start('once', { originatorType, originatorId });
    node.recorded.entities.push({ entity: device, name: 'A' });
    await node.start();
    node.advanceMs(1_000);
    expect(await node.runDue()).toMatchObject([{ messages: [{ message: { originator } }] }]);
  });

  test('an originator that does not exist keeps the node from starting', async () => {
    const node = start('once', { originatorType: 'DEVICE', originatorId: 'device-b' });
    await expect(node.start()).rejects.toMatchObject({ code: 'ACTION_GENERATOR_ORIGINATOR_UNKNOWN' });
  });

  test('an originator that is not named keeps the node from starting', async () => {
    await expect(start('once', { originatorType: 'DEVICE' }).start()).rejects.toMatchObject({ code: 'ACTION_GENERATOR_ORIGINATOR_MISSING' });
  });

  test.each([
    [
      { queueName: 'Main', originatorType: 'DEVICE', originatorId: 'd' },
      { originatorType: 'DEVICE', originatorId: 'd' },
    ],
    [{ originatorType: 'DEVICE' }, { originatorType: 'RULE_NODE', originatorId: null }],
    [{ originatorId: 'd' }, { originatorType: 'RULE_NODE', originatorId: null }],
  ])('settings %j of version 0 become %j', (old, now) => {
    const { migrate = {} } = generatorNode;
    expect(migrate[1]?.(migrate[0]?.(old))).toEqual(now);
  });
});

describe('rpc call request', () => {
  const request = message('RPC', device, { method: 'set', params: 1 }, { metadata: { k: 'v' } });
  test.each(ruleNodeConformance(rpcCallRequestNode))('$name', ({ run }) => run());

  test.each([
    ['{"done":true}', '{"done":true}'],
    ['', '{}'],
  ])('the answer %j goes on as a new message with the body %s', async (answer, text) => {
    const node = nodeHarness(rpcCallRequestNode, { reply: () => answer, config: { timeoutInSeconds: 5 } });
    expect(await node.send(request)).toMatchObject({
      kind: 'emitted',
      messages: [{ to: 'Success', message: { type: 'RPC', originator: device, metadata: { k: 'v' }, text } }],
    });
    expect(node.recorded.commands).toMatchObject([{ timeoutMs: 5_000 }]);
  });

  test.each([
    [telemetry('device-a', { params: 1 }), 'Failure ACTION_RPC_FIELD_MISSING'],
    [telemetry('device-a', { method: 'a' }), 'Failure ACTION_RPC_FIELD_MISSING'],
    [telemetry('device-a', [1]), 'Failure ACTION_RPC_FIELD_MISSING'],
    [message('RPC', { entityType: 'ASSET', id: 'a' }, { method: 'a', params: 1 }), 'Failure ACTION_ORIGINATOR_NOT_DEVICE'],
  ])('request %# leaves by %s and is not sent', async (sent, relation) => {
    const node = nodeHarness(rpcCallRequestNode, { reply: () => '' });
    expect(await node.relation(sent)).toBe(relation);
    expect(node.recorded.commands).toEqual([]);
  });

  test.each([
    ['RPC_TIMEOUT', 'unavailable', 'TIMEOUT'],
    ['RPC_DEVICE_UNREACHABLE', 'unavailable', 'NO_ACTIVE_CONNECTION'],
    ['RPC_DEVICE_UNKNOWN', 'not-found', 'NOT_FOUND'],
    ['RPC_REFUSED', 'forbidden', 'FORBIDDEN'],
    ['RPC_REQUEST_INVALID', 'invalid-input', 'INTERNAL'],
  ])('%s (%s) leaves by Failure with the error %s', async (code, kind, error) => {
    const node = nodeHarness(rpcCallRequestNode, {
      reply: () => {
        throw Object.assign(new Error('no'), { code, kind });
      },
    });
    expect(await node.send(request)).toMatchObject({ kind: 'failed', message: { data: { error }, metadata: { k: 'v' } } });
  });

  test('a device that cannot be called fails with a code', async () => {
    expect(await nodeHarness(rpcCallRequestNode).relation(request)).toBe('Failure RPC_DEVICE_UNREACHABLE');
  });
});

test('the plugin offers its nodes', () => {
  const names = plugin.nodes.map(({ type }) => type.replace('action.', ''));
  expect(names.sort()).toEqual([
    'assign-to-customer',
    'calculated-fields',
    'copy-to-view',
    'create-relation',
    'delay',
    'delete-relation',
    'device-state',
    'generator',
    'gps-geofencing-events',
    'log',
    'math-function',
    'message-count',
    'rpc-call-reply',
    'rpc-call-request',
    'synchronization-end',
    'synchronization-start',
    'unassign-from-customer',
  ]);
});
