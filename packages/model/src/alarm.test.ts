import { expect, test } from 'vitest';
import type { Alarm } from './alarm.js';
import { alarmSchema, alarmStatus } from './alarm.js';

const alarm: Alarm = {
  id: 'alarm-a',
  tenantId: 'tenant-a',
  createdAtMs: 1,
  type: 'High temperature',
  originator: { entityType: 'DEVICE', id: 'device-a' },
  severity: 'CRITICAL',
  startMs: 1,
  endMs: 1,
  details: { temperature: 41 },
  propagate: false,
  propagateToOwner: false,
  propagateToTenant: false,
  propagateRelationTypes: [],
};

test.each([
  { change: {}, status: 'ACTIVE_UNACK' },
  { change: { acknowledgedAtMs: 0 }, status: 'ACTIVE_ACK' },
  { change: { clearedAtMs: 0 }, status: 'CLEARED_UNACK' },
  { change: { acknowledgedAtMs: 2, clearedAtMs: 3 }, status: 'CLEARED_ACK' },
])('an alarm with $change is $status', ({ change, status }) => {
  expect(alarmStatus({ ...alarm, ...change })).toBe(status);
});

test('an alarm reads back from a store as it was, and one with a field nobody knows does not', () => {
  expect(alarmSchema.parse(JSON.parse(JSON.stringify(alarm)))).toEqual(alarm);
  expect(() => alarmSchema.parse({ ...alarm, colour: 'red' })).toThrow('colour');
});
