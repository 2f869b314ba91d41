// Goal: ENTITY_DATA and ENTITY_COUNT answer as websocket-api.md §5, §6 and §14 say. Method: a real server on a real port over memory
// stores, and the ws client; the clock of the server is moved by hand.
import { ValueKind } from '@fieldline/model';
import { telemetryErrors } from '@fieldline/telemetry';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LiveClient, type RunningLive, startLive } from '../live.fixture.js';
import { allDevices, EntityClient, temperature } from './entity.fixture.js';

let running: RunningLive;
let client: EntityClient;
beforeEach(async () => {
  running = await startLive();
  client = await EntityClient.open(running, { token: running.tokens.one });
});
afterEach(() => running.close());

const t = 1_700_000_000_000;
const absent = { ts: 0, value: '' };
const entity = (id = running.device.id) => ({ entityType: 'DEVICE', id });
const ok = { cmdId: 1, errorCode: 0, errorMsg: null, cmdUpdateType: 'ENTITY_DATA', allowedEntities: 10_000 };
const name = (value = 'Device of one') => ({ name: { ts: running.clock.nowMs(), value } });
const latestOf = (value: object, id?: string) => ({
  entityId: entity(id),
  latest: { TIME_SERIES: { temperature: value } },
  timeseries: null,
  aggLatest: null,
});

