import type { EntityType } from '@fieldline/plugin-sdk';
import { message, nodeHarness, ruleNodeConformance } from '@fieldline/plugin-sdk/testing';
import { expect, test } from 'vitest';
import { originatorFieldsNode } from './originator-fields-node.js';
import { acme, device, meter, world } from './world.fixture.js';

const start = (config: Partial<typeof originatorFieldsNode.defaults> = {}) => {
  const node = nodeHarness(originatorFieldsNode, { config });
  world(node.recorded);
  return node;
};
test.each(ruleNodeConformance(originatorFieldsNode, { prepare: world }))('$name', ({ run }) => run());

test('every kind of field becomes a text, in the body too', async () => {
  const dataMapping = {
    ...{ name: 'name', id: 'id', customerId: 'customer', createdTime: 'created', label: 'label' },
    ...{ additionalInfo: 'info', 'additionalInfo.floor': 'floor', 'additionalInfo.gateway': 'gateway' },
  };
  expect(await start({ dataMapping, fetchTo: 'DATA' }).send(message('T', device, {}))).toMatchObject({
    message: {
      data: {
        ...{ name: 'Thermometer', id: 'device-a', customer: 'acme', created: '5', label: 'null' },
        ...{ info: '{"floor":3,"gateway":false}', floor: '3', gateway: 'false' },
      },
    },
  });
});

test('unknown fields are passed over, at any depth', async () => {
  const dataMapping = { colour: 'a', 'name.length': 'b', 'additionalInfo.floor.x': 'c', toString: 'd', '': 'e', 'label.x': 'f' };
  const outcome = await start({ dataMapping }).send(message('T', device, {}, { metadata: { k: 'v' } }));
  expect(outcome.kind === 'routed' && outcome.message.metadata).toEqual({ k: 'v' });
});

test('null and empty fields are skipped where that is asked for', async () => {
  const config = { dataMapping: { label: 'label', name: '$[as]' }, fetchTo: 'DATA' } as const;
  const sent = (entity = device) => message('T', entity, { as: 'who' });
  expect(await start(config).send(sent(meter))).toMatchObject({ message: { data: { as: 'who', label: '', who: 'Meter 7' } } });
  for (const entity of [device, meter]) {
    const outcome = await start({ ...config, ignoreNullStrings: true }).send(sent(entity));
    expect(outcome).not.toHaveProperty('message.data.label');
    expect(outcome).toHaveProperty('message.data.who');
  }
});

test('of a customer there is the title', async () => {
  expect(await start({ dataMapping: { title: 'owner', country: 'country' } }).send(message('T', acme, []))).toMatchObject({
    message: { metadata: { owner: 'Acme', country: 'Norway' } },
  });
});

test.each<[EntityType, string, string]>([
  ['DASHBOARD', 'x', 'ENRICHMENT_ORIGINATOR_TYPE_UNSUPPORTED'],
  ['DEVICE_PROFILE', 'x', 'ENRICHMENT_ORIGINATOR_TYPE_UNSUPPORTED'],
  ['DEVICE', 'gone', 'ENRICHMENT_ENTITY_NOT_FOUND'],
])('%s %s fails: %s', async (entityType, id, code) => {
  expect(await start().relation(message('T', { entityType, id }, {}))).toBe(`Failure ${code}`);
});

test('a mapping is needed; version 0 had another name for it', async () => {
  await expect(start({ dataMapping: {} }).start()).rejects.toMatchObject({ code: 'NODE_SETTINGS_INVALID' });
  expect(originatorFieldsNode.migrate?.[0]?.({ fieldsMapping: { name: 'n' }, ignoreNullStrings: true })).toEqual({
    ...{ dataMapping: { name: 'n' }, ignoreNullStrings: true, fetchTo: 'METADATA' },
  });
});
