// Goal: the rows of websocket-api.md §15 about one entity, alarms, and the socket itself, each quoted in the name of its test. Method: a
// real server with its threads and its database, and sockets that come in by a token, by an API key, and on the older address.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LiveClient, LiveCommand } from './live-client.js';
import { type LiveDevice, LiveWorld, type Way, ways } from './live-world.js';

let world: LiveWorld;
let client: LiveClient;
let device: LiveDevice;
beforeAll(async () => void (world = await LiveWorld.start('live-rows')));
afterAll(() => world.stop());

const t = 1_700_000_000_000;
const v1 = (subscriptionId: number, key: string, ...pairs: readonly (readonly [number, string])[]) => ({
  subscriptionId,
  errorCode: 0,
  errorMsg: null,
  data: pairs.length === 0 ? {} : { [key]: pairs },
  latestValues: pairs.length === 0 ? {} : { [key]: pairs.at(-1)?.[0] },
});

interface Alarm {
  readonly id: { readonly id: string };
}
const raise = (more: Record<string, unknown> = {}) =>
  world.admin.request<Alarm>('POST', '/api/alarm', { type: 'Leak', originator: device.entity, severity: 'CRITICAL', ...more });
const clear = ({ id }: Alarm) => world.admin.request('POST', `/api/alarm/${id.id}/clear`);

/** Each test has a device and a socket of its own. */
function comeIn(way: Way): void {
  beforeEach(async () => {
    device = await world.addDevice();
    client = await world.open(way);
  });
  afterEach(() => client.close());
}

describe.each(ways)('$name', ({ way }) => {
  comeIn(way);

  test('row 7: LATEST_TELEMETRY time-series subscription ignores older points', async () => {
    await device.publish([t, { temperature: 42 }]);
    const command = { type: 'TIMESERIES', cmdId: 1, ...device.target, keys: 'temperature', scope: 'LATEST_TELEMETRY' };
    expect(await client.ask(command)).toEqual(v1(1, 'temperature', [t, '42']));
    await device.publish([t - 1, { temperature: 41 }]);
    await device.publish([t, { temperature: 43 }]);
    await device.publish([t + 1, { temperature: 44 }]);
    expect(await device.toldSoFar(client)).toEqual([v1(1, 'temperature', [t, '43']), v1(1, 'temperature', [t + 1, '44'])]);
  });

  test('row 9: alarm count with an entity filter reacts to a new alarm; unmatched filter: 0', async () => {
    const count = (cmdId: number, found: number) => ({ cmdId, errorCode: 0, errorMsg: null, count: found, cmdUpdateType: 'ALARM_COUNT_DATA' });
    const ofType = { type: 'deviceType', deviceTypes: ['default'], deviceNameFilter: device.name };
    const filters = [ofType, { type: 'singleEntity', singleEntity: device.entity }, { ...ofType, deviceTypes: ['unknown'] }];
    for (const [cmdId, entityFilter] of filters.entries()) {
      expect(await client.ask({ type: 'ALARM_COUNT', cmdId, query: { entityFilter, statusList: ['ACTIVE'] } })).toEqual(count(cmdId, 0));
    }
    const changed = async (found: number): Promise<void> => {
      const told = [await client.take(), await client.take()].sort((a, b) => Number(a.cmdId) - Number(b.cmdId));
      expect(told).toEqual([count(0, found), count(1, found)]);
    };
    const alarm = await raise();
    await changed(1);
    await clear(alarm);
    await changed(0);
    expect(await device.toldSoFar(client)).toEqual([]);
  });

  test('row 11: oversized result: frame with errorCode 1 and the exception message', async () => {
    const keys = ['a', 'b', 'c', 'd', 'e'];
    const entry = Object.fromEntries(keys.map((key) => [key, 1]));
    const body = Array.from({ length: 40_001 }, (_, n) => ({ ts: t + n, values: entry }));
    await world.admin.request('POST', `/api/plugins/telemetry/DEVICE/${device.entity.id}/timeseries/ANY`, body);
    const [errorMsg, span] = ['The answer has more than 200000 points.', { startTs: t, endTs: t + 50_000, limit: 50_000 }];
    const older = { subscriptionId: 1, errorCode: 1, errorMsg, data: null, latestValues: {} };
    const ofKeys = { ...device.target, ...span, keys: keys.join(',') };
    expect(await client.ask({ type: 'TIMESERIES_HISTORY', cmdId: 1, ...ofKeys })).toEqual(older);
    expect(await client.ask({ type: 'TIMESERIES', cmdId: 1, ...ofKeys, timeWindow: 50_000 })).toEqual(older);
    const query = { entityFilter: { type: 'singleEntity', singleEntity: device.entity }, pageLink: { page: 0, pageSize: 1 } };
    const newer = { cmdId: 2, errorCode: 1, errorMsg, data: null, update: null, cmdUpdateType: 'ENTITY_DATA', allowedEntities: 0 };
    expect(await client.ask({ type: 'ENTITY_DATA', cmdId: 2, query, historyCmd: { ...span, keys } })).toEqual(newer);
    // What is not too much is answered.
    const { data } = await client.ask({ type: 'TIMESERIES_HISTORY', cmdId: 3, ...ofKeys, keys: 'a', limit: 1 });
    expect(data).toEqual({ a: [[t + 40_000, '1']] });
  });

  test('row 12: system administrator can subscribe to a tenant’s server attributes', async () => {
    const { tenantId } = await world.admin.request<{ tenantId: { id: string } }>('GET', '/api/auth/user');
    const system = await world.open(way, world.system);
    const command: LiveCommand = { type: 'ATTRIBUTES', cmdId: 1, entityType: 'TENANT', entityId: tenantId.id, scope: 'SERVER_SCOPE', keys: 'plan' };
    const path = `/api/plugins/telemetry/TENANT/${tenantId.id}/SERVER_SCOPE`;
    expect(await system.ask(command)).toEqual(v1(1, 'plan'));
    await world.system.request('POST', path, { plan: 'gold' });
    expect(await system.take()).toEqual(v1(1, 'plan', [expect.any(Number) as number, 'gold']));
    await world.system.request('DELETE', `${path}?keys=plan`);
    expect(await system.take()).toEqual(v1(1, 'plan', [0, '']));
    system.close();
  });
});

