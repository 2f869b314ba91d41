// Goal: rule-nodes.md §2.6, line by line. The world has temperatures of 120, 90 and 60 s ago: 20, 22.4 and 30.
import { harnessStartMs, message, nodeHarness, relationOf, ruleNodeConformance } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { originatorTelemetryNode } from './originator-telemetry-node.js';
import { device, world } from './world.fixture.js';

type Config = typeof originatorTelemetryNode.defaults;
const start = (config: Partial<Config> = {}) => {
  const node = nodeHarness(originatorTelemetryNode, { config: { latestTsKeyNames: ['temperature'], ...config } });
  world(node.recorded);
  return node;
};
const found = async (config: Partial<Config>): Promise<string | undefined> => {
  const outcome = await start(config).send(message('T', device, [1]));
  return outcome.kind === 'routed' ? outcome.message.metadata['temperature'] : relationOf(outcome);
};
const at = (agoMs: number): number => harnessStartMs - agoMs;
const all = { fetchMode: 'ALL' } as const;
const list = (...points: readonly [agoMs: number, value: number][]): string =>
  JSON.stringify(points.map(([agoMs, value]) => ({ ts: at(agoMs), value })));

test.each(ruleNodeConformance(originatorTelemetryNode, { prepare: world, config: { latestTsKeyNames: ['temperature'] } }))('$name', ({ run }) =>
  run(),
);

describe('values', () => {
  test.each<[Partial<Config>, string | undefined, string]>([
    [{}, '"20"', 'the oldest, as a text in quotes'],
    [{ fetchMode: 'LAST' }, '"22.4"', 'the newest; the end of the interval is outside'],
    [{ fetchMode: 'LAST', endInterval: 59, endIntervalTimeUnit: 'SECONDS' }, '"30"', 'the newest of a longer one'],
    [{ fetchMode: 'LAST', orderBy: 'ASC', aggregation: 'MAX', limit: 1 }, '"22.4"', 'what counts only for all counts for nothing else'],
    [all, list([120_000, 20], [90_000, 22.4]), 'all, with their types'],
    [{ ...all, orderBy: 'DESC' }, list([90_000, 22.4], [120_000, 20]), 'all, newest first'],
    [{ ...all, limit: 2, endInterval: 0 }, list([120_000, 20], [90_000, 22.4]), 'the oldest two'],
    [{ ...all, limit: 2, endInterval: 0, orderBy: 'DESC' }, list([60_000, 30], [90_000, 22.4]), 'the newest two'],
    [{ ...all, aggregation: 'MAX' }, list([90_000, 22.4]), 'the largest of the whole interval, in its middle'],
    [{ ...all, aggregation: 'COUNT', endInterval: 0 }, list([60_000, 3]), 'their number'],
    [{ latestTsKeyNames: ['humidity'] }, undefined, 'none where there is none'],
    [{ startInterval: 1 }, undefined, 'none in an interval that ends where it begins'],
    [{ ...all, aggregation: 'SUM', startInterval: 10, startIntervalTimeUnit: 'SECONDS', endInterval: 0 }, undefined, 'no sum of nothing'],
  ])('%j: %s: %s', async (config, expected) => expect(await found(config)).toBe(expected));

  test('of another kind are texts as well, and keys are templates', async () => {
    const node = start({ latestTsKeyNames: ['${which}', 'humidity'], endInterval: 0 });
    const outcome = await node.send(message('T', device, {}, { metadata: { which: 'isOpen', k: 'v' } }));
    expect(outcome).toMatchObject({ to: 'Success', message: { metadata: { which: 'isOpen', k: 'v', isOpen: '"true"', humidity: '"55.5"' } } });
  });
});

