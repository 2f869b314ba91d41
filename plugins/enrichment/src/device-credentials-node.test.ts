import { message, nodeHarness, ruleNodeConformance } from '@fieldline/plugin-sdk/testing';
import { expect, test } from 'vitest';
import { deviceCredentialsNode } from './device-credentials-node.js';
import { camera, device, house, meter, world } from './world.fixture.js';

const start = (fetchTo: 'DATA' | 'METADATA') => {
  const node = nodeHarness(deviceCredentialsNode, { config: { fetchTo } });
  world(node.recorded);
  return node;
};
test.each(ruleNodeConformance(deviceCredentialsNode, { prepare: world }))('$name', ({ run }) => run());

test('a token is a text everywhere', async () => {
  const added = { credentialsType: 'ACCESS_TOKEN', credentials: 'token-a' };
  expect(await start('METADATA').send(message('T', device, 1))).toMatchObject({ message: { metadata: added } });
  expect(await start('DATA').send(message('T', device, {}))).toMatchObject({ message: { data: added } });
});

test('credentials of several parts are an object in the body and its text in the metadata', async () => {
  const credentials = { clientId: 'c', userName: 'u' };
  expect(await start('DATA').send(message('T', camera, {}))).toMatchObject({ message: { data: { credentialsType: 'MQTT_BASIC', credentials } } });
  expect(await start('METADATA').send(message('T', camera, {}))).toMatchObject({
    message: { metadata: { credentials: JSON.stringify(credentials) } },
  });
});

test('what is no device, has no credentials or no object as body fails', async () => {
  expect(await start('METADATA').send(message('T', house, {}))).toMatchObject({ problem: { message: 'Unsupported originator type: ASSET!' } });
  expect(await start('METADATA').send(message('T', meter, {}))).toMatchObject({
    problem: { message: 'Failed to get Device Credentials for device: meter!' },
  });
  expect(await start('DATA').relation(message('T', device, []))).toBe('Failure ENRICHMENT_BODY_NOT_OBJECT');
});

test.each([
  [{ fetchToMetadata: true }, 'METADATA'],
  [{ fetchToMetadata: false }, 'DATA'],
])('settings %j of version 0 add to %s', (old, fetchTo) => expect(deviceCredentialsNode.migrate?.[0]?.(old)).toEqual({ fetchTo }));
