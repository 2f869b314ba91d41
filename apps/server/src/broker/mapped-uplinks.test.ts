// Goal: mapped messages reach the device gateway in the order in which they came, however long a device takes to be found.
import { problemOf, silentLog } from '@fieldline/kernel';
import type { TenantId, TopicMapping } from '@fieldline/model';
import { topicMappingSchema } from '@fieldline/model';
import type { BatchReceipt, BrokerMessage, DeviceSession } from '@fieldline/ports';
import { deviceErrors, storageErrors } from '@fieldline/ports';
import { readUplinks } from '@fieldline/protocol';
import { expect, test } from 'vitest';
import { systemClock } from '../system-clock.js';
import { MappedUplinks } from './mapped-uplinks.js';

const tenantId = 't' as TenantId;
const mappings = [topicMappingSchema.parse({ topicFilter: '+', device: { from: 'level', level: 1 }, createsDevice: true })];

/** Devices that are found when their turn is opened; uplinks as `handle payload`. */
function started(known: readonly TopicMapping[] | undefined = mappings) {
  const given: string[] = [];
  const created: string[] = [];
  const existing = new Map<string, number>([
    ['a', 1],
    ['b', 2],
  ]);
  const held = new Map<string, Promise<void>>();
  let room = (): void => undefined;
  const devices = {
    isFull: false,
    failure: undefined as Error | undefined,
    async attach(_tenantId: TenantId, name: string) {
      await held.get(name);
      const handle = existing.get(name);
      return handle === undefined ? problemOf(deviceErrors.UNKNOWN()) : ({ handle, deviceId: name } as unknown as DeviceSession);
    },
    async accept(bytes: ArrayBuffer): Promise<BatchReceipt> {
      if (devices.failure !== undefined) throw devices.failure;
      for (const { handle, payload } of readUplinks(bytes)) given.push(`${handle} ${Buffer.from(payload).toString()}`);
      return { problems: new Map() };
    },
    closed: () => undefined,
    onRoom: (listener: () => void) => void (room = listener),
    makeRoom: () => ((devices.isFull = false), room()),
  };
  const changes = {
    ensure: (_node: unknown, { name }: { name: string }) => {
      created.push(name);
      existing.set(name, 10 + existing.size);
      return Promise.resolve({} as never);
    },
  };
  const uplinks = new MappedUplinks({
    devices,
    changes,
    mappings: { known: () => known, of: () => Promise.resolve(mappings) },
    clock: systemClock,
    log: silentLog,
  });
  const give = (topic: string, payload: string): Promise<void> => {
    const message: BrokerMessage = {
      tenantId,
      topic,
      payload: Buffer.from(payload),
      qos: 1,
      isRetained: false,
      packetId: 1,
      isRedelivery: false,
      receivedAtMs: 1,
    };
    return uplinks.accept(message);
  };
  return { given, created, held, devices, give, uplinks };
}

test('a message of a known device does not overtake one whose device is still looked up', async () => {
  const { given, held, give } = started();
  await give('a', '{"n":0}');
  let found = (): void => undefined;
  held.set('b', new Promise((resolve) => (found = resolve)));
  const all = Promise.all([give('b', '{"n":1}'), give('a', '{"n":2}'), give('unmapped/x', '-'), give('a', '{"n":3}')]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(given).toEqual(['1 {"n":0}']);
  found();
  await all;
  expect(given).toEqual(['1 {"n":0}', '2 {"n":1}', '1 {"n":2}', '1 {"n":3}']);
  await give('b', '{"n":4}');
  expect(given.at(-1)).toBe('2 {"n":4}');
});

test('a device that does not exist is created once, for all messages that wait for it', async () => {
  const { given, created, give } = started();
  await Promise.all([give('new', '{"n":1}'), give('new', '{"n":2}')]);
  expect(created).toEqual(['new']);
  expect(given).toEqual(['12 {"n":1}', '12 {"n":2}']);
});

test('while the gateway is full messages wait; a store that fails is a failure, a payload that cannot be read is none', async () => {
  const { given, devices, give } = started();
  await give('a', 'no JSON');
  devices.isFull = true;
  const waiting = give('a', '{"n":1}');
  await new Promise((resolve) => setImmediate(resolve));
  expect(given).toEqual([]);
  devices.makeRoom();
  await waiting;
  expect(given).toEqual(['1 {"n":1}']);
  devices.failure = storageErrors.UNAVAILABLE({ reason: 'test' });
  await expect(give('a', '{"n":2}')).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
});
