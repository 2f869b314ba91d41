// What perimeters are and hold is tested with them, in the SDK.
import { nodeHarness, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { expect, test } from 'vitest';
import { geofencingNode } from './geofencing-node.js';

test.each(ruleNodeConformance(geofencingNode))('$name', ({ run }) => run());

test('inside is True, outside and on the border False', async () => {
  const node = nodeHarness(geofencingNode, { config: { fetchPerimeterInfoFromMessageMetadata: false, polygonsDefinition: '[[0,0],[10,10]]' } });
  const at = (latitude: number) => node.relation(telemetry('device-a', { latitude, longitude: 5 }));
  expect([await at(5), await at(10), await at(11)]).toEqual(['True', 'False', 'False']);
});

test('a perimeter that is to be in the settings and is not keeps the node from starting', async () => {
  const node = nodeHarness(geofencingNode, { config: { fetchPerimeterInfoFromMessageMetadata: false } });
  await expect(node.start()).rejects.toMatchObject({ code: 'PERIMETER_MISSING', message: 'Missing perimeter definition!' });
});

test('settings of chains from before perimeters had a key take the old keys', async () => {
  const { perimeterKeyName: _new, ...stored } = geofencingNode.defaults;
  const node = nodeHarness(geofencingNode, { stored });
  const metadata = { perimeter: '[[0,0],[10,10]]' };
  expect(await node.relation(telemetry('device-a', { latitude: 5, longitude: 5 }, { metadata }))).toBe('True');
});