// The older envelope has no such command.
describe.each(ways.filter(({ way }) => way !== 'older'))('$name', ({ way }) => {
  comeIn(way);

  test('row 10: alarm status flips on create, clear and severity change; ignores propagated alarms; survives partial clearing', async () => {
    const status = (active: boolean) => ({ cmdId: 40, errorCode: 0, errorMsg: null, active, cmdUpdateType: 'ALARM_STATUS' });
    const child = await world.addDevice();
    await world.admin.request('POST', '/api/relation', { from: device.entity, to: child.entity, type: 'Contains', typeGroup: 'COMMON' });
    const command = { type: 'ALARM_STATUS', cmdId: 40, originatorId: device.entity, severityList: ['CRITICAL', 'MAJOR'] };
    expect(await client.ask(command)).toEqual(status(false));
    await raise({ originator: child.entity, propagate: true });
    expect(await device.toldSoFar(client)).toEqual([]);
    const alarm = await raise();
    expect(await client.take()).toEqual(status(true));
    await raise({ id: alarm.id, severity: 'WARNING' });
    expect(await client.take()).toEqual(status(false));
    const alarms = await Promise.all(Array.from({ length: 12 }, (_, n) => raise({ type: `Leak ${n}`, severity: 'MAJOR' })));
    expect(await client.take()).toEqual(status(true));
    for (const each of alarms.slice(1)) await clear(each);
    expect(await device.toldSoFar(client)).toEqual([]);
    await clear(alarms[0] as Alarm);
    expect(await client.take()).toEqual(status(false));
  });
});

test('row 14: outgoing frames of a session keep their order while the session is busy sending; queue overflow closes the session', async () => {
  device = await world.addDevice();
  const [slow, frozen, quick] = [await world.open('token'), await world.open('token'), await world.open('token')];
  const clients = [slow, frozen, quick];
  for (const each of clients) await each.ask({ type: 'TIMESERIES', cmdId: 1, ...device.target, keys: 'text' });
  const path = `/api/plugins/telemetry/DEVICE/${device.entity.id}/timeseries/ANY`;
  const long = 'x'.repeat(200_000);
  const publish = (n: number) => world.admin.request('POST', path, { ts: t + n, values: { text: `${n} ${long}` } });
  const told = ({ frames }: LiveClient): number[] => frames.map(({ data }) => Number.parseInt((data as { text: string[][] }).text[0]?.[1] ?? '', 10));
  const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
  slow.freeze();
  frozen.freeze();
  // More than the network holds, and less than may wait.
  for (const n of upTo(80)) await publish(n);
  slow.thaw();
  await slow.until(() => slow.frames.length === 80);
  expect(told(slow)).toEqual(upTo(80));
  for (const n of upTo(80)) await publish(80 + n);
  // Nobody waits for the one that is frozen.
  await quick.until(() => quick.frames.length === 160);
  expect(told(quick)).toEqual(upTo(160));
  frozen.thaw();
  expect(await frozen.closed).toEqual([1008, 'Max pending updates limit reached!']);
  expect(told(frozen)).toEqual(upTo(frozen.frames.length));
  for (const each of clients) each.close();
});
