import { SECRET_MISSING } from '@fieldline/model';
import { expect, test } from 'vitest';
import { batch, chain, deadLetters, message, settled, tenantId, world } from './engine.fixture.js';

// One engine over the memory store and tiny node types; each test draws a chain and looks at what nodes have
// seen, what was stored, and what the ledger says.

async function through(sketch: Parameters<typeof chain>[1], connections: readonly string[], ...messages: ReturnType<typeof message>[]) {
  const made = world();
  await made.engine.deploy(chain('root', sketch, connections));
  await made.engine.handle(batch(messages));
  const nodes = Object.fromEntries(((await made.engine.ledger(tenantId, 'root'))?.nodes ?? []).map((node) => [node.name, node]));
  return { ...made, nodes, dead: await deadLetters(made.store) };
}

test('a message follows the connection of its relation type, whatever the case', async () => {
  const { seen } = await through(
    { s: 'switch', a: 'note', b: 'note' },
    ['s -True-> a', 's -FALSE-> b'],
    message('1', { to: 'true' }),
    message('2', { to: 'False' }),
  );
  expect(seen).toEqual(['a:1', 'b:2']);
});

test('a fan-out shares the message, and where ways meet again it arrives once for each way', async () => {
  const { seen } = await through(
    { s: 'switch', a: 'note', b: 'note', c: 'note' },
    ['s -X-> a', 's -X-> b', 'a -Success-> c', 'b -Success-> c'],
    message('1', { to: 'X' }),
    message('2', { to: 'X' }),
  );
  expect(seen).toEqual(['a:1', 'a:2', 'b:1', 'b:2', 'c:1', 'c:1', 'c:2', 'c:2']);
});

test('a node sees its messages in the order of the batch, whatever way they came', async () => {
  const { seen } = await through(
    { s: 'switch', a: 'slow', b: 'note', c: 'note' },
    ['s -A-> a', 's -B-> b', 'a -Success-> c', 'b -Success-> c'],
    message('1', { to: 'B' }),
    message('2', { to: 'A' }),
    message('3', { to: 'B' }),
  );
  expect(seen.filter((line) => line.startsWith('c'))).toEqual(['c:1', 'c:2', 'c:3']);
});

test('several labels are all followed, each connection once', async () => {
  const { seen } = await through({ s: 'switch', a: 'note', b: 'note' }, ['s -A-> a', 's -B-> b'], message('1', { to: ['A', 'a', 'B'] }));
  expect(seen).toEqual(['a:1', 'b:1']);
});

test('a relation type without connection ends the branch and is counted', async () => {
  const { nodes, dead } = await through({ s: 'switch', a: 'note' }, ['s -A-> a'], message('1', { to: 'B' }), message('2', { to: 'b' }));
  expect(nodes['s']?.relations).toMatchObject([{ relationType: 'B', left: 2, unconnected: 2 }]);
  expect(dead).toEqual([]);
});

test('a failure follows Failure, and without a connection there becomes a dead letter', async () => {
  const { seen, dead, nodes } = await through(
    { s: 'switch', f: 'fail', g: 'throw', n: 'note' },
    ['s -A-> f', 's -B-> g', 'f -failure-> n'],
    message('1', { to: 'A' }),
    message('2', { to: 'B' }),
    message('3', { to: 'Failure' }),
  );
  expect(seen).toEqual(['n:1']);
  expect(dead).toEqual(['ENGINE_FAILURE_UNCONNECTED 3', 'NODE_THREW 2']);
  expect(nodes['g']).toMatchObject({ received: 1, failed: 1 });
});

test('a failed message counts as acknowledged under the default strategy', async () => {
  const { engine } = await through({ f: 'fail' }, []);
  expect((await engine.handle(batch([message('1')]))).size).toBe(0);
});

test('deliberate ends are counted by their reason', async () => {
  const { nodes } = await through({ e: 'end' }, [], message('1'), message('2'));
  expect(nodes['e']?.ended).toEqual({ enough: 2 });
});

test('a node takes a whole batch at once where it can', async () => {
  const { seen } = await through({ a: 'batch', b: 'note' }, ['a -Success-> b'], message('1'), message('2'));
  expect(seen).toEqual(['a:1', 'a:2', 'b:1', 'b:2']);
});

test('effects of a batch are one commit, and it resolves after it', async () => {
  const { store } = await through({ s: 'save' }, [], message('1', { label: 1, t: 20 }));
  const latest = await store.latest(message('1').tenantId, { entityType: 'DEVICE', id: 'device-a' });
  expect(latest.map(({ key, value }) => [key, value])).toEqual([
    ['label', 1],
    ['t', 20],
  ]);
});

test('a message made by a node is a branch, and keeps the order', async () => {
  const { seen } = await through({ x: 'split', n: 'note' }, ['x -Success-> n'], message('1'), message('2'));
  expect(seen).toEqual(['n:1a', 'n:1b', 'n:2a', 'n:2b']);
});

test('a spawned message enters its chain at the first node, in the same batch', async () => {
  const { seen } = await through({ x: 'spawn', n: 'note' }, ['x -Success-> n'], message('1'), message('2'));
  expect(seen).toEqual(['n:1', 'n:2', "n:1'", "n:2'"]);
});

