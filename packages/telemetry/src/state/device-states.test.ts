// Goal: device-api.md §12, row by row. Method: memory stores, a clock that the test turns, messages that are kept.
import { TestClock } from '@fieldline/contract-tests';
import { silentLog } from '@fieldline/kernel';
import type { ActionMessage, Device, DeviceId, TenantId } from '@fieldline/model';
import { ValueKind } from '@fieldline/model';
import { memoryDataStore, memoryEntityStore } from '@fieldline/storage-memory';
import { beforeEach, describe, expect, test } from 'vitest';
import { ACTIVITY_REPORT_MS } from '../limits.js';
import { DeviceStates } from './device-states.js';

const tenantId = 't' as TenantId;
const deviceId = 'd' as DeviceId;
const session = { tenantId, deviceId };
const entity = { entityType: 'DEVICE', id: deviceId } as const;
const TIMEOUT_MS = 600_000;
const CHECK_MS = 60_000;
const meter: Device = {
  id: deviceId,
  tenantId,
  createdAtMs: 0,
  version: 1,
  name: 'Meter',
  label: 'The meter',
  deviceProfileId: 'p',
  type: 'default',
};

async function setUp() {
  const entities = memoryEntityStore();
  await entities.write([{ change: 'insert', kind: 'device', entity: meter }]);
  const store = memoryDataStore({ entities });
  const clock = new TestClock();
  const told: ActionMessage[] = [];
  const messages = { send: async (sent: readonly ActionMessage[]) => void told.push(...sent) };
  const make = (): DeviceStates => {
    const states = new DeviceStates({ store, entities, messages, clock, log: silentLog, inactivityTimeoutMs: TIMEOUT_MS, checkEveryMs: CHECK_MS });
    store.onCommitted((changes) => states.committed(changes));
    return states;
  };
  const states = make();
  await states.start();
  return { entities, store, clock, told, states, make };
}

let world: Awaited<ReturnType<typeof setUp>>;
beforeEach(async () => void (world = await setUp()));

