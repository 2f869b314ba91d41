import { expect, test } from 'vitest';
import { defineRuleNode, emit, hold, route, z } from '../index.js';
import { ruleNodeConformance } from './conformance.js';
import { deadband } from './deadband.fixture.js';
import { scriptStandIns } from './fakes/scripts.js';
import { message, telemetry } from './messages.js';
import { nodeHarness } from './node-harness.js';

const reading = (temperature: number | string, device = 'device-a') => telemetry(device, { temperature });
const nothing = z.strictObject({});

test.each(ruleNodeConformance(deadband))('the example node $name', ({ run }) => run());

test('state moves with the outcomes, per originator', async () => {
  const node = nodeHarness(deadband, { config: { deadband: 0.5 } });
  expect(await node.relation(reading(20))).toBe('Changed');
  expect(await node.relation(reading(20.5))).toBe('Unchanged');
  expect(await node.relation(reading(20.5, 'device-b'))).toBe('Changed');
  expect(await node.relation(reading(20.6))).toBe('Changed');
});

test('the clock moves only when the test moves it', async () => {
  const node = nodeHarness(deadband, { config: { maxSilenceMs: 1_000 } });
  await node.send(reading(20));
  node.advanceMs(999);
  expect(await node.relation(reading(20))).toBe('Unchanged');
  node.advanceMs(1);
  expect(await node.relation(reading(20))).toBe('Changed');
});

test('beyond maxEntries the originator seen longest ago is forgotten', async () => {
  const node = nodeHarness(deadband);
  for (const device of ['a', 'b', 'c']) await node.send(reading(20, device));
  expect(node.state(reading(20, 'a'))).toBeUndefined();
  expect(node.state(reading(20, 'c'))).toMatchObject({ value: 20 });
});

test('a failure shows its code', async () => {
  expect(await nodeHarness(deadband).relation(reading('20'))).toBe('Failure NODE_VALUE_NOT_NUMERIC');
});

test('settings that do not fit keep the node from starting', async () => {
  await expect(nodeHarness(deadband, { config: { deadband: -1 } }).start()).rejects.toMatchObject({ code: 'NODE_SETTINGS_INVALID' });
  await expect(nodeHarness(deadband, { stored: { deadband: 1 } }).start()).rejects.toMatchObject({ code: 'NODE_SETTINGS_INVALID' });
});

test('a node that leaves by an undeclared relation type is caught', async () => {
  const stray = defineRuleNode({ ...bare('filter.stray'), relationTypes: ['A'], onMessage: (m) => route('B' as 'A', m) });
  await expect(nodeHarness(stray).send(reading(1))).rejects.toThrow('does not declare');
});

test('a node that writes into a message is caught', async () => {
  const scribe = defineRuleNode({
    ...bare('filter.scribe'),
    relationTypes: ['Success'],
    onMessage(m) {
      (m.data as { temperature: number }).temperature = 0;
      return route('Success', m);
    },
  });
  expect(await nodeHarness(scribe).relation(reading(1))).toBe('Failure NODE_THREW');
  const broken = ruleNodeConformance(scribe).find(({ name }) => name.startsWith('answers every message'));
  await expect(broken?.run()).rejects.toThrow('without a code');
});

test('state outside its schema is caught', async () => {
  const loose = defineRuleNode({
    ...bare('filter.loose'),
    relationTypes: ['Success'],
    state: { schema: z.strictObject({ n: z.number() }), keyedBy: 'node', maxEntries: 1 },
    onMessage: (m) => route('Success', m, { state: { n: Number.NaN } }),
  });
  await expect(nodeHarness(loose).send(reading(1))).rejects.toThrow('outside its schema');
});