test('a chain without first node, and a chain that does not exist, end their messages', async () => {
  const { engine, store } = world();
  await engine.deploy(chain('root', {}));
  await engine.handle(batch([message('1')]));
  await engine.handle(batch([message('2')], 'gone'));
  expect(engine.stats().endedNowhere).toBe(1);
  expect(await deadLetters(store)).toEqual([]);
});

test('without a root chain a message fails', async () => {
  const { engine, store } = world();
  await engine.handle(batch([message('1')]));
  expect(await deadLetters(store)).toEqual(['ENGINE_NO_ROOT_CHAIN 1']);
});

test('a node with wrong settings, and one of an unknown type, fail their messages past Failure', async () => {
  const { engine, store, seen } = world();
  const inactive = await engine.deploy(
    chain('root', { s: 'switch', a: ['count', { step: 'x' }], b: 'unheard-of', n: 'note' }, [
      's -A-> a',
      's -B-> b',
      'a -Failure-> n',
      'b -Failure-> n',
    ]),
  );
  expect(inactive.map(({ nodeId, problem }) => [nodeId, problem.code])).toEqual([
    ['root.a', 'ENGINE_NODE_NOT_ACTIVE'],
    ['root.b', 'ENGINE_NODE_TYPE_UNKNOWN'],
  ]);
  await engine.handle(batch([message('1', { to: 'A' }), message('2', { to: 'B' })]));
  expect(await deadLetters(store)).toEqual(['ENGINE_NODE_NOT_ACTIVE 1', 'ENGINE_NODE_TYPE_UNKNOWN 2']);
  expect(seen).toEqual([]);
});

test('a node whose secret an import left out fails its messages and says which setting it needs', async () => {
  const { engine, store } = world();
  const [inactive] = await engine.deploy(chain('root', { a: ['count', { step: SECRET_MISSING }] }));
  expect([inactive?.problem.code, inactive?.problem.message]).toEqual([
    'ENGINE_NODE_SECRET_MISSING',
    'The rule node "a" is not active: its setting "step" has no value.',
  ]);
  await engine.handle(batch([message('1')]));
  expect(await deadLetters(store)).toEqual(['ENGINE_NODE_SECRET_MISSING 1']);
});

test('messages that circle over connections end at the limit of nodes', async () => {
  const { dead } = await through({ a: 'note', b: 'note' }, ['a -Success-> b', 'b -Success-> a'], message('1'));
  expect(dead).toEqual(['ENGINE_TOO_MANY_NODES 1']);
});

test('messages that spawn one another for ever end at the limit of nodes', async () => {
  const { defineRuleNode, route, z } = await import('@fieldline/plugin-sdk');
  const endless = defineRuleNode({
    type: 'test.endless',
    version: 1,
    category: 'action',
    title: 'T',
    summary: 'T.',
    config: z.strictObject({}),
    defaults: {},
    relationTypes: ['Success'],
    onMessage: (m) => route('Success', m, { spawns: [{ type: m.type, originator: m.originator, metadata: {}, data: m.data }] }),
  });
  const { engine, store } = world({ nodes: [endless] });
  await engine.deploy(chain('root', { a: 'endless' }));
  await engine.handle(batch([message('1')]));
  expect(await deadLetters(store)).toEqual(['ENGINE_TOO_MANY_NODES 1']);
});

test('remembered packets are part of the commit', async () => {
  const { engine, store } = world();
  await engine.deploy(chain('root', { n: 'note' }));
  const made = message('1').with({ metadata: { ts: '77' } });
  const packet = { deviceId: 'device-a', packetId: 5, payloadHash: 9 };
  await engine.handle({ queueName: 'Main', partition: 0, messages: [{ message: made, ruleChainId: undefined, packet }] });
  expect(store.acceptedAt('device-a', 5, 9)).toBe(77);
});

test('a batch runs before handle returns, where no node waits', async () => {
  const { engine, seen } = world();
  await engine.deploy(chain('root', { n: 'note' }));
  const done = engine.handle(batch([message('1')]));
  expect(seen).toEqual(['n:1']);
  await done;
});

test('batches of a partition keep their order behind a node that waits', async () => {
  const { engine, seen } = world();
  await engine.deploy(chain('root', { s: 'switch', a: 'slow', n: 'note' }, ['s -A-> a', 's -B-> n', 'a -Success-> n']));
  await Promise.all([
    engine.handle(batch([message('1', { to: 'A' })])),
    engine.handle(batch([message('2', { to: 'B' })])),
    engine.handle(batch([message('3', { to: 'A' })])),
  ]);
  expect(seen.filter((line) => line.startsWith('n'))).toEqual(['n:1', 'n:2', 'n:3']);
});

test('ticks run each period with a commit of their own, and stop when the chain goes', async () => {
  const { engine, clock, seen, store } = world();
  await engine.deploy(chain('root', { t: ['tick', { label: 'x' }], n: 'note' }, ['t -Success-> n']));
  await engine.start();
  await clock.advanceMs(999);
  expect(seen).toEqual([]);
  await clock.advanceMs(2_001);
  expect(seen).toEqual(['n:x1', 'n:x2', 'n:x3']);
  expect(await store.nodeStates(message('1').tenantId, 'root.t', 10)).toEqual([{ entityId: '', state: { count: 3 } }]);
  await engine.remove('root');
  await settled();
  await clock.advanceMs(5_000);
  expect(seen).toHaveLength(3);
  expect(clock.pending).toEqual([]);
  expect(await store.nodeStates(message('1').tenantId, 'root.t', 10)).toEqual([]);
});
