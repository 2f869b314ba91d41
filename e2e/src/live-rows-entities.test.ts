// Goal: the rows of websocket-api.md §15 about many entities, each quoted in the name of its test. Method: a real server with its threads
// and its database, devices that publish over HTTP, and sockets that come in by a token, by an API key, and on the older address.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LiveClient } from './live-client.js';
import { type LiveDevice, LiveWorld, ways } from './live-world.js';

let world: LiveWorld;
let client: LiveClient;
let device: LiveDevice;
beforeAll(async () => void (world = await LiveWorld.start('live-rows-entities')));
afterAll(() => world.stop());

const t = 1_700_000_000_000;
const absent = { ts: 0, value: '' };
const head = { cmdId: 1, errorCode: 0, errorMsg: null };
const foot = { cmdUpdateType: 'ENTITY_DATA', allowedEntities: 10_000 };
const temperature = [{ type: 'TIME_SERIES', key: 'temperature' }];
const all = { keys: ['temperature'], limit: 100, agg: 'NONE' };

const query = (latestValues: readonly object[] = temperature) => ({
  entityFilter: { type: 'deviceType', deviceTypes: ['default'], deviceNameFilter: device.name },
  pageLink: { page: 0, pageSize: 10, sortOrder: { key: { type: 'ENTITY_FIELD', key: 'createdTime' }, direction: 'ASC' } },
  entityFields: [],
  latestValues,
  keyFilters: [],
});
const ask = (parts: Record<string, unknown>) => client.ask({ type: 'ENTITY_DATA', cmdId: 1, ...parts });

const values = (value: object) => ({ TIME_SERIES: { temperature: value } });
const points = (...list: readonly (readonly [number, string])[]) => ({ temperature: list.map(([ts, value]) => ({ ts, value })) });
const entity = (latest: object | null, timeseries: object | null) => ({ entityId: device.entity, latest, timeseries, aggLatest: null });
/** With all that is known of it. */
const whole = (latest: object, timeseries: object = {}) => ({ ...entity(latest, timeseries), aggLatest: {} });
const page = (only: object) => ({ ...head, data: { data: [only], totalPages: 1, totalElements: 1, hasNext: false }, update: null, ...foot });
const update = (only: object) => ({ ...head, data: null, update: [only], ...foot });

