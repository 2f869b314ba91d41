import type { Alarm } from '@fieldline/plugin-sdk';
import { harnessTenantId, message, nodeHarness, relationOf, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { expect, test } from 'vitest';
import { alarmStatusNode } from './alarm-status-node.js';

const device = { entityType: 'DEVICE', id: 'device-a' } as const;
const alarm = (id: string, times: Partial<Pick<Alarm, 'acknowledgedAtMs' | 'clearedAtMs'>>): Alarm => ({
  id,
  tenantId: harnessTenantId,
  createdAtMs: 1,
  originator: device,
  type: 'Hot',
  severity: 'MAJOR',
  startMs: 1,
  endMs: 1,
  details: {},
  propagate: false,
  propagateToOwner: false,
  propagateToTenant: false,
  propagateRelationTypes: [],
  ...times,
});
const alarms = [
  alarm('new', {}),
  alarm('seen', { acknowledgedAtMs: 2 }),
  alarm('over', { clearedAtMs: 2 }),
  alarm('done', { acknowledgedAtMs: 2, clearedAtMs: 3 }),
];
/** As an alarm message says it; the status is what it was when the message was made. */
const about = (id: string, status = 'ACTIVE_UNACK') => message('ALARM', device, { id: { entityType: 'ALARM', id }, status, type: 'Hot' });

test.each(ruleNodeConformance(alarmStatusNode))('$name', ({ run }) => run());

test.each([
  ['ACTIVE_UNACK', ['True', 'False', 'False', 'False']],
  ['ACTIVE_ACK', ['False', 'True', 'False', 'False']],
  ['CLEARED_UNACK', ['False', 'False', 'True', 'False']],
  ['CLEARED_ACK', ['False', 'False', 'False', 'True']],
] as const)('%s is the status that is stored, whatever the message says', async (status, expected) => {
  const node = nodeHarness(alarmStatusNode, { config: { alarmStatusList: [status] } });
  node.recorded.alarms.push(...alarms);
  const outcomes = await node.sendAll(['new', 'seen', 'over', 'done'].map((id) => about(id)));
  expect(outcomes.map(relationOf)).toEqual(expected);
});

test('an alarm that is gone and a body that is none fail, each for itself', async () => {
  const node = nodeHarness(alarmStatusNode);
  node.recorded.alarms.push(...alarms);
  const sent = [
    about('gone'),
    telemetry('device-a', { id: 'new' }),
    message('T', device, 'new'),
    message('T', device, null, { text: '{' }),
    about('seen'),
  ];
  const outcomes = await node.sendAll(sent);
  expect(outcomes.map(relationOf)).toEqual(['Failure FILTER_ALARM_NOT_FOUND', ...Array<string>(3).fill('Failure FILTER_BODY_NOT_ALARM'), 'True']);
  expect(outcomes[0]).toMatchObject({ problem: { message: 'No such alarm found.' } });
});
