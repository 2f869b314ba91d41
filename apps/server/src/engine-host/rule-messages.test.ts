// Goal: a message that the platform makes goes to the rule chain and the queue that the profile of its originator names, also
// after the originator was deleted (rule-engine.md §6). Method: entities that are found by a function, and a queue in memory.
import { silentLog, type Clock, epochMs } from '@fieldline/kernel';
import type { ActionMessage, JsonValue, TenantId } from '@fieldline/model';
import type { EntityStore, MessageBatch } from '@fieldline/ports';
import { memoryQueue } from '@fieldline/queue-memory';
import { expect, test } from 'vitest';
import { ruleMessages } from './rule-messages.js';

const clock: Clock = { nowMs: () => epochMs(1_000), monotonicMs: () => 0, after: () => () => undefined };
const ofDevices = { defaultRuleChainId: 'chain of devices', defaultQueueName: 'Devices' };
const ofAssets = { defaultRuleChainId: 'chain of assets' };
const stored: Readonly<Record<string, object>> = {
  'device d': { deviceProfileId: 'dp' },
  'asset a': { assetProfileId: 'ap' },
  'deviceProfile dp': ofDevices,
  'assetProfile ap': ofAssets,
};
const entities = { find: (kind: string, _: unknown, id: string) => Promise.resolve(stored[`${kind} ${id}`]) } as unknown as Pick<EntityStore, 'find'>;

test.each<[string, Pick<ActionMessage, 'originator' | 'queueName'> & { data?: JsonValue }, string | undefined, string | undefined]>([
  ['a device', { originator: { entityType: 'DEVICE', id: 'd' } }, 'chain of devices', 'Devices'],
  ['a device, with a queue of its own', { originator: { entityType: 'DEVICE', id: 'd' }, queueName: 'Named' }, 'chain of devices', 'Named'],
  ['an asset', { originator: { entityType: 'ASSET', id: 'a' } }, 'chain of assets', undefined],
  [
    'a device that is gone',
    { originator: { entityType: 'DEVICE', id: 'x' }, data: { deviceProfileId: { id: 'dp' } } },
    'chain of devices',
    'Devices',
  ],
  ['an asset that is gone', { originator: { entityType: 'ASSET', id: 'x' }, data: { assetProfileId: { id: 'ap' } } }, 'chain of assets', undefined],
  ['a device that nobody knows', { originator: { entityType: 'DEVICE', id: 'x' }, data: [] }, undefined, undefined],
  ['a device profile', { originator: { entityType: 'DEVICE_PROFILE', id: 'dp' } }, 'chain of devices', 'Devices'],
  [
    'a device profile that is gone',
    { originator: { entityType: 'DEVICE_PROFILE', id: 'x' }, data: { defaultRuleChainId: { id: 'c' }, defaultQueueName: 'Q' } },
    'c',
    'Q',
  ],
  [
    'an asset profile that is gone',
    { originator: { entityType: 'ASSET_PROFILE', id: 'x' }, data: { defaultRuleChainId: null } },
    undefined,
    undefined,
  ],
  ['a customer', { originator: { entityType: 'CUSTOMER', id: 'c' } }, undefined, undefined],
])('%s', async (_, given, chain, queueName) => {
  const queue = memoryQueue();
  const batches: MessageBatch[] = [];
  await queue.consume((batch) => (batches.push(batch), Promise.resolve(new Map())));
  const messages = ruleMessages({
    queue,
    partitionOf: (_tenantId, _originatorId, name) => ({ queueName: name ?? 'none', partition: 0 }),
    entities,
    clock,
    ids: { next: () => 'id' },
    onFailure: (error) => silentLog.error('lost', { error }),
  });
  await messages.send([{ tenantId: 't' as TenantId, type: 'ENTITY_DELETED', customerId: undefined, metadata: {}, data: {}, ...given }]);
  expect(batches.map((batch) => [batch.queueName, batch.messages[0]?.ruleChainId])).toEqual([[queueName ?? 'none', chain]]);
});
