// Goal: the worked examples of websocket-api.md §14 that are about one entity, notifications and errors, as they stand there; rows 7,
// 12 and 13 of §15. Method: a real server on a real port over memory stores, and the ws client.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LiveClient, type RunningLive, startLive } from './live.fixture.js';

let running: RunningLive;
let client: LiveClient;
beforeEach(async () => {
  running = await startLive();
  client = await LiveClient.open(running.port, '/api/ws');
});
afterEach(() => running.close());

const t = 1_700_000_000_000;
const v1 = (subscriptionId: number, data: Record<string, [number, string][]>) => ({
  subscriptionId,
  errorCode: 0,
  errorMsg: null,
  data,
  latestValues: Object.fromEntries(Object.entries(data).map(([key, pairs]) => [key, pairs.at(-1)?.[0] ?? 0])),
});
const signIn = (cmds: readonly unknown[] = []) => client.send({ authCmd: { cmdId: 0, token: running.tokens.one }, cmds });

test('the smallest page: authCmd with a TIMESERIES command shows latest values, then each update', async () => {
  await running.save(running.device, ['temperature', t, 22.5]);
  signIn([{ type: 'TIMESERIES', cmdId: 1, entityType: 'DEVICE', entityId: running.device.id, scope: 'LATEST_TELEMETRY' }]);
  expect(await client.take()).toEqual(v1(1, { temperature: [[t, '22.5']] }));
  for (const n of [1, 2, 3]) await running.save(running.device, ['temperature', t + n, 22.5 + n]);
  for (const n of [1, 2, 3]) expect(await client.take()).toEqual(v1(1, { temperature: [[t + n, `${22.5 + n}`]] }));
});

describe('row 7: LATEST_TELEMETRY', () => {
  test('ignores older points, and tells one of the same time', async () => {
    await running.save(running.device, ['temperature', t, 42]);
    signIn([{ type: 'TIMESERIES', cmdId: 1, entityType: 'DEVICE', entityId: running.device.id, scope: 'LATEST_TELEMETRY' }]);
    await client.take();
    await running.save(running.device, ['temperature', t - 1, 41]);
    await running.save(running.device, ['temperature', t, 43]);
    expect(await client.takeAll()).toEqual([v1(1, { temperature: [[t, '43']] })]);
  });
});

test('row 12: a system administrator watches the server attributes of a tenant', async () => {
  client = await LiveClient.open(running.port, `/api/ws?token=${running.tokens.system}`);
  const tenant = { entityType: 'TENANT', entityId: running.tenants.one };
  client.send({ cmds: [{ type: 'ATTRIBUTES', cmdId: 1, ...tenant, scope: 'SERVER_SCOPE', keys: 'plan' }] });
  expect(await client.take()).toEqual(v1(1, {}));
  await running.call(running.tokens.system, 'POST', `/api/plugins/telemetry/TENANT/${running.tenants.one}/SERVER_SCOPE`, { plan: 'gold' });
  expect(await client.take()).toEqual(v1(1, { plan: [[running.clock.nowMs(), 'gold']] }));
});

test('row 13: all of it works with an API key', async () => {
  const { id } = (await running.call(running.tokens.one, 'GET', '/api/auth/user')) as { id: unknown };
  const body = { description: 'live', userId: id, enabled: true, expirationTime: 0 };
  const { value } = (await running.call(running.tokens.one, 'POST', '/api/apiKey', body)) as { value: string };
  await running.save(running.device, ['temperature', t, 22.5]);
  const target = { entityType: 'DEVICE', entityId: running.device.id, keys: 'temperature' };
  client.send({
    authCmd: { cmdId: 0, apiKey: value, token: 'the key wins' },
    cmds: [
      { type: 'TIMESERIES', cmdId: 1, ...target },
      { type: 'TIMESERIES_HISTORY', cmdId: 2, ...target, startTs: 0, endTs: t + 1 },
      { type: 'ALARM_STATUS', cmdId: 3, originatorId: running.device },
      { type: 'ALARM_COUNT', cmdId: 4, query: {} },
    ],
  });
  await client.until(() => client.frames.length === 4);
  const frames = client.frames as unknown as { cmdId?: number; subscriptionId?: number; errorCode: number }[];
  expect(frames.map(({ cmdId, subscriptionId, errorCode }) => [cmdId ?? subscriptionId, errorCode]).sort()).toEqual([1, 2, 3, 4].map((n) => [n, 0]));
});

