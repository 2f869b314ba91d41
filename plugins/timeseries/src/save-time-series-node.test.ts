import { harnessStartMs, nodeHarness, relationOf, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { INTERVALS_REMEMBERED } from './limits.js';
import { saveTimeSeriesNode } from './save-time-series-node.js';

test.each(ruleNodeConformance(saveTimeSeriesNode))('$name', ({ run }) => run());

const every = { type: 'ON_EVERY_MESSAGE' } as const;
const skip = { type: 'SKIP' } as const;
type Processing = (typeof saveTimeSeriesNode)['defaults']['processingSettings'];

test('saves the values of a batch and passes the messages on unchanged', async () => {
  const node = nodeHarness(saveTimeSeriesNode);
  const sent = [telemetry('device-a', { t: 1, ok: true }), telemetry('device-b', { ts: 5, values: { t: 2 } })];
  const outcomes = await node.sendAll(sent);
  expect(outcomes).toEqual(sent.map((message) => ({ kind: 'routed', to: 'Success', message })));
  expect(node.recorded.points.map(({ entity, key, tsMs, value, ttlMs }) => [entity.id, key, tsMs, value, ttlMs])).toEqual([
    ['device-a', 't', harnessStartMs, 1, 0],
    ['device-a', 'ok', harnessStartMs, true, 0],
    ['device-b', 't', 5, 2, 0],
  ]);
});

test('a message that fails leaves the others of the batch alone', async () => {
  const node = nodeHarness(saveTimeSeriesNode);
  const outcomes = await node.sendAll([
    telemetry('a', { t: 1 }),
    telemetry('a', { t: null }),
    telemetry('a', {}),
    telemetry('a', { t: 2 }).with({ type: 'X' }),
    telemetry('a', { t: 3 }),
  ]);
  expect(outcomes.map(relationOf)).toEqual([
    'Success',
    'Failure TELEMETRY_VALUE_NULL',
    'Failure SAVE_BODY_EMPTY',
    'Failure SAVE_MESSAGE_TYPE_UNSUPPORTED',
    'Success',
  ]);
  expect(node.recorded.points.map(({ value }) => value)).toEqual([1, 3]);
});

describe('time to live', () => {
  const ttlOf = async (defaultTTL: number, TTL?: string) => {
    const node = nodeHarness(saveTimeSeriesNode, { config: { defaultTTL } });
    const relation = await node.relation(telemetry('a', { t: 1 }, TTL === undefined ? {} : { metadata: { TTL } }));
    return node.recorded.points[0]?.ttlMs ?? relation;
  };

  test.each([
    [0, undefined, 0],
    [60, undefined, 60_000],
    [60, '', 60_000],
    [60, '5', 5_000],
    [60, '0', 0],
    [60, 'soon', 'Failure SAVE_TTL_INVALID'],
    [60, '-1', 'Failure SAVE_TTL_INVALID'],
  ])('default %i and metadata %j give %j', async (defaultTTL, TTL, expected) => {
    expect(await ttlOf(defaultTTL, TTL)).toBe(expected);
  });
});

test('the server time is used for values without a time of their own, where wished', async () => {
  const node = nodeHarness(saveTimeSeriesNode, { config: { useServerTs: true } });
  node.advanceMs(7);
  await node.send(telemetry('a', { t: 1 }));
  expect(node.recorded.points[0]?.tsMs).toBe(harnessStartMs + 7);
});

describe('processing', () => {
  const actionsOf = async (processingSettings: Processing, ...times: readonly number[]) => {
    const node = nodeHarness(saveTimeSeriesNode, { config: { processingSettings } });
    const done: string[] = [];
    for (const tsMs of times) {
      const before = node.recorded.points.length;
      await node.send(telemetry('a', { t: 1 }, { tsMs }));
      const [point] = node.recorded.points.slice(before);
      const { history, latest, push } = point?.actions ?? { history: true, latest: true, push: true };
      done.push(point === undefined ? '' : `${history ? 'h' : ''}${latest ? 'l' : ''}${push ? 'p' : ''}`);
    }
    return done;
  };

  test('web sockets only pushes and stores nothing', async () => {
    expect(await actionsOf({ type: 'WEBSOCKETS_ONLY' }, 1, 2)).toEqual(['p', 'p']);
  });

  test('deduplicate does everything for the first message of an interval, also of one that comes late', async () => {
    const times = [120_000, 179_999, 180_000, 119_999, 60_000, 180_001];
    expect(await actionsOf({ type: 'DEDUPLICATE', deduplicationIntervalSecs: 60 }, ...times)).toEqual(['hlp', '', 'hlp', 'hlp', '', '']);
  });

  test('each action has its own step', async () => {
    const advanced = {
      type: 'ADVANCED',
      timeseries: { type: 'DEDUPLICATE', deduplicationIntervalSecs: 60 },
      latest: { type: 'DEDUPLICATE', deduplicationIntervalSecs: 10 },
      webSockets: every,
      calculatedFields: skip,
    } as const;
    expect(await actionsOf(advanced, 0, 9_999, 10_000, 60_000)).toEqual(['hlp', 'p', 'lp', 'hlp']);
    expect(await actionsOf({ ...advanced, latest: skip, webSockets: skip }, 0, 1)).toEqual(['h', '']);
  });

  test('originators have intervals of their own, and a batch counts like messages one by one', async () => {
    const processingSettings = { type: 'DEDUPLICATE', deduplicationIntervalSecs: 60 } as const;
    const node = nodeHarness(saveTimeSeriesNode, { config: { processingSettings } });
    const sent = ['a', 'b', 'a', 'b'].map((device, n) => telemetry(device, { t: n }));
    expect((await node.sendAll(sent)).map(relationOf)).toEqual(['Success', 'Success', 'Success', 'Success']);
    await node.sendAll([telemetry('a', { t: 4 })]);
    expect(node.recorded.points.map(({ entity, value }) => [entity.id, value])).toEqual([
      ['a', 0],
      ['b', 1],
    ]);
  });

  test('with server timestamps the time of the server makes the intervals', async () => {
    const processingSettings = { type: 'DEDUPLICATE', deduplicationIntervalSecs: 1 } as const;
    const node = nodeHarness(saveTimeSeriesNode, { config: { processingSettings, useServerTs: true } });
    await node.sendAll([telemetry('a', { t: 0 }, { tsMs: 1_000 }), telemetry('a', { t: 1 }, { tsMs: 9_000 })]);
    expect(node.recorded.points).toHaveLength(1);
  });

  test('more intervals than are remembered: the oldest counts as new again', async () => {
    const times = Array.from({ length: INTERVALS_REMEMBERED + 1 }, (_, n) => n * 1_000);
    const done = await actionsOf({ type: 'DEDUPLICATE', deduplicationIntervalSecs: 1 }, ...times, 1_000, 0);
    expect(done.slice(-2)).toEqual(['', 'hlp']);
  });

  test('a message that counts for an interval counts also where it cannot be saved', async () => {
    const processingSettings = { type: 'DEDUPLICATE', deduplicationIntervalSecs: 60 } as const;
    const node = nodeHarness(saveTimeSeriesNode, { config: { processingSettings } });
    const outcomes = await node.sendAll([telemetry('a', { t: null }), telemetry('a', { t: 1 })]);
    expect(outcomes.map(relationOf)).toEqual(['Failure TELEMETRY_VALUE_NULL', 'Success']);
    expect(node.recorded.points).toEqual([]);
  });

  test('everything on every message may also be written out', async () => {
    const processingSettings = { type: 'ADVANCED', timeseries: every, latest: every, webSockets: every, calculatedFields: skip } as const;
    const node = nodeHarness(saveTimeSeriesNode, { config: { processingSettings } });
    expect(await node.relation(telemetry('a', { t: 1 }))).toBe('Success');
    expect(node.recorded.points).toHaveLength(1);
  });

  test('with all actions off nothing is read or saved', async () => {
    const processingSettings = { type: 'ADVANCED', timeseries: skip, latest: skip, webSockets: skip, calculatedFields: skip } as const;
    const node = nodeHarness(saveTimeSeriesNode, { config: { processingSettings } });
    expect(await node.relation(telemetry('a', { t: null }))).toBe('Success');
    expect(node.recorded.points).toEqual([]);
  });

  test.each([0, 86_401])('an interval of %i seconds is no setting', async (deduplicationIntervalSecs) => {
    const stored = { processingSettings: { type: 'DEDUPLICATE', deduplicationIntervalSecs } };
    await expect(nodeHarness(saveTimeSeriesNode, { stored }).start()).rejects.toMatchObject({ code: 'NODE_SETTINGS_INVALID' });
  });
});

test.each([
  [{ defaultTTL: 0 }, { defaultTTL: 0, processingSettings: every }],
  [{ skipLatestPersistence: false }, { processingSettings: every }],
  [
    { skipLatestPersistence: true },
    { processingSettings: { type: 'ADVANCED', timeseries: every, latest: skip, webSockets: every, calculatedFields: every } },
  ],
])('settings %j of version 0 become %j', (old, now) => {
  expect(saveTimeSeriesNode.migrate?.[0]?.(old)).toEqual(now);
});
