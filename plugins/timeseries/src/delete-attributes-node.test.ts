// Goal: each line of rule-nodes.md §4.3. Method: attributes in the world of the harness, and what is left of them.
import { message, nodeHarness, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { expect, test } from 'vitest';
import { deleteAttributesNode } from './delete-attributes-node.js';

test.each(ruleNodeConformance(deleteAttributesNode))('$name', ({ run }) => run());

const device = { entityType: 'DEVICE', id: 'device-a' } as const;

function start(config: Partial<(typeof deleteAttributesNode)['defaults']>) {
  const node = nodeHarness(deleteAttributesNode, { config, nodeId: 'node-1' });
  for (const scope of ['SERVER_SCOPE', 'SHARED_SCOPE'] as const) {
    for (const key of ['a', 'b', 'c']) node.recorded.attributes.push({ entity: device, scope, key, value: 1 });
  }
  return node;
}
const left = (node: ReturnType<typeof start>): string[] => node.recorded.attributes.map(({ scope, key }) => `${scope.slice(0, 2)} ${key}`);

test('removes the keys of the settings, those of the message among them, in the scope of the message', async () => {
  const node = start({ keys: ['a', '${other}', '$[third]', ' ', '${other}'] });
  const sent = telemetry('device-a', { third: 'gone' }, { metadata: { other: 'b', scope: 'SHARED_SCOPE' } });
  expect(await node.send(sent)).toEqual({ kind: 'routed', to: 'Success', message: sent });
  expect(left(node)).toEqual(['SE a', 'SE b', 'SE c', 'SH c']);
});

test('without a key nothing is looked at, not even the scope', async () => {
  const node = start({ keys: ['', '${empty}'] });
  expect(await node.relation(message('ANY', device, {}, { metadata: { scope: 'NONE', empty: ' ' } }))).toBe('Success');
  expect(await start({ keys: ['a'] }).relation(message('ANY', device, {}, { metadata: { scope: 'NONE' } }))).toBe('Failure SAVE_SCOPE_INVALID');
});

test('the notification names the keys, once each, in any scope', async () => {
  const outcome = await start({ keys: ['a', 'a', 'missing'], sendAttributesDeletedNotification: true, scope: 'CLIENT_SCOPE' }).send(
    message('ANY', device, {}, { customerId: 'customer' }),
  );
  expect(outcome).toMatchObject({
    to: 'Success',
    spawns: [
      {
        type: 'ATTRIBUTES_DELETED',
        originator: device,
        customerId: 'customer',
        metadata: { scope: 'CLIENT_SCOPE', ruleNodeId: 'node-1' },
        data: { attributes: ['a', 'missing'] },
      },
    ],
  });
});