/** Lets what waits be written: the work takes turns of promises and no time, and all of them come before the next turn of the loop. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
const passTime = async (ms: number) => {
  for (let left = ms; left > 0; left -= 1_000) {
    world.clock.advanceMs(Math.min(left, 1_000));
    if (left % 60_000 < 1_000) await settled();
  }
  await settled();
};
const attributes = async () => {
  const stored = await world.store.attributes(tenantId, entity, 'SERVER_SCOPE');
  return Object.fromEntries(stored.map(({ key, value }) => [key, value]));
};
const types = () => world.told.map(({ type }) => type);

test('a connection is noted, told, and counts as activity', async () => {
  const atMs = world.clock.nowMs();
  world.states.connected(session);
  await settled();
  expect(await attributes()).toEqual({ lastConnectTime: atMs });
  expect(world.told).toEqual([
    {
      tenantId,
      type: 'CONNECT_EVENT',
      originator: entity,
      customerId: undefined,
      metadata: { deviceName: 'Meter', deviceLabel: 'The meter', deviceType: 'default', scope: 'SERVER_SCOPE' },
      data: { lastConnectTime: atMs, lastActivityTime: 0, lastDisconnectTime: 0, lastInactivityAlarmTime: 0, inactivityTimeout: TIMEOUT_MS },
    },
  ]);
  await passTime(ACTIVITY_REPORT_MS);
  expect(await attributes()).toMatchObject({ active: true, lastActivityTime: atMs });
  expect(types()).toEqual(['CONNECT_EVENT', 'ACTIVITY_EVENT']);
  expect(world.told[1]?.data).toMatchObject({ active: true, lastActivityTime: atMs });
});

test('a disconnection is noted and told; the device stays active until it is silent', async () => {
  world.states.connected(session);
  await passTime(ACTIVITY_REPORT_MS);
  const atMs = world.clock.nowMs();
  world.states.disconnected(session);
  await settled();
  expect(await attributes()).toMatchObject({ lastDisconnectTime: atMs, active: true });
  expect(types()).toEqual(['CONNECT_EVENT', 'ACTIVITY_EVENT', 'DISCONNECT_EVENT']);
});

test('activity is reported at most every three seconds, with the latest time', async () => {
  for (let i = 0; i < 10; i += 1) world.states.touch(session, world.clock.nowMs() + i);
  expect(await attributes()).toEqual({});
  const atMs = world.clock.nowMs() + 9;
  await passTime(ACTIVITY_REPORT_MS);
  expect(await attributes()).toEqual({ active: true, lastActivityTime: atMs });
  expect(types()).toEqual(['ACTIVITY_EVENT']);
});

describe('a device that falls silent', () => {
  test('becomes inactive once, and active again when it comes back', async () => {
    world.states.touch(session, world.clock.nowMs());
    await passTime(TIMEOUT_MS + CHECK_MS + ACTIVITY_REPORT_MS);
    const stored = await attributes();
    expect(stored).toMatchObject({ active: false });
    expect(world.told.at(-1)).toMatchObject({
      type: 'INACTIVITY_EVENT',
      data: { active: false, lastInactivityAlarmTime: stored['inactivityAlarmTime'] },
    });
    await passTime(TIMEOUT_MS);
    expect(types()).toEqual(['ACTIVITY_EVENT', 'INACTIVITY_EVENT']);
    world.states.touch(session, world.clock.nowMs());
    await passTime(ACTIVITY_REPORT_MS);
    expect([types().at(-1), (await attributes())['active']]).toEqual(['ACTIVITY_EVENT', true]);
  });

  test.each([
    ['the attribute inactivityTimeout', 120_000, 'INACTIVITY_EVENT'],
    ['the default where that is no positive number', -5, 'ACTIVITY_EVENT'],
  ])('does so after %s', async (_, timeoutMs, last) => {
    world.states.touch(session, world.clock.nowMs());
    await passTime(ACTIVITY_REPORT_MS);
    const unit = world.store.begin();
    unit.attribute({ tenantId, entity, scope: 'SERVER_SCOPE', key: 'inactivityTimeout', kind: ValueKind.long, value: timeoutMs, lastUpdateMs: 1 });
    await world.store.commit(unit);
    await passTime(120_000 + CHECK_MS);
    expect(types().at(-1)).toBe(last);
  });

  test('while the server was away is found after the start', async () => {
    world.states.touch(session, world.clock.nowMs());
    await passTime(ACTIVITY_REPORT_MS);
    await world.states.stop();
    world.clock.advanceMs(TIMEOUT_MS * 2);
    const later = world.make();
    await later.start();
    world.clock.advanceMs(CHECK_MS);
    await settled();
    expect(types()).toEqual(['ACTIVITY_EVENT', 'INACTIVITY_EVENT']);
  });
});

test('nothing is written or told about a device that was deleted', async () => {
  await world.entities.write([{ change: 'remove', kind: 'device', tenantId, id: deviceId }]);
  world.states.connected(session);
  world.states.disconnected(session);
  await passTime(ACTIVITY_REPORT_MS);
  expect([await attributes(), types()]).toEqual([{}, []]);
});

test('what is known is written when the server stops', async () => {
  world.states.touch(session, world.clock.nowMs());
  await world.states.stop();
  expect(await attributes()).toMatchObject({ active: true });
});

test('a write that fails is tried again with the next report', async () => {
  const { store } = world;
  const commit = store.commit.bind(store);
  store.commit = () => Promise.reject(new Error('disk full'));
  world.states.touch(session, world.clock.nowMs());
  await passTime(ACTIVITY_REPORT_MS);
  expect(types()).toEqual([]);
  store.commit = commit;
  world.states.touch(session, world.clock.nowMs());
  await passTime(ACTIVITY_REPORT_MS);
  expect([types(), (await attributes())['active']]).toEqual([['ACTIVITY_EVENT'], true]);
});

test('silence that could not be written is found again by the next look', async () => {
  const { store } = world;
  world.states.touch(session, world.clock.nowMs());
  await passTime(ACTIVITY_REPORT_MS);
  const commit = store.commit.bind(store);
  store.commit = () => Promise.reject(new Error('disk full'));
  await passTime(TIMEOUT_MS + CHECK_MS);
  expect([types(), (await attributes())['active']]).toEqual([['ACTIVITY_EVENT'], true]);
  store.commit = commit;
  await passTime(CHECK_MS);
  expect([types(), (await attributes())['active']]).toEqual([['ACTIVITY_EVENT', 'INACTIVITY_EVENT'], false]);
});

describe('what rule nodes report', () => {
  const report = async (event: Parameters<DeviceStates['report']>[1], atMs: number) => {
    world.states.report(session, event, atMs);
    await settled();
  };

  test.each([
    { event: 'CONNECT_EVENT', changed: { lastConnectTime: 5_000 } },
    { event: 'DISCONNECT_EVENT', changed: { lastDisconnectTime: 5_000 } },
    { event: 'ACTIVITY_EVENT', changed: { lastActivityTime: 5_000, active: true } },
    { event: 'INACTIVITY_EVENT', changed: { inactivityAlarmTime: 5_000, active: false } },
  ] as const)('$event is noted with its time and told, and older ones change nothing', async ({ event, changed }) => {
    await report(event, 5_000);
    expect(await attributes()).toEqual(changed);
    for (const atMs of [5_000, 4_000]) await report(event, atMs);
    expect([await attributes(), types()]).toEqual([changed, [event]]);
  });

  test('inactivity counts where it is newer than what the device did, told or not', async () => {
    const nowMs = world.clock.nowMs();
    world.states.touch(session, nowMs);
    await report('INACTIVITY_EVENT', nowMs - 1);
    expect([await attributes(), types()]).toEqual([{ active: true, lastActivityTime: nowMs }, ['ACTIVITY_EVENT']]);
    await report('INACTIVITY_EVENT', nowMs + 1);
    await passTime(ACTIVITY_REPORT_MS);
    expect([(await attributes())['active'], types()]).toEqual([false, ['ACTIVITY_EVENT', 'INACTIVITY_EVENT']]);
  });
});
