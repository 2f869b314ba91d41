// Goal: each row of rule-nodes.md §5.4 about messages and the life of alarms. Method: messages one after the other to a
// node in a world with one device, by the ways they leave.
import type { JsonValue } from '@fieldline/plugin-sdk';
import { attributes, harnessStartMs, message, relationOf, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { above, alarm, below, customer, device, duration, filter, profileNode, repeating, rule } from './device-profile.fixture.js';
import { deviceProfileNode } from './device-profile-node.js';

const world = (recorded: ReturnType<typeof profileNode>['recorded']): void => void recorded.entities.push(...profileNode().recorded.entities);
test.each(ruleNodeConformance(deviceProfileNode, { prepare: world }))('$name', ({ run }) => run());

const hot = alarm({ CRITICAL: rule(above(50)), MAJOR: rule(above(30)) }, rule(below(20)));
type Node = ReturnType<typeof profileNode>;

/** Sends one temperature after the other, a second apart. */
async function ways(node: Node, ...temperatures: readonly number[]): Promise<string[]> {
  const left: string[] = [];
  for (const temperature of temperatures) {
    left.push((await node.relation(telemetry('device-a', { temperature }, { tsMs: node.nowMs }))).replace('Success, +', ''));
    node.advanceMs(1_000);
  }
  return left;
}

describe('the life of an alarm', () => {
  test('created, updated, made worse, never made better, cleared, created anew', async () => {
    const node = profileNode(hot);
    expect(await ways(node, 25, 31, 32, 51, 40, 25, 19, 18, 31)).toEqual([
      'Success',
      'Alarm Created',
      'Alarm Updated',
      'Alarm Severity Updated',
      'Success',
      'Success',
      'Alarm Cleared',
      'Success',
      'Alarm Created',
    ]);
    expect(node.recorded.alarms.map(({ severity, clearedAtMs }) => [severity, clearedAtMs === undefined])).toEqual([
      ['CRITICAL', false],
      ['MAJOR', true],
    ]);
  });

  test('the new message carries the alarm, the flags and the metadata of the reading, which passes as it came', async () => {
    const node = profileNode(hot);
    const sent = telemetry('device-a', { temperature: 31 }, { tsMs: 5_000, customerId: 'customer-a', metadata: { line: '7' } });
    const body = { type: 'Hot', severity: 'MAJOR', status: 'ACTIVE_UNACK', startTs: 5_000, endTs: 5_000, details: {}, originator: device };
    expect(await node.send(sent)).toMatchObject({
      to: 'Success',
      message: sent,
      emits: [
        {
          to: 'Alarm Created',
          message: { type: 'ALARM', originator: device, customerId: 'customer-a', metadata: { line: '7', isNewAlarm: 'true' }, data: body },
        },
      ],
      spawns: [{ type: 'ENTITY_CREATED', originator: device, metadata: { ruleNodeId: 'node-1' }, data: body }],
    });
  });

  test.each([
    [[31, 32], { isExistingAlarm: 'true' }, 'ENTITY_UPDATED'],
    [[31, 51], { isExistingAlarm: 'true', isSeverityUpdated: 'true' }, 'ENTITY_UPDATED'],
    [[31, 19], { isClearedAlarm: 'true' }, 'ALARM_CLEAR'],
  ])('after %j the flags are %j', async ([first = 0, second = 0], flags, told) => {
    const node = profileNode(hot);
    await ways(node, first);
    const outcome = await node.send(telemetry('device-a', { temperature: second }, { tsMs: node.nowMs, metadata: { a: 'b' } }));
    expect(outcome).toMatchObject({ emits: [{ message: { metadata: { a: 'b', ...flags } } }], spawns: [{ type: told }] });
  });

  test.each([
    [0, harnessStartMs],
    [harnessStartMs + 1, harnessStartMs],
    [harnessStartMs - 1, harnessStartMs - 1],
  ])('a reading of the time %i begins an alarm at %i', async (tsMs, startMs) => {
    const node = profileNode(hot);
    await node.send(telemetry('device-a', { temperature: 31 }, { tsMs }));
    expect(node.recorded.alarms[0]).toMatchObject({ startMs, endMs: startMs });
  });

  test('propagation is that of the profile', async () => {
    const node = profileNode({ ...hot, propagate: true, propagateToOwner: true, propagateToTenant: true, propagateRelationTypes: ['Contains'] });
    await ways(node, 31);
    expect(node.recorded.alarms[0]).toMatchObject({
      propagate: true,
      propagateToOwner: true,
      propagateToTenant: true,
      propagateRelationTypes: ['Contains'],
    });
  });

  test('details are the text with the values of the rule, and the dashboard; without them the details stay', async () => {
    const more = { alarmDetails: 'Is ${temperature}, not ${humidity}', dashboardId: { entityType: 'DASHBOARD', id: 'board' } };
    const node = profileNode(alarm({ CRITICAL: rule(above(50)), MAJOR: rule(above(30), more) }));
    await node.send(telemetry('device-a', null, { text: '{"temperature":42.0}' }));
    const details = { data: 'Is 42.0, not ${humidity}', dashboardId: 'board' };
    expect(node.recorded.alarms[0]?.details).toEqual(details);
    node.advanceMs(1);
    await ways(node, 51);
    expect(node.recorded.alarms[0]).toMatchObject({ severity: 'CRITICAL', details });
  });
});

describe('messages', () => {
  const limit = alarm({ MAJOR: rule(filter('limit', 'GREATER', 5, { type: 'ATTRIBUTE' })) });
  const about = (type: string, data: JsonValue, metadata = {}) => message(type, device, data, { metadata });

  test.each([
    [
      'telemetry, a list of readings, in the order of their times',
      hot,
      about('POST_TELEMETRY_REQUEST', [
        { ts: 2_000, values: { temperature: 51 } },
        { ts: 1_000, values: { temperature: 31 } },
      ]),
      'Success, +Alarm Created, +Alarm Severity Updated',
    ],
    ['points that were saved', hot, about('TIMESERIES_UPDATED', { timeseries: [{ ts: 1, values: { temperature: 31 } }] }), 'Success, +Alarm Created'],
    ['points that were saved, without a name', hot, about('TIMESERIES_UPDATED', { ts: 1, values: { temperature: 31 } }), 'Success, +Alarm Created'],
    ['client attributes', limit, attributes('device-a', { limit: 6 }), 'Success, +Alarm Created'],
    ['attributes of any scope', limit, about('ATTRIBUTES_UPDATED', { limit: 6 }, { scope: 'SERVER_SCOPE' }), 'Success, +Alarm Created'],
    [
      'activity, as telemetry',
      alarm({ MAJOR: rule(filter('idle', 'GREATER', 5)) }),
      about('INACTIVITY_EVENT', { idle: 6 }),
      'Success, +Alarm Created',
    ],
    ['activity, as attributes', limit, about('ACTIVITY_EVENT', { limit: 6 }, { scope: 'SERVER_SCOPE' }), 'Success, +Alarm Created'],
    ['activity, as telemetry where an attribute is asked for', limit, about('ACTIVITY_EVENT', { limit: 6 }), 'Success'],
    ['anything else', hot, about('CUSTOM', { temperature: 99 }), 'Success'],
    ['another kind of entity', hot, message('POST_TELEMETRY_REQUEST', { entityType: 'ASSET', id: 'a' }, { temperature: 99 }), 'Success'],
    ['a device that is not known', hot, telemetry('device-x', { temperature: 99 }), 'Ended unknown device'],
    ['a body that holds no values', hot, about('POST_TELEMETRY_REQUEST', 'text'), 'Failure ALARM_NODE_BODY_UNREADABLE'],
    ['values that no rule looks at', hot, telemetry('device-a', { humidity: 99 }), 'Success'],
  ])('%s', async (_, profileAlarm, sent, way) => {
    const node = profileNode(profileAlarm);
    // Something was heard of the device before, so that not everything is news.
    await node.send(telemetry('device-a', { other: 1 }));
    expect(await node.relation(sent)).toBe(way);
  });

  test('removed attributes have no value any more', async () => {
    const node = profileNode(
      alarm({ MAJOR: rule(filter('limit', 'GREATER', 5, { type: 'ATTRIBUTE' })) }, rule(filter('mode', 'EQUAL', 0, { type: 'ATTRIBUTE' }))),
    );
    await node.send(attributes('device-a', { limit: 6 }));
    await node.send(about('ATTRIBUTES_DELETED', { attributes: ['limit'] }));
    node.advanceMs(1);
    expect(await node.relation(about('ATTRIBUTES_UPDATED', { mode: 0 }))).toBe('Success, +Alarm Cleared');
  });

  test('an alarm that somebody cleared begins its rules anew, but not one that is another', async () => {
    const node = profileNode(alarm({ MAJOR: rule(above(30), { spec: repeating(3) }) }));
    expect(await ways(node, 31, 32, 33)).toEqual(['Success', 'Success', 'Alarm Created']);
    const cleared = { id: { entityType: 'ALARM', id: node.recorded.alarms[0]?.id ?? '' }, type: 'Hot' };
    node.recorded.alarms.splice(0);
    await node.send(about('ALARM_CLEAR', { ...cleared, id: { entityType: 'ALARM', id: 'other' } }));
    expect(await ways(node, 34)).toEqual(['Alarm Created']);
    await node.send(about('ALARM_CLEAR', { ...cleared, id: { entityType: 'ALARM', id: node.recorded.alarms[0]?.id ?? '' } }));
    node.recorded.alarms.splice(0);
    expect(await ways(node, 35, 36, 37)).toEqual(['Success', 'Success', 'Alarm Created']);
  });

  test('that the node itself cleared an alarm does not take back what came after it', async () => {
    const node = profileNode(alarm({ MAJOR: rule(above(30), { spec: repeating(2) }) }, rule(below(20))));
    expect(await ways(node, 31, 32, 19, 33)).toEqual(['Success', 'Alarm Created', 'Alarm Cleared', 'Success']);
    const cleared = { id: { entityType: 'ALARM', id: node.recorded.alarms[0]?.id ?? '' }, type: 'Hot' };
    await node.send(about('ALARM_CLEAR', cleared, { ruleNodeId: 'node-1' }));
    expect(await ways(node, 34)).toEqual(['Alarm Created']);
  });

  test('an alarm that was there before the node is known by its type', async () => {
    const node = profileNode(alarm({ MAJOR: rule(above(30), { spec: repeating(2) }) }));
    await ways(node, 31);
    await node.send(about('ALARM_DELETE', { id: { entityType: 'ALARM', id: 'earlier' }, type: 'Hot' }));
    expect(await ways(node, 32, 33)).toEqual(['Success', 'Alarm Created']);
  });

  test('a device that gets another profile begins anew with the rules of that', async () => {
    const node = profileNode(alarm({ MAJOR: rule(above(30), { spec: repeating(2) }) }));
    await ways(node, 31);
    const { fields = {} } = node.recorded.entities[0] ?? {};
    node.recorded.entities[0] = { entity: { entityType: 'DEVICE_PROFILE', id: 'profile-b' }, name: 'default', fields };
    expect(await ways(node, 32, 33)).toEqual(['Success', 'Alarm Created']);
  });
});

describe('changed values', () => {
  test('the same value at the same time changes nothing; at another time it does', async () => {
    const node = profileNode(hot);
    const sent = telemetry('device-a', { temperature: 31 }, { tsMs: 1_000 });
    expect(await node.relation(sent)).toBe('Success, +Alarm Created');
    expect(await node.relation(sent)).toBe('Success');
    expect(await node.relation(telemetry('device-a', { temperature: 31 }, { tsMs: 1_001 }))).toBe('Success, +Alarm Updated');
    expect(await node.relation(telemetry('device-a', { temperature: 32 }, { tsMs: 1_001 }))).toBe('Success, +Alarm Updated');
  });

  test('a rule is looked at only where one of its own values changed', async () => {
    const node = profileNode(alarm({ CRITICAL: rule(above(50, 'pressure')), MAJOR: rule(above(30)) }, rule(below(10, 'humidity'))));
    node.recorded.points.push({ entity: device, key: 'pressure', tsMs: 1, value: 60, ttlMs: 0 });
    expect(await ways(node, 31)).toEqual(['Alarm Created']);
    expect(node.recorded.alarms[0]?.severity).toBe('MAJOR');
    expect(await node.relation(telemetry('device-a', { humidity: 5 }, { tsMs: node.nowMs }))).toBe('Success, +Alarm Cleared');
  });

  test('values that were stored before count in rules of several', async () => {
    const node = profileNode(alarm({ MAJOR: rule([above(30), above(5, 'pressure'), filter('limit', 'EQUAL', 2, { type: 'ATTRIBUTE' })]) }));
    node.recorded.points.push({ entity: device, key: 'pressure', tsMs: 1, value: 6, ttlMs: 0 });
    // The server's attribute counts before the shared one, and that before the client's.
    for (const [scope, value] of [
      ['CLIENT_SCOPE', 3],
      ['SHARED_SCOPE', 1],
      ['SERVER_SCOPE', 2],
    ] as const) {
      node.recorded.attributes.push({ entity: device, scope, key: 'limit', value });
    }
    expect(await ways(node, 31)).toEqual(['Alarm Created']);
  });

  test('what changes nothing leaves the state alone', async () => {
    const node = profileNode(hot);
    await ways(node, 25);
    expect(await node.send(telemetry('device-a', { humidity: 1 }))).not.toHaveProperty('state');
  });
});

describe('dynamic values', () => {
  const source = (sourceType: string, inherit = false) => ({ sourceType, sourceAttribute: 'limit', inherit });
  const owned = { entityType: 'TENANT', id: '' } as const;

  test.each([
    ['CURRENT_DEVICE', false, { device: 10 }, true],
    ['CURRENT_DEVICE', false, { customer: 10, tenant: 10 }, false],
    ['CURRENT_DEVICE', true, { customer: 10, tenant: 99 }, true],
    ['CURRENT_DEVICE', true, { tenant: 10 }, true],
    ['CURRENT_CUSTOMER', false, { customer: 10 }, true],
    ['CURRENT_CUSTOMER', false, { tenant: 10 }, false],
    ['CURRENT_CUSTOMER', true, { tenant: 10 }, true],
    ['CURRENT_TENANT', false, { tenant: 10 }, true],
    ['CURRENT_TENANT', false, { device: 10, customer: 10 }, false],
    ['CURRENT_USER', false, { device: 10 }, false],
  ] as const)('%s with inherit %j in %j: %j', async (sourceType, inherit, limits: Readonly<Record<string, number>>, isRaised) => {
    const node = profileNode(alarm({ MAJOR: rule(filter('temperature', 'GREATER', 40, { dynamicValue: source(sourceType, inherit) })) }));
    const sent = telemetry('device-a', { temperature: 31 });
    const owners = { device, customer, tenant: { ...owned, id: sent.tenantId } };
    for (const [owner, value] of Object.entries(limits)) {
      node.recorded.attributes.push({ entity: owners[owner as keyof typeof owners], scope: 'SERVER_SCOPE', key: 'limit', value });
    }
    expect(await node.relation(sent)).toBe(isRaised ? 'Success, +Alarm Created' : 'Success');
  });

  test('a changed limit of the device is a change of its rules', async () => {
    const node = profileNode(alarm({ MAJOR: rule(filter('temperature', 'GREATER', 40, { dynamicValue: source('CURRENT_DEVICE') })) }));
    expect(await ways(node, 31)).toEqual(['Success']);
    expect(await node.relation(attributes('device-a', { limit: 30 }))).toBe('Success, +Alarm Created');
  });
});

describe('rules that repeat', () => {
  test('count what holds in a row, go on counting, and say so', async () => {
    const node = profileNode(alarm({ MAJOR: rule(above(30), { spec: repeating(3) }) }));
    expect(await ways(node, 31, 31, 1, 31, 31)).toEqual(['Success', 'Success', 'Success', 'Success', 'Success']);
    for (const repeats of ['3', '4']) {
      const outcome = await node.send(telemetry('device-a', { temperature: 31 }, { tsMs: node.nowMs }));
      node.advanceMs(1_000);
      expect(outcome).toMatchObject({ emits: [{ message: { metadata: { alarmConditionRepeats: repeats } } }] });
    }
  });
});

describe('rules that must hold for some time', () => {
  const lasting = alarm({ MAJOR: rule(above(30), { spec: duration(10) }) }, rule(below(20), { spec: duration(5) }));
  const at = (seconds: number, temperature: number) => telemetry('device-a', { temperature }, { tsMs: harnessStartMs + seconds * 1_000 });

  test('the time of the readings counts, and it must be longer than required', async () => {
    const node = profileNode(lasting);
    expect(await node.relation(at(0, 31))).toBe('Success');
    expect(await node.relation(at(4, 32))).toBe('Success');
    expect(await node.relation(at(3, 32))).toBe('Success');
    expect(await node.relation(at(10, 33))).toBe('Success');
    expect(await node.send(at(10.001, 34))).toMatchObject({
      emits: [{ to: 'Alarm Created', message: { metadata: { alarmConditionDuration: '10001' } } }],
    });
  });

  test('without data the node is called when the time is over, once', async () => {
    const node = profileNode(lasting);
    expect(await node.send(at(0, 31))).toMatchObject({ wakeAtMs: harnessStartMs + 10_001 });
    node.advanceMs(5_000);
    expect(await node.send(at(5, 32))).not.toHaveProperty('wakeAtMs');
    node.advanceMs(5_000);
    expect(await node.runDue()).toEqual([]);
    node.advanceMs(1);
    const [outcome] = await node.runDue();
    expect(outcome).toMatchObject({ messages: [{ to: 'Alarm Created', message: { metadata: { alarmConditionDuration: '10001' } } }] });
    expect(node.recorded.alarms[0]).toMatchObject({ startMs: harnessStartMs + 5_000 });
    node.advanceMs(60_000);
    expect(await node.runDue()).toEqual([]);
  });

  test('a condition that ended is over, and one that ends the alarm counts as well', async () => {
    const node = profileNode(lasting);
    await node.send(at(0, 31));
    node.advanceMs(9_000);
    await node.send(at(9, 25));
    node.advanceMs(2_000);
    expect((await node.runDue()).map(relationOf)).toEqual(['']);
    await node.send(at(11, 31));
    node.advanceMs(10_001);
    expect((await node.runDue()).map(relationOf)).toEqual(['Alarm Created']);
    await node.send(at(21, 19));
    node.advanceMs(5_001);
    expect((await node.runDue()).map(relationOf)).toEqual(['Alarm Cleared']);
  });

  test('readings that come late are over as soon as they come', async () => {
    const node = profileNode(lasting);
    expect(await node.relation(at(-100, 31))).toBe('Success');
    expect((await node.runDue()).map(relationOf)).toEqual(['Alarm Created']);
    const next = await node.send(at(-80, 31));
    expect(relationOf(next)).toBe('Success, +Alarm Updated');
    expect(next).not.toHaveProperty('wakeAtMs');
  });

  test('of several calls for one instant one counts', async () => {
    const rules = { MAJOR: rule(above(30), { spec: duration(10) }), WARNING: rule(above(5, 'pressure'), { spec: duration(3) }) };
    const node = profileNode(alarm(rules));
    await node.send(at(0, 31));
    node.advanceMs(1_000);
    await node.send(telemetry('device-a', { pressure: 6 }, { tsMs: node.nowMs }));
    node.advanceMs(3_001);
    expect((await node.runDue()).map(relationOf)).toEqual(['Alarm Created']);
    node.advanceMs(6_000);
    expect((await node.runDue()).map(relationOf)).toEqual(['Alarm Severity Updated', '']);
  });

  test('how long may stand in an attribute, as a whole number', async () => {
    const limited = rule(above(30), { spec: duration(10, { sourceType: 'CURRENT_TENANT', sourceAttribute: 'wait' }) });
    const node = profileNode(alarm({ MAJOR: limited }));
    const sent = at(0, 31);
    node.recorded.attributes.push({ entity: { entityType: 'TENANT', id: sent.tenantId }, scope: 'SERVER_SCOPE', key: 'wait', value: '2' });
    expect(await node.send(sent)).toMatchObject({ wakeAtMs: harnessStartMs + 2_001 });
    node.recorded.attributes.splice(0, 1, { entity: { entityType: 'TENANT', id: sent.tenantId }, scope: 'SERVER_SCOPE', key: 'wait', value: 'soon' });
    expect(await node.relation(at(1, 31))).toBe('Failure ALARM_NODE_AMOUNT_INVALID');
  });
});

test('rules that cannot be read fail the message', async () => {
  expect(await profileNode({ id: 'x' }).relation(telemetry('device-a', { temperature: 1 }))).toBe('Failure ALARM_NODE_RULES_INVALID');
});

test.each([
  [
    { persistAlarmRulesState: false, fetchAlarmRulesStateOnStart: true },
    { persistAlarmRulesState: false, fetchAlarmRulesStateOnStart: false },
  ],
  [
    { persistAlarmRulesState: true, fetchAlarmRulesStateOnStart: true },
    { persistAlarmRulesState: true, fetchAlarmRulesStateOnStart: true },
  ],
  [{}, {}],
])('settings %j of version 0 become %j', (old, now) => expect(deviceProfileNode.migrate?.[0]?.(old)).toEqual(now));