describe.each(ways)('$name', ({ way }) => {
  beforeEach(async () => {
    device = await world.addDevice();
    client = await world.open(way);
  });
  afterEach(() => client.close());

  test('row 1: query+historyCmd first time: data with timeseries.temperature = [] when empty; repeated with the same cmdId: update, newest first', async () => {
    const historyCmd = { ...all, startTs: t - 10, endTs: t + 1 };
    expect(await ask({ query: query(), historyCmd })).toEqual(page(whole(values(absent), points())));
    await device.publish([t - 2, { temperature: 42 }], [t, { temperature: 44 }], [t - 1, { temperature: 43 }]);
    const history = points([t, '44'], [t - 1, '43'], [t - 2, '42']);
    expect(await ask({ query: query(), historyCmd })).toEqual(update(whole(values({ ts: t, value: '44' }), history)));
  });

  test('row 2: query: data; tsCmd later: update with history newest first; new point: update with one point', async () => {
    await device.publish([t - 1, { temperature: 43 }], [t, { temperature: 44 }]);
    const latest = values({ ts: t, value: '44' });
    expect(await ask({ query: query() })).toEqual(page(whole(latest)));
    const tsCmd = { ...all, startTs: t - 10, timeWindow: 20 };
    expect(await ask({ tsCmd })).toEqual(update(whole(latest, points([t, '44'], [t - 1, '43']))));
    await device.publish([t + 100, { temperature: 45, other: 1 }]);
    expect(await device.toldSoFar(client)).toEqual([update(entity(null, points([t + 100, '45'])))]);
  });

  test('row 3: query, then a value saved, then latestCmd: it arrives as update; older or identical later saves produce nothing', async () => {
    expect(await ask({ query: query() })).toEqual(page(whole(values(absent))));
    await device.publish([t, { temperature: 42.5 }]);
    expect(await ask({ latestCmd: { keys: temperature } })).toEqual(update(entity(values({ ts: t, value: '42.5' }), null)));
    await device.publish([t - 1, { temperature: 41 }]);
    await device.publish([t, { temperature: 42.5 }]);
    expect(await device.toldSoFar(client)).toEqual([]);
    await device.publish([t, { temperature: 43 }]);
    expect(await device.toldSoFar(client)).toEqual([update(entity(values({ ts: t, value: '43' }), null))]);
  });

  test('row 4: missing latest value is {"ts":0,"value":""}', async () => {
    const keys = [...temperature, { type: 'ATTRIBUTE', key: 'any' }, { type: 'CLIENT_ATTRIBUTE', key: 'model' }];
    const none = { ...values(absent), ATTRIBUTE: { any: absent }, CLIENT_ATTRIBUTE: { model: absent } };
    expect(await ask({ query: query(keys), latestCmd: { keys } })).toEqual(page(whole(none)));
    await device.tell({ model: 'A1' });
    const told = { CLIENT_ATTRIBUTE: { model: { ts: expect.any(Number) as number, value: 'A1' } } };
    expect(await device.toldSoFar(client)).toEqual([update(entity(told, null))]);
  });

  test('row 5: deleting telemetry sends {"ts":0,"value":""}', async () => {
    await device.publish([t, { temperature: 42 }]);
    await ask({ query: query(), latestCmd: { keys: temperature } });
    const path = `/api/plugins/telemetry/DEVICE/${device.entity.id}/timeseries/delete`;
    await world.admin.request('DELETE', `${path}?keys=temperature&deleteAllDataForKeys=true`);
    expect(await device.toldSoFar(client)).toEqual([update(entity(values(absent), null))]);
  });

  test('row 6: each attribute key type gets only its scope; ATTRIBUTE gets any scope', async () => {
    const types = ['ATTRIBUTE', 'CLIENT_ATTRIBUTE', 'SHARED_ATTRIBUTE', 'SERVER_ATTRIBUTE'];
    for (const [cmdId, type] of types.entries()) await ask({ cmdId, query: query([]), latestCmd: { keys: [{ type, key: 'mode' }] } });
    const path = `/api/plugins/telemetry/DEVICE/${device.entity.id}`;
    const saves = [
      () => device.tell({ mode: 'client' }),
      () => world.admin.request('POST', `${path}/SHARED_SCOPE`, { mode: 'shared' }),
      () => world.admin.request('POST', `${path}/SERVER_SCOPE`, { mode: 'server' }),
    ];
    const of = (cmdId: number, value: string) => {
      const latest = { [types[cmdId] ?? '']: { mode: { ts: expect.any(Number) as number, value } } };
      return { ...update(entity(latest, null)), cmdId };
    };
    for (const [at, save] of saves.entries()) {
      const value = ['client', 'shared', 'server'][at] ?? '';
      await save();
      expect(await device.toldSoFar(client)).toEqual([of(0, value), of(at + 1, value)]);
    }
  });

  test('row 8: count commands answer at once with the right number, also with the legacy singular deviceType', async () => {
    const named = { type: 'deviceType', deviceNameFilter: device.name };
    const filters = [
      [{ ...named, deviceTypes: ['default'] }, 1],
      [{ ...named, deviceType: 'default' }, 1],
      [{ ...named, deviceType: 'unknown' }, 0],
      [{ type: 'deviceType', deviceTypes: ['default'], deviceNameFilter: 'nobody' }, 0],
    ] as const;
    for (const [cmdId, [entityFilter, count]] of filters.entries()) {
      const answer = await client.ask({ type: 'ENTITY_COUNT', cmdId, query: { entityFilter, keyFilters: [] } });
      expect(answer).toEqual({ ...head, cmdId, count, cmdUpdateType: 'COUNT_DATA' });
    }
  });
});
