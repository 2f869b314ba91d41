// Goal: the nodes that ask who a message is about answer as rule-nodes.md §1 says. Method: a small world in the harness.
import type { EntityId, EntityType } from '@fieldline/plugin-sdk';
import { message, nodeHarness, relationOf, ruleNodeConformance, telemetry, type Recorded } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { assetProfileSwitchNode } from './asset-profile-switch-node.js';
import { checkRelationNode } from './check-relation-node.js';
import { deviceProfileSwitchNode } from './device-profile-switch-node.js';
import { entityTypeLabels } from './entity-type-label.js';
import { entityTypeNode } from './entity-type-node.js';
import { entityTypeSwitchNode } from './entity-type-switch-node.js';

const about = (entityType: EntityType, id = 'x') => message('T', { entityType, id }, {});
const device: EntityId = { entityType: 'DEVICE', id: 'device-a' };
const house: EntityId = { entityType: 'ASSET', id: 'house' };

function world({ entities, relations }: Recorded): void {
  entities.push({ entity: device, name: 'A', profile: 'default' }, { entity: house, name: 'House', profile: 'building' });
  relations.push({ from: house, to: device, type: 'Contains' });
}

describe('entity type filter', () => {
  test.each(ruleNodeConformance(entityTypeNode))('$name', ({ run }) => run());

  test('only the types listed pass, and none where none is', async () => {
    const node = nodeHarness(entityTypeNode, { config: { originatorTypes: ['ASSET', 'USER'] } });
    expect([await node.relation(about('ASSET')), await node.relation(about('USER')), await node.relation(about('DEVICE'))]).toEqual([
      ...['True', 'True', 'False'],
    ]);
    expect(await nodeHarness(entityTypeNode, { config: { originatorTypes: [] } }).relation(about('ASSET'))).toBe('False');
  });
});

describe('entity type switch', () => {
  test.each(ruleNodeConformance(entityTypeSwitchNode))('$name', ({ run }) => run());

  test.each<[EntityType, string]>([
    ['DEVICE', 'Device'],
    ['ASSET', 'Asset'],
    ['ENTITY_VIEW', 'Entity View'],
    ['TENANT', 'Tenant'],
    ['CUSTOMER', 'Customer'],
    ['USER', 'User'],
    ['DASHBOARD', 'Dashboard'],
    ['ALARM', 'Alarm'],
    ['RULE_CHAIN', 'Rule chain'],
    ['RULE_NODE', 'Rule node'],
    ['EDGE', 'Edge'],
    ['DEVICE_PROFILE', 'Device profile'],
    ['TB_RESOURCE', 'Resource'],
  ])('%s leaves by %s', async (entityType, relation) => {
    expect(await nodeHarness(entityTypeSwitchNode).relation(about(entityType))).toBe(relation);
  });

  test('each type has a way out of its own, the usual ones first', () => {
    expect(new Set(entityTypeLabels).size).toBe(entityTypeLabels.length);
    expect(entityTypeLabels.slice(0, 3)).toEqual(['Device', 'Asset', 'Alarm']);
  });

  test('takes the settings ThingsBoard exports', async () => {
    for (const stored of [{}, { version: 0 }]) await nodeHarness(entityTypeSwitchNode, { stored }).start();
  });
});

describe('profile switches', () => {
  test.each(ruleNodeConformance(deviceProfileSwitchNode, { prepare: world }))('device: $name', ({ run }) => run());
  test.each(ruleNodeConformance(assetProfileSwitchNode, { prepare: world }))('asset: $name', ({ run }) => run());

  test('a message leaves by the name of the profile', async () => {
    const [devices, assets] = [nodeHarness(deviceProfileSwitchNode), nodeHarness(assetProfileSwitchNode)];
    for (const { recorded } of [devices, assets]) world(recorded);
    expect([await devices.relation(telemetry('device-a', {})), await assets.relation(about('ASSET', 'house'))]).toEqual(['default', 'building']);
  });

  test('another type of entity and an unknown one fail, each for itself', async () => {
    const node = nodeHarness(deviceProfileSwitchNode);
    world(node.recorded);
    const outcomes = await node.sendAll([about('ASSET', 'house'), about('DEVICE', 'gone'), telemetry('device-a', {})]);
    expect(outcomes.map(relationOf)).toEqual(['Failure FILTER_ORIGINATOR_TYPE_UNSUPPORTED', 'Failure FILTER_PROFILE_NOT_FOUND', 'default']);
    expect(outcomes[0]).toMatchObject({ problem: { message: "Unsupported originator type: ASSET! Only 'DEVICE' type is allowed." } });
  });
});

describe('check relation presence', () => {
  const any = { checkForSingleEntity: false } as const;
  test.each(ruleNodeConformance(checkRelationNode, { config: any }))('$name', ({ run }) => run());

  test.each<['FROM' | 'TO', string, EntityId, string, string]>([
    ['TO', 'Contains', house, 'True', 'the house contains the device'],
    ['FROM', 'Contains', house, 'False', 'the device does not contain the house'],
    ['TO', 'contains', house, 'False', 'types have a case'],
    ['TO', 'Contains', device, 'False', 'the device does not contain itself'],
  ])('%s, %s, one entity: %j: %s: %s', async (direction, relationType, { entityType, id }, expected) => {
    const node = nodeHarness(checkRelationNode, { config: { direction, relationType, entityType, entityId: id } });
    world(node.recorded);
    expect(await node.relation(telemetry('device-a', {}))).toBe(expected);
  });

  test.each([
    ['TO', 'Contains', 'True'],
    ['FROM', 'Contains', 'False'],
    ['TO', 'Manages', 'False'],
  ] as const)('%s, %s, any entity: %s', async (direction, relationType, expected) => {
    const node = nodeHarness(checkRelationNode, { config: { ...any, direction, relationType } });
    world(node.recorded);
    expect(await node.relation(telemetry('device-a', {}))).toBe(expected);
  });

  test.each([
    [{}, 'FILTER_ENTITY_MISSING'],
    [{ entityType: 'ASSET', entityId: '' }, 'FILTER_ENTITY_MISSING'],
    [{ entityType: '', entityId: 'house' }, 'FILTER_ENTITY_MISSING'],
    [{ entityType: 'ASSET', entityId: 'nowhere' }, 'FILTER_ENTITY_NOT_FOUND'],
    [{ entityType: 'DEVICE', entityId: 'house' }, 'FILTER_ENTITY_NOT_FOUND'],
    [{ relationType: '' }, 'NODE_SETTINGS_INVALID'],
  ] as const)('settings %j keep the node from starting: %s', async (config, code) => {
    const node = nodeHarness(checkRelationNode, { config });
    world(node.recorded);
    await expect(node.start()).rejects.toMatchObject({ code });
  });

  test('settings of version 0 looked from the other end', () => {
    const step = checkRelationNode.migrate?.[0];
    expect(step?.({ direction: 'FROM', relationType: 'A' })).toEqual({ direction: 'TO', relationType: 'A' });
    expect(step?.({ direction: 'TO' })).toEqual({ direction: 'FROM' });
    expect(() => step?.({ relationType: 'A' })).toThrow('direction');
  });
});
