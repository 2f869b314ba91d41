import { defineRuleNode, route, z } from '@fieldline/plugin-sdk';
import { memoryDataStore } from '@fieldline/storage-memory';
import { expect, test } from 'vitest';
import { batch, chain, deadLetters, labelOf, message, settled, world } from './engine.fixture.js';
import { HAND_OVERS_IN_MEMORY_MAX, HAND_OVERS_PER_NODE_MAX } from './limits.js';

// Work outside is done after the commit, from the log, at least once (design.md §4).

const outside = () => chain('root', { n: 'note', x: 'external', m: 'note' }, ['n -Success-> x', 'x -Success-> m']);

/** An external node whose messages end when the test says so. */
function slowOutside() {
  const open: { readonly label: string; end(error?: Error): void }[] = [];
  const node = defineRuleNode({
    type: 'test.remote',
    version: 1,
    category: 'external',
    title: 'Remote',
    summary: 'Waits.',
    config: z.strictObject({}),
    defaults: {},
    relationTypes: ['Success'],
    isExternal: true,
    async onMessage(made) {
      await new Promise<void>((resolve, reject) =>
        open.push({ label: labelOf(made), end: (error) => (error === undefined ? resolve() : reject(error)) }),
      );
      return route('Success', made);
    },
  });
  return { open, node };
}

test('a message is acknowledged before its external node runs, and goes on behind it', async () => {
  const { engine, seen, store } = world();
  await engine.deploy(outside());
  await engine.start();
  const done = engine.handle(batch([message('1'), message('2')]));
  expect(seen).toEqual(['n:1', 'n:2']);
  await done;
  await settled();
  expect(seen).toEqual(['n:1', 'n:2', 'x:1', 'm:1', 'x:2', 'm:2']);
  expect(await store.openHandOvers()).toEqual([]);
  expect(engine.stats().openHandOvers).toBe(0);
});

test('a slow external node holds up neither batches nor other messages of its own', async () => {
  const { open, node } = slowOutside();
  const { engine, seen } = world({ nodes: [node] });
  await engine.deploy(chain('root', { r: 'remote', m: 'note' }, ['r -Success-> m']));
  await engine.start();
  for (const label of ['1', '2', '3']) await engine.handle(batch([message(label)]));
  await settled();
  open[1]?.end();
  await settled();
  expect(seen).toEqual(['m:2']);
});

test('at most HAND_OVERS_PER_NODE_MAX messages of a node are outside at once', async () => {
  const { open, node } = slowOutside();
  const { engine } = world({ nodes: [node] });
  await engine.deploy(chain('root', { r: 'remote' }));
  await engine.start();
  await engine.handle(batch(Array.from({ length: HAND_OVERS_PER_NODE_MAX + 10 }, (_, n) => message(String(n)))));
  await settled();
  expect(open).toHaveLength(HAND_OVERS_PER_NODE_MAX);
  open[0]?.end();
  await settled();
  expect(open).toHaveLength(HAND_OVERS_PER_NODE_MAX + 1);
});

test('after a crash what was handed over and not done runs again, what was done does not', async () => {
  const { open, node } = slowOutside();
  const store = memoryDataStore();
  const before = world({ store, nodes: [node] });
  const drawn = chain('root', { r: 'remote', m: 'note' }, ['r -Success-> m']);
  await before.engine.deploy(drawn);
  await before.engine.start();
  await before.engine.handle(batch([message('1'), message('2')]));
  await settled();
  open.find(({ label }) => label === '1')?.end();
  await settled();
  // The first engine is never heard of again.
  const again = slowOutside();
  const after = world({ store, nodes: [again.node] });
  await after.engine.deploy(drawn);
  await after.engine.start();
  await settled();
  expect(again.open.map(({ label }) => label)).toEqual(['2']);
  again.open[0]?.end();
  await settled();
  expect(after.seen).toEqual(['m:2']);
  expect(await store.openHandOvers()).toEqual([]);
});

test('a message resumed in a nested chain returns to its caller', async () => {
  const store = memoryDataStore();
  const before = world({ store });
  const chains = [
    chain('inner', { x: 'external', Out: 'output' }, ['x -Success-> Out']),
    chain('root', { call: ['chain', { ruleChainId: 'inner' }], m: 'note' }, ['call -Out-> m']),
  ];
  for (const drawn of chains) await before.engine.deploy(drawn);
  await before.engine.handle(batch([message('1')]));
  expect(await store.openHandOvers()).toHaveLength(1);
  const after = world({ store });
  for (const drawn of chains) await after.engine.deploy(drawn);
  await after.engine.start();
  await settled();
  expect(after.seen).toEqual(['x:1', 'm:1']);
});

