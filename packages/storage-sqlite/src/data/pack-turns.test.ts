// Goal: the log is packed when it is time, also after packing failed, and intake slows down before there is no room left.
// Method: a store whose packer waits for the test, on a clock that the test moves.
import { TestClock } from '@fieldline/contract-tests';
import { ValueKind, type EntityId, type TenantId } from '@fieldline/model';
import { ValueUse, type DataStore } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import { openForReading } from '../database.js';
import { PACE_MS, PACK_AGE_MS, PACK_CHECK_MS, PACK_QUIET_POINTS, PACK_RETRY_MS } from '../limits.js';
import { openPackedStore, testFolder } from '../test-folder.fixture.js';
import { openGated } from './gated-store.fixture.js';
import type { SqliteDataStoreOptions } from './open-data-store.js';

const tenantId = 'tenant' as TenantId;
const device: EntityId = { entityType: 'DEVICE', id: 'device' };
type Opened = Awaited<ReturnType<typeof openGated>>;

async function withStore(limits: SqliteDataStoreOptions['limits'], run: (opened: Opened, clock: TestClock) => Promise<void>): Promise<void> {
  const folder = testFolder();
  const clock = new TestClock();
  const opened = await openGated(folder.path, clock, limits);
  try {
    await run(opened, clock);
  } finally {
    await opened.close();
    folder.remove();
  }
}

function commit(store: DataStore, firstMs: number, count = 1): Promise<void> {
  const unit = store.begin();
  for (let tsMs = firstMs; tsMs < firstMs + count; tsMs += 1) unit.point(tenantId, device, 'k', tsMs, ValueKind.double, tsMs, 0);
  return store.commit(unit);
}

async function timesOf(store: DataStore): Promise<number[]> {
  const points = await store.range(tenantId, device, { key: 'k', startMs: 0, endMs: 1_000, limit: 1_000, order: 'ASC' });
  return points.map(({ tsMs }) => tsMs);
}

/** Waits until the packer stands at its gate, or is done. */
async function settledUntil(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => void setImmediate(resolve));
}

