import type { Alarm, JsonValue } from '@fieldline/plugin-sdk';
import { harnessStartMs, message, nodeHarness, ruleNodeConformance, scriptStandIns, telemetry, type Recorded } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { clearAlarmNode } from './clear-alarm-node.js';
import { createAlarmNode, type CreateAlarmSettings } from './create-alarm-node.js';
import { keepDetails } from './details.js';
import { plugin } from './index.js';

const scripts = scriptStandIns({
  [keepDetails.tbel]: (_msg, metadata) => (metadata['prevAlarmDetails'] === undefined ? {} : (JSON.parse(metadata['prevAlarmDetails']) as JsonValue)),
  count: (_msg, metadata) => ({ count: 1 + (JSON.parse(metadata['prevAlarmDetails'] ?? '{"count":0}') as { count: number }).count }),
  nothing: () => null,
  throwing: () => {
    throw new Error('no');
  },
});
const create = (config: Partial<CreateAlarmSettings> = {}) => nodeHarness(createAlarmNode, { scripts, config, nodeId: 'node-1' });
const device = { entityType: 'DEVICE', id: 'device-a' } as const;
const hot = (t = 50) => telemetry('device-a', { t, level: 'MAJOR', room: { name: 'north' } });

describe('create alarm', () => {
  test.each(ruleNodeConformance(createAlarmNode, { scripts }))('$name', ({ run }) => run());

  test('the first message creates the alarm and says so to the chain of its originator', async () => {
    const node = create();
    const sent = telemetry('device-a', { t: 1 }, { tsMs: 1_000, customerId: 'customer' });
    const outcome = await node.send(sent);
    const alarm = { type: 'General Alarm', severity: 'CRITICAL', startTs: 1_000, endTs: 1_000, status: 'ACTIVE_UNACK', details: {} };
    expect(outcome).toMatchObject({
      kind: 'routed',
      to: 'Created',
      message: { id: sent.id, type: 'ALARM', originator: device, metadata: { deviceName: 'device-a', isNewAlarm: 'true' }, data: alarm },
      spawns: [{ type: 'ENTITY_CREATED', originator: device, metadata: { ruleNodeId: 'node-1' }, data: alarm }],
    });
    expect(node.recorded.alarms).toHaveLength(1);
  });

  test('the next one updates it: details see the earlier ones, the end moves, start and acknowledgement stay', async () => {
    const node = create({ scriptLang: 'JS', alarmDetailsBuildJs: 'count' });
    await node.send(hot());
    const [first] = node.recorded.alarms;
    if (first !== undefined) node.recorded.alarms[0] = { ...first, acknowledgedAtMs: harnessStartMs };
    node.advanceMs(500);
    expect(await node.send(hot())).toMatchObject({
      to: 'Updated',
      message: {
        metadata: { isExistingAlarm: 'true' },
        data: { details: { count: 2 }, startTs: harnessStartMs, endTs: harnessStartMs + 500, status: 'ACTIVE_ACK' },
      },
      spawns: [{ type: 'ENTITY_UPDATED' }],
    });
    expect(node.recorded.alarms).toHaveLength(1);
    expect((await node.send(hot())) as object).not.toHaveProperty('message.metadata.prevAlarmDetails');
  });

  test('where nothing changed within the same millisecond the message passes as it came', async () => {
    const node = create();
    await node.send(hot());
    const sent = hot();
    expect(await node.send(sent)).toEqual({ kind: 'routed', to: 'Success', message: sent });
  });

  test('after the alarm was cleared a new one is created', async () => {
    const node = create();
    await node.send(hot());
    const [first] = node.recorded.alarms;
    if (first !== undefined) node.recorded.alarms[0] = { ...first, clearedAtMs: harnessStartMs };
    expect(await node.relation(hot())).toBe('Created');
    expect(node.recorded.alarms).toHaveLength(2);
  });

  test('null details are no earlier details', async () => {
    const node = create({ scriptLang: 'JS', alarmDetailsBuildJs: 'nothing' });
    await node.send(hot());
    expect(node.recorded.alarms[0]?.details).toBeNull();
    node.advanceMs(1);
    expect(await node.relation(hot())).toBe('Updated');
  });

  test('type and severity may come from the message', async () => {
    const node = create({ alarmType: 'Hot in $[room.name] at ${deviceName}', severity: '$[level]', dynamicSeverity: true });
    await node.send(hot());
    expect(node.recorded.alarms[0]).toMatchObject({ type: 'Hot in north at device-a', severity: 'MAJOR' });
  });

  test.each(['$[missing]', 'LOW', ''])('a dynamic severity "%s" fails the message', async (severity) => {
    expect(await create({ severity, dynamicSeverity: true }).relation(hot())).toBe('Failure ALARM_NODE_SEVERITY_INVALID');
  });

  test('a fixed severity that is none keeps the node from starting, and so does a script that does not compile', async () => {
    await expect(create({ severity: 'LOW' }).start()).rejects.toMatchObject({ code: 'ALARM_NODE_SEVERITY_INVALID' });
    await expect(create({ scriptLang: 'JS', alarmDetailsBuildJs: '(' }).start()).rejects.toMatchObject({ code: 'SCRIPT_COMPILE_FAILED' });
  });

  test('a script that fails raises nothing', async () => {
    const node = create({ scriptLang: 'JS', alarmDetailsBuildJs: 'throwing' });
    expect(await node.relation(hot())).toBe('Failure SCRIPT_FAILED');
    expect(node.recorded.alarms).toEqual([]);
  });

  test('propagation is taken from the settings', async () => {
    const node = create({ propagate: true, propagateToOwner: true, propagateToTenant: true, relationTypes: ['Contains'] });
    await node.send(hot());
    expect(node.recorded.alarms[0]).toMatchObject({
      propagate: true,
      propagateToOwner: true,
      propagateToTenant: true,
      propagateRelationTypes: ['Contains'],
    });
  });

  describe('with the alarm in the message', () => {
    const body = { type: 'Leak', severity: 'MINOR', propagate: true, details: { place: 'cellar' }, status: 'ACTIVE_UNACK' };
    const start = (config: Partial<CreateAlarmSettings> = {}) => create({ useMessageAlarmData: true, severity: 'ignored', ...config });

    test('type, severity, details and propagation come from it', async () => {
      const node = start();
      expect(await node.relation(message('T', device, body))).toBe('Created');
      expect(node.recorded.alarms[0]).toMatchObject({
        type: 'Leak',
        severity: 'MINOR',
        details: { place: 'cellar' },
        propagate: true,
        originator: device,
      });
    });

    test('the details script runs where it shall overwrite them', async () => {
      const node = start({ overwriteAlarmDetails: true, scriptLang: 'JS', alarmDetailsBuildJs: 'count' });
      await node.send(message('T', device, body));
      expect(node.recorded.alarms[0]?.details).toEqual({ count: 1 });
    });

    test('the alarm may be about another originator, while the message stays about its own', async () => {
      const other = { entityType: 'ASSET', id: 'asset-a' } as const;
      const outcome = await start().send(message('T', device, { ...body, originator: other }));
      expect(outcome).toMatchObject({ message: { originator: device, data: { originator: other } }, spawns: [{ originator: other }] });
    });

    test.each([{}, 'text', null, { type: 'Leak', severity: 'LOW' }])('a body %j is no alarm', async (data) => {
      expect(await start().relation(message('T', device, data))).toBe('Failure ALARM_NODE_BODY_NOT_ALARM');
    });
  });

  test('imported settings without overwriteAlarmDetails overwrite', () => {
    expect(createAlarmNode.config.parse({}).overwriteAlarmDetails).toBe(true);
  });
});

