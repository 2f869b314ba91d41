// Goal: packs, strategies, bounds and timers of rule-nodes.md §3, and nothing lost where a buffer is. Method: a harness whose clock
// the test moves; a property over random times says that every message is in exactly one pack.
import { attributes, harnessStartMs, message, nodeHarness, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deduplicationNode } from './deduplication-node.js';
import { completePacks, type PendingMessage } from './deduplication-packs.js';

type Settings = typeof deduplicationNode.defaults;
const start = (config: Partial<Settings> = {}) => nodeHarness(deduplicationNode, { config: { interval: 10, ...config } });
const at = (seconds: number, n = seconds, device = 'device-a') => telemetry(device, { n }, { tsMs: harnessStartMs + seconds * 1_000 });
const bodies = (outcomes: readonly unknown[]): unknown[] =>
  outcomes.flatMap((outcome) => (outcome as { messages: { to: string; message: { text: string } }[] }).messages.map(({ message: { text } }) => text));

test.each(ruleNodeConformance(deduplicationNode))('$name', ({ run }) => run());

test('a message ends at once, and one leaves an interval and a millisecond later', async () => {
  const node = start();
  expect(await node.relation(at(0))).toBe('Ended deduplication-waits');
  expect(await node.relation(at(1))).toBe('Ended deduplication-waits');
  node.advanceMs(10_000);
  expect(await node.runDue()).toEqual([]);
  node.advanceMs(1);
  expect(bodies(await node.runDue())).toEqual(['{"n":0}']);
  expect(node.state(at(0))).toEqual({ pending: [] });
  node.advanceMs(60_000);
  expect(await node.runDue()).toEqual([]);
});

describe('strategies', () => {
  const run = async (strategy: Settings['strategy']) => {
    const node = start({ strategy, outMsgType: 'PACK' });
    await node.sendAll([at(3, 1), at(2, 2), at(2, 3), at(5, 4), at(5, 5)]);
    node.advanceMs(10_001 + 10_001);
    return [...(await node.runDue()), ...(await node.runDue())];
  };

  test('FIRST takes the smallest time, and of equal ones the first that came', async () => expect(bodies(await run('FIRST'))).toEqual(['{"n":2}']));
  test('LAST takes the largest, and of equal ones the first that came', async () => expect(bodies(await run('LAST'))).toEqual(['{"n":4}']));

  test('the one that leaves is new, with its own type, body and metadata', async () => {
    const node = start();
    await node.send(attributes('device-a', null, { text: '{"a": 42.0}', customerId: 'customer', metadata: { k: 'v' } }));
    node.advanceMs(10_001);
    const [outcome] = await node.runDue();
    const metadata = { deviceName: 'device-a', deviceType: 'default', notifyDevice: 'false', k: 'v' };
    const about = { originator: { entityType: 'DEVICE', id: 'device-a' }, customerId: 'customer', type: 'POST_ATTRIBUTES_REQUEST', metadata };
    expect(outcome).toMatchObject({ kind: 'emitted', messages: [{ to: 'Success', message: { ...about, text: '{"a": 42.0}' } }] });
  });

  test('ALL makes one message of them, in the order in which they came', async () => {
    const node = start({ strategy: 'ALL', outMsgType: 'PACK' });
    const sent = (tsMs: number, text: string) => message('T', { entityType: 'DEVICE', id: 'device-a' }, null, { text, tsMs, metadata: { n: text } });
    await node.sendAll([sent(harnessStartMs + 5, '[2.0, 1]'), sent(harnessStartMs, 'no json')]);
    node.advanceMs(10_001);
    const about = { type: 'PACK', originator: { entityType: 'DEVICE', id: 'device-a' }, metadata: { ts: String(harnessStartMs + 10_001) } };
    const text = '[{"msg":[2.0,1],"metadata":{"n":"[2.0, 1]"}},{"msg":"no json","metadata":{"n":"no json"}}]';
    expect(await node.runDue()).toMatchObject([{ messages: [{ to: 'Success', message: { ...about, text } }] }]);
  });

  test('ALL needs a type', async () => {
    await expect(start({ strategy: 'ALL', outMsgType: null }).start()).rejects.toMatchObject({ code: 'NODE_SETTINGS_INVALID' });
    await expect(start({ strategy: 'ALL', outMsgType: '' }).start()).rejects.toMatchObject({ code: 'NODE_SETTINGS_INVALID' });
  });
});

