// Goal: more work than fits in memory waits in the log, and that costs neither the order of a node nor the time of another one. Method: the
// engine over the memory store, with external nodes whose messages end when the test says so.
import { epochMs } from '@fieldline/kernel';
import { defineRuleNode, hold, route, z } from '@fieldline/plugin-sdk';
import { memoryDataStore } from '@fieldline/storage-memory';
import { expect, test } from 'vitest';
import { batch, chain, labelOf, message, settled, world } from './engine.fixture.js';
import { HAND_OVERS_IN_MEMORY_MAX } from './limits.js';

const about = { version: 1, title: 'Test', summary: 'For tests.', config: z.strictObject({}), defaults: {}, relationTypes: ['Success'] } as const;
const TOO_MANY = HAND_OVERS_IN_MEMORY_MAX + 700;
const labels = (from: number, count: number): readonly string[] => Array.from({ length: count }, (_, n) => String(from + n));

/** A sender that takes batches and is stuck until it is let go. */
function stuckSender() {
  const sent: string[] = [];
  const { promise, resolve: letGo } = Promise.withResolvers<void>();
  const node = defineRuleNode({
    ...about,
    type: 'test.sender',
    category: 'external',
    isExternal: true,
    onMessage: (made) => route('Success', made),
    async onBatch(messages) {
      await promise;
      sent.push(...messages.map(labelOf));
      return messages.map((made) => route('Success', made));
    },
  });
  return { sent, letGo, node };
}

test('what comes while others wait in the log does not overtake them', async () => {
  const { sent, letGo, node } = stuckSender();
  const { engine, store } = world({ nodes: [node] });
  await engine.deploy(chain('root', { s: 'sender' }));
  await engine.start();
  await engine.handle(batch(labels(0, TOO_MANY).map((label) => message(label))));
  expect(engine.stats().openHandOvers).toBe(HAND_OVERS_IN_MEMORY_MAX);
  letGo();
  let next = TOO_MANY;
  while ((await store.openHandOvers()).length > 0) {
    if (next < TOO_MANY + 300) await engine.handle(batch(labels((next += 10) - 10, 10).map((label) => message(label))));
    await settled();
  }
  expect(sent).toEqual(labels(0, next));
});

test('after a restart the log is read bit by bit, in order', async () => {
  const store = memoryDataStore();
  const before = world({ store, nodes: [stuckSender().node] });
  await before.engine.deploy(chain('root', { s: 'sender' }));
  await before.engine.start();
  await before.engine.handle(batch(labels(0, TOO_MANY).map((label) => message(label))));
  const { sent, letGo, node } = stuckSender();
  const after = world({ store, nodes: [node] });
  await after.engine.deploy(chain('root', { s: 'sender' }));
  await after.engine.start();
  await after.engine.handle(batch([message(String(TOO_MANY))]));
  expect(after.engine.stats().openHandOvers).toBe(HAND_OVERS_IN_MEMORY_MAX);
  letGo();
  while ((await store.openHandOvers()).length > 0) await settled();
  expect(sent).toEqual(labels(0, TOO_MANY + 1));
});

test('a node that is stuck with more than fits in memory holds up no other one', async () => {
  const { node } = stuckSender();
  const { engine, seen } = world({ nodes: [node] });
  await engine.deploy(chain('root', { w: 'switch', s: 'sender', x: 'external' }, ['w -stuck-> s', 'w -free-> x']));
  await engine.start();
  const to = (way: string, label: string) => message(label, { to: way });
  await engine.handle(batch(labels(0, TOO_MANY).map((label) => to('stuck', label))));
  await engine.handle(batch(['a', 'b'].map((label) => to('free', label))));
  await settled();
  expect(seen).toEqual(['x:a', 'x:b']);
});

test('of more held messages than fit in memory, those leave first whose time comes first', async () => {
  const holder = defineRuleNode({
    ...about,
    type: 'test.holder',
    category: 'action',
    state: { schema: z.strictObject({}), keyedBy: 'node', maxEntries: 1 },
    onMessage: (made, { nowMs }) => hold(epochMs(nowMs + (made.data as { forMs: number }).forMs), {}),
    onTimer: (made) => route('Success', made),
  });
  const { engine, seen, store, clock } = world({ nodes: [holder] });
  await engine.deploy(chain('root', { h: 'holder', n: 'note' }, ['h -Success-> n']));
  await engine.start();
  await engine.handle(batch(labels(0, TOO_MANY).map((label) => message(label, { forMs: 60_000 }))));
  await engine.handle(batch([message('late', { forMs: 90_000 }), message('soon', { forMs: 1_000 })]));
  expect(engine.stats().openHandOvers).toBe(HAND_OVERS_IN_MEMORY_MAX);
  await clock.advanceMs(1_000);
  expect(seen).toEqual(['n:soon']);
  await clock.advanceMs(59_000);
  while ((await store.openHandOvers()).length > 1) await settled().then(() => clock.advanceMs(0));
  expect(seen.slice(1)).toEqual(labels(0, TOO_MANY).map((label) => `n:${label}`));
  await clock.advanceMs(30_000);
  expect(seen.at(-1)).toBe('n:late');
});
