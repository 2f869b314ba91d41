// Goal: the row of rule-nodes.md §4.8 about entity views. Method: a device with two views; one message a row.
import { message, nodeHarness, ruleNodeConformance, type Recorded } from '@fieldline/plugin-sdk/testing';
import { expect, test } from 'vitest';
import { copyToViewNode } from './copy-to-view-node.js';

const device = { entityType: 'DEVICE', id: 'device-a' } as const;
const viewA = { entityType: 'ENTITY_VIEW', id: 'view-a' } as const;
const viewB = { entityType: 'ENTITY_VIEW', id: 'view-b' } as const;
function fill({ entities, attributes }: Recorded): void {
  const keys = (server: string[], client: string[]) => ({ CLIENT_SCOPE: client, SHARED_SCOPE: [], SERVER_SCOPE: server });
  const views = [
    { view: viewA, attributeKeys: keys(['a', 'b'], ['fw']) },
    { view: viewB, attributeKeys: keys(['b'], []) },
  ];
  entities.push({ entity: device, name: 'Meter', views });
  attributes.push({ entity: viewA, scope: 'SERVER_SCOPE', key: 'a', value: 0 }, { entity: viewB, scope: 'SERVER_SCOPE', key: 'x', value: 0 });
}

test.each(ruleNodeConformance(copyToViewNode))('$name', ({ run }) => run());

async function copied(type: string, text: string, metadata: Record<string, string> = { scope: 'SERVER_SCOPE' }) {
  const node = nodeHarness(copyToViewNode);
  fill(node.recorded);
  const outcome = await node.send(message(type, device, null, { text, metadata, customerId: 'customer' }));
  const stored = node.recorded.attributes.map(({ entity, scope, key, value }) => `${entity.id} ${scope} ${key}=${JSON.stringify(value)}`);
  return { outcome, stored };
}
const before = ['view-a SERVER_SCOPE a=0', 'view-b SERVER_SCOPE x=0'];

test.each(['ATTRIBUTES_UPDATED', 'ACTIVITY_EVENT', 'INACTIVITY_EVENT'])(
  '%s writes what each view is made for, and a message about each leaves',
  async (type) => {
    const { outcome, stored } = await copied(type, '{"a": 1.5, "b": "t", "c": 3}');
    expect(stored).toEqual(['view-b SERVER_SCOPE x=0', 'view-a SERVER_SCOPE a=1.5', 'view-a SERVER_SCOPE b="t"', 'view-b SERVER_SCOPE b="t"']);
    const about = { type, customerId: 'customer', metadata: { scope: 'SERVER_SCOPE' }, text: '{"a": 1.5, "b": "t", "c": 3}' };
    expect(outcome).toEqual({
      kind: 'emitted',
      messages: [viewA, viewB].map((originator) => ({ to: 'Success', message: { ...about, originator } })),
    });
  },
);

test('attributes that the device sent are client attributes, whatever the metadata says', async () => {
  const { stored } = await copied('POST_ATTRIBUTES_REQUEST', '{"fw": "v1", "a": 1}');
  expect(stored).toEqual([...before, 'view-a CLIENT_SCOPE fw="v1"']);
});

test('ATTRIBUTES_DELETED deletes what each view is made for', async () => {
  const { outcome, stored } = await copied('ATTRIBUTES_DELETED', '{"attributes": ["a", "x", 5]}');
  expect(stored).toEqual(['view-b SERVER_SCOPE x=0']);
  expect(outcome).toMatchObject({ messages: [{ message: { originator: viewA } }, { message: { originator: viewB } }] });
});

test('a message about an entity without views ends', async () => {
  const sent = message('ATTRIBUTES_UPDATED', { entityType: 'ASSET', id: 'x' }, { a: 1 }, { metadata: { scope: 'SERVER_SCOPE' } });
  expect(await nodeHarness(copyToViewNode).relation(sent)).toBe('Ended no-active-view');
});

test.each<[string, string, Record<string, string>, string]>([
  ['POST_TELEMETRY_REQUEST', '{"a": 1}', { scope: 'SERVER_SCOPE' }, 'ACTION_MESSAGE_TYPE_UNSUPPORTED'],
  ['ATTRIBUTES_UPDATED', '{"a": 1}', {}, 'ACTION_METADATA_EMPTY'],
  ['POST_ATTRIBUTES_REQUEST', '{"a": 1}', {}, 'ACTION_METADATA_EMPTY'],
  ['ATTRIBUTES_UPDATED', '{"a": 1}', { k: 'v' }, 'ACTION_SCOPE_MISSING'],
  ['ATTRIBUTES_UPDATED', '{"a": 1}', { scope: 'SERVER' }, 'ACTION_SCOPE_INVALID'],
  ['ATTRIBUTES_UPDATED', '[1]', { scope: 'SERVER_SCOPE' }, 'ACTION_BODY_INVALID'],
  ['ATTRIBUTES_UPDATED', '{"a": null}', { scope: 'SERVER_SCOPE' }, 'ACTION_BODY_INVALID'],
  ['ATTRIBUTES_DELETED', '{"a": 1}', { scope: 'SERVER_SCOPE' }, 'ACTION_BODY_INVALID'],
])('%s %s with %j fails: %s', async (type, text, metadata, code) => {
  const { outcome, stored } = await copied(type, text, metadata);
  expect(outcome).toMatchObject({ kind: 'failed', problem: { code } });
  expect(stored).toEqual(before);
});
