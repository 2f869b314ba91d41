// Goal: the two nodes that fetch attributes and latest telemetry do what rule-nodes.md §2.1 and §2.2 say.
import type { EntityId } from '@fieldline/plugin-sdk';
import { message, nodeHarness, relationOf, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { originatorAttributesNode } from './originator-attributes-node.js';
import { relatedDeviceAttributesNode } from './related-device-attributes-node.js';
import { camera, device, house, meter, world } from './world.fixture.js';

type Config = Partial<typeof originatorAttributesNode.defaults>;
const start = (config: Config) => {
  const node = nodeHarness(originatorAttributesNode, { config });
  world(node.recorded);
  return node;
};

describe('originator attributes', () => {
  test.each(ruleNodeConformance(originatorAttributesNode, { prepare: world, config: { serverAttributeNames: ['threshold'] } }))('$name', ({ run }) =>
    run(),
  );

  const all: Config = {
    clientAttributeNames: ['firmware', 'network'],
    sharedAttributeNames: ['threshold'],
    serverAttributeNames: ['threshold'],
    latestTsKeyNames: ['humidity', 'isOpen'],
  };

  test('each list has its prefix, in the metadata', async () => {
    expect(await start(all).send(message('T', device, [1]))).toMatchObject({
      to: 'Success',
      message: {
        type: 'T',
        originator: device,
        text: '[1]',
        metadata: {
          ...{ cs_firmware: '1.2', cs_network: '{"ip":"::1","ports":[1,2]}', shared_threshold: '21.5', ss_threshold: '20' },
          ...{ humidity: '55.5', isOpen: 'true' },
        },
      },
    });
  });

  test('and in the body', async () => {
    const sent = message('T', device, null, { text: '{"a": 1.0}' });
    expect(await start({ ...all, fetchTo: 'DATA' }).send(sent)).toMatchObject({
      message: {
        text: '{"a":1.0,"cs_firmware":"1.2","cs_network":{"ip":"::1","ports":[1,2]},"shared_threshold":21.5,"ss_threshold":20,"humidity":55.5,"isOpen":true}',
      },
    });
  });

  test('telemetry may come with its time, as an object or its text', async () => {
    const config = { latestTsKeyNames: ['humidity'], getLatestValueWithTs: true };
    expect(await start({ ...config, fetchTo: 'DATA' }).send(message('T', device, {}))).toMatchObject({
      message: { data: { humidity: { ts: 1_699_999_999_000, value: 55.5 } } },
    });
    expect(await start(config).send(message('T', device, {}))).toMatchObject({
      message: { metadata: { humidity: '{"ts":1699999999000,"value":55.5}' } },
    });
  });

  test('what is missing is told by list, with everything that was found', async () => {
    const config = { ...all, clientAttributeNames: ['x'], serverAttributeNames: ['a', 'threshold', 'b', 'a'], latestTsKeyNames: ['y'] };
    expect(await start(config).send(telemetry('device-a', {}))).toMatchObject({
      kind: 'failed',
      problem: {
        code: 'ENRICHMENT_KEYS_ABSENT',
        message:
          'The following attribute/telemetry keys is not present in the DB: \n\t[CLIENT_SCOPE]:[x]\n\t[SERVER_SCOPE]:[a, b]\n\t[LATEST_TS]:[y]\n',
      },
      message: { metadata: { ss_threshold: '20', shared_threshold: '21.5' } },
    });
    const lenient = await start({ ...config, tellFailureIfAbsent: false }).send(telemetry('device-a', {}));
    expect(lenient).toMatchObject({ to: 'Success', message: { metadata: { ss_threshold: '20' } } });
  });

  test('names are templates', async () => {
    const config = { serverAttributeNames: ['${which}', '$[which]', 'threshold'] };
    const sent = message('T', device, { which: 'threshold' }, { metadata: { which: 'threshold' } });
    expect(await start(config).send(sent)).toMatchObject({ message: { metadata: { ss_threshold: '20' } } });
  });

  test('lists may be null, any originator will do, and an error fails its own message of a batch', async () => {
    const node = start({ clientAttributeNames: null, fetchTo: 'DATA', tellFailureIfAbsent: false, serverAttributeNames: ['threshold'] });
    const outcomes = await node.sendAll([message('T', house, {}), message('T', device, [1]), message('T', device, {})]);
    expect(outcomes.map(relationOf)).toEqual(['Success', 'Failure ENRICHMENT_BODY_NOT_OBJECT', 'Success']);
    expect(outcomes[2]).toMatchObject({ message: { data: { ss_threshold: 20 } } });
  });

  test('settings without a place to write to keep the node from starting', async () => {
    await expect(nodeHarness(originatorAttributesNode, { stored: { serverAttributeNames: [] } }).start()).rejects.toMatchObject({
      code: 'NODE_SETTINGS_INVALID',
    });
  });
});

describe('related device attributes', () => {
  const query = { direction: 'FROM', maxLevel: 1, fetchLastLevelOnly: false, relationType: 'Contains', deviceTypes: ['default'] } as const;
  const related = (deviceRelationsQuery: object = {}) => {
    const config = { deviceRelationsQuery: { ...query, ...deviceRelationsQuery, deviceTypes: ['default'] }, latestTsKeyNames: ['energy'] };
    const node = nodeHarness(relatedDeviceAttributesNode, { config });
    world(node.recorded);
    return node;
  };
  test.each(ruleNodeConformance(relatedDeviceAttributesNode, { prepare: world }))('$name', ({ run }) => run());

  test('values of the first device of a profile are added', async () => {
    expect(await related().send(telemetry('device-a', {}))).toMatchObject({ to: 'Success', message: { metadata: { energy: '7.5' } } });
    expect(await related({ maxLevel: 0 }).send(message('T', house, {}))).toMatchObject({
      kind: 'failed',
      problem: { code: 'ENRICHMENT_KEYS_ABSENT' },
    });
    expect(await related({ maxLevel: 0, fetchLastLevelOnly: true }).send(message('T', house, {}))).toMatchObject({
      message: { metadata: { energy: '7.5' } },
    });
  });

  test.each<[EntityId, object, string]>([
    [camera, {}, 'nothing starts there'],
    [device, { relationType: 'Sees' }, 'the camera has another profile'],
    [meter, { direction: 'TO', relationType: 'Sees' }, 'another type of relation'],
    [device, { direction: 'TO' }, 'a house is no device'],
  ])('%j by %j finds none: %s', async (originator, change) => {
    expect(await related(change).send(message('T', originator, {}))).toMatchObject({
      problem: { message: 'Failed to find related device to message originator using relation query specified in the configuration!' },
    });
  });
});
