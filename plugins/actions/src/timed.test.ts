// Goal: the rows of rule-nodes.md §4.7 and §4.8 about nodes that act by the clock: delay and message count. Method: a harness whose
// clock the test moves.
import { harnessTenantId, message, nodeHarness, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { delayNode } from './delay-node.js';
import { messageCountNode } from './message-count-node.js';

const device = { entityType: 'DEVICE', id: 'device-a' } as const;

describe('delay', () => {
  test.each(ruleNodeConformance(delayNode))('$name', ({ run }) => run());
  type Settings = Partial<typeof delayNode.defaults>;
  const start = (config: Settings = {}) => nodeHarness(delayNode, { config });

  test('a message leaves after the period, as a new one with the same content', async () => {
    const node = start({ periodInSeconds: 5 });
    const sent = message('T', device, null, { text: '{"a": 42.0}', metadata: { k: 'v' }, customerId: 'customer' });
    expect(await node.relation(sent)).toBe('Held');
    node.advanceMs(4_999);
    expect(await node.runDue()).toEqual([]);
    node.advanceMs(1);
    const made = { type: 'T', originator: device, customerId: 'customer', metadata: { k: 'v' }, text: '{"a": 42.0}' };
    expect(await node.runDue()).toEqual([{ kind: 'emitted', messages: [{ to: 'Success', message: made }], state: { pending: 0 } }]);
  });

  test('messages of all originators count; one that is too many fails, and there is room again when one has left', async () => {
    const node = start({ periodInSeconds: 5, maxPendingMsgs: 2 });
    expect(await node.relation(telemetry('a', {}))).toBe('Held');
    node.advanceMs(1_000);
    expect(await node.relation(telemetry('b', {}))).toBe('Held');
    expect(await node.send(telemetry('c', {}))).toMatchObject({
      problem: { code: 'ACTION_DELAY_FULL', message: /^Max limit of pending messages reached!/ },
    });
    node.advanceMs(4_000);
    expect(await node.runDue()).toHaveLength(1);
    expect(await node.relation(telemetry('c', {}))).toBe('Held');
    expect(await node.relation(telemetry('d', {}))).toBe('Failure ACTION_DELAY_FULL');
  });

  test.each([
    ['${seconds}', 'Held', 7],
    ['$[n]', 'Held', 3],
    ['0', 'Held', 0],
    ['${none}', 'Failure ACTION_DELAY_INVALID', 0],
    ['1.5', 'Failure ACTION_DELAY_INVALID', 0],
    ['-1', 'Failure ACTION_DELAY_INVALID', 0],
    ['999999999', 'Failure ACTION_DELAY_INVALID', 0],
    [null, 'Failure ACTION_DELAY_INVALID', 0],
  ])('the pattern %j: %s for %i s', async (periodInSecondsPattern, relation, seconds) => {
    const node = start({ useMetadataPeriodInSecondsPatterns: true, periodInSecondsPattern });
    expect(await node.relation(message('T', device, { n: 3 }, { metadata: { seconds: '7' } }))).toBe(relation);
    node.advanceMs(Math.max(0, seconds * 1_000 - 1));
    expect(await node.runDue()).toHaveLength(relation === 'Held' && seconds === 0 ? 1 : 0);
    node.advanceMs(1);
    expect(await node.runDue()).toHaveLength(seconds > 0 ? 1 : 0);
  });
});

describe('message count', () => {
  test.each(ruleNodeConformance(messageCountNode))('$name', ({ run }) => run());

  test('every interval says how many messages came, also none, and how long it was', async () => {
    const node = nodeHarness(messageCountNode, { config: { interval: 2, telemetryPrefix: 'seen' } });
    await node.start();
    const batch = await node.sendAll([telemetry('a', {}), telemetry('b', {})]);
    expect(batch.map(({ kind }) => kind)).toEqual(['ended', 'ended']);
    await node.send(telemetry('a', {}));
    const made = (count: number, delta: string) => [
      {
        kind: 'emitted',
        messages: [
          {
            to: 'Success',
            message: {
              type: 'POST_TELEMETRY_REQUEST',
              originator: { entityType: 'TENANT', id: harnessTenantId },
              metadata: { delta },
              data: { seen_fieldline: count },
            },
          },
        ],
      },
    ];
    node.advanceMs(2_000);
    expect(await node.runDue()).toMatchObject(made(3, '2000'));
    await node.send(telemetry('a', {}));
    node.advanceMs(2_000);
    expect(await node.runDue()).toMatchObject(made(1, '2000'));
    node.advanceMs(2_000);
    expect(await node.runDue()).toMatchObject(made(0, '2000'));
  });

  test('what was counted survives a stop, and the next message says since when', async () => {
    const node = nodeHarness(messageCountNode);
    await node.start();
    node.advanceMs(1_000);
    await node.runDue();
    await node.send(telemetry('a', {}));
    await node.stop();
    node.advanceMs(10_000);
    await node.start();
    node.advanceMs(1_000);
    expect(await node.runDue()).toMatchObject([{ messages: [{ message: { metadata: { delta: '11000' }, data: { messageCount_fieldline: 1 } } }] }]);
  });
});