test('an external node that fails goes to Failure, or to the dead letters', async () => {
  const { open, node } = slowOutside();
  const { engine, store } = world({ nodes: [node] });
  await engine.deploy(chain('root', { r: 'remote' }));
  await engine.start();
  await engine.handle(batch([message('1')]));
  await settled();
  open[0]?.end(new Error('no answer'));
  await settled();
  expect(await deadLetters(store)).toEqual(['NODE_THREW 1']);
  expect(await store.openHandOvers()).toEqual([]);
});

test('where the commit of a hand-over fails, it is done again', async () => {
  const store = memoryDataStore();
  let failures = 0;
  const troubled = new Proxy(store, {
    get(target, name) {
      if (name === 'commit' && failures-- > 0) return () => Promise.reject(new Error('no disk'));
      const found: unknown = Reflect.get(target, name, target);
      return typeof found === 'function' ? found.bind(target) : found;
    },
  });
  const { engine, seen, clock } = world({ store: troubled });
  await engine.deploy(outside());
  await engine.start();
  const done = engine.handle(batch([message('1')]));
  failures = 1;
  await done;
  await settled();
  expect(seen).toEqual(['n:1', 'x:1', 'm:1']);
  expect(await store.openHandOvers()).toHaveLength(1);
  await clock.advanceMs(1_000);
  await settled();
  expect(seen).toEqual(['n:1', 'x:1', 'm:1', 'x:1', 'm:1']);
  expect(await store.openHandOvers()).toEqual([]);
});

test('a node that takes batches gets what waits in one, in order', async () => {
  const sizes: number[] = [];
  const sender = defineRuleNode({
    type: 'test.sender',
    version: 1,
    category: 'external',
    title: 'Sender',
    summary: 'Sends.',
    config: z.strictObject({}),
    defaults: {},
    relationTypes: ['Success'],
    isExternal: true,
    onMessage: (made) => route('Success', made),
    async onBatch(messages) {
      sizes.push(messages.length);
      await Promise.resolve();
      return messages.map((made) => route('Success', made));
    },
  });
  const { engine, seen } = world({ nodes: [sender] });
  await engine.deploy(chain('root', { r: 'sender', m: 'note' }, ['r -Success-> m']));
  await engine.start();
  await engine.handle(batch(['1', '2', '3'].map((label) => message(label))));
  await settled();
  expect(seen).toEqual(['m:1', 'm:2', 'm:3']);
  expect(sizes).toEqual([3]);
});

test('what does not fit in memory waits in the log and is read when there is room', async () => {
  const { open, node } = slowOutside();
  const { engine, store } = world({ nodes: [node] });
  await engine.deploy(chain('root', { r: 'remote' }));
  await engine.start();
  const count = HAND_OVERS_IN_MEMORY_MAX + 500;
  await engine.handle(batch(Array.from({ length: count }, (_, n) => message(String(n)))));
  await settled();
  expect(engine.stats().openHandOvers).toBe(HAND_OVERS_IN_MEMORY_MAX);
  for (let ended = 0; ended < count; ended += 1) {
    if (open[ended] === undefined) await settled();
    open[ended]?.end();
  }
  await settled();
  expect(await store.openHandOvers()).toEqual([]);
  expect(new Set(open.map(({ label }) => label)).size).toBe(count);
  expect(open).toHaveLength(count);
});

test('a held message goes on when it is due, also after a restart', async () => {
  const store = memoryDataStore();
  const drawn = chain('root', { h: 'hold', m: 'note' }, ['h -Success-> m']);
  const before = world({ store });
  await before.engine.deploy(drawn);
  await before.engine.start();
  await before.engine.handle(batch([message('1'), message('2')]));
  await before.clock.advanceMs(999);
  expect(before.seen).toEqual([]);
  const after = world({ store, clock: before.clock });
  await after.engine.deploy(drawn);
  await after.engine.start();
  await before.engine.close();
  await after.clock.advanceMs(1);
  await settled();
  expect(before.seen).toEqual([]);
  expect(after.seen).toEqual(['m:1', 'm:2']);
});

test('what is handed over in a chain that is removed ends there', async () => {
  const { engine, store, seen } = world();
  await engine.deploy(outside());
  await engine.handle(batch([message('1')]));
  await engine.remove('root');
  await engine.start();
  await settled();
  expect(seen).toEqual(['n:1']);
  expect(await store.openHandOvers()).toEqual([]);
});

test('closing starts nothing new and leaves the rest in the log', async () => {
  const { open, node } = slowOutside();
  const { engine, store, clock } = world({ nodes: [node] });
  await engine.deploy(chain('root', { r: 'remote' }));
  await engine.start();
  await engine.handle(batch([message('1')]));
  await settled();
  let isClosed = false;
  const closed = engine.close().then(() => (isClosed = true));
  await settled();
  expect(isClosed).toBe(false);
  await clock.advanceMs(10_000);
  await closed;
  expect(open).toHaveLength(1);
  expect(await store.openHandOvers()).toHaveLength(1);
});
