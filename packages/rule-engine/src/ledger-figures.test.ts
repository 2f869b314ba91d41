// Goal: the ledger says what happened, at which node, since when, and for whom; and counts what is committed. Method: chains
// of known outcome, through redeployments, failed commits and restarts.
import { storageErrors } from '@fieldline/ports';
import type { TenantId } from '@fieldline/model';
import { memoryDataStore } from '@fieldline/storage-memory';
import { expect, test } from 'vitest';
import { batch, chain, message, settled, tenantId, world } from './engine.fixture.js';

const sums = { entered: 0, made: 0, ended: 0, unconnected: 0, failed: 0, returned: 0, called: 0, waiting: 0 };

test('each branch is accounted for where it ended', async () => {
  const { engine, clock } = world();
  const calls = ['s -A-> n', 's -A-> e', 's -F-> f', 's -C-> call', 's -H-> h', 'call -out-> n'];
  await engine.deploy(chain('inner', { out: 'output' }));
  await engine.deploy(chain('root', { s: 'switch', n: 'note', e: 'end', f: 'fail', call: ['chain', { ruleChainId: 'inner' }], h: 'hold' }, calls));
  await engine.handle(batch(['A', 'B', 'F', 'C', 'H'].map((to) => message(to, { to }))));
  const ledger = await engine.ledger(tenantId, 'root');
  expect(ledger).toMatchObject({
    ...sums,
    ...{ ruleChainId: 'root', tenantId, name: 'root', version: 1, sinceMs: clock.nowMs() },
    ...{ entered: 5, made: 2, ended: 1, unconnected: 3, failed: 1, called: 1, waiting: 1 },
  });
  expect(await engine.ledger(tenantId, 'inner')).toMatchObject({ ...sums, entered: 1, returned: 1 });
  const nodes = Object.fromEntries((ledger?.nodes ?? []).map((node) => [node.name, node]));
  expect(nodes['s']).toMatchObject({ nodeId: 'root.s', type: 'test.switch', isActive: true, received: 5, failed: 0 });
  expect(nodes['s']?.relations.map(({ relationType, left, unconnected }) => [relationType, left, unconnected])).toEqual([
    ['A', 1, 0],
    ['B', 1, 1],
    ['F', 1, 0],
    ['C', 1, 0],
    ['H', 1, 0],
  ]);
  expect(nodes['s']?.time.count).toBe(5);
  expect(nodes['n']?.relations[0]).toMatchObject({ left: 2, unconnected: 2, time: { count: 2 } });
  expect(nodes['e']?.ended).toEqual({ enough: 1 });
  expect(nodes['f']?.failed).toBe(1);
  expect(nodes['h']).toMatchObject({ handedOver: 1, resumed: 0 });
});

test('what waited goes on and is accounted for again', async () => {
  const { engine, clock } = world();
  await engine.deploy(chain('root', { h: 'hold', r: 'external' }, ['h -Success-> r']));
  await engine.start();
  await engine.handle(batch([message('1')]));
  expect(await engine.ledger(tenantId, 'root')).toMatchObject({ ...sums, entered: 1, waiting: 1 });
  await clock.advanceMs(1_000);
  await settled();
  const ledger = await engine.ledger(tenantId, 'root');
  expect(ledger).toMatchObject({ ...sums, entered: 1, unconnected: 1 });
  expect(ledger?.nodes.map(({ received, handedOver, resumed }) => [received, handedOver, resumed])).toEqual([
    [1, 1, 1],
    [1, 1, 1],
  ]);
});

test('what an earlier process handed over waits here, and goes on', async () => {
  const store = memoryDataStore();
  const drawn = chain('root', { h: 'hold' });
  const before = world({ store });
  await before.engine.deploy(drawn);
  await before.engine.start();
  await before.engine.handle(batch([message('1'), message('2')]));
  await before.engine.close();
  const { engine, clock } = world({ store, clock: before.clock });
  await engine.deploy(drawn);
  await engine.start();
  expect(await engine.ledger(tenantId, 'root')).toMatchObject({ ...sums, made: 2, waiting: 2, nodes: [{ handedOver: 2, resumed: 0 }] });
  await clock.advanceMs(1_000);
  expect(await engine.ledger(tenantId, 'root')).toMatchObject({ ...sums, made: 2, unconnected: 2, nodes: [{ handedOver: 2, resumed: 2 }] });
});

test('a node that is not active fails its messages, and they count as failed there', async () => {
  const { engine } = world();
  await engine.deploy(chain('root', { u: 'unheard-of' }));
  await engine.handle(batch([message('1'), message('2')]));
  const ledger = await engine.ledger(tenantId, 'root');
  expect(ledger).toMatchObject({ entered: 2, failed: 2 });
  expect(ledger?.nodes).toMatchObject([{ isActive: false, received: 2, failed: 2 }]);
});

test('figures go on through a redeployment, also of a node that became another', async () => {
  const { engine, clock } = world();
  const sinceMs = clock.nowMs();
  await engine.deploy(chain('root', { n: 'note' }));
  await engine.handle(batch([message('1')]));
  clock.sleepMs(5_000);
  await engine.deploy(chain('root', { n: 'batch' }, [], { version: 2 }));
  await engine.handle(batch([message('2')]));
  expect(await engine.ledger(tenantId, 'root')).toMatchObject({ version: 2, sinceMs, entered: 2, unconnected: 2, nodes: [{ received: 2 }] });
});

test('a batch whose commit fails did nothing, as far as the ledger is concerned', async () => {
  const store = memoryDataStore();
  const commit = store.commit.bind(store);
  let isBroken = true;
  store.commit = (unit) => (isBroken ? Promise.reject(storageErrors.UNAVAILABLE({ reason: 'test' })) : commit(unit));
  const { engine } = world({ store });
  await engine.deploy(chain('root', { s: 'switch', r: 'external', f: 'fail' }, ['s -A-> r', 's -B-> f']));
  const sent = batch([message('1', { to: 'A' }), message('2', { to: 'B' })]);
  await expect(engine.handle(sent)).rejects.toThrow();
  expect(await engine.ledger(tenantId, 'root')).toMatchObject(sums);
  isBroken = false;
  await engine.handle(sent);
  const ledger = await engine.ledger(tenantId, 'root');
  expect(ledger).toMatchObject({ ...sums, entered: 2, failed: 1, waiting: 1 });
  expect(ledger?.nodes.map(({ failed, handedOver }) => [failed, handedOver])).toEqual([
    [0, 0],
    [0, 1],
    [1, 0],
  ]);
});

test('nobody reads the account of another tenant, and there is none of a chain that does not run', async () => {
  const { engine } = world();
  await engine.deploy(chain('root', { n: 'note' }));
  await engine.deploy(chain('second', { n: 'note' }));
  const other = '00000000-0000-7000-8000-0000000000bb' as TenantId;
  expect(await engine.ledger(other, 'root')).toBeUndefined();
  expect(await engine.ledgers(other)).toEqual([]);
  expect(await engine.ledger(tenantId, 'gone')).toBeUndefined();
  expect((await engine.ledgers(tenantId)).map(({ ruleChainId }) => ruleChainId)).toEqual(['root', 'second']);
  expect(Object.keys((await engine.ledgers(tenantId))[0] ?? {})).not.toContain('nodes');
});