describe('examples', () => {
  test('§14.1: query and latestCmd in one message: one data frame, then live updates', async () => {
    const query = allDevices();
    expect(await client.ask({ query, latestCmd: { keys: temperature } })).toEqual({
      ...ok,
      data: {
        data: [{ entityId: entity(), latest: { ENTITY_FIELD: name(), TIME_SERIES: { temperature: absent } }, timeseries: {}, aggLatest: {} }],
        totalPages: 1,
        totalElements: 1,
        hasNext: false,
      },
      update: null,
    });
    await running.save(running.device, ['temperature', t + 60_000, 42]);
    expect(await client.take()).toEqual({ ...ok, data: null, update: [latestOf({ ts: t + 60_000, value: '42' })] });
    client.send('ENTITY_DATA_UNSUBSCRIBE', {});
    expect(await client.takeAll()).toEqual([]);
    await running.save(running.device, ['temperature', t + 70_000, 43]);
    expect(await client.takeAll()).toEqual([]);
    expect([running.feed.size, running.rights.size]).toEqual([0, 1]);
  });

  test('§14.2: aggregated history of a page, oldest first, with the number of points; keys without data are empty', async () => {
    await running.save(running.device, ['temperature', t + 10_000, 20], ['temperature', t + 20_000, 21], ['temperature', t + 70_000, 21]);
    const historyCmd = { keys: ['temperature', 'humidity'], startTs: t, endTs: t + 3_600_000, interval: 60_000, limit: 1_000, agg: 'AVG' };
    const { data } = await client.ask({ query: allDevices(), historyCmd: { ...historyCmd, fetchLatestPreviousPoint: false } });
    expect(data?.data[0]?.timeseries).toEqual({
      temperature: [
        { ts: t + 30_000, value: '20.5', count: 2 },
        { ts: t + 90_000, value: '21.0', count: 1 },
      ],
      humidity: [],
    });
  });

  test('§14.3: a window of raw points, then points as they come, also older ones, but not the newest again', async () => {
    await running.save(running.device, ['temperature', t + 100_000, 22], ['temperature', t + 500_000, 23], ['temperature', t - 1, 1]);
    const tsCmd = { keys: ['temperature'], startTs: t, timeWindow: 600_000, interval: 0, limit: 100, agg: 'NONE' };
    const { data } = await client.ask({ query: allDevices(), tsCmd });
    const points = (...list: readonly (readonly [number, string])[]) => ({ temperature: list.map(([ts, value]) => ({ ts, value })) });
    expect(data?.data[0]?.timeseries).toEqual(points([t + 500_000, '23'], [t + 100_000, '22']));
    await running.save(running.device, ['temperature', t + 500_000, 23]);
    await running.save(running.device, ['temperature', t + 601_000, 24], ['temperature', t + 602_000, 25], ['other', t, 1]);
    await running.save(running.device, ['temperature', t + 5, 5]);
    expect((await client.takeAll()).map(({ update }) => update?.[0])).toEqual([
      { entityId: entity(), latest: null, timeseries: points([t + 602_000, '25'], [t + 601_000, '24']), aggLatest: null },
      { entityId: entity(), latest: null, timeseries: points([t + 5, '5']), aggLatest: null },
    ]);
  });

  test('an aggregated window, then points as they are', async () => {
    await running.save(running.device, ['temperature', t, 20], ['temperature', t + 1, 21]);
    const tsCmd = { keys: ['temperature'], startTs: t, timeWindow: 60_000, interval: 60_000, limit: 100, agg: 'AVG' };
    const { data } = await client.ask({ query: allDevices(), tsCmd });
    expect(data?.data[0]?.timeseries).toEqual({ temperature: [{ ts: t + 30_000, value: '20.5', count: 2 }] });
    await running.save(running.device, ['temperature', t + 30_000, 20.5]);
    expect((await client.take()).update?.[0]?.timeseries).toEqual({ temperature: [{ ts: t + 30_000, value: '20.5' }] });
  });

  test('§14.4: aggregated latest with comparison, and what stands for times without points', async () => {
    const day = 86_400_000;
    await running.save(running.device, ['temperature', t + 1, 21], ['temperature', t + 2, 22], ['temperature', t - day, 20]);
    const before = { previousStartTs: t - day, previousEndTs: t };
    const keys = [
      { id: 7, key: 'temperature', agg: 'AVG', ...before },
      { id: 8, key: 'temperature', agg: 'MAX', ...before, previousValueOnly: true },
      { id: 9, key: 'none', agg: 'SUM' },
      { id: 10, key: 'none', agg: 'COUNT', ...before },
      { id: 11, key: 'none', agg: 'MIN' },
    ];
    const { data } = await client.ask({ query: allDevices(), aggHistoryCmd: { startTs: t, endTs: t + day, keys } });
    const [now, earlier] = [t + day / 2, t - day / 2];
    expect(data?.data[0]?.aggLatest).toEqual({
      7: { current: { ts: now, value: '21.5', count: 2 }, previous: { ts: earlier, value: '20.0', count: 1 } },
      8: { current: null, previous: { ts: earlier, value: '20', count: 1 } },
      9: { current: { ts: now, value: '0' }, previous: null },
      10: { current: { ts: now, value: '0' }, previous: { ts: earlier, value: '0' } },
      11: { current: absent, previous: null },
    });
    expect(data?.data[0]?.timeseries).toEqual({});
  });

  test('§14.12: an aggregated window, then raw points as latest values', async () => {
    await running.save(running.device, ['temperature', t + 1, 24], ['temperature', t + 2, 25]);
    const aggTsCmd = { startTs: t, timeWindow: 3_600_000, keys: [{ id: 1, key: 'temperature', agg: 'MAX' }] };
    const { data } = await client.ask({ query: allDevices({ latestValues: [] }), aggTsCmd });
    expect(data?.data[0]?.aggLatest).toEqual({ 1: { current: { ts: t + 1_800_000, value: '25', count: 2 }, previous: null } });
    expect(await client.takeAll()).toEqual([]);
    await running.save(running.device, ['temperature', t + 3_000_000, 26]);
    expect((await client.take()).update).toEqual([latestOf({ ts: t + 3_000_000, value: '26' })]);
  });

  test('§14.9: a negative id', async () => {
    const { errorCode, subscriptionId, errorMsg } = await client.ask({ cmdId: -1, query: allDevices() });
    expect([subscriptionId, errorCode, errorMsg]).toEqual([-1, 2, 'Cmd id is negative value!']);
  });

  test('the legacy address takes the same commands and gives the same frames', async () => {
    const legacy = new EntityClient(await LiveClient.open(running.port, `/api/ws/plugins/telemetry?token=${running.tokens.one}`));
    legacy.raw.send({
      entityDataCmds: [{ cmdId: 1, query: allDevices(), latestCmd: { keys: temperature } }],
      entityCountCmds: [{ cmdId: 2, query: { entityFilter: { type: 'entityType', entityType: 'DEVICE' } } }],
    });
    const frames = [await legacy.take(), await legacy.take()].sort((a, b) => (a.cmdId ?? 0) - (b.cmdId ?? 0));
    expect(frames.map(({ data, count }) => data?.totalElements ?? count)).toEqual([1, 1]);
    await running.save(running.device, ['temperature', t, 1]);
    expect((await legacy.take()).update).toEqual([latestOf({ ts: t, value: '1' })]);
    legacy.raw.send({ entityDataUnsubscribeCmds: [{ cmdId: 1 }], entityCountUnsubscribeCmds: [{ cmdId: 2 }] });
    while (running.rights.size > 2) await new Promise((resolve) => setTimeout(resolve, 5));
    expect([running.feed.size, running.pages.size]).toEqual([0, 0]);
  });
});

