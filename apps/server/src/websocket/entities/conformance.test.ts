// Goal: the rows of websocket-api.md §15 about entities and counts, each quoted in the name of its test. Method: a real server on a
// real port over memory stores, and the ws client; with a token, and for row 13 with an API key.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunningLive, startLive } from '../live.fixture.js';
import { POINTS_PER_FRAME_MAX } from '../limits.js';
import { allDevices, EntityClient, temperature } from './entity.fixture.js';

let running: RunningLive;
beforeEach(async () => void (running = await startLive()));
afterEach(() => running.close());

const t = 1_700_000_000_000;
const day = 86_400_000;
const absent = { ts: 0, value: '' };

/** An API key of the administrator of the first tenant. */
async function apiKeyOf(token: string): Promise<string> {
  const { id } = (await running.call(token, 'GET', '/api/auth/user')) as { id: object };
  const { value } = await running.call(token, 'POST', '/api/apiKey', { description: 'a dashboard', enabled: true, userId: id, expirationTime: 0 });
  return value as string;
}

const entity = () => ({ entityType: 'DEVICE', id: running.device.id });
const latest = (type: string, key: string, value: object) => [
  { entityId: entity(), latest: { [type]: { [key]: value } }, timeseries: null, aggLatest: null },
];
const series = (...points: readonly (readonly [number, string])[]) => ({ temperature: points.map(([ts, value]) => ({ ts, value })) });

