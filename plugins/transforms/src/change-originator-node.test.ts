// Goal: each source of rule-nodes.md §3 gives the originator it says, or the failure it says. Method: a small world of entities
// and relations; one message through the harness a row.
import { harnessTenantId, message, nodeHarness, ruleNodeConformance, telemetry, type Recorded } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { changeOriginatorNode } from './change-originator-node.js';

const device = { entityType: 'DEVICE', id: 'device-a' } as const;
const asset = { entityType: 'ASSET', id: 'asset-a' } as const;
const customer = { entityType: 'CUSTOMER', id: 'customer-a' } as const;
const alarm = { entityType: 'ALARM', id: 'alarm-a' } as const;

function fill({ entities, relations, alarms }: Recorded): void {
  entities.push(
    { entity: device, name: 'Meter', customer },
    { entity: asset, name: 'Hall' },
    { entity: customer, name: 'ACME' },
    { entity: { entityType: 'ENTITY_VIEW', id: 'view-a' }, name: 'Face' },
    { entity: { entityType: 'USER', id: 'user-a' }, name: 'a@b.example' },
  );
  relations.push({ from: asset, to: device, type: 'Contains' }, { from: device, to: customer, type: 'Feeds' });
  const about = { createdAtMs: 0, startMs: 0, endMs: 0, details: {}, propagate: false, propagateToOwner: false, propagateToTenant: false };
  alarms.push({ ...about, id: alarm.id, tenantId: harnessTenantId, type: 'Hot', severity: 'MAJOR', originator: device, propagateRelationTypes: [] });
}

test.each(ruleNodeConformance(changeOriginatorNode))('$name', ({ run }) => run());

type Settings = NonNullable<Parameters<typeof nodeHarness<typeof changeOriginatorNode.defaults, never, 'Success', never>>[1]>['config'];

async function changed(config: Settings, sent = telemetry('device-a', { a: 1 }, { customerId: customer.id })) {
  const node = nodeHarness(changeOriginatorNode, { config: { ...config } });
  fill(node.recorded);
  const outcome = await node.send(sent);
  if (outcome.kind === 'routed') return { ...outcome.message.originator };
  return outcome.kind === 'failed' ? `${outcome.problem.code}: ${outcome.problem.message}` : outcome.kind;
}

const related = (direction: 'FROM' | 'TO', relationType: string) => ({
  originatorSource: 'RELATED' as const,
  relationsQuery: { direction, maxLevel: 1, fetchLastLevelOnly: false, filters: [{ relationType, entityTypes: [], negate: false }] },
});
const named = (entityType: 'DEVICE' | 'ASSET' | 'ENTITY_VIEW' | 'EDGE' | 'USER', entityNamePattern: string) => ({
  originatorSource: 'ENTITY' as const,
  entityType,
  entityNamePattern,
});

describe('the new originator is', () => {
  test.each([
    ['the customer of the device', { originatorSource: 'CUSTOMER' as const }, customer],
    ['the tenant', { originatorSource: 'TENANT' as const }, { entityType: 'TENANT', id: harnessTenantId }],
    ['what contains the device', related('TO', 'Contains'), asset],
    ['what the device leads to', related('FROM', 'Feeds'), customer],
    ['a device by its name', named('DEVICE', 'Meter'), device],
    ['an asset by a pattern', named('ASSET', '${place}$[b]'), asset],
    ['an entity view', named('ENTITY_VIEW', 'Face'), { entityType: 'ENTITY_VIEW', id: 'view-a' }],
    ['a user by the email', named('USER', 'a@b.example'), { entityType: 'USER', id: 'user-a' }],
  ])('%s', async (_, config, expected) => {
    expect(await changed(config, telemetry('device-a', { b: 'l' }, { metadata: { place: 'Hal' } }))).toEqual(expected);
  });

  test('a customer, where it is one already', async () => {
    expect(await changed({ originatorSource: 'CUSTOMER' }, message('T', customer, {}))).toEqual(customer);
  });

  test('what an alarm is about', async () => {
    expect(await changed({ originatorSource: 'ALARM_ORIGINATOR' }, message('ALARM', alarm, {}))).toEqual(device);
  });
});

describe('a message fails', () => {
  const nothing = 'TRANSFORM_ORIGINATOR_NOT_FOUND: Failed to find new originator!';
  test.each([
    ['without a customer', { originatorSource: 'CUSTOMER' as const }, message('T', asset, {}), nothing],
    ['without such a relation', related('TO', 'Feeds'), message('T', device, {}), nothing],
    ['without such an alarm', { originatorSource: 'ALARM_ORIGINATOR' as const }, message('T', { ...alarm, id: 'x' }, {}), nothing],
    [
      'that is not about an alarm',
      { originatorSource: 'ALARM_ORIGINATOR' as const },
      message('T', device, {}),
      'TRANSFORM_ORIGINATOR_NOT_ALARM: Unexpected originator EntityType: DEVICE',
    ],
    ['without such a device', named('DEVICE', 'x'), message('T', device, {}), "TRANSFORM_ENTITY_NOT_FOUND: Failed to find device with name 'x'!"],
    [
      'without such a view',
      named('ENTITY_VIEW', 'x'),
      message('T', device, {}),
      "TRANSFORM_ENTITY_NOT_FOUND: Failed to find entity view with name 'x'!",
    ],
  ])('%s', async (_, config, sent, problem) => expect(await changed(config, sent)).toBe(problem));
});

test('everything but the originator stays', async () => {
  const node = nodeHarness(changeOriginatorNode, { config: { originatorSource: 'TENANT' } });
  const sent = telemetry('device-a', null, { text: '{"a": 1.0}', customerId: 'customer-a' });
  const { id, type, metadata, text, customerId } = sent;
  expect(await node.send(sent)).toMatchObject({ kind: 'routed', to: 'Success', message: { id, type, metadata, text, customerId } });
});

test.each([
  { originatorSource: 'RELATED', relationsQuery: null },
  { originatorSource: 'ENTITY', entityNamePattern: 'x' },
  { originatorSource: 'ENTITY', entityType: 'DEVICE', entityNamePattern: ' ' },
  { originatorSource: 'ENTITY', entityType: 'ALARM', entityNamePattern: 'x' },
])('settings %j keep the node from starting', async (stored) => {
  await expect(nodeHarness(changeOriginatorNode, { stored }).start()).rejects.toMatchObject({ code: 'NODE_SETTINGS_INVALID' });
});
