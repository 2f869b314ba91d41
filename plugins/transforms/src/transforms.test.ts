import { attributes, message, nodeHarness, ruleNodeConformance, scriptStandIns, telemetry } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { plugin } from './index.js';
import { renameKeysNode } from './rename-keys-node.js';
import { scriptNode } from './script-node.js';

const device = { entityType: 'DEVICE', id: 'device-a' } as const;

describe('script', () => {
  const { tbelScript } = scriptNode.defaults as { tbelScript: string };
  const scripts = scriptStandIns({
    [tbelScript]: () => ({}),
    body: () => ({ msg: { b: 1 } }),
    all: () => ({ msg: 'text', metadata: { k: 'v' }, msgType: 'NEW' }),
    two: () => [{ msg: 1 }, { msgType: 'OTHER', metadata: {} }],
  });
  const run = (body: string, sent = telemetry('device-a', { a: 1 })) =>
    nodeHarness(scriptNode, { scripts, config: { scriptLang: 'JS', jsScript: body } }).send(sent);
  test.each(ruleNodeConformance(scriptNode, { scripts }))('$name', ({ run: check }) => check());

  test('a result without parts passes the message on as it is', async () => {
    const sent = telemetry('device-a', null, { text: '{"a": 42.0}' });
    const outcome = await nodeHarness(scriptNode, { scripts }).send(sent);
    expect(outcome).toMatchObject({ kind: 'routed', to: 'Success' });
    expect(outcome.kind === 'routed' && outcome.message).toBe(sent);
  });

  test('parts that are given replace the old ones, the others stay, and so does the id', async () => {
    const sent = telemetry('device-a', { a: 1 });
    const outcome = await run('body', sent);
    expect(outcome).toMatchObject({ message: { id: sent.id, type: sent.type, metadata: sent.metadata, data: { b: 1 } } });
    expect(await run('all')).toMatchObject({ message: { type: 'NEW', metadata: { k: 'v' }, data: 'text', originator: device } });
  });

  test('a list makes new messages about the same originator', async () => {
    const sent = message('T', device, { a: 1 }, { customerId: 'customer', metadata: { k: 'v' } });
    const about = { originator: device, customerId: 'customer' };
    expect(await run('two', sent)).toEqual({
      kind: 'emitted',
      messages: [
        { to: 'Success', message: { ...about, type: 'T', metadata: { k: 'v' }, text: '1' } },
        { to: 'Success', message: { ...about, type: 'OTHER', metadata: {}, text: '{"a":1}' } },
      ],
    });
  });
});

describe('rename keys', () => {
  test.each(ruleNodeConformance(renameKeysNode))('$name', ({ run }) => run());

  const rename = async (renameKeysMapping: Record<string, string>, text: string): Promise<string> => {
    const outcome = await nodeHarness(renameKeysNode, { config: { renameKeysMapping } }).send(message('T', device, null, { text }));
    return outcome.kind === 'routed' ? outcome.message.text : outcome.kind;
  };

  test.each<[Record<string, string>, string, string, string]>([
    [{ a: 'b' }, '{"a": 42.0, "c":1}', '{"c":1,"b":42.0}', 'the key goes to the end, the number stays'],
    [{ a: 'c' }, '{"a":1,"c":2}', '{"c":1}', 'an existing key is replaced'],
    [{ a: 'a' }, '{"a":1,"c":2}', '{"c":2}', 'a key mapped to itself goes'],
    [{ x: 'y' }, '{"a": 1}', '{"a": 1}', 'a missing key changes nothing'],
    [{ a: 'b' }, '[{"a":1}]', '[{"a":1}]', 'a body that is no object passes'],
    [{ 'a.*': 'b' }, '{"ab": 1}', '{"ab": 1}', 'keys are no patterns'],
    [{ a: 'b', b: 'c' }, '{"a":1}', '{"c":1}', 'renames follow one another'],
  ])('%j in %s gives %s: %s', async (mapping, text, expected) => {
    expect(await rename(mapping, text)).toBe(expected);
  });

  test('renames metadata', async () => {
    const node = nodeHarness(renameKeysNode, { config: { renameIn: 'METADATA', renameKeysMapping: { notifyDevice: 'notify' } } });
    expect(await node.send(attributes('device-a', {}))).toMatchObject({ message: { metadata: { notify: 'false', deviceName: 'device-a' } } });
  });

  test('an empty mapping keeps the node from starting', async () => {
    await expect(nodeHarness(renameKeysNode, { config: { renameKeysMapping: {} } }).start()).rejects.toMatchObject({ code: 'NODE_SETTINGS_INVALID' });
  });

  test.each([
    [{ fromMetadata: true }, { renameIn: 'METADATA' }],
    [{ fromMetadata: 'DATA' }, { renameIn: 'DATA' }],
    [{ renameIn: 'METADATA' }, { renameIn: 'METADATA' }],
  ])('settings %j of earlier versions become %j', (old, now) => {
    for (const step of Object.values(renameKeysNode.migrate ?? {})) expect(step(old)).toEqual(now);
  });
});

test('the plugin offers its nodes', () => {
  const names = ['script', 'change-originator', 'copy-keys', 'delete-keys', 'rename-keys', 'json-path', 'split-array', 'deduplication'];
  expect(plugin.nodes.map(({ type }) => type)).toEqual(names.map((name) => `transform.${name}`));
});
