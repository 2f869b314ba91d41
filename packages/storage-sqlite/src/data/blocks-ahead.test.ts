// Goal: blocks that hold what memory still has in full, as it was some time ago, bring nothing back that was removed or died since.
// Method: packing that takes along what was committed after it was decided on, and a first packing that dies; then removals.
import { TestClock } from '@fieldline/contract-tests';
import { silentLog } from '@fieldline/kernel';
import { ValueKind, type EntityId, type TenantId } from '@fieldline/model';
import type { CommitUnit, DataStore } from '@fieldline/ports';
import { expect, test } from 'vitest';
import { openForReading } from '../database.js';
import { FolderSnapshot } from '../folder/folder-snapshot.js';
import { HEAD_ANSWER_POINTS } from '../limits.js';
import { Packer } from '../packing/packer.js';
import { openDataStore, openPackedStore, testFolder } from '../test-folder.fixture.js';
import { openGated } from './gated-store.fixture.js';

const tenantId = 'tenant' as TenantId;
const device: EntityId = { entityType: 'DEVICE', id: 'device' };
const MANY = HEAD_ANSWER_POINTS + 100;

function commit(store: DataStore, fill: (unit: CommitUnit) => void): Promise<void> {
  const unit = store.begin();
  fill(unit);
  return store.commit(unit);
}

function run(unit: CommitUnit, key: string, from: number, count: number, ttlMs = 0): void {
  for (let n = 0; n < count; n += 1) unit.point(tenantId, device, key, from + n, ValueKind.long, n, ttlMs);
}

test('what was packed with an earlier generation does not come back, however much memory holds', async () => {
  const folder = testFolder();
  const clock = new TestClock();
  const from = clock.nowMs();
  const { store, packer, close } = await openGated(folder.path, clock, { packPoints: MANY + 1_000 });
  const turns = async (isDone: () => boolean): Promise<void> => {
    while (!isDone()) await new Promise((resolve) => void setImmediate(resolve));
  };
  // The first begins packing as soon as it is on the disk, and the second gets there with it.
  await Promise.all([commit(store, (unit) => run(unit, 'other', from, MANY + 1_000)), commit(store, (unit) => run(unit, 'k', from, MANY))]);
  await turns(packer.isWaiting);
  packer.next();
  await turns(packer.isWaiting);
  packer.next();
  await turns(() => !packer.isWaiting());
  await commit(store, (unit) => unit.removePoints({ tenantId, entity: device, key: 'k', startMs: from, endMs: from + 10, latest: 'keep' }));
  await commit(store, (unit) => run(unit, 'k', from + 20, 10, 50));
  clock.advanceMs(100);
  const points = await store.range(tenantId, device, { key: 'k', startMs: from, endMs: from + 40, limit: 100, order: 'ASC' });
  const times = [...Array.from({ length: 10 }, (_, n) => n + 10), ...Array.from({ length: 10 }, (_, n) => n + 30)];
  expect(points.map(({ tsMs }) => tsMs - from)).toEqual(times);
  await close();
  folder.remove();
});

test('nor does what a first packing left that died, for the store or for a tool', async () => {
  const folder = testFolder();
  const { store, writer, close } = await openDataStore(folder.path);
  await commit(store, (unit) => run(unit, 'k', 0, 10));
  const dying = { ...writer, ready: () => writer.ready(), close: () => writer.close(), lastLogSeq: writer.lastLogSeq };
  let requests = 0;
  const packer = new Packer({
    path: folder.path,
    writer: { ...dying, write: async (request) => ((requests += 1) > 1 ? { kind: 'unchanged', statement: 0 } : writer.write(request)) },
    clock: new TestClock(),
    log: silentLog,
  });
  await expect(packer.pack(writer.lastLogSeq)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  await packer.close();
  await commit(store, (unit) => unit.removePoints({ tenantId, entity: device, key: 'k', startMs: 3, endMs: 8, latest: 'keep' }));
  const query = { key: 'k', startMs: 0, endMs: 100, limit: 100, order: 'ASC' } as const;
  expect((await store.range(tenantId, device, query)).map(({ tsMs }) => tsMs)).toEqual([0, 1, 2, 8, 9]);
  const snapshot = new FolderSnapshot({ path: folder.path, clock: new TestClock() });
  expect([...snapshot.points(1, query)].flatMap(({ times }) => [...times])).toEqual([0, 1, 2, 8, 9]);
  snapshot.close();
  await close();
  folder.remove();
});

test('a latest value that is rewritten is none that was removed since it was packed', async () => {
  const folder = testFolder();
  const { store, close } = await openPackedStore(folder.path, 5);
  await commit(store, (unit) => run(unit, 'k', 1, 5));
  const database = openForReading(folder.path);
  await expect.poll(() => database.prepare('SELECT through_seq FROM packing').get()).toEqual({ through_seq: 1 });
  database.close();
  const remove = (startMs: number, latest: 'keep' | 'rewrite'): Promise<void> =>
    commit(store, (unit) => unit.removePoints({ tenantId, entity: device, key: 'k', startMs, endMs: startMs + 1, latest }));
  await remove(4, 'keep');
  await remove(3, 'keep');
  await remove(5, 'rewrite');
  expect((await store.latest(tenantId, device)).map(({ tsMs }) => tsMs)).toEqual([2]);
  await close();
  folder.remove();
});
