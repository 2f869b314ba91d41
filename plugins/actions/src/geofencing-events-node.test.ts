// Goal: the three steps of rule-nodes.md §4.10. Method: an originator that moves in and out of a rectangle while the clock of the
// harness passes; what is inside at all is tested where perimeters are.
import { nodeHarness, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { geofencingEventsNode } from './geofencing-events-node.js';

type Settings = Partial<typeof geofencingEventsNode.defaults>;
const start = (config: Settings = {}) => {
  const fixed = { fetchPerimeterInfoFromMessageMetadata: false, polygonsDefinition: '[[0, 0], [10, 10]]' };
  return nodeHarness(geofencingEventsNode, { config: { ...fixed, ...config } });
};
const inside = telemetry('device-a', { latitude: 5, longitude: 5 });
const outside = telemetry('device-a', { latitude: 15, longitude: 5 });

test.each(ruleNodeConformance(geofencingEventsNode))('$name', ({ run }) => run());

test('the first message and each change of side are events, all others tell where the originator is', async () => {
  const node = start();
  const relations = [];
  for (const sent of [inside, inside, outside, outside, inside]) relations.push(await node.relation(sent));
  expect(relations).toEqual(['Entered', 'Inside', 'Left', 'Outside', 'Entered']);
});

test('a first message outside has left', async () => expect(await start().relation(outside)).toBe('Left'));

test('each originator is somewhere else', async () => {
  const node = start();
  await node.send(inside);
  expect(await node.relation(telemetry('device-b', { latitude: 5, longitude: 5 }))).toBe('Entered');
});

describe('where presence is reported once', () => {
  const config = { reportPresenceStatusOnEachMessage: false, minInsideDuration: 2, minInsideDurationTimeUnit: 'SECONDS' } as const;

  test('that is when it has lasted longer than the duration, not as long', async () => {
    const node = start(config);
    expect(await node.relation(inside)).toBe('Entered');
    node.advanceMs(2_000);
    expect(await node.relation(inside)).toBe('Success');
    node.advanceMs(1);
    expect(await node.relation(inside)).toBe('Inside');
    node.advanceMs(60_000);
    expect(await node.relation(inside)).toBe('Success');
  });

  test('outside has a duration of its own, and a change of side begins anew', async () => {
    const node = start(config);
    await node.send(inside);
    node.advanceMs(3_000);
    expect(await node.relation(outside)).toBe('Left');
    node.advanceMs(3_000);
    expect(await node.relation(outside)).toBe('Success');
    node.advanceMs(57_001);
    expect(await node.relation(outside)).toBe('Outside');
    expect(await node.relation(inside)).toBe('Entered');
    node.advanceMs(2_001);
    expect(await node.relation(inside)).toBe('Inside');
  });

  test('it is known after a stop of the node', async () => {
    const node = start(config);
    await node.send(inside);
    await node.stop();
    node.advanceMs(2_001);
    expect(await node.relation(inside)).toBe('Inside');
  });
});

test('a message that tells no position fails and changes nothing', async () => {
  const node = start();
  await node.send(inside);
  expect(await node.relation(telemetry('device-a', {}))).toBe('Failure PERIMETER_COORDINATE_MISSING');
  expect(await node.relation(inside)).toBe('Inside');
});

test('a perimeter of the settings that is missing keeps the node from starting', async () => {
  await expect(start({ polygonsDefinition: null }).start()).rejects.toMatchObject({ code: 'PERIMETER_MISSING' });
});

test('version 0 reported presence once', () => {
  expect(geofencingEventsNode.migrate?.[0]?.({ a: 1 })).toEqual({ a: 1, reportPresenceStatusOnEachMessage: false });
  expect(geofencingEventsNode.migrate?.[0]?.({ reportPresenceStatusOnEachMessage: true })).toEqual({ reportPresenceStatusOnEachMessage: true });
});
