import type { Message } from '@fieldline/plugin-sdk';
import { message, nodeHarness, relationOf, ruleNodeConformance, scriptStandIns, telemetry } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { checkFieldsNode } from './check-fields-node.js';
import { plugin } from './index.js';
import { messageTypeNode } from './message-type-node.js';
import { messageTypeSwitchNode } from './message-type-switch-node.js';
import { scriptNode } from './script-node.js';
import { switchNode } from './switch-node.js';

const device = { entityType: 'DEVICE', id: 'device-a' } as const;
const typed = (type: string): Message => message(type, device, {});
const field = (data: unknown, name: string): unknown => (data as Record<string, unknown> | null)?.[name];

describe('message type switch', () => {
  test.each(ruleNodeConformance(messageTypeSwitchNode))('$name', ({ run }) => run());

  test.each([
    ['POST_TELEMETRY_REQUEST', 'Post telemetry'],
    ['POST_ATTRIBUTES_REQUEST', 'Post attributes'],
    ['TO_SERVER_RPC_REQUEST', 'RPC Request from Device'],
    ['RPC_CALL_FROM_SERVER_TO_DEVICE', 'RPC Request to Device'],
    ['ALARM', 'Alarm'],
    ['ALARM_ACK', 'Alarm Acknowledged'],
    ['REST_API_REQUEST', 'REST API request'],
    ['ALARM_DELETE', 'Other'],
    ['ENTITY_ASSIGNED_TO_EDGE', 'Other'],
    ['SEND_EMAIL', 'Other'],
    ['post_telemetry_request', 'Other'],
    ['constructor', 'Other'],
    ['', 'Other'],
  ])('%s leaves by %s', async (type, relation) => {
    expect(await nodeHarness(messageTypeSwitchNode).relation(typed(type))).toBe(relation);
  });

  test('takes the settings ThingsBoard exports', async () => {
    for (const stored of [{}, { version: 0 }]) await nodeHarness(messageTypeSwitchNode, { stored }).start();
  });
});

describe('script filter', () => {
  const body = 'return msg.temperature > 20;';
  const scripts = scriptStandIns({ [body]: (msg) => Number(field(msg, 'temperature')) > 20, 'return 1;': () => true });
  test.each(ruleNodeConformance(scriptNode, { scripts }))('$name', ({ run }) => run());

  test('each message of a batch takes its own way', async () => {
    const failing = scriptStandIns({
      [body]: (msg) => {
        if (field(msg, 'temperature') === 0) throw new Error('zero');
        return Number(field(msg, 'temperature')) > 20;
      },
    });
    const outcomes = await nodeHarness(scriptNode, { scripts: failing }).sendAll(
      [21, 0, 20].map((temperature) => telemetry('device-a', { temperature })),
    );
    expect(outcomes.map(relationOf)).toEqual(['True', 'Failure SCRIPT_FAILED', 'False']);
  });

  test('a script that does not compile keeps the node from starting', async () => {
    await expect(nodeHarness(scriptNode, { scripts, config: { scriptLang: 'JS', jsScript: 'return (;' } }).start()).rejects.toMatchObject({
      code: 'SCRIPT_COMPILE_FAILED',
    });
  });

  test('an absent language means JavaScript', async () => {
    const node = nodeHarness(scriptNode, { scripts, stored: { jsScript: 'return 1;' } });
    expect(await node.relation(typed('T'))).toBe('True');
  });
});

describe('script switch', () => {
  const { tbelScript } = switchNode.defaults as { tbelScript: string };
  const scripts = scriptStandIns({
    [tbelScript]: (_msg, _metadata, type) => (type === 'POST_TELEMETRY_REQUEST' ? ['two'] : ['one', 'nine']),
    none: () => [],
  });
  test.each(ruleNodeConformance(switchNode, { scripts }))('$name', ({ run }) => run());

  test('a message leaves by every label', async () => {
    const node = nodeHarness(switchNode, { scripts });
    expect(await node.relation(typed('T'))).toBe('one, nine');
    expect(await node.relation(telemetry('device-a', {}))).toBe('two');
  });

  test('an empty list ends the message', async () => {
    expect(await nodeHarness(switchNode, { scripts, config: { scriptLang: 'JS', jsScript: 'none' } }).relation(typed('T'))).toBe(
      'Ended switch-empty',
    );
  });
});

describe('message type filter', () => {
  test.each(ruleNodeConformance(messageTypeNode))('$name', ({ run }) => run());

  test.each([
    ['POST_TELEMETRY_REQUEST', 'True'],
    ['post_telemetry_request', 'False'],
    ['ALARM', 'False'],
  ])('%s is %s', async (type, relation) => {
    expect(await nodeHarness(messageTypeNode).relation(typed(type))).toBe(relation);
  });

  test('types of one’s own may be listed, and an empty list matches nothing', async () => {
    expect(await nodeHarness(messageTypeNode, { config: { messageTypes: ['MINE'] } }).relation(typed('MINE'))).toBe('True');
    expect(await nodeHarness(messageTypeNode, { config: { messageTypes: [] } }).relation(typed('MINE'))).toBe('False');
  });
});

describe('check fields presence', () => {
  test.each(ruleNodeConformance(checkFieldsNode, { config: { messageNames: ['temperature'] } }))('$name', ({ run }) => run());

  test.each([
    [['a'], [], true, 'True', 'a field with null is there'],
    [['a', 'b'], ['k'], true, 'False', 'one field is missing'],
    [['a'], ['k', 'x'], true, 'False', 'one metadata key is missing'],
    [[], [], true, 'True', 'nothing is asked for'],
    [['b', 'a'], [], false, 'True', 'one is enough'],
    [['b'], ['k'], false, 'True', 'one of either is enough'],
    [['b'], ['x'], false, 'False', 'none is there'],
    [[], [], false, 'False', 'nothing is listed, so nothing is there'],
    [['c.d'], [], true, 'False', 'only the top level counts'],
    [['toString'], [], true, 'False', 'what every object inherits is no field'],
  ])('fields %j, metadata %j, all: %j is %s: %s', async (messageNames, metadataNames, checkAllKeys, relation) => {
    const node = nodeHarness(checkFieldsNode, { config: { messageNames, metadataNames, checkAllKeys } });
    expect(await node.relation(message('T', device, { a: null, c: { d: 1 } }, { metadata: { k: '' } }))).toBe(relation);
  });

  test('a body that is no object fails, but only where its fields are asked for', async () => {
    const asked = nodeHarness(checkFieldsNode, { config: { messageNames: ['a'] } });
    expect(await asked.relation(message('T', device, [1]))).toBe('Failure FILTER_BODY_NOT_OBJECT');
    const notAsked = nodeHarness(checkFieldsNode, { config: { metadataNames: ['k'] } });
    expect(await notAsked.relation(message('T', device, [1], { metadata: { k: 'v' } }))).toBe('True');
  });
});

test('the plugin offers its nodes under different types', () => {
  const types = plugin.nodes.map(({ type }) => type);
  expect(new Set(types).size).toBe(types.length);
});
