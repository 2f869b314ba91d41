import { expect, test } from 'vitest';
import { batch, chain, deadLetters, message, tenantId, world } from './engine.fixture.js';

// Rule chains that call one another (rule-engine.md §7.5).

test('output nodes return to the caller by their names, in the order of the batch', async () => {
  const { engine, seen } = world();
  await engine.deploy(chain('inner', { s: 'switch', High: 'output', Low: 'output' }, ['s -Low-> Low', 's -High-> High']));
  await engine.deploy(
    chain('root', { call: ['chain', { ruleChainId: 'inner' }], a: 'note', b: 'note' }, ['call -high-> a', 'call -Low-> b', 'a -Success-> b']),
  );
  await engine.handle(batch([message('1', { to: 'High' }), message('2', { to: 'Low' }), message('3', { to: 'High' })]));
  expect(seen).toEqual(['a:1', 'a:3', 'b:1', 'b:2', 'b:3']);
});

test('what ends inside does not come back, what fails inside is a dead letter of that chain', async () => {
  const { engine, seen, store } = world();
  await engine.deploy(chain('inner', { s: 'switch', f: 'fail', e: 'end', Out: 'output' }, ['s -F-> f', 's -E-> e', 's -O-> Out']));
  await engine.deploy(chain('root', { call: ['chain', { ruleChainId: 'inner' }], n: 'note' }, ['call -Out-> n', 'call -Failure-> n']));
  await engine.handle(batch(['F', 'E', 'O'].map((to) => message(to, { to }))));
  expect(seen).toEqual(['n:O']);
  expect(await deadLetters(store)).toEqual(['TEST_FAILED F']);
});

test('a chain entered directly ends its messages at an output node', async () => {
  const { engine, store } = world();
  await engine.deploy(chain('root', { Out: 'output' }));
  await engine.handle(batch([message('1')]));
  expect((await engine.ledger(tenantId, 'root'))?.nodes[0]?.ended).toEqual({ 'output without caller': 1 });
  expect(await deadLetters(store)).toEqual([]);
});

test('an output node that waits for nothing but a slow node still returns', async () => {
  const { engine, seen } = world();
  await engine.deploy(chain('inner', { w: 'slow', Out: 'output' }, ['w -Success-> Out']));
  await engine.deploy(chain('root', { call: ['chain', { ruleChainId: 'inner' }], n: 'note' }, ['call -Out-> n']));
  await engine.handle(batch([message('1'), message('2')]));
  expect(seen).toEqual(['w:1', 'w:2', 'n:1', 'n:2']);
});

test('a chain that calls itself, or comes back to its caller, fails the message through Failure', async () => {
  const { engine, seen } = world();
  await engine.deploy(chain('inner', { call: ['chain', { ruleChainId: 'root' }], n: 'note' }, ['call -Failure-> n']));
  await engine.deploy(chain('root', { call: ['chain', { ruleChainId: 'inner' }] }));
  await engine.deploy(chain('self', { call: ['chain', { ruleChainId: 'self' }], m: 'note' }, ['call -Failure-> m']));
  await engine.handle(batch([message('1')]));
  await engine.handle(batch([message('2')], 'self'));
  expect(seen).toEqual(['m:2']);
  const ledgers = await Promise.all(['inner', 'root', 'self'].map((id) => engine.ledger(tenantId, id)));
  const dead = ledgers.flatMap((ledger) => (ledger?.nodes ?? []).filter(({ failed }) => failed > 0).map(({ nodeId }) => nodeId));
  expect(dead).toEqual(['root.call']);
});

test('a caller of a chain that never existed fails, of one that was removed ends', async () => {
  const { engine, store } = world();
  await engine.deploy(chain('inner', { n: 'note' }));
  await engine.deploy(
    chain('root', { s: 'switch', a: ['chain', { ruleChainId: 'inner' }], b: ['chain', { ruleChainId: 'nowhere' }] }, ['s -A-> a', 's -B-> b']),
  );
  await engine.remove('inner');
  await engine.handle(batch([message('1', { to: 'A' }), message('2', { to: 'B' })]));
  expect(await deadLetters(store)).toEqual(['ENGINE_CHAIN_UNKNOWN 2']);
});

test('a chain of another tenant cannot be called', async () => {
  const { engine, store } = world();
  await engine.deploy(chain('theirs', { n: 'note' }, [], { tenantId: 'other', isRoot: true }));
  await engine.deploy(chain('root', { a: ['chain', { ruleChainId: 'theirs' }] }));
  await engine.handle(batch([message('1')]));
  expect(await deadLetters(store)).toEqual(['ENGINE_CHAIN_UNKNOWN 1']);
});

test('the chain of the originator comes first where the node says so', async () => {
  const { engine, seen } = world({ chainOf: (made) => (made.originator.id === 'device-b' ? 'profile' : undefined) });
  await engine.deploy(chain('profile', { p: 'note', Out: 'output' }, ['p -Success-> Out']));
  await engine.deploy(chain('other', { o: 'note', Out: 'output' }, ['o -Success-> Out']));
  await engine.deploy(chain('root', { call: ['chain', { ruleChainId: 'other', forwardMsgToDefaultRuleChain: true }], n: 'note' }, ['call -Out-> n']));
  await engine.handle(batch([message('1', {}, 'device-b'), message('2'), message('3', {}, 'device-b')], 'root'));
  expect(seen).toEqual(['p:1', 'p:3', 'o:2', 'n:1', 'n:2', 'n:3']);
});

test('chains nest to a depth and no further', async () => {
  const { engine, store } = world();
  for (let depth = 1; depth <= 40; depth += 1) await engine.deploy(chain(`c${depth}`, { call: ['chain', { ruleChainId: `c${depth + 1}` }] }));
  await engine.handle(batch([message('1')], 'c1'));
  expect(await deadLetters(store)).toEqual(['ENGINE_CHAIN_TOO_DEEP 1']);
});
