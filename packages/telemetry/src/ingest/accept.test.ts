import type { Problem } from '@fieldline/kernel';
import type { DeviceId, TenantId } from '@fieldline/model';
import type { BatchFailures, MessageBatch, MessageQueue } from '@fieldline/ports';
import { UplinkBatch, UplinkKind } from '@fieldline/protocol';
import { expect, test } from 'vitest';
import { REMEMBERED_CHAINS_MAX } from '../limits.js';
import { UplinkIntake } from './accept.js';
import { uplinkDecoder } from './decode.js';
import { SessionTable, type SessionDescriptor } from './session-table.js';

const arrivedMs = 1_700_000_000_000;
const session = (handle: number, more: Partial<SessionDescriptor> = {}): SessionDescriptor => ({
  handle,
  tenantId: 'tenant' as TenantId,
  deviceId: `device-${handle}` as DeviceId,
  customerId: undefined,
  deviceName: `Device ${handle}`,
  deviceType: 'thermostat',
  deviceProfileId: 'profile',
  ruleChainId: undefined,
  transport: 'MQTT',
  ...more,
});

function setUp(options: { acceptedAt?: number; failures?: BatchFailures; partitions?: number; refused?: Problem } = {}) {
  const batches: MessageBatch[] = [];
  const queue: MessageQueue = {
    enqueue: (batch) => {
      batches.push(batch);
      return Promise.resolve(options.failures ?? new Map());
    },
    consume: () => Promise.resolve(),
    depth: () => 0,
    close: () => Promise.resolve(),
  };
  const sessions = new SessionTable();
  sessions.open(session(1));
  sessions.open(session(2, { ruleChainId: 'chain-2' }));
  /** Claims in the order in which they were begun and done. */
  const claimed: string[] = [];
  const claims = {
    take: async ({ deviceName }: SessionDescriptor, { secretKey }: { secretKey: string }, atMs: number) => {
      claimed.push(`${deviceName} ${secretKey} ${atMs - arrivedMs}`);
      await Promise.resolve();
      claimed.push('done');
      return secretKey === 'refused' ? options.refused : undefined;
    },
  };
  const partitions = [0, 1, 2].map((partition) => ({ queueName: 'Main', partition }));
  const own = { queueName: 'Own', partition: 0 };
  const intake = new UplinkIntake({
    claims,
    sessions,
    queue,
    store: { acceptedAt: () => options.acceptedAt },
    decoder: uplinkDecoder({ futureMaxMs: 86_400_000, decodeSample: () => ({ readings: [] }) }),
    ids: { next: () => 'id' },
    partitionOf: (_tenantId, deviceId, queueName) =>
      queueName === undefined ? (partitions[(options.partitions ?? 1) > 1 ? Number(deviceId.at(-1)) : 0] ?? own) : own,
  });
  const accept = (uplinks: readonly { handle: number; text: string; packetId?: number; isRedelivery?: boolean; kind?: UplinkKind }[]) => {
    const batch = new UplinkBatch();
    for (const { handle, text, packetId = 0, isRedelivery = false, kind = UplinkKind.telemetry } of uplinks) {
      batch.add({ handle, kind, packetId, isRedelivery, receivedAtMs: arrivedMs, topic: '' }, Buffer.from(text));
    }
    return intake.accept(batch.take().uplinks);
  };
  const messages = () => batches.flatMap((batch) => batch.messages);
  return { accept, batches, messages, sessions, claimed };
}

test('readings of a device go to the queue that its profile names', async () => {
  const { accept, batches, sessions } = setUp();
  sessions.open(session(2, { queueName: 'Own' }));
  await accept([
    { handle: 1, text: '{"t":1}' },
    { handle: 2, text: '{"t":2}' },
    { handle: 1, text: '{"t":3}' },
  ]);
  expect(batches.map(({ queueName, messages }) => [queueName, messages.length])).toEqual([
    ['Main', 2],
    ['Own', 1],
  ]);
});

test('a reading becomes a telemetry message of its device, at its time of arrival', async () => {
  const { accept, messages } = setUp();
  const problems = await accept([{ handle: 2, text: '{"temperature":21.5}' }]);
  expect(problems.size).toBe(0);
  const [queued] = messages();
  expect(queued?.ruleChainId).toBe('chain-2');
  expect(queued?.message).toMatchObject({ type: 'POST_TELEMETRY_REQUEST', originator: { entityType: 'DEVICE', id: 'device-2' } });
  expect(queued?.message.metadata).toEqual({ deviceName: 'Device 2', deviceType: 'thermostat', ts: String(arrivedMs) });
  expect(queued?.message.data).toEqual({ temperature: 21.5 });
});

test('each element of an array is a message of its own, in order', async () => {
  const { accept, messages } = setUp();
  await accept([{ handle: 1, text: '[{"ts":5,"values":{"a":1}},{"a":2}]' }]);
  expect(messages().map(({ message }) => [message.metadata['ts'], message.data])).toEqual([
    ['5', { a: 1 }],
    [String(arrivedMs), { a: 2 }],
  ]);
});

test('client attributes keep their own type and metadata', async () => {
  const { accept, messages } = setUp();
  await accept([{ handle: 1, text: '{"firmware":"1.2"}', kind: UplinkKind.attributes }]);
  expect(messages()[0]?.message).toMatchObject({ type: 'POST_ATTRIBUTES_REQUEST' });
  expect(messages()[0]?.message.metadata).toEqual({ deviceName: 'Device 1', deviceType: 'thermostat', notifyDevice: 'false' });
});

