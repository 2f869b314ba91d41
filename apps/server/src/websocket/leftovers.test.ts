// Goal: whatever a socket asked for, and however it ends, nothing of it is left: subscriptions, watches in the engine, rights, places
// and timers (websocket-api.md §2). Method: sockets with commands of every kind that come and go, and counts before and after.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SUBSCRIPTIONS_PER_SOCKET_MAX } from './limits.js';
import { LiveClient, type RunningLive, startLive } from './live.fixture.js';

let running: RunningLive;
beforeEach(async () => void (running = await startLive()));
afterEach(() => running.close());

const open = (path = '/api/ws', token = running.tokens.one) => LiveClient.open(running.port, `${path}?token=${token}`);
const counts = () => {
  const { live, feed, publisher, rights, limits, pages, clock } = running;
  return [live.size, feed.size, feed.alarmSize, publisher.size, rights.size, limits.size, pages.size, clock.timers];
};
const until = async (isMet: () => boolean): Promise<void> => {
  while (!isMet()) await new Promise((resolve) => setTimeout(resolve, 5));
};

/** A command of each kind that stays open. */
const commands = () => {
  const target = { entityType: 'DEVICE', entityId: running.device.id };
  const entityFilter = { type: 'entityType', entityType: 'DEVICE' };
  const pageLink = { page: 0, pageSize: 10, dynamic: true, timeWindow: 86_400_000 };
  const temperature = [{ type: 'TIME_SERIES', key: 'temperature' }];
  return [
    { type: 'TIMESERIES', cmdId: 1, ...target },
    { type: 'ATTRIBUTES', cmdId: 2, ...target },
    { type: 'ALARM_DATA', cmdId: 3, query: { entityFilter, pageLink, latestValues: temperature } },
    { type: 'ALARM_COUNT', cmdId: 4, query: { entityFilter } },
    { type: 'ALARM_STATUS', cmdId: 5, originatorId: running.device },
    { type: 'ENTITY_DATA', cmdId: 6, query: { entityFilter, pageLink }, latestCmd: { keys: temperature } },
    { type: 'ENTITY_COUNT', cmdId: 7, query: { entityFilter } },
    { type: 'NOTIFICATIONS', cmdId: 8, limit: 5 },
    { type: 'NOTIFICATIONS_COUNT', cmdId: 9 },
  ];
};

test('sockets that come and go leave nothing behind, however they end', async () => {
  const customer = await running.addCustomer('customer');
  await running.addDevice(running.tenants.one, 'Own', customer.entity.id);
  await running.call(running.tokens.one, 'POST', '/api/alarm', { type: 'Leak', originator: running.device, severity: 'MAJOR' });
  const before = counts();
  for (let round = 0; round < 12; round += 1) {
    const client = await open('/api/ws', round % 4 === 3 ? customer.token : running.tokens.one);
    client.send({ cmds: commands() });
    // Some end while their commands are being done.
    if (round % 3 > 0) await client.until(() => client.frames.length === 9);
    if (round % 2 === 0) client.socket.terminate();
    else await client.close();
  }
  await until(() => running.live.size === 0);
  await until(() => JSON.stringify(counts()) === JSON.stringify(before));
  expect(counts()).toEqual(before);
});

test('sockets with as many subscriptions as they may have leave nothing behind, nor do those that end before they are answered', async () => {
  const ids = await Promise.all(Array.from({ length: 50 }, async (_, n) => (await running.addDevice(running.tenants.one, `Device ${n}`)).id));
  const before = counts();
  const types = ['TIMESERIES', 'ATTRIBUTES'];
  const cmds = Array.from({ length: SUBSCRIPTIONS_PER_SOCKET_MAX }, (_, cmdId) => {
    return { type: types[cmdId % 2], cmdId, entityType: 'DEVICE', entityId: ids[cmdId % ids.length] };
  });
  for (const isAnswered of [true, false, true]) {
    const client = await open();
    for (let at = 0; at < cmds.length; at += 100) client.send({ cmds: cmds.slice(at, at + 100) });
    await client.until(() => client.frames.length >= (isAnswered ? cmds.length : 1));
    expect(running.feed.size).toBeGreaterThan(0);
    client.socket.terminate();
    await until(() => running.live.size === 0);
    await until(() => JSON.stringify(counts()) === JSON.stringify(before));
  }
  expect(counts()).toEqual(before);
});

test('commands that are ended one by one leave nothing behind but the socket', async () => {
  const client = await open();
  await client.takeAll();
  const before = counts();
  client.send({ cmds: commands() });
  await client.until(() => client.frames.length === 9);
  client.frames.length = 0;
  expect(counts()).not.toEqual(before);
  const target = { entityType: 'DEVICE', entityId: running.device.id, unsubscribe: true };
  client.send({
    cmds: [
      { type: 'TIMESERIES', cmdId: 1, ...target },
      { type: 'ATTRIBUTES', cmdId: 2, ...target },
      ...[3, 4, 5, 6, 7, 8, 9].map((cmdId) => ({ type: 'ENTITY_DATA_UNSUBSCRIBE', cmdId })),
    ],
  });
  expect(await client.takeAll()).toEqual([]);
  expect(counts()).toEqual(before);
});
