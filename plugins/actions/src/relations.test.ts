// Goal: both rows of rule-nodes.md §4.8 about relations, with every failure. Method: a small world; one message a row.
import { harnessTenantId, message, nodeHarness, ruleNodeConformance, type Recorded } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { createRelationNode } from './create-relation-node.js';
import { deleteRelationNode } from './delete-relation-node.js';

const device = { entityType: 'DEVICE', id: 'device-a' } as const;
const asset = { entityType: 'ASSET', id: 'asset-a' } as const;
const other = { entityType: 'ASSET', id: 'asset-b' } as const;
const tenant = { entityType: 'TENANT', id: harnessTenantId } as const;
function fill({ entities, relations }: Recorded): void {
  entities.push({ entity: device, name: 'Meter' }, { entity: asset, name: 'Hall' }, { entity: other, name: 'Yard' });
  entities.push({ entity: { entityType: 'USER', id: 'user-a' }, name: 'a@b.example' });
  relations.push(
    { from: device, to: other, type: 'Contains' },
    { from: other, to: device, type: 'Contains' },
    { from: device, to: other, type: 'X' },
  );
}
const sent = message('T', device, { where: 'Hall', n: 42 }, { metadata: { type: 'Feeds' } });

describe('create relation', () => {
  type Settings = Partial<typeof createRelationNode.defaults>;
  const config: Settings = { entityType: 'ASSET', entityNamePattern: '$[where]' };
  test.each(ruleNodeConformance(createRelationNode, { prepare: fill, config }))('$name', ({ run }) => run());

  const start = (more: Settings = {}) => {
    const node = nodeHarness(createRelationNode, { config: { ...config, ...more }, nodeId: 'node-1' });
    fill(node.recorded);
    return node;
  };

  test.each([
    [{}, { from: device, to: asset, type: 'Contains' }],
    [{ direction: 'TO' }, { from: asset, to: device, type: 'Contains' }],
    [{ relationType: '${type}$[n]' }, { from: device, to: asset, type: 'Feeds42' }],
    [
      { entityType: 'TENANT', entityNamePattern: null },
      { from: device, to: tenant, type: 'Contains' },
    ],
    [
      { entityType: 'USER', entityNamePattern: 'a@b.example' },
      { from: device, to: { entityType: 'USER', id: 'user-a' }, type: 'Contains' },
    ],
  ] as const)('%j relates as %j', async (more, relation) => {
    const node = start(more);
    expect(await node.send(sent)).toEqual({ kind: 'routed', to: 'Success', message: sent, spawns: [] });
    expect(node.recorded.relations.at(-1)).toEqual(relation);
    expect(node.recorded.relations).toHaveLength(4);
  });

  test('a relation that exists is left as it is', async () => {
    const node = start({ entityNamePattern: 'Yard' });
    expect(await node.relation(sent)).toBe('Success');
    expect(node.recorded.relations).toHaveLength(3);
  });

  test('the others of that type and direction go first where the settings say so', async () => {
    const node = start({ removeCurrentRelations: true });
    await node.send(sent);
    expect(node.recorded.relations).toEqual([
      { from: other, to: device, type: 'Contains' },
      { from: device, to: other, type: 'X' },
      { from: device, to: asset, type: 'Contains' },
    ]);
  });

  test('the message becomes one about the entity where the settings say so', async () => {
    expect(await start({ changeOriginatorToRelatedEntity: true }).send(sent)).toMatchObject({ message: { id: sent.id, originator: asset } });
  });

  test.each([
    ['DEVICE', 'None', "Device with name 'None' doesn't exist!"],
    ['ENTITY_VIEW', 'None', "Entity View with name 'None' doesn't exist!"],
    ['CUSTOMER', '', "Customer with name '' doesn't exist!"],
  ] as const)('%s "%s" is missing', async (entityType, entityNamePattern, text) => {
    expect(await start({ entityType, entityNamePattern }).send(sent)).toMatchObject({ kind: 'failed', problem: { message: text } });
  });

  test.each([
    ['DEVICE', 'thermometer'],
    ['ASSET', 'thermometer'],
    ['CUSTOMER', undefined],
  ] as const)('a missing %s is created, its rule chain hears of it, and its profile is %s', async (entityType, profile) => {
    const node = start({ entityType, entityNamePattern: 'New', entityTypePattern: 'thermometer', createEntityIfNotExists: true });
    const made = { entityType, id: `${entityType.toLowerCase()}-New` };
    expect(await node.send(sent)).toMatchObject({
      to: 'Success',
      spawns: [{ type: 'ENTITY_CREATED', originator: made, metadata: { ruleNodeId: 'node-1' }, data: { name: 'New' } }],
    });
    expect(node.recorded.entities.at(-1)?.profile).toBe(profile);
    expect(node.recorded.relations.at(-1)).toEqual({ from: device, to: made, type: 'Contains' });
    expect(await node.send(sent)).toMatchObject({ spawns: [] });
  });

  test('a missing user is not', async () => {
    const node = start({ entityType: 'USER', entityNamePattern: 'x', createEntityIfNotExists: true });
    expect(await node.relation(sent)).toBe('Failure ACTION_RELATED_NOT_FOUND');
  });

  test('without a type of entity it does not start', async () => {
    await expect(start({ entityType: null }).start()).rejects.toMatchObject({ code: 'ACTION_RELATED_TYPE_MISSING' });
  });
});