test('claims are kept one after the other, beside the messages, and named by their place where they are refused', async () => {
  const refused = { code: 'TELEMETRY_CLAIM_ASSIGNED', kind: 'forbidden', message: '', remedy: '', retry: 'never' } as const;
  const { accept, messages, claimed } = setUp({ refused });
  const kind = UplinkKind.claim;
  const problems = await accept([
    { handle: 1, text: '{"secretKey":"refused"}', kind },
    { handle: 1, text: '{"a":1}' },
    { handle: 1, text: '', kind },
    { handle: 2, text: '{"secretKey":5}', kind },
  ]);
  expect([...problems].map(([place, { code }]) => [place, code]).sort()).toEqual([
    [0, 'TELEMETRY_CLAIM_ASSIGNED'],
    [3, 'PROTOCOL_CLAIM_INVALID'],
  ]);
  expect(claimed).toEqual(['Device 1 refused 0', 'done', 'Device 1  0', 'done']);
  expect(messages().map(({ message }) => message.data)).toEqual([{ a: 1 }]);
});

test('an uplink that cannot be decoded is named by its place and takes nothing else with it', async () => {
  const { accept, messages } = setUp();
  const problems = await accept([
    { handle: 1, text: '{"a":1}' },
    { handle: 1, text: '{"a":' },
    { handle: 9, text: '{"a":2}' },
    { handle: 2, text: '{"a":3}' },
  ]);
  expect([...problems].map(([place, { code }]) => [place, code])).toEqual([
    [1, expect.stringMatching(/^PROTOCOL_/)],
    [2, 'TELEMETRY_SESSION_UNKNOWN'],
  ]);
  expect(messages().map(({ message }) => message.data)).toEqual([{ a: 1 }, { a: 3 }]);
});

test('a message that the engine refuses is named by the place of its uplink', async () => {
  const refused = { code: 'X', kind: 'unavailable', message: '', remedy: '', retry: 'later' } as const;
  const { accept } = setUp({ failures: new Map([[2, refused]]) });
  const problems = await accept([
    { handle: 1, text: '[{"a":1},{"a":2}]' },
    { handle: 1, text: '{"a":3}' },
  ]);
  expect([...problems.keys()]).toEqual([1]);
});

test('a redelivered publish gets the time of its first delivery', async () => {
  const { accept, messages } = setUp({ acceptedAt: 77 });
  await accept([
    { handle: 1, text: '{"a":1}', packetId: 4, isRedelivery: true },
    { handle: 1, text: '{"a":2}', packetId: 5 },
    { handle: 1, text: '{"a":3}', isRedelivery: true },
  ]);
  expect(messages().map(({ message }) => message.metadata['ts'])).toEqual(['77', String(arrivedMs), String(arrivedMs)]);
});

test('only QoS 1 publishes without a time of their own are remembered', async () => {
  const { accept, messages } = setUp();
  await accept([
    { handle: 1, text: '{"a":1}', packetId: 4 },
    { handle: 1, text: '{"ts":5,"values":{"a":1}}', packetId: 5 },
    { handle: 1, text: '{"a":1}' },
    { handle: 1, text: '[{"a":1},{"a":2}]', packetId: 6 },
  ]);
  expect(messages().map(({ packet }) => packet?.packetId)).toEqual([4, undefined, undefined, 6, undefined]);
});

test('a session that is described anew applies to its next uplink, one that closed to none', async () => {
  const { accept, messages, sessions } = setUp();
  sessions.open(session(1, { deviceName: 'Renamed' }));
  sessions.close(2);
  const problems = await accept([
    { handle: 1, text: '{"a":1}' },
    { handle: 2, text: '{"a":1}' },
  ]);
  expect(messages()[0]?.message.metadata['deviceName']).toBe('Renamed');
  expect([...problems.keys()]).toEqual([1]);
});

test('each partition gets a batch of its own, in the order of arrival, and problems keep the place of their uplink', async () => {
  const refused = { code: 'X', kind: 'unavailable', message: '', remedy: '', retry: 'later' } as const;
  const { accept, batches } = setUp({ partitions: 3, failures: new Map([[1, refused]]) });
  const problems = await accept([1, 2, 1, 2].map((handle, n) => ({ handle, text: `{"n":${n}}` })));
  expect(batches.map(({ partition, messages }) => [partition, messages.map(({ message }) => message.data)])).toEqual([
    [1, [{ n: 0 }, { n: 2 }]],
    [2, [{ n: 1 }, { n: 3 }]],
  ]);
  expect([...problems.keys()].sort()).toEqual([2, 3]);
});

test('the rule chain of a device outlives its session; beyond the bound all are learnt anew', () => {
  const sessions = new SessionTable();
  sessions.open(session(1, { ruleChainId: 'chain-1' }));
  sessions.close(1);
  expect(sessions.ruleChainOf('device-1')).toBe('chain-1');
  for (let handle = 2; handle < REMEMBERED_CHAINS_MAX + 2; handle += 1) {
    sessions.open(session(handle, { ruleChainId: 'chain-2' }));
    sessions.close(handle);
  }
  expect(sessions.ruleChainOf('device-1')).toBeUndefined();
  expect(sessions.ruleChainOf(`device-${REMEMBERED_CHAINS_MAX + 1}`)).toBe('chain-2');
});