describe.each([
  { name: 'with a token', open: () => EntityClient.open(running, { token: running.tokens.one }) },
  {
    name: 'row 13: everything above also works when authenticated with an API key',
    open: async () => EntityClient.open(running, { apiKey: await apiKeyOf(running.tokens.one) }),
  },
])('$name', ({ open }) => {
  let client: EntityClient;
  beforeEach(async () => void (client = await open()));

  test('row 1: query+historyCmd first time: data with timeseries.temperature = [] when empty; repeated with the same cmdId: update, newest first', async () => {
    const historyCmd = { keys: ['temperature'], startTs: t - day, endTs: t + 1, limit: 100, agg: 'NONE' };
    const first = await client.ask({ query: allDevices(), historyCmd });
    expect(first.update).toBe(null);
    expect(first.data?.data.map(({ entityId, timeseries }) => [entityId, timeseries])).toEqual([[entity(), { temperature: [] }]]);
    await running.save(running.device, ['temperature', t - 2, 42], ['temperature', t, 44], ['temperature', t - 1, 43]);
    const again = await client.ask({ query: allDevices(), historyCmd });
    expect(again.data).toBe(null);
    expect(again.update?.map(({ timeseries }) => timeseries)).toEqual([series([t, '44'], [t - 1, '43'], [t - 2, '42'])]);
  });

  test('row 2: query: data; tsCmd later: update with history newest first; new point: update with one point', async () => {
    await running.save(running.device, ['temperature', t - 1, 43], ['temperature', t, 44]);
    expect((await client.ask({ query: allDevices() })).data?.totalElements).toBe(1);
    const { data, update } = await client.ask({
      tsCmd: { keys: ['temperature'], startTs: t - 10, timeWindow: 20, limit: 100, agg: 'NONE' },
    });
    expect([data, update?.map(({ timeseries }) => timeseries)]).toEqual([null, [series([t, '44'], [t - 1, '43'])]]);
    await running.save(running.device, ['temperature', t + 100, 45]);
    expect((await client.take()).update).toEqual([{ entityId: entity(), latest: null, timeseries: series([t + 100, '45']), aggLatest: null }]);
  });

  test('row 3: query, then a value saved, then latestCmd: it arrives as update; older or identical later saves produce nothing', async () => {
    const first = await client.ask({ query: allDevices() });
    expect(first.data?.data[0]?.latest?.['TIME_SERIES']).toEqual({ temperature: absent });
    await running.save(running.device, ['temperature', t, 42.5]);
    const { data, update } = await client.ask({ latestCmd: { keys: temperature } });
    expect([data, update]).toEqual([null, latest('TIME_SERIES', 'temperature', { ts: t, value: '42.5' })]);
    await running.save(running.device, ['temperature', t - 1, 41]);
    await running.save(running.device, ['temperature', t, 42.5]);
    expect(await client.takeAll()).toEqual([]);
    await running.save(running.device, ['temperature', t, 43]);
    expect((await client.take()).update).toEqual(latest('TIME_SERIES', 'temperature', { ts: t, value: '43' }));
  });

  test('row 4: missing latest value is {"ts":0,"value":""}', async () => {
    const keys = [...temperature, { type: 'ATTRIBUTE', key: 'any' }, { type: 'SERVER_ATTRIBUTE', key: 'server' }];
    const { data } = await client.ask({ query: allDevices({ entityFields: [], latestValues: keys }), latestCmd: { keys } });
    expect(data?.data[0]?.latest).toEqual({ TIME_SERIES: { temperature: absent }, ATTRIBUTE: { any: absent }, SERVER_ATTRIBUTE: { server: absent } });
    await running.saveAttribute('SERVER_SCOPE', 'server', t, 'on');
    expect((await client.take()).update).toEqual(latest('SERVER_ATTRIBUTE', 'server', { ts: t, value: 'on' }));
  });

  test('row 5: deleting telemetry sends {"ts":0,"value":""}', async () => {
    await running.save(running.device, ['temperature', t, 42]);
    await client.ask({ query: allDevices(), latestCmd: { keys: temperature } });
    const token = running.tokens.one;
    await running.call(
      token,
      'DELETE',
      `/api/plugins/telemetry/DEVICE/${running.device.id}/timeseries/delete?keys=temperature&deleteAllDataForKeys=true`,
    );
    expect((await client.take()).update).toEqual(latest('TIME_SERIES', 'temperature', absent));
  });

  test('row 6: each attribute key type gets only its scope; ATTRIBUTE gets any scope', async () => {
    const types = ['ATTRIBUTE', 'CLIENT_ATTRIBUTE', 'SHARED_ATTRIBUTE', 'SERVER_ATTRIBUTE'];
    for (const [cmdId, type] of types.entries()) {
      await client.ask({ cmdId, query: allDevices(), latestCmd: { keys: [{ type, key: 'mode' }] } });
    }
    const got: [string, number | undefined, unknown][] = [];
    for (const [at, scope] of (['CLIENT_SCOPE', 'SHARED_SCOPE', 'SERVER_SCOPE'] as const).entries()) {
      await running.saveAttribute(scope, 'mode', t + at, scope);
      for (const { cmdId, update } of await client.takeAll()) got.push([scope, cmdId, update?.[0]?.latest]);
    }
    const mode = (type: string, ts: number, value: string) => ({ [type]: { mode: { ts, value } } });
    expect(got).toEqual([
      ['CLIENT_SCOPE', 0, mode('ATTRIBUTE', t, 'CLIENT_SCOPE')],
      ['CLIENT_SCOPE', 1, mode('CLIENT_ATTRIBUTE', t, 'CLIENT_SCOPE')],
      ['SHARED_SCOPE', 0, mode('ATTRIBUTE', t + 1, 'SHARED_SCOPE')],
      ['SHARED_SCOPE', 2, mode('SHARED_ATTRIBUTE', t + 1, 'SHARED_SCOPE')],
      ['SERVER_SCOPE', 0, mode('ATTRIBUTE', t + 2, 'SERVER_SCOPE')],
      ['SERVER_SCOPE', 3, mode('SERVER_ATTRIBUTE', t + 2, 'SERVER_SCOPE')],
    ]);
  });

  test('row 8: count commands answer at once with the right number, also with the legacy singular deviceType', async () => {
    await running.addDevice(running.tenants.one, 'Another');
    const filters = [
      { type: 'entityType', entityType: 'DEVICE' },
      { type: 'deviceType', deviceTypes: ['default'], deviceNameFilter: 'Anoth' },
      { type: 'deviceType', deviceType: 'default', deviceNameFilter: '' },
      { type: 'deviceType', deviceType: 'unknown', deviceNameFilter: '' },
    ];
    const counts = [];
    for (const [cmdId, entityFilter] of filters.entries()) {
      client.send('ENTITY_COUNT', { cmdId, query: { entityFilter, keyFilters: [] } });
      counts.push(await client.take());
    }
    const answer = (cmdId: number, count: number) => ({ cmdId, errorCode: 0, errorMsg: null, count, cmdUpdateType: 'COUNT_DATA' });
    expect(counts).toEqual([2, 1, 2, 0].map((count, cmdId) => answer(cmdId, count)));
  });

  test('row 11: oversized result: frame with errorCode 1 and the exception message', async () => {
    const keys = ['a', 'b', 'c', 'd', 'e'];
    const points = Array.from({ length: POINTS_PER_FRAME_MAX / 4 }, (_, n) => n);
    for (const key of keys) await running.save(running.device, ...points.map((n) => [key, t + n, n] as const));
    const historyCmd = { keys, startTs: t, endTs: t + points.length, limit: points.length, agg: 'NONE' };
    const error = {
      cmdId: 1,
      errorCode: 1,
      errorMsg: `The answer has more than ${POINTS_PER_FRAME_MAX} points.`,
      data: null,
      update: null,
      cmdUpdateType: 'ENTITY_DATA',
      allowedEntities: 0,
    };
    expect(await client.ask({ query: allDevices(), historyCmd })).toEqual(error);
    // The page is there all the same, and what can be answered is.
    const { data } = await client.ask({ historyCmd: { ...historyCmd, limit: 1 } });
    expect(data?.data[0]?.timeseries?.['e']).toEqual([{ ts: t + points.length - 1, value: String(points.length - 1) }]);
  });
});
