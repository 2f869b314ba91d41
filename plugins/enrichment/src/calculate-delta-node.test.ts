// Goal: rule-nodes.md §2.8, step by step. Method: the harness keeps the state and the stored values as the engine does.
import type { JsonValue } from '@fieldline/plugin-sdk';
import { attributes, harnessStartMs, message, nodeHarness, relationOf, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { calculateDeltaNode } from './calculate-delta-node.js';
import { device, world } from './world.fixture.js';

type Config = typeof calculateDeltaNode.defaults;
type OnMessageContext = Parameters<typeof calculateDeltaNode.onMessage>[1];
const start = (config: Partial<Config> = {}, stored?: JsonValue) => {
  const node = nodeHarness(calculateDeltaNode, { config: { inputValueKey: 'n', ...config } });
  if (stored !== undefined) node.recorded.points.push({ entity: device, key: 'n', tsMs: harnessStartMs - 5_000, value: stored, ttlMs: 0 });
  return node;
};
const value = (n: JsonValue, tsMs = harnessStartMs, from = 'device-a') => telemetry(from, { n }, { tsMs });
const deltaOf = (outcome: Awaited<ReturnType<ReturnType<typeof start>['send']>>): unknown =>
  outcome.kind === 'routed' ? (outcome.message.data as { delta?: number }).delta : relationOf(outcome);
const deltas = async (node: ReturnType<typeof start>, ...values: readonly JsonValue[]): Promise<unknown[]> => {
  const found = [];
  for (const n of values) found.push(deltaOf(await node.send(value(n))));
  return found;
};

test.each(ruleNodeConformance(calculateDeltaNode, { prepare: world }))('$name', ({ run }) => run());

test.each([
  ['other attributes', attributes('device-a', { n: 1 })],
  ['another type', message('POST_TELEMETRY', device, { n: 1 })],
  ['no such key', telemetry('device-a', { m: 1 })],
  ['a list', telemetry('device-a', [{ n: 1 }])],
  ['values with their time', telemetry('device-a', { ts: 1, values: { n: 1 } })],
  ['nothing', telemetry('device-a', null)],
  ['no JSON', telemetry('device-a', null, { text: '{' })],
])('%s leave by Other, unchanged and unremembered', async (_, sent) => {
  const node = start();
  expect(await node.send(sent)).toEqual({ kind: 'routed', to: 'Other', message: sent });
  expect(node.state(sent)).toBeUndefined();
});

describe('the value before', () => {
  test('is remembered, for each originator', async () => {
    const node = start();
    const sent = [value(10), value(100, harnessStartMs, 'b'), value(12), value(15), value(101, harnessStartMs, 'b')];
    expect((await node.sendAll(sent)).map(deltaOf)).toEqual([0, 0, 2, 3, 1]);
    expect(await deltas(node, 20)).toEqual([5]);
  });

  test('is the stored one at first, and not after that', async () => {
    expect(await deltas(start({}, 7), 10, 14)).toEqual([3, 4]);
    expect((await start({}, 7).sendAll([value(10), value(14)])).map(deltaOf)).toEqual([3, 4]);
  });

  test('is always the stored one without a cache', async () => {
    const node = start({ useCache: false }, 7);
    expect(await deltas(node, 10, 14)).toEqual([3, 7]);
    expect((await node.sendAll([value(10), value(14)])).map(deltaOf)).toEqual([3, 7]);
    expect(node.state(value(1))).toBeUndefined();
  });

  test('of another key is none', async () => {
    const node = start();
    await node.send(value(10));
    // The engine keeps the state of a node whose settings change; the harness cannot change them.
    const context = {
      config: { ...calculateDeltaNode.defaults, inputValueKey: 'm' },
      state: node.state(value(1)),
      timeSeries: { latest: () => Promise.resolve([]) },
    };
    expect(context.state).toEqual({ key: 'n', tsMs: harnessStartMs, value: 10 });
    const outcome = await calculateDeltaNode.onMessage(telemetry('device-a', { m: 15 }), context as unknown as OnMessageContext);
    expect(deltaOf(outcome)).toBe(0);
  });

  test.each<[JsonValue, string]>([
    ['many', 'Calculation failed. Unable to parse value [many] of telemetry [n] to Double'],
    [true, 'Calculation failed. Boolean values are not supported!'],
    [{ a: 1 }, 'Calculation failed. JSON values are not supported!'],
  ])('stored as %j fails, each time: %s', async (stored, text) => {
    const node = start({}, stored);
    for (const outcome of [await node.send(value(1)), ...(await node.sendAll([value(2), value(3)]))]) {
      expect(outcome).toMatchObject({ kind: 'failed', problem: { message: text } });
    }
    expect(node.state(value(1))).toBeUndefined();
  });

  test('stored as a text that is a number counts', async () => expect(await deltas(start({}, '7.5'), 10)).toEqual([2.5]));
});

test.each<[JsonValue, unknown]>([
  ['12', 5],
  ['1.2e1', 5],
  ['twelve', -7],
  [null, -7],
  [true, -6],
  [[1], -7],
])('the value %j gives %s', async (n, delta) => {
  expect(await deltas(start({ tellFailureIfDeltaIsNegative: false }, 7), n)).toEqual([delta]);
});

test('a negative difference fails, and is what the next one is compared with', async () => {
  const node = start({}, 7);
  expect(await node.send(value(3))).toMatchObject({ kind: 'failed', problem: { message: 'Delta value is negative!' }, message: { data: { n: 3 } } });
  expect(await deltas(node, 5)).toEqual([2]);
  expect((await start({}, 7).sendAll([value(3), value(5)])).map(deltaOf)).toEqual(['Failure ENRICHMENT_DELTA_NEGATIVE', 2]);
});

test('a message whose value has not changed passes as it is where zero is excluded', async () => {
  const node = start({ excludeZeroDeltas: true, addPeriodBetweenMsgs: true }, 7);
  const sent = value(7);
  expect(await node.send(sent)).toMatchObject({ to: 'Success', message: sent });
  expect(await deltas(node, 8)).toEqual([1]);
});

describe('the difference', () => {
  const text = async (body: string, config: Partial<Config> = {}, stored: JsonValue = 1): Promise<string> => {
    const outcome = await start(config, stored).send(telemetry('device-a', null, { text: body, tsMs: harnessStartMs }));
    return outcome.kind === 'routed' ? outcome.message.text : relationOf(outcome);
  };

  test.each<[string, Partial<Config>, string]>([
    ['{"a": 1.0, "n": 3.0}', {}, '{"a":1.0,"n":3.0,"delta":2}'],
    ['{"n": 2.5}', {}, '{"n":2.5,"delta":1.5}'],
    ['{"delta": 9, "n": 2}', {}, '{"delta":1,"n":2}'],
    ['{"n": 2.005}', { round: 2 }, '{"n":2.005,"delta":1.01}'],
    ['{"n": 2.245}', { round: 2 }, '{"n":2.245,"delta":1.25}'],
    ['{"n": 2.5}', { round: 0 }, '{"n":2.5,"delta":2}'],
    ['{"n": 2}', { outputValueKey: 'n' }, '{"n":1}'],
    ['{"n": 2}', { addPeriodBetweenMsgs: true }, '{"n":2,"delta":1,"periodInMs":5000}'],
    ['{"n": 2}', { addPeriodBetweenMsgs: true, periodValueKey: 'p' }, '{"n":2,"delta":1,"p":5000}'],
    ['{"n": 1e300}', {}, 'Failure ENRICHMENT_DELTA_TOO_LARGE'],
    ['{"n": 1e999}', {}, 'Failure ENRICHMENT_DELTA_TOO_LARGE'],
  ])('%s with %j is %s', async (body, config, expected) => expect(await text(body, config)).toBe(expected));

  test('of two times is that of the readings, and 0 at first', async () => {
    const node = start({ addPeriodBetweenMsgs: true });
    const periods = [];
    for (const tsMs of [1_000, 1_750, 1_500]) {
      const outcome = await node.send(value(1, tsMs));
      periods.push(outcome.kind === 'routed' && (outcome.message.data as { periodInMs: number }).periodInMs);
    }
    expect(periods).toEqual([0, 750, -250]);
  });
});

test.each([[{ inputValueKey: '' }], [{ outputValueKey: ' ' }], [{ round: -1 }]])('the settings %j keep the node from starting', async (config) => {
  await expect(start(config).start()).rejects.toMatchObject({ code: 'NODE_SETTINGS_INVALID' });
});

test('settings of version 0 did not exclude zero', () => {
  expect(calculateDeltaNode.migrate?.[0]?.({ round: 1 })).toEqual({ round: 1, excludeZeroDeltas: false });
  expect(calculateDeltaNode.migrate?.[0]?.({ excludeZeroDeltas: true })).toEqual({ excludeZeroDeltas: true });
});