describe('packing', () => {
  test('begins when the log holds enough, and makes room', async () => {
    await withStore({ packPoints: 8, logPointsMax: 14 }, async ({ store, packer }) => {
      await commit(store, 1, 6);
      expect(packer.isWaiting()).toBe(false);
      await commit(store, 7, 2);
      await settledUntil(packer.isWaiting);
      await expect(commit(store, 9, 7)).rejects.toMatchObject({ code: 'SQLITE_LOG_FULL' });
      packer.next();
      await settledUntil(packer.isWaiting);
      packer.next();
      await settledUntil(() => !packer.isWaiting());
      await new Promise((resolve) => void setImmediate(resolve));
      await commit(store, 9, 7);
      expect(await timesOf(store)).toEqual(Array.from({ length: 15 }, (_, n) => n + 1));
    });
  });

  test('begins for few points as well when they are old enough', async () => {
    await withStore({}, async ({ store, packer }, clock) => {
      await commit(store, 1);
      clock.advanceMs(PACK_CHECK_MS);
      expect(packer.isWaiting()).toBe(false);
      for (let pastMs = 0; pastMs <= PACK_AGE_MS; pastMs += PACK_CHECK_MS) clock.advanceMs(PACK_CHECK_MS);
      expect(packer.isWaiting()).toBe(true);
    });
  });

  test('begins for remembered publishes as well, of which nothing was stored', async () => {
    await withStore({ packBytes: 200, logBytesMax: 1_000 }, async ({ store, packer }) => {
      for (let packetId = 0; packetId < 200; packetId += 1) {
        const unit = store.begin();
        unit.packet({ tenantId, deviceId: device.id, packetId, payloadHash: 7, tsMs: packetId });
        await store.commit(unit);
        packer.next();
        await new Promise((resolve) => void setImmediate(resolve));
      }
      expect(store.acceptedAt(device.id, 199, 7)).toBe(199);
    });
  });

  test('begins for what is much as soon as no more comes', async () => {
    await withStore({}, async ({ store, packer }, clock) => {
      await commit(store, 1, PACK_QUIET_POINTS - 1);
      clock.advanceMs(PACK_CHECK_MS);
      clock.advanceMs(PACK_CHECK_MS);
      expect(packer.isWaiting()).toBe(false);
      await commit(store, PACK_QUIET_POINTS);
      clock.advanceMs(PACK_CHECK_MS);
      expect(packer.isWaiting()).toBe(false);
      clock.advanceMs(PACK_CHECK_MS);
      expect(packer.isWaiting()).toBe(true);
    });
  });

  test('leaves small blocks, which become one when nothing comes any more', async () => {
    const folder = testFolder();
    const clock = new TestClock();
    const { store, close } = await openPackedStore(folder.path, 3, clock);
    const database = openForReading(folder.path);
    const counts = (): unknown =>
      database
        .prepare('SELECT count FROM block ORDER BY start_ms')
        .all()
        .map(({ count }) => count);
    const packedCounts = async (expected: readonly number[]): Promise<void> => expect.poll(counts).toEqual(expected);
    for (const [place, firstMs] of [1, 4, 7].entries()) {
      await commit(store, firstMs, 3);
      await packedCounts(Array.from({ length: place + 1 }, () => 3));
    }
    clock.advanceMs(PACK_CHECK_MS);
    clock.advanceMs(PACK_CHECK_MS);
    await packedCounts([9]);
    expect(await timesOf(store)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    database.close();
    await close();
    folder.remove();
  });

  test('that failed is told and done again later; nothing is lost meanwhile', async () => {
    await withStore({ packPoints: 1 }, async ({ store, packer, states }, clock) => {
      await commit(store, 1);
      await settledUntil(packer.isWaiting);
      packer.fail();
      await settledUntil(() => states.length > 0);
      await commit(store, 2);
      expect([states, packer.isWaiting(), await timesOf(store)]).toEqual([[{ failures: 1, isSlowed: false }], false, [1, 2]]);
      clock.advanceMs(PACK_RETRY_MS);
      await settledUntil(packer.isWaiting);
      packer.next();
      await settledUntil(packer.isWaiting);
      packer.next();
      await settledUntil(() => states.length > 1);
      expect([states[1], await timesOf(store)]).toEqual([{ failures: 0, isSlowed: false }, [1, 2]]);
    });
  });

  test('that was about to begin is off when a unit of what was sealed is lost', async () => {
    await withStore({ packPoints: 2 }, async ({ store, packer, failNext }) => {
      await commit(store, 1);
      failNext();
      const lost = [commit(store, 2), commit(store, 3)];
      expect((await Promise.allSettled(lost)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      expect([packer.isWaiting(), await timesOf(store), (await store.latest(tenantId, device)).map(({ tsMs }) => tsMs)]).toEqual([false, [1], [1]]);
      await commit(store, 4);
      await settledUntil(packer.isWaiting);
      expect(await timesOf(store)).toEqual([1, 4]);
    });
  });

  test('that is off leaves a latest value that is no point of the history', async () => {
    await withStore({ packPoints: 3 }, async ({ store, failNext }) => {
      const unit = store.begin();
      unit.point(tenantId, device, 'k', 50, ValueKind.double, 50, 0, ValueUse.latest);
      await store.commit(unit);
      await commit(store, 1);
      const other = store.begin();
      other.point(tenantId, device, 'other', 1, ValueKind.double, 1, 0);
      failNext();
      // The series of the others is looked at while it is sealed.
      await Promise.allSettled([store.commit(other), timesOf(store)]);
      expect([await timesOf(store), (await store.latest(tenantId, device)).map(({ tsMs }) => tsMs)]).toEqual([[1], [50]]);
    });
  });

  test('that carries off what a read has seen makes the read begin again', async () => {
    await withStore({ packPoints: 3 }, async ({ store, packer }) => {
      const packed = async (): Promise<void> => {
        await settledUntil(packer.isWaiting);
        packer.next();
        await settledUntil(packer.isWaiting);
        packer.next();
      };
      await commit(store, 1, 3);
      await packed();
      await commit(store, 10);
      // The reader of the fixture looks at the blocks some turns after memory was copied, later for each of them.
      const reads = Array.from({ length: 8 }, () => timesOf(store));
      await new Promise((resolve) => void setImmediate(resolve));
      const unit = store.begin();
      unit.removePoints({ tenantId, entity: device, key: 'k', startMs: 10, endMs: 11, latest: 'remove' });
      unit.point(tenantId, device, 'k', 20, ValueKind.double, 1, 0);
      await store.commit(unit);
      await packed();
      for (const times of await Promise.all(reads))
        expect([
          [1, 2, 3, 10],
          [1, 2, 3, 20],
        ]).toContainEqual(times);
    });
  });

  test('that is passed by what comes meanwhile holds intake to its pace, silently, until it is done', async () => {
    await withStore({ packPoints: 4, pacePoints: 4 }, async ({ store, packer, states }, clock) => {
      await commit(store, 1, 4);
      await settledUntil(packer.isWaiting);
      await commit(store, 5, 4);
      let answered = 0;
      const late = [1, 3].map((count, n) => commit(store, 9 + n, count).then(() => (answered += 1)));
      // Both are on the disk, and their answers wait for the clock.
      await store.deadLetterCounts(tenantId);
      clock.advanceMs(PACE_MS - 1);
      await store.deadLetterCounts(tenantId);
      expect(answered).toBe(0);
      clock.advanceMs(1);
      await Promise.all(late);
      packer.next();
      await settledUntil(packer.isWaiting);
      packer.next();
      // What came meanwhile is sealed in its turn.
      await settledUntil(packer.isWaiting);
      await commit(store, 13, 4);
      expect(states).toEqual([]);
    });
  });

  test('that does not keep step slows intake down, and tells so', async () => {
    await withStore({ packPoints: 1, logPointsMax: 10 }, async ({ store, packer, states }, clock) => {
      await commit(store, 1, 6);
      expect(states).toEqual([]);
      let isAnswered = false;
      const late = commit(store, 7, 3).then(() => (isAnswered = true));
      await settledUntil(packer.isWaiting);
      // The unit is on the disk, and its answer waits for the clock.
      await store.deadLetterCounts(tenantId);
      expect([states, isAnswered]).toEqual([[{ failures: 0, isSlowed: true }], false]);
      for (; !isAnswered; await new Promise((resolve) => void setImmediate(resolve))) clock.advanceMs(1_000);
      await late;
      packer.next();
      await settledUntil(packer.isWaiting);
      packer.next();
      await settledUntil(() => states.length > 1);
      expect(states[1]).toEqual({ failures: 0, isSlowed: false });
    });
  });
});
