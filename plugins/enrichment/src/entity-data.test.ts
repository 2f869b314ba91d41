// Goal: values and details of customers, tenants and related entities get into messages as rule-nodes.md §2.3 and §2.5 say.
import type { EntityType } from '@fieldline/plugin-sdk';
import { harnessTenantId, message, nodeHarness, relationOf, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { customerAttributesNode } from './customer-attributes-node.js';
import { customerDetailsNode } from './customer-details-node.js';
import { relatedEntityDataNode } from './related-entity-data-node.js';
import { tenantAttributesNode } from './tenant-attributes-node.js';
import { tenantDetailsNode } from './tenant-details-node.js';
import { acme, device, house, meter, world } from './world.fixture.js';

const prepare = world;
const reading = telemetry('device-a', { temperature: 21 });

describe.each([
  { node: customerAttributesNode, threshold: '30' },
  { node: tenantAttributesNode, threshold: '40' },
])('$node.title', ({ node, threshold }) => {
  const start = (config: Partial<typeof customerAttributesNode.defaults> = {}) => {
    const started = nodeHarness(node, { config });
    world(started.recorded);
    return started;
  };
  test.each(ruleNodeConformance(node, { prepare }))('$name', ({ run }) => run());

  test('server attributes are added under their new name', async () => {
    expect(await start().send(reading)).toMatchObject({ to: 'Success', message: { metadata: { threshold }, data: { temperature: 21 } } });
    expect(await start({ fetchTo: 'DATA' }).send(reading)).toMatchObject({ message: { text: `{"temperature":21,"threshold":${threshold}}` } });
  });

  test('both sides of the mapping are templates', async () => {
    const sent = message('T', device, { to: 'limit' }, { metadata: { from: 'alarmThreshold' } });
    expect(await start({ dataMapping: { '${from}': '$[to]' } }).send(sent)).toMatchObject({ message: { metadata: { limit: threshold } } });
  });

  test('what is not there is passed over', async () => {
    const outcome = await start({ dataMapping: { motto: 'motto' } }).send(reading);
    expect(outcome.kind === 'routed' && outcome.message.metadata).toEqual(reading.metadata);
  });

  test('a body that is no object fails', async () => {
    expect(await start({ fetchTo: 'DATA' }).relation(message('T', device, [1]))).toBe('Failure ENRICHMENT_BODY_NOT_OBJECT');
  });

  test.each([[{ dataMapping: {} }], [{ dataToFetch: 'FIELDS' }], [{ fetchTo: null }]])(
    'the settings %j keep the node from starting',
    async (config) => {
      await expect(nodeHarness(node, { stored: { ...node.defaults, ...config } }).start()).rejects.toMatchObject({ code: 'NODE_SETTINGS_INVALID' });
    },
  );

  test.each([
    [{ attrMapping: { a: 'b' }, telemetry: true }, 'LATEST_TELEMETRY'],
    [{ attrMapping: { a: 'b' }, telemetry: false }, 'ATTRIBUTES'],
  ])('settings %j of version 0 fetch %s', (old, dataToFetch) => {
    expect(node.migrate?.[0]?.(old)).toEqual({ dataMapping: { a: 'b' }, dataToFetch, fetchTo: 'METADATA' });
  });
});

describe('customer attributes', () => {
  test('latest telemetry comes alone, without its time', async () => {
    const node = nodeHarness(customerAttributesNode, { config: { dataToFetch: 'LATEST_TELEMETRY', dataMapping: { mood: 'mood' } } });
    world(node.recorded);
    expect(await node.send(reading)).toMatchObject({ message: { metadata: { mood: 'good' } } });
  });

  test('a customer is its own; an originator without one fails', async () => {
    const node = nodeHarness(customerAttributesNode);
    world(node.recorded);
    const outcomes = await node.sendAll([message('T', acme, {}), message('T', house, {}), reading]);
    expect(outcomes.map(relationOf)).toEqual(['Success', 'Failure ENRICHMENT_NO_CUSTOMER', 'Success']);
    expect(outcomes[0]).toMatchObject({ message: { metadata: { threshold: '30' } } });
    expect(outcomes[1]).toMatchObject({ problem: { message: 'Originator is not assigned to any customer' } });
  });
});

describe('related entity data', () => {
  const start = (config: Partial<typeof relatedEntityDataNode.defaults> = {}) => {
    const node = nodeHarness(relatedEntityDataNode, { config });
    world(node.recorded);
    return node;
  };
  test.each(ruleNodeConformance(relatedEntityDataNode, { prepare }))('$name', ({ run }) => run());

  test('attributes and latest telemetry of the first one found are added', async () => {
    expect(await start().send(reading)).toMatchObject({ message: { metadata: { sn: 'M-7' } } });
    const config = { dataToFetch: 'LATEST_TELEMETRY', dataMapping: { energy: 'kWh' } } as const;
    expect(await start(config).send(reading)).toMatchObject({ message: { metadata: { kWh: '7.5' } } });
  });

  test('fields are texts; empty and unknown ones are passed over, their names are no templates', async () => {
    const dataMapping = { name: '$[as]', label: 'label', id: 'id', colour: 'colour', '$[field]': 'x' };
    const outcome = await start({ dataToFetch: 'FIELDS', dataMapping, fetchTo: 'DATA' }).send(
      message('T', device, { as: 'meterName', field: 'name' }),
    );
    expect(outcome).toMatchObject({ message: { text: '{"as":"meterName","field":"name","meterName":"Meter 7","id":"meter"}' } });
  });

  test.each([
    [{ direction: 'TO' }, 'House'],
    [{ filters: null }, 'Camera'],
    [{ filters: [{ relationType: 'Contains', entityTypes: ['DEVICE'], negate: true }] }, 'Camera'],
    [{ filters: [{ relationType: 'Sees', entityTypes: null }] }, 'Camera'],
  ] as const)('the query %j leads to %s', async (change, name) => {
    const relationsQuery = {
      ...relatedEntityDataNode.defaults.relationsQuery,
      ...structuredClone(change),
    } as typeof relatedEntityDataNode.defaults.relationsQuery;
    const outcome = await start({ relationsQuery, dataToFetch: 'FIELDS', dataMapping: { name: 'found' } }).send(reading);
    expect(outcome).toMatchObject({ message: { metadata: { found: name } } });
  });

  test('where the query leads nowhere the message fails', async () => {
    expect(await start().send(message('T', meter, {}))).toMatchObject({
      problem: { message: 'Failed to find related entity to message originator using relation query specified in the configuration!' },
    });
  });
});

describe('customer details', () => {
  const details = ['ID', 'TITLE', 'COUNTRY', 'CITY', 'ADDITIONAL_INFO'] as const;
  const start = () => {
    const node = nodeHarness(customerDetailsNode, { config: { detailsList: [...details] } });
    world(node.recorded);
    return node;
  };
  test.each(ruleNodeConformance(customerDetailsNode, { prepare, config: { detailsList: ['TITLE'] } }))('$name', ({ run }) => run());

  test('those that are known are added to the body', async () => {
    expect(await start().send(reading)).toMatchObject({
      message: { text: '{"temperature":21,"customer_id":"acme","customer_title":"Acme","customer_country":"Norway"}' },
    });
  });

  test.each<[EntityType, string, string]>([
    ['ASSET', 'house', "Asset with name 'House' is not assigned to Customer!"],
    ['DEVICE', 'meter', "Device with name 'Meter 7' is not assigned to Customer!"],
    ['DEVICE', 'gone', 'There is no DEVICE gone.'],
    ['CUSTOMER', 'acme', 'Unsupported originator type: CUSTOMER!'],
    ['TENANT', 'x', 'Unsupported originator type: TENANT!'],
  ])('%s %s fails: %s', async (entityType, id, text) => {
    expect(await start().send(message('T', { entityType, id }, {}))).toMatchObject({ kind: 'failed', problem: { message: text } });
  });

  test.each([customerDetailsNode, tenantDetailsNode])(
    '$title: no detail chosen keeps the node from starting; version 0 had a switch',
    async (node) => {
      await expect(nodeHarness(node).start()).rejects.toMatchObject({ code: 'NODE_SETTINGS_INVALID' });
      expect(node.migrate?.[0]?.({ detailsList: ['ID'], addToMetadata: true })).toEqual({ detailsList: ['ID'], fetchTo: 'METADATA' });
    },
  );
});

describe('tenant details', () => {
  test.each(ruleNodeConformance(tenantDetailsNode, { prepare, config: { detailsList: ['TITLE'] } }))('$name', ({ run }) => run());

  test('are added, empty texts included, whoever the originator is', async () => {
    const node = nodeHarness(tenantDetailsNode, { config: { detailsList: ['ID', 'ZIP', 'PHONE', 'ADDITIONAL_INFO'], fetchTo: 'METADATA' } });
    world(node.recorded);
    expect(await node.send(message('T', house, []))).toMatchObject({
      message: { metadata: { tenant_id: harnessTenantId, tenant_zip: '', tenant_phone: '1', tenant_additionalInfo: 'Makes everything.' } },
    });
  });
});