describe('an interval from the message', () => {
  const patterns = { useMetadataIntervalPatterns: true, startIntervalPattern: '${startTs}', endIntervalPattern: '$[endTs]' };
  const ask = (startTs: string | undefined, endTs: unknown, config: Partial<Config> = patterns) => {
    const metadata: Record<string, string> = startTs === undefined ? {} : { startTs };
    return start(config).send(message('T', device, endTs === undefined ? {} : { endTs: endTs as string }, { metadata }));
  };

  test('is in milliseconds', async () => {
    expect(await ask(String(at(90_000)), at(0))).toMatchObject({ message: { metadata: { temperature: '"22.4"' } } });
  });

  test.each<[string | undefined, unknown, string]>([
    [undefined, 1, "Message value: 'startTs' is undefined"],
    ['1', undefined, "Message value: 'endTs' is undefined"],
    ['1', { a: 1 }, "Message value: 'endTs' is undefined"],
    ['yesterday', 1, "Message value: 'startTs' has invalid format"],
    ['', 1, "Message value: 'startTs' has invalid format"],
    ['1', 1.5, "Message value: 'endTs' has invalid format"],
    ['2', 1, 'Interval start should be less than Interval end'],
  ])('from %s to %j fails: %s', async (startTs, endTs, text) => {
    expect(await ask(startTs, endTs)).toMatchObject({ kind: 'failed', problem: { message: text } });
  });

  test('is no constant', async () => {
    expect(await ask('1', 1, { ...patterns, startIntervalPattern: '1700000000000' })).toMatchObject({
      problem: { message: "Message value: '1700000000000' is undefined" },
    });
  });

  test('fails only its own message of a batch', async () => {
    const sent = (startTs: string) => message('T', device, { endTs: at(0) }, { metadata: { startTs } });
    const outcomes = await start(patterns).sendAll([sent('x'), sent(String(at(90_000)))]);
    expect(outcomes.map(relationOf)).toEqual(['Failure ENRICHMENT_PATTERN_INVALID', 'Success']);
  });
});

test('an interval that ends before it begins fails', async () => {
  expect(await found({ startInterval: 1, endInterval: 2 })).toBe('Failure ENRICHMENT_INTERVAL_REVERSED');
});

test.each<[Partial<Record<keyof Config, unknown>>, boolean]>([
  [{ latestTsKeyNames: [] }, false],
  [{ fetchMode: null }, false],
  [{ limit: 1 }, true],
  [{ ...all, limit: 1 }, false],
  [{ ...all, limit: 2 }, true],
  [{ ...all, limit: 1_000 }, true],
  [{ ...all, limit: 1_001 }, false],
  [{ ...all, orderBy: null }, false],
  [{ ...all, aggregation: null }, false],
  [{ orderBy: null, aggregation: null, limit: null }, true],
  [{ startInterval: null }, false],
  [{ endIntervalTimeUnit: null }, false],
  [{ useMetadataIntervalPatterns: true, startInterval: null, endIntervalTimeUnit: null }, true],
  [{ useMetadataIntervalPatterns: true, startIntervalPattern: null }, false],
])('settings with %j can run: %s', async (change, canRun) => {
  const stored = { ...originatorTelemetryNode.defaults, latestTsKeyNames: ['a'], ...change };
  const started = nodeHarness(originatorTelemetryNode, { stored }).start();
  if (canRun) await started;
  else await expect(started).rejects.toMatchObject({ code: 'NODE_SETTINGS_INVALID' });
});

test.each<[0 | 1, object, object]>([
  [0, { fetchMode: 'FIRST', orderBy: 'DESC', aggregation: 'MIN' }, { fetchMode: 'FIRST', orderBy: 'ASC', aggregation: 'NONE' }],
  [0, { fetchMode: 'LAST' }, { fetchMode: 'LAST', orderBy: 'DESC', aggregation: 'NONE' }],
  [0, { fetchMode: 'SOME' }, { fetchMode: 'LAST', orderBy: 'DESC', aggregation: 'NONE' }],
  [0, { fetchMode: 'ALL', orderBy: '', aggregation: null }, { fetchMode: 'ALL', orderBy: 'ASC', aggregation: 'NONE' }],
  [0, { fetchMode: 'ALL', orderBy: 'DESC', aggregation: 'AVG' }, { fetchMode: 'ALL', orderBy: 'DESC', aggregation: 'AVG' }],
  [0, { orderBy: '' }, { orderBy: '' }],
  [1, { fetchMode: 'ALL' }, { fetchMode: 'ALL', limit: 1_000, orderBy: 'ASC', aggregation: 'NONE' }],
  [1, { fetchMode: 'ALL', limit: 5, orderBy: 'DESC', aggregation: 'AVG' }, { fetchMode: 'ALL', limit: 5, orderBy: 'DESC', aggregation: 'AVG' }],
  [1, { fetchMode: 'LAST', limit: null }, { fetchMode: 'LAST', limit: 1_000 }],
])('settings of version %d %j become %j', (version, old, now) => {
  expect(originatorTelemetryNode.migrate?.[version]?.(old)).toEqual(now);
});
