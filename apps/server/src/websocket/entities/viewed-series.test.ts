// Goal: ENTITY_DATA shows of entity views what they view, at once and live: their keys, within their time. Method: a real server on a
// real port over memory stores, and the ws client.
import type { EntityView } from '@fieldline/model';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RunningLive, startLive } from '../live.fixture.js';
import { allDevices, EntityClient, temperature } from './entity.fixture.js';

let running: RunningLive;
let client: EntityClient;
beforeEach(async () => {
  running = await startLive();
  client = await EntityClient.open(running, { token: running.tokens.one });
});
afterEach(() => running.close());

const addView = async (n: number, more: Partial<EntityView> = {}): Promise<void> => {
  const head = { id: `13814000-1dd2-11b2-8080-8080808080a${n}`, tenantId: running.tenants.one, createdAtMs: n, version: 1, name: `View ${n}` };
  const keys = { timeseries: ['temperature'], attributes: { cs: [], ss: [], sh: [] } };
  const target = { type: 'view', targetType: running.device.entityType, targetId: running.device.id };
  await running.entities.write([{ change: 'insert', kind: 'entityView', entity: { ...head, ...target, keys, startMs: 0, endMs: 0, ...more } }]);
};
const allViews = (more: Record<string, unknown> = {}) =>
  allDevices({ entityFilter: { type: 'entityViewType', entityViewTypes: ['view'], entityViewNameFilter: '' }, entityFields: [], ...more });
const absent = { ts: 0, value: '' };

test('latest values at once and as they come, of the keys and within the time of each view', async () => {
  await running.save(running.device, ['temperature', 10, 1], ['temperature', 30, 3], ['humidity', 30, 50]);
  await addView(1);
  await addView(2, { endMs: 20 });
  const keys = [...temperature, { type: 'TIME_SERIES', key: 'humidity' }];
  const { data } = await client.ask({ query: allViews(), latestCmd: { keys } });
  expect(data?.data.map(({ latest }) => latest?.['TIME_SERIES'])).toEqual([
    { temperature: { ts: 30, value: '3' }, humidity: absent },
    { temperature: { ts: 10, value: '1' }, humidity: absent },
  ]);
  await running.save(running.device, ['humidity', 40, 60]);
  await running.save(running.device, ['temperature', 15, 2]);
  await running.save(running.device, ['temperature', 40, 4]);
  const updates = (await client.takeAll()).map(({ update }) => update?.map(({ entityId, latest }) => [entityId.id.at(-1), latest]));
  expect(updates).toEqual([
    [['2', { TIME_SERIES: { temperature: { ts: 15, value: '2' } } }]],
    [['1', { TIME_SERIES: { temperature: { ts: 40, value: '4' } } }]],
  ]);
});

test('what came before a command that only watches is told, as for any entity', async () => {
  await addView(1);
  await client.ask({ query: allViews({ latestValues: [] }) });
  await running.save(running.device, ['temperature', 10, 1]);
  const { update } = await client.ask({ latestCmd: { keys: temperature } });
  expect(update?.map(({ latest }) => latest)).toEqual([{ TIME_SERIES: { temperature: { ts: 10, value: '1' } } }]);
});

test('filters and sorts look at what is viewed', async () => {
  await running.save(running.device, ['temperature', 10, 1], ['temperature', 30, 3]);
  await addView(1);
  await addView(2, { endMs: 20 });
  await addView(3, { startMs: 31 });
  const sortOrder = { key: temperature[0], direction: 'ASC' };
  const predicate = { type: 'NUMERIC', operation: 'GREATER', value: { defaultValue: 0 } };
  const keyFilters = [{ key: temperature[0], valueType: 'NUMERIC', predicate }];
  const { data } = await client.ask({ query: allViews({ keyFilters, pageLink: { page: 0, pageSize: 10, sortOrder } }) });
  expect(data?.data.map(({ entityId }) => entityId.id.at(-1))).toEqual(['2', '1']);
});

test('history, aggregates and points as they come', async () => {
  await running.save(running.device, ['temperature', 10, 1], ['temperature', 20, 2], ['temperature', 30, 3]);
  await addView(1, { startMs: 15, endMs: 35 });
  const first = await client.ask({
    query: allViews(),
    historyCmd: { keys: ['temperature', 'humidity'], startTs: 0, endTs: 100, limit: 10, agg: 'NONE' },
  });
  expect(first.data?.data[0]?.timeseries).toEqual({
    temperature: [
      { ts: 30, value: '3' },
      { ts: 20, value: '2' },
    ],
    humidity: [],
  });
  const summed = await client.ask({ aggHistoryCmd: { keys: [{ id: 1, key: 'temperature', agg: 'SUM' }], startTs: 0, endTs: 100 } });
  expect(summed.update?.[0]?.aggLatest).toMatchObject({ 1: { current: { value: '5' } } });
  await client.ask({ tsCmd: { keys: ['temperature'], startTs: 0, timeWindow: 100, limit: 10, agg: 'NONE' } });
  for (const tsMs of [14, 34, 36]) await running.save(running.device, ['temperature', tsMs, tsMs]);
  expect((await client.takeAll()).map(({ update }) => update?.[0]?.timeseries)).toEqual([{ temperature: [{ ts: 34, value: '34' }] }]);
});