test('14.7: the legacy endpoint', async () => {
  const legacy = await LiveClient.open(running.port, `/api/ws/plugins/telemetry?token=${running.tokens.one}`);
  const target = { entityType: 'DEVICE', entityId: running.device.id };
  await running.save(running.device, ['temperature', t, 22.5]);
  await running.saveAttribute('SERVER_SCOPE', 'active', t - 1_000, 'true');
  legacy.send({ tsSubCmds: [{ ...target, scope: 'LATEST_TELEMETRY', cmdId: 10 }], historyCmds: [], attrSubCmds: [] });
  expect(await legacy.take()).toEqual(v1(10, { temperature: [[t, '22.5']] }));
  await running.save(running.device, ['temperature', t + 60_000, 23], ['humidity', t + 60_000, 40]);
  expect(await legacy.take()).toEqual(v1(10, { humidity: [[t + 60_000, '40']], temperature: [[t + 60_000, '23']] }));
  const window = { startTs: t, timeWindow: 120_000, interval: 0, limit: 2, agg: 'NONE' };
  legacy.send({ tsSubCmds: [{ ...target, keys: 'temperature,missing', ...window, cmdId: 11 }] });
  const both = v1(11, {
    temperature: [
      [t + 60_000, '23'],
      [t, '22.5'],
    ],
  });
  expect(await legacy.take()).toEqual(both);
  legacy.send({ attrSubCmds: [{ ...target, scope: 'SERVER_SCOPE', keys: 'active', cmdId: 12 }] });
  expect(await legacy.take()).toEqual(v1(12, { active: [[t - 1_000, 'true']] }));
  const range = { startTs: t, endTs: t + 120_000, interval: 60_000, limit: 100, agg: 'AVG' };
  legacy.send({ historyCmds: [{ ...target, keys: 'temperature', ...range, cmdId: 13 }] });
  const averages = v1(13, {
    temperature: [
      [t + 30_000, '22.5'],
      [t + 90_000, '23.0'],
    ],
  });
  expect(await legacy.take()).toEqual(averages);
  legacy.send({ tsSubCmds: [{ ...target, cmdId: 10, unsubscribe: true }] });
  legacy.send({ historyCmds: [{ ...target, keys: '', startTs: 0, endTs: 1, cmdId: 14 }] });
  expect(await legacy.take()).toEqual({ subscriptionId: 14, errorCode: 2, errorMsg: 'Keys are empty!', data: null, latestValues: {} });
});

describe('14.8: notifications', () => {
  const none = { cmdId: 20, errorCode: 0, errorMsg: null, notifications: [], update: null, totalUnreadCount: 0, sequenceNumber: 1 };
  const noCount = { cmdId: 21, errorCode: 0, errorMsg: null, totalUnreadCount: 0, sequenceNumber: 1, cmdUpdateType: 'NOTIFICATIONS_COUNT' };

  test('of somebody who has none', async () => {
    signIn([
      { type: 'NOTIFICATIONS', cmdId: 20, limit: 6 },
      { type: 'NOTIFICATIONS_COUNT', cmdId: 21 },
      { type: 'MARK_ALL_NOTIFICATIONS_AS_READ', cmdId: 22 },
    ]);
    expect([await client.take(), await client.take()]).toEqual([{ ...none, cmdUpdateType: 'NOTIFICATIONS' }, noCount]);
    client.send({ cmds: [{ type: 'NOTIFICATIONS_UNSUBSCRIBE', cmdId: 20 }] });
    expect(await client.takeAll()).toEqual([]);
  });

  test('over the endpoint of their own, which takes one command of each kind', async () => {
    client = await LiveClient.open(running.port, `/api/ws/plugins/notifications?token=${running.tokens.one}`);
    client.send({ unreadSubCmd: { cmdId: 20, limit: 6 }, unreadCountSubCmd: { cmdId: 21 }, markAsReadCmd: { cmdId: 22, notifications: [] } });
    expect([await client.take(), await client.take()]).toEqual([noCount, { ...none, cmdUpdateType: 'NOTIFICATIONS' }]);
    client.send({ unreadSubCmd: [] });
    expect(await client.take()).toMatchObject({ subscriptionId: 1, errorMsg: 'Failed to parse the payload' });
  });
});