describe('delete relation', () => {
  type Settings = Partial<typeof deleteRelationNode.defaults>;
  test.each(ruleNodeConformance(deleteRelationNode, { prepare: fill }))('$name', ({ run }) => run());
  const left = async (config: Settings) => {
    const node = nodeHarness(deleteRelationNode, { config });
    fill(node.recorded);
    const relation = await node.relation(sent);
    return [relation, node.recorded.relations.map(({ from, to, type }) => `${from.id} ${type} ${to.id}`)];
  };
  const all = ['device-a Contains asset-b', 'asset-b Contains device-a', 'device-a X asset-b'];
  const one: Settings = { deleteForSingleEntity: true, entityType: 'ASSET', entityNamePattern: 'Yard' };

  test.each<[string, Settings, string, string[]]>([
    ['all of a type that start at the originator', {}, 'Success', all.slice(1)],
    ['all that end there', { direction: 'TO' }, 'Success', [all[0] ?? '', all[2] ?? '']],
    ['none where there is none', { relationType: '${type}' }, 'Success', all],
    ['the one with an entity', one, 'Success', all.slice(1)],
    ['no relation with an entity that has none', { ...one, entityNamePattern: '$[where]' }, 'Success', all],
    ['nothing where the entity is missing', { ...one, entityNamePattern: 'None' }, 'Failure ACTION_RELATED_NOT_FOUND', all],
  ])('deletes %s', async (_, config, relation, relations) => expect(await left(config)).toEqual([relation, relations]));

  test('without a type of entity it does not start where it needs one', async () => {
    const start = nodeHarness(deleteRelationNode, { config: { deleteForSingleEntity: true } }).start();
    await expect(start).rejects.toMatchObject({ code: 'ACTION_RELATED_TYPE_MISSING' });
  });
});

describe.each([createRelationNode, deleteRelationNode])('settings of version 0 of $type', ({ migrate }) => {
  test.each([
    [{ direction: 'FROM', entityCacheExpiration: 300 }, { direction: 'TO' }],
    [
      { direction: 'TO', entityCacheExpiration: null, relationType: 'A' },
      { direction: 'FROM', relationType: 'A' },
    ],
    [{ direction: 'FROM' }, { direction: 'FROM' }],
  ])('%j become %j', (old, now) => expect(migrate?.[0]?.(old)).toEqual(now));

  test('without a direction cannot be turned round', () => {
    expect(() => migrate?.[0]?.({ entityCacheExpiration: 300 })).toThrow('no direction');
  });
});
