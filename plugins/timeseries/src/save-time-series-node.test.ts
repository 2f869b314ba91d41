import { harnessStartMs, nodeHarness, relationOf, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { saveTimeSeriesNode } from './save-time-series-node.js';

test.each(ruleNodeConformance(saveTimeSeriesNode))('$name', ({ run }) => run());

const every = { type: 'ON_EVERY_MESSAGE' } as const;
const skip = { type: 'SKIP' } as const;

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
  test.each([
    { type: 'WEBSOCKETS_ONLY' } as const,
    { type: 'DEDUPLICATE', deduplicationIntervalSecs: 60 } as const,
    { type: 'ADVANCED', timeseries: every, latest: skip, webSockets: every, calculatedFields: every } as const,
    {
      type: 'ADVANCED',
      timeseries: every,
      latest: every,
      webSockets: every,
      calculatedFields: { type: 'DEDUPLICATE', deduplicationIntervalSecs: 1 },
    } as const,
  ])('$type is refused at start, not ignored', async (processingSettings) => {
    await expect(nodeHarness(saveTimeSeriesNode, { config: { processingSettings } }).start()).rejects.toMatchObject({
      code: 'SAVE_PROCESSING_NOT_SUPPORTED',
    });
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
