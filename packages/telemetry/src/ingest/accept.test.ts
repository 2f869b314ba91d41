import { epochMs, type Clock } from '@fieldline/kernel';
import type { DeviceId, TenantId } from '@fieldline/model';
import type { BatchFailures, MessageBatch, MessageQueue } from '@fieldline/ports';
import { UplinkBatch, UplinkKind } from '@fieldline/protocol';
import { expect, test } from 'vitest';
import { UplinkIntake } from './accept.js';
import { uplinkDecoder } from './decode.js';
import { SessionTable, type SessionDescriptor } from './session-table.js';

const arrivedMs = 1_700_000_000_000;
const clock: Clock = { nowMs: () => epochMs(arrivedMs), monotonicMs: () => 0, after: () => () => undefined };
const session = (handle: number, more: Partial<SessionDescriptor> = {}): SessionDescriptor => ({
  handle,
  tenantId: 'tenant' as TenantId,
  deviceId: `device-${handle}` as DeviceId,
  customerId: undefined,
  deviceName: `Device ${handle}`,
  deviceType: 'thermostat',
  ruleChainId: undefined,
  queueName: undefined,
  kaaAutoExtraction: false,
  ...more,
});

function setUp(options: { acceptedAt?: number; failures?: BatchFailures } = {}) {
  const batches: MessageBatch[] = [];
  const queue: MessageQueue = {
    enqueue: (batch) => {
      batches.push(batch);
      return Promise.resolve(options.failures ?? new Map());
    },
    consume: () => undefined,
    depth: () => 0,
    close: () => Promise.resolve(),
  };
  const sessions = new SessionTable();
  sessions.open(session(1));
  sessions.open(session(2, { ruleChainId: 'chain-2' }));
  const intake = new UplinkIntake({
    sessions,
    queue,
    store: { acceptedAt: () => options.acceptedAt },
    decoder: uplinkDecoder({ futureMaxMs: 86_400_000, decodeSample: () => ({ readings: [] }) }),
    clock,
    ids: { next: () => 'id' },
    partitions: 1,
    partitionOf: () => 0,
  });
  const accept = (uplinks: readonly { handle: number; text: string; packetId?: number; isRedelivery?: boolean; kind?: UplinkKind }[]) => {
    const batch = new UplinkBatch();
    for (const { handle, text, packetId = 0, isRedelivery = false, kind = UplinkKind.telemetry } of uplinks) {
      batch.add({ handle, kind, packetId, isRedelivery, receivedAtMs: arrivedMs, topic: '' }, Buffer.from(text));
    }
    return intake.accept(batch.take().uplinks);
  };
  const messages = () => batches.flatMap((batch) => batch.messages);
  return { accept, messages, sessions };
}

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