describe('clear alarm', () => {
  const raised = async () => {
    const maker = create();
    await maker.send(hot());
    const node = nodeHarness(clearAlarmNode, { scripts, nodeId: 'node-2' });
    node.recorded.alarms.push(...maker.recorded.alarms);
    return node;
  };
  const leak: Alarm = {
    id: 'alarm-leak',
    tenantId: telemetry('device-a', {}).tenantId,
    createdAtMs: 1,
    type: 'Leak',
    originator: device,
    severity: 'MAJOR',
    startMs: 1,
    endMs: 1,
    details: {},
    propagate: false,
    propagateToOwner: false,
    propagateToTenant: false,
    propagateRelationTypes: [],
  };
  const prepare = ({ alarms }: Recorded): void => void alarms.push(leak);
  test.each(ruleNodeConformance(clearAlarmNode, { scripts, prepare }))('$name', ({ run }) => run());

  test('clears the active alarm of the type and says so', async () => {
    const node = await raised();
    node.advanceMs(9);
    expect(await node.send(hot())).toMatchObject({
      to: 'Cleared',
      message: {
        type: 'ALARM',
        originator: device,
        metadata: { isClearedAlarm: 'true' },
        data: { cleared: true, status: 'CLEARED_UNACK', clearTs: harnessStartMs + 9 },
      },
      spawns: [{ type: 'ALARM_CLEAR', originator: device, metadata: { ruleNodeId: 'node-2' } }],
    });
    expect(await node.relation(hot())).toBe('False');
  });

  test('clears the alarm the message is about', async () => {
    const node = await raised();
    const id = node.recorded.alarms[0]?.id ?? '';
    expect(await node.relation(message('T', { entityType: 'ALARM', id }, {}))).toBe('Cleared');
    expect(await node.relation(message('T', { entityType: 'ALARM', id }, {}))).toBe('False');
  });

  test('without an active alarm the message passes as it came', async () => {
    const sent = telemetry('device-b', {});
    expect(await (await raised()).send(sent)).toEqual({ kind: 'routed', to: 'False', message: sent });
  });

  test('a script that fails clears nothing', async () => {
    const maker = create();
    await maker.send(hot());
    const node = nodeHarness(clearAlarmNode, { scripts, config: { scriptLang: 'JS', alarmDetailsBuildJs: 'throwing' } });
    node.recorded.alarms.push(...maker.recorded.alarms);
    expect(await node.relation(hot())).toBe('Failure SCRIPT_FAILED');
    expect(node.recorded.alarms[0]?.clearedAtMs).toBeUndefined();
  });
});

test('the plugin offers its nodes', () =>
  expect(plugin.nodes.map(({ type }) => type)).toEqual(['action.create-alarm', 'action.clear-alarm', 'action.device-profile']));