describe('14.9: errors', () => {
  test('of the envelope and of commands', async () => {
    signIn();
    client.send({ cmds: [{ type: 'ENTITY_DATA', cmdId: -1, query: {} }] });
    expect(await client.take()).toEqual({ subscriptionId: -1, errorCode: 2, errorMsg: 'Cmd id is negative value!', data: null, latestValues: {} });
    client.send('not json');
    expect(await client.take()).toEqual({ subscriptionId: 1, errorCode: 2, errorMsg: 'Failed to parse the payload', data: null, latestValues: {} });
  });

  test('unsubscribing without an entity ends all there is, and whatever comes later', async () => {
    signIn([{ type: 'TIMESERIES', cmdId: 1, entityType: 'DEVICE', entityId: running.device.id }]);
    await client.take();
    client.send({ cmds: [{ type: 'TIMESERIES', cmdId: 1, entityType: 'DEVICE', entityId: '', unsubscribe: true }] });
    client.send({ cmds: [{ type: 'ATTRIBUTES', cmdId: 2, entityType: 'DEVICE', entityId: running.device.id }] });
    expect(await client.take()).toEqual({ subscriptionId: 2, errorCode: 1, errorMsg: 'Session meta-data not found!', data: null, latestValues: {} });
    expect([running.feed.size, running.rights.size]).toEqual([0, 1]);
  });
});

test('14.10: version 1 in the new envelope', async () => {
  await running.save(running.device, ['temperature', t, 22.5]);
  const target = { entityType: 'DEVICE', entityId: running.device.id };
  signIn([{ type: 'ATTRIBUTES', cmdId: 30, ...target, scope: 'SHARED_SCOPE', keys: 'targetTemp' }]);
  expect(await client.take()).toEqual(v1(30, {}));
  client.send({ cmds: [{ type: 'TIMESERIES', cmdId: 31, ...target, keys: 'temperature', scope: 'LATEST_TELEMETRY' }] });
  expect(await client.take()).toEqual(v1(31, { temperature: [[t, '22.5']] }));
  const history = { startTs: t, endTs: t + 3_600_000, limit: 10, agg: 'NONE' };
  client.send({ cmds: [{ type: 'TIMESERIES_HISTORY', cmdId: 32, ...target, keys: 'temperature', ...history }] });
  expect(await client.take()).toEqual(v1(32, { temperature: [[t, '22.5']] }));
  const path = `/api/plugins/telemetry/DEVICE/${running.device.id}`;
  await running.call(running.tokens.one, 'POST', `${path}/attributes/SHARED_SCOPE`, { targetTemp: 21 });
  expect(await client.take()).toEqual(v1(30, { targetTemp: [[running.clock.nowMs(), '21']] }));
  await running.call(running.tokens.one, 'DELETE', `${path}/SHARED_SCOPE?keys=targetTemp`);
  expect(await client.take()).toEqual(v1(30, { targetTemp: [[0, '']] }));
  client.send({ cmds: [{ type: 'ATTRIBUTES', cmdId: 30, ...target, unsubscribe: true }] });
  await running.call(running.tokens.one, 'POST', `${path}/attributes/SHARED_SCOPE`, { targetTemp: 22 });
  expect(await client.takeAll()).toEqual([]);
});