test('a held message comes back when it is due, a tick when its period is over', async () => {
  const timed = defineRuleNode({
    ...bare('flow.timed'),
    relationTypes: ['Success'],
    state: { schema: z.strictObject({ seen: z.int() }), keyedBy: 'node', maxEntries: 1 },
    onMessage: (_m, { nowMs, state }) => hold((nowMs + 100) as typeof nowMs, { seen: (state?.seen ?? 0) + 1 }),
    onTimer: (m) => route('Success', m),
    ticks: {
      periodMs: () => 250,
      onTick: ({ state }) =>
        emit([{ to: 'Success', message: { type: 'T', originator: { entityType: 'DEVICE', id: 'd' }, metadata: {}, data: state?.seen ?? 0 } }]),
    },
  });
  const node = nodeHarness(timed);
  expect(await node.relation(reading(1))).toBe('Held');
  node.advanceMs(99);
  expect(await node.runDue()).toEqual([]);
  node.advanceMs(1);
  expect((await node.runDue()).map(({ kind }) => kind)).toEqual(['routed']);
  node.advanceMs(150);
  expect(await node.runDue()).toMatchObject([{ kind: 'emitted', messages: [{ message: { data: 1 } }] }]);
});

test('services are there when declared, and record what the node did', async () => {
  const saver = defineRuleNode({
    ...bare('action.saver'),
    relationTypes: ['Success'],
    needs: ['timeSeries', 'scripts', 'log'],
    onMessage(m, { timeSeries, scripts, log }) {
      const reply = scripts.filter({ scriptLang: 'JS', jsScript: 'return true;' }, [m])[0];
      if (reply !== undefined && 'value' in reply && reply.value) timeSeries.save(m, { ttlMs: 5, useServerTime: false });
      log.info('done');
      return route('Success', m);
    },
  });
  const node = nodeHarness(saver, { scripts: scriptStandIns({ 'return true;': () => true }) });
  await node.send(telemetry('device-a', [{ ts: 7, values: { a: 1 } }, { b: 2 }]));
  expect(node.recorded.points).toMatchObject([
    { key: 'a', tsMs: 7, value: 1, ttlMs: 5 },
    { key: 'b', tsMs: 1_700_000_000_000 },
  ]);
  expect(node.recorded.logged).toEqual(['done']);
  await node.send(message('X', { entityType: 'DEVICE', id: 'd' }, { a: null }));
  expect(await node.relation(telemetry('d', { a: null }))).toBe('Failure TELEMETRY_VALUE_NULL');
});

test.each([
  { away: 'wait', left: 'Deferred ENGINE_NODE_NOT_CONNECTED' },
  { away: 'fail', left: 'Failure ENGINE_NODE_NOT_CONNECTED' },
] as const)('while a connection is away messages $away, and it is opened anew for the next', async ({ away, left }) => {
  let isUp = false;
  let lose: (reason: Error) => void = () => undefined;
  const closed: string[] = [];
  const connected = defineRuleNode({
    ...bare('external.connected'),
    relationTypes: ['Sent'],
    isExternal: true,
    connection: {
      async open({ lost }) {
        lose = lost;
        if (!isUp) throw new Error('nobody there');
        return 'line';
      },
      close: async (line: string) => void closed.push(line),
      whenAway: () => away,
    },
    onMessage: (m) => route('Sent', m),
  });
  const node = nodeHarness(connected);
  expect(await node.relation(reading(1))).toBe(left);
  isUp = true;
  expect(await node.relation(reading(2))).toBe('Sent');
  isUp = false;
  lose(new Error('cut'));
  expect(await node.relation(reading(3))).toBe(left);
  expect(closed).toEqual(['line']);
});

test('a batch goes to onBatch at once', async () => {
  const batched = defineRuleNode({
    ...bare('filter.batched'),
    relationTypes: ['Alone', 'Together'],
    onMessage: (m) => route('Alone', m),
    onBatch: (messages) => messages.map((m) => route('Together', m)),
  });
  expect((await nodeHarness(batched).sendAll([reading(1), reading(2)])).length).toBe(2);
  const alike = ruleNodeConformance(batched).find(({ name }) => name.startsWith('answers a batch'));
  await expect(alike?.run()).rejects.toThrow('Together in a batch, Alone alone');
});

function bare<T extends string>(type: T) {
  return { type, version: 1, category: 'filter', title: 'Test', summary: 'For this test.', config: nothing, defaults: {} } as const;
}