test('each originator has packs of its own', async () => {
  const node = start();
  await node.sendAll([at(0, 1), at(0, 2, 'device-b')]);
  node.advanceMs(10_001);
  expect(bodies(await node.runDue())).toEqual(['{"n":1}', '{"n":2}']);
});

test('old messages make packs of their own, and what is not complete waits for the next look', async () => {
  const node = start();
  await node.sendAll([at(-100, 1), at(-95, 2), at(-90, 3), at(4, 4)]);
  node.advanceMs(10_001);
  expect(bodies(await node.runDue())).toEqual(['{"n":1}', '{"n":3}']);
  node.advanceMs(10_000);
  expect(await node.runDue()).toEqual([]);
  node.advanceMs(1);
  expect(bodies(await node.runDue())).toEqual(['{"n":4}']);
});

test('a full buffer fails the message that is too many, and takes more when it is empty', async () => {
  const node = start({ maxPendingMsgs: 2 });
  expect(await node.relation(at(0))).toBe('Ended deduplication-waits');
  expect(await node.relation(at(1))).toBe('Ended deduplication-waits');
  expect(await node.relation(at(2))).toBe('Failure TRANSFORM_BUFFER_FULL');
  expect(await node.relation(at(2, 2, 'device-b'))).toBe('Ended deduplication-waits');
  node.advanceMs(10_001);
  expect(bodies(await node.runDue())).toEqual(['{"n":0}']);
  expect(await node.relation(at(11))).toBe('Ended deduplication-waits');
});

test('so does a buffer of large messages', async () => {
  const node = start();
  const large = () => telemetry('device-a', { text: 'x'.repeat(3_000_000) });
  expect(await node.relation(large())).toBe('Ended deduplication-waits');
  expect(await node.relation(large())).toBe('Failure TRANSFORM_BUFFER_FULL');
});

test('a buffer that was forgotten says so', async () => {
  const node = nodeHarness({ ...deduplicationNode, state: { ...deduplicationNode.state, maxEntries: 1 } as never }, { config: { interval: 10 } });
  await node.sendAll([at(0), at(0, 1, 'device-b')]);
  node.advanceMs(10_001);
  expect(await node.runDue()).toMatchObject([{ kind: 'failed', problem: { code: 'TRANSFORM_BUFFER_FORGOTTEN' } }, { kind: 'emitted' }]);
});

test('what waits survives a stop of the node', async () => {
  const node = start();
  await node.send(at(0));
  await node.stop();
  node.advanceMs(10_001);
  expect(bodies(await node.runDue())).toEqual(['{"n":0}']);
});

test('version 0 named its queue in the settings', () => {
  expect(deduplicationNode.migrate?.[0]?.({ interval: 5, queueName: 'Main' })).toEqual({ interval: 5 });
});

test('every message is in one pack or waits; packs span less than the interval and are over', () => {
  const pendingAt = (tsMs: number): PendingMessage => ({ tsMs, type: 'T', metadata: {}, text: '1' });
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 20 }), fc.integer({ min: 1, max: 12 }), (times, intervalMs) => {
      const pending = times.map(pendingAt);
      const { packs, rest } = completePacks(pending, { intervalMs, nowMs: 30 });
      expect(new Set([...packs.flat(), ...rest])).toEqual(new Set(pending));
      expect(packs.flat().length + rest.length).toBe(pending.length);
      for (const pack of packs) {
        const from = Math.min(...pack.map(({ tsMs }) => tsMs));
        expect(from + intervalMs).toBeLessThanOrEqual(30);
        expect(Math.max(...pack.map(({ tsMs }) => tsMs))).toBeLessThan(from + intervalMs);
        expect([...pack].sort((a, b) => pending.indexOf(a) - pending.indexOf(b))).toEqual(pack);
      }
      if (rest.length > 0) expect(Math.min(...rest.map(({ tsMs }) => tsMs)) + intervalMs).toBeGreaterThan(30);
    }),
  );
});