describe('which frames arrive when', () => {
  test('the first message with several parts: the first of them fills the page, each other follows as an update of all entities', async () => {
    const other = await running.addDevice(running.tenants.one, 'Device two');
    await running.save(running.device, ['temperature', t, 1]);
    const span = { startTs: t, endTs: t + 10 };
    const keys = [{ id: 1, key: 'temperature', agg: 'SUM' }];
    client.send('ENTITY_DATA', { query: allDevices(), aggHistoryCmd: { ...span, keys }, historyCmd: { ...span, keys: ['temperature'] } });
    const [first, second] = [await client.take(), await client.take()];
    expect(first.data?.data.map(({ aggLatest }) => aggLatest?.['1']?.current?.value)).toEqual(['1', '0']);
    expect(first.data?.data.map(({ timeseries }) => timeseries)).toEqual([{}, {}]);
    expect(second.update?.map(({ entityId, timeseries, aggLatest }) => [entityId.id, timeseries, aggLatest])).toEqual([
      [running.device.id, { temperature: [{ ts: t, value: '1' }] }, {}],
      [other.id, { temperature: [] }, {}],
    ]);
    expect(second.update?.[0]?.latest).toEqual({ ENTITY_FIELD: name(), TIME_SERIES: { temperature: { ts: t, value: '1' } } });
  });

  test('a full update shows the newest latest values that came live', async () => {
    await client.ask({ query: allDevices(), latestCmd: { keys: temperature } });
    await running.save(running.device, ['temperature', t, 5]);
    await client.take();
    const { update } = await client.ask({ historyCmd: { keys: [], startTs: 0, endTs: 1 } });
    expect(update?.[0]?.latest?.['TIME_SERIES']).toEqual({ temperature: { ts: t, value: '5' } });
  });

  test('latestCmd alone: no frame if nothing changed, keys that nobody asked for before arrive at once', async () => {
    await running.save(running.device, ['temperature', t, 22], ['humidity', t, 0.5]);
    await client.ask({ query: allDevices() });
    client.send('ENTITY_DATA', { latestCmd: { keys: temperature } });
    expect(await client.takeAll()).toEqual([]);
    const { update } = await client.ask({ latestCmd: { keys: [...temperature, { type: 'TIME_SERIES', key: 'humidity' }] } });
    expect(update?.[0]?.latest).toEqual({ TIME_SERIES: { humidity: { ts: t, value: '0.5' } } });
  });

  test('a repeated query alone or with latestCmd gives no frame; the watch goes on', async () => {
    await client.ask({ query: allDevices(), latestCmd: { keys: temperature } });
    client.send('ENTITY_DATA', { query: allDevices(), latestCmd: { keys: temperature } });
    client.send('ENTITY_DATA', { query: allDevices() });
    expect(await client.takeAll()).toEqual([]);
    await running.save(running.device, ['temperature', t, 1]);
    expect((await client.takeAll()).map(({ update }) => update)).toEqual([[latestOf({ ts: t, value: '1' })]]);
  });

  test('a number that a query writes in another way is no change', async () => {
    await client.ask({ query: allDevices(), latestCmd: { keys: temperature } });
    const point = (value: number) =>
      running.commit((unit) => unit.point(running.tenants.one, running.device, 'temperature', t, ValueKind.double, value, 0));
    await point(22);
    expect((await client.take()).update).toEqual([latestOf({ ts: t, value: '22.0' })]);
    client.send('ENTITY_DATA', { latestCmd: { keys: temperature } });
    expect(await client.takeAll()).toEqual([]);
    await point(22);
    expect(await client.takeAll()).toEqual([]);
    await point(22.5);
    expect((await client.take()).update).toEqual([latestOf({ ts: t, value: '22.5' })]);
  });

  test('a watch that is refused leaves nothing behind, and the page as it is', async () => {
    const second = await running.addDevice(running.tenants.one, 'Device two');
    const first = running.feed.subscribe.bind(running.feed);
    const subscribe = vi.spyOn(running.feed, 'subscribe').mockImplementationOnce(first);
    subscribe.mockImplementationOnce(() => {
      throw telemetryErrors.WATCH_LIMIT({ entitiesMax: 1 });
    });
    client.send('ENTITY_DATA', { query: allDevices(), latestCmd: { keys: temperature } });
    expect((await client.take()).data?.totalElements).toBe(2);
    const { errorCode, errorMsg } = await client.take();
    expect([errorCode, errorMsg?.includes('watched'), running.feed.size]).toEqual([1, true, 0]);
    subscribe.mockRestore();
    client.send('ENTITY_DATA', { latestCmd: { keys: temperature } });
    expect(await client.takeAll()).toEqual([]);
    await running.save(second, ['temperature', t, 1]);
    expect((await client.take()).update).toEqual([latestOf({ ts: t, value: '1' }, second.id)]);
  });

  test('another part takes the place of the live values and points before it', async () => {
    await client.ask({ query: allDevices(), latestCmd: { keys: temperature } });
    await client.ask({ tsCmd: { keys: ['humidity'], startTs: 0, timeWindow: 1 } });
    await running.save(running.device, ['temperature', t, 1], ['humidity', t, 2]);
    expect((await client.takeAll()).map(({ update }) => update?.[0]?.timeseries)).toEqual([{ humidity: [{ ts: t, value: '2' }] }]);
    await client.ask({ historyCmd: { keys: [], startTs: 0, endTs: 1 } });
    await running.save(running.device, ['temperature', t + 1, 1], ['humidity', t + 1, 2]);
    expect(await client.takeAll()).toEqual([]);
    expect(running.feed.size).toBe(0);
  });

  test('what is stored while the history is read comes after it, once', async () => {
    await client.ask({ query: allDevices() });
    let isHeld = true;
    running.hooks.beforeRead = async () => {
      while (isHeld) await new Promise((resolve) => setTimeout(resolve, 2));
    };
    client.send('ENTITY_DATA', { tsCmd: { keys: ['temperature'], startTs: t, timeWindow: 100 } });
    while (running.feed.size === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    for (const [ms, value] of [
      [1, 1],
      [2, 2],
      [500, 3],
    ] as const)
      await running.save(running.device, ['temperature', t + ms, value]);
    isHeld = false;
    const frames = [await client.take(), await client.take()];
    expect(frames.map(({ update }) => update?.[0]?.timeseries)).toEqual([
      {
        temperature: [
          { ts: t + 2, value: '2' },
          { ts: t + 1, value: '1' },
        ],
      },
      { temperature: [{ ts: t + 500, value: '3' }] },
    ]);
    expect(await client.takeAll()).toEqual([]);
  });

  test('fetchLatestPreviousPoint adds the newest point before the start, of the last 365 days', async () => {
    const year = 365 * 86_400_000;
    await running.save(running.device, ['a', t - year, 1], ['a', t - 5, 2], ['a', t - 9, 3], ['a', t, 4], ['b', t - year - 1, 1]);
    const part = { keys: ['a', 'b'], startTs: t, endTs: t + 10, fetchLatestPreviousPoint: true };
    const { data } = await client.ask({ query: allDevices(), historyCmd: part });
    const before = { ts: t - 5, value: '2' };
    expect(data?.data[0]?.timeseries).toEqual({ a: [{ ts: t, value: '4' }, before], b: [] });
    const { update } = await client.ask({ historyCmd: { ...part, agg: 'SUM', interval: 0 } });
    expect(update?.[0]?.timeseries).toEqual({ a: [before, { ts: t + 5, value: '4', count: 1 }], b: [] });
  });

  test('intervals of the calendar', async () => {
    const [january, march] = [Date.UTC(2024, 0, 15), Date.UTC(2024, 2, 10)];
    await running.save(running.device, ['a', january, 1], ['a', Date.UTC(2024, 1, 1), 2], ['a', march - 1, 3]);
    const part = { keys: ['a'], startTs: january, endTs: march, agg: 'COUNT', intervalType: 'MONTH', timeZoneId: 'UTC' };
    const { data } = await client.ask({ query: allDevices(), historyCmd: part });
    expect(data?.data[0]?.timeseries?.['a']?.map(({ value, count }) => [value, count])).toEqual([
      ['1', 1],
      ['1', 1],
      ['1', 1],
    ]);
    expect((await client.ask({ historyCmd: { ...part, timeZoneId: 'Nowhere' } })).errorCode).toBe(1);
  });
});

describe('values that go', () => {
  test('an attribute that is removed; under ATTRIBUTE that of another scope takes its place', async () => {
    await running.saveAttribute('SHARED_SCOPE', 'mode', t, 'shared');
    await running.saveAttribute('SERVER_SCOPE', 'mode', t + 1, 'server');
    const keys = ['ATTRIBUTE', 'SERVER_ATTRIBUTE'].map((type) => ({ type, key: 'mode' }));
    await client.ask({ query: allDevices({ entityFields: [], latestValues: [] }), latestCmd: { keys } });
    await running.commit((unit) =>
      unit.removeAttribute({ tenantId: running.tenants.one, entity: running.device, scope: 'SERVER_SCOPE', key: 'mode' }),
    );
    expect((await client.take()).update?.[0]?.latest).toEqual({ ATTRIBUTE: { mode: absent }, SERVER_ATTRIBUTE: { mode: absent } });
    expect((await client.take()).update?.[0]?.latest).toEqual({ ATTRIBUTE: { mode: { ts: t, value: 'shared' } } });
  });

  test('a latest value whose place an older one takes', async () => {
    await running.save(running.device, ['temperature', t, 1], ['temperature', t + 1, 2]);
    await client.ask({ query: allDevices(), latestCmd: { keys: temperature } });
    const path = `/api/plugins/telemetry/DEVICE/${running.device.id}/timeseries/delete?keys=temperature`;
    const range = `startTs=${t + 1}&endTs=${t + 2}&rewriteLatestIfDeleted=true`;
    await running.call(running.tokens.one, 'DELETE', `${path}&${range}`);
    expect((await client.take()).update).toEqual([latestOf({ ts: t, value: '1' })]);
  });

  test('points of a window', async () => {
    await running.save(running.device, ['temperature', t, 1]);
    await client.ask({ query: allDevices(), tsCmd: { keys: ['temperature'], startTs: t, timeWindow: 10 } });
    const path = `/api/plugins/telemetry/DEVICE/${running.device.id}/timeseries/delete?keys=temperature&deleteAllDataForKeys=true`;
    await running.call(running.tokens.one, 'DELETE', path);
    expect((await client.take()).update?.[0]?.timeseries).toEqual({ temperature: [absent] });
  });
});
