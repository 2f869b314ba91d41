import { memoryDataStore } from '@fieldline/storage-memory';
import type { CommitUnit, DataStore } from '@fieldline/ports';
import { storageErrors } from '@fieldline/ports';
import { expect, test } from 'vitest';
import { batch, chain, message, settled, tenantId, world } from './engine.fixture.js';

// State moves in memory from message to message and is committed with its batch (design.md §4).

const counting = (version = 1, step = 1) => chain('root', { c: ['count', { step }], n: 'note' }, ['c -Success-> n'], { version });
const stored = async (store: DataStore) =>
  Object.fromEntries((await store.nodeStates(tenantId, 'root.c', 10)).map(({ entityId, state }) => [entityId, state]));

/** A store that gets into trouble when the test says so. */
function troubled() {
  const store = memoryDataStore();
  const control = { failures: 0, unreadable: 0, unfillable: 0, held: [] as (() => void)[], isHolding: false };
  const commit = async (unit: CommitUnit): Promise<void> => {
    if (control.failures-- > 0) {
      await Promise.resolve();
      throw storageErrors.UNAVAILABLE({ reason: 'the test says so' });
    }
    const done = store.commit(unit);
    if (control.isHolding) await new Promise<void>((resolve) => control.held.push(resolve));
    await done;
  };
  const begin = (): CommitUnit => {
    const unit = store.begin();
    if (control.unfillable-- > 0) {
      unit.nodeState = () => {
        throw new Error('the unit cannot be filled');
      };
    }
    return unit;
  };
  const nodeStates: DataStore['nodeStates'] = async (...asked) => {
    if (control.unreadable-- > 0) throw new Error('the state cannot be read');
    return store.nodeStates(...asked);
  };
  const openHandOvers = () => store.openHandOvers();
  return { control, store: { commit, begin, nodeStates, openHandOvers } as DataStore };
}

test('a message meets the state the one before left, also within a batch, and per originator', async () => {
  const { engine, seen, store } = world();
  await engine.deploy(counting());
  await engine.handle(batch([message('1'), message('2'), message('3', {}, 'device-b')]));
  await engine.handle(batch([message('4')]));
  expect(seen).toEqual(['n:1=1', 'n:2=2', 'n:3=1', 'n:4=3']);
  expect(await stored(store)).toEqual({ 'device-a': { count: 3 }, 'device-b': { count: 1 } });
});

test('beyond maxEntries the originator seen longest ago is forgotten, in the store as well', async () => {
  const { engine, store } = world();
  await engine.deploy(counting());
  for (const device of ['a', 'b', 'c', 'a', 'd']) await engine.handle(batch([message('1', {}, device)]));
  expect(await stored(store)).toEqual({ c: { count: 1 }, a: { count: 2 }, d: { count: 1 } });
});

test('after a crash a new engine goes on from the last commit', async () => {
  const store = memoryDataStore();
  const before = world({ store });
  await before.engine.deploy(counting());
  await before.engine.handle(batch([message('1'), message('2')]));
  const after = world({ store });
  await after.engine.deploy(counting());
  await after.engine.handle(batch([message('3')]));
  expect(after.seen).toEqual(['n:3=3']);
});

test('a batch whose commit fails is not acknowledged, and leaves no state behind', async () => {
  const { control, store } = troubled();
  const { engine, seen } = world({ store });
  await engine.deploy(counting());
  await engine.handle(batch([message('1')]));
  control.failures = 1;
  await expect(engine.handle(batch([message('2')]))).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  await engine.handle(batch([message('2 again')]));
  expect(seen).toEqual(['n:1=1', 'n:2=2', 'n:2 again=2']);
  expect(await stored(store)).toEqual({ 'device-a': { count: 2 } });
});

test('batches run while earlier ones commit; after a failure they wait until state was read back', async () => {
  const { control, store } = troubled();
  const { engine, seen } = world({ store });
  await engine.deploy(counting());
  control.isHolding = true;
  const first = engine.handle(batch([message('1')]));
  const second = engine.handle(batch([message('2')]));
  expect(seen).toEqual(['n:1=1', 'n:2=2']);
  control.isHolding = false;
  control.failures = 1;
  const failed = engine.handle(batch([message('3')]));
  await expect(failed).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  const next = engine.handle(batch([message('4')]));
  await settled();
  expect(seen).toEqual(['n:1=1', 'n:2=2', 'n:3=3']);
  for (const release of control.held) release();
  await Promise.all([first, second, next]);
  expect(seen.at(-1)).toBe('n:4=3');
});

test('while state cannot be read back nothing runs; the next batch tries again', async () => {
  const { control, store } = troubled();
  const { engine, seen } = world({ store });
  await engine.deploy(counting());
  control.failures = 1;
  const failed = engine.handle(batch([message('1')]));
  control.unreadable = 2;
  await expect(failed).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  await settled();
  await expect(engine.handle(batch([message('2')]))).rejects.toThrow('cannot be read');
  await engine.handle(batch([message('3')]));
  expect(seen).toEqual(['n:1=1', 'n:3=1']);
});

test('a unit that cannot be filled fails its batch and nothing else', async () => {
  const { control, store } = troubled();
  const { engine, seen } = world({ store });
  await engine.deploy(counting());
  control.unfillable = 1;
  await expect(engine.handle(batch([message('1')]))).rejects.toThrow('cannot be filled');
  await engine.handle(batch([message('2')]));
  expect(seen).toEqual(['n:1=1', 'n:2=1']);
});

test('a new version of a chain keeps state, also of a node whose settings changed', async () => {
  const { engine, seen } = world();
  await engine.deploy(counting());
  await engine.handle(batch([message('1')]));
  await engine.deploy(counting(2, 10));
  await engine.handle(batch([message('2')]));
  expect(seen).toEqual(['n:1=1', 'n:2=11']);
});

test('stored state that no longer fits is left out', async () => {
  const store = memoryDataStore();
  const unit = store.begin();
  unit.nodeState({ tenantId, ruleNodeId: 'root.c', entityId: 'device-a', state: { count: 'many' } });
  await store.commit(unit);
  const { engine, seen } = world({ store });
  await engine.deploy(counting());
  await engine.handle(batch([message('1')]));
  expect(seen).toEqual(['n:1=1']);
});
