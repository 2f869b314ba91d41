import { silentLog } from '@fieldline/kernel';
import { ValueKind, type Alarm, type EntityId, type TenantId } from '@fieldline/model';
import type { CommitUnit, DataStore } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import { openDataStore, testFolder } from '../test-folder.fixture.js';
import { inProcessWriter } from '../writer/in-process-writer.js';
import { AlarmIndex } from './alarm-index.js';
import { openSqliteDataStore } from './open-data-store.js';
import { openForReading } from '../database.js';

const tenantId = 'tenant' as TenantId;
const device = (n = 1): EntityId => ({ entityType: 'DEVICE', id: `device ${n}` });
const add = (unit: CommitUnit, key: string, tsMs: number, value: number): void =>
  unit.point(tenantId, device(), key, tsMs, ValueKind.double, value, 0);
const query = { startMs: 0, endMs: 1_000, limit: 1_000, order: 'ASC' } as const;

describe('limits', () => {
  const withLimits = async (
    limits: object,
    run: (store: DataStore, commit: (points: number, key?: string) => Promise<void>) => Promise<void>,
  ): Promise<void> => {
    const folder = testFolder();
    const { store, close } = await openDataStore(folder.path, limits);
    let tsMs = 0;
    await run(store, async (points, key = 'k') => {
      const unit = store.begin();
      for (let n = 0; n < points; n += 1) add(unit, key, (tsMs += 1), 1 / 3);
      await store.commit(unit);
    });
    await close();
    folder.remove();
  };

  test('a log full of points refuses more, and still takes what needs no room in it', async () => {
    await withLimits({ logPointsMax: 10 }, async (store, commit) => {
      await commit(6);
      await expect(commit(5)).rejects.toMatchObject({ code: 'SQLITE_LOG_FULL', kind: 'unavailable', retry: 'later' });
      expect(await store.range(tenantId, device(), { key: 'k', ...query })).toHaveLength(6);
      await commit(4);
      await expect(commit(1)).rejects.toMatchObject({ details: { what: 'points', max: 10 } });
      const unit = store.begin();
      unit.nodeState({ tenantId, ruleNodeId: 'node', entityId: '', state: 1 });
      await store.commit(unit);
    });
  });

  test('what was written before counts after a restart, and what failed does not', async () => {
    const folder = testFolder();
    let opened = await openDataStore(folder.path, { logPointsMax: 10 });
    const commit = (points: number, text = ''): Promise<void> => {
      const unit = opened.store.begin();
      for (let n = 0; n < points; n += 1) add(unit, 'k', n, 1);
      unit.nodeState({ tenantId, ruleNodeId: 'node', entityId: '', state: text });
      return opened.store.commit(unit);
    };
    await commit(6);
    await opened.close();
    opened = await openDataStore(folder.path, { logPointsMax: 10 });
    await expect(commit(5)).rejects.toMatchObject({ code: 'SQLITE_LOG_FULL' });
    const pagesMax = (pages: number): Promise<unknown> =>
      opened.writer.write({ statements: [{ sql: `PRAGMA max_page_count = ${pages}`, rows: [[]] }] });
    await pagesMax(1);
    await expect(commit(4, 'x'.repeat(200_000))).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    await pagesMax(100_000);
    await commit(4);
    await opened.close();
    folder.remove();
  });

  test('a log full of bytes refuses more', async () => {
    await withLimits({ logBytesMax: 200 }, async (_, commit) => {
      await commit(10);
      await expect(commit(10)).rejects.toMatchObject({ code: 'SQLITE_LOG_FULL', details: { what: 'bytes', max: 200 } });
    });
  });

  test('a store full of series takes no new one, and points of all others', async () => {
    await withLimits({ seriesMax: 2 }, async (store, commit) => {
      await commit(1, 'a');
      await commit(1, 'b');
      await expect(commit(1, 'c')).rejects.toMatchObject({ code: 'SQLITE_TOO_MANY_SERIES', kind: 'limit-exceeded', retry: 'never' });
      await commit(1, 'b');
      expect(await store.keys(tenantId, device())).toEqual(['a', 'b']);
    });
  });

  test('alarms on their way to the disk are known however few are kept in memory', async () => {
    const folder = testFolder();
    const writer = inProcessWriter(folder.path);
    const database = openForReading(folder.path);
    const index = new AlarmIndex(database, 1);
    const alarm = (id: string): Alarm => ({
      id,
      tenantId,
      createdAtMs: 1,
      type: `Leak ${id}`,
      originator: device(),
      severity: 'MAJOR',
      startMs: 1,
      endMs: 1,
      details: null,
      propagate: false,
      propagateToOwner: false,
      propagateToTenant: false,
      propagateRelationTypes: [],
    });
    const undo = ['a', 'b', 'c'].map((id) => index.apply(id, alarm(id)));
    expect(['a', 'b', 'c'].map((id) => index.active(tenantId, device(), `Leak ${id}`)?.id)).toEqual(['a', 'b', 'c']);
    for (const one of undo) index.settled(one);
    index.apply('d', alarm('d'));
    expect(['a', 'b', 'c', 'd'].map((id) => index.byId(tenantId, id)?.id)).toEqual([undefined, undefined, undefined, 'd']);
    database.close();
    await writer.close();
    folder.remove();
  });

  test('silence of the log: nothing is said in normal running', async () => {
    const folder = testFolder();
    const said: string[] = [];
    const writer = inProcessWriter(folder.path);
    const log = { ...silentLog, warn: (event: string) => said.push(event), error: (event: string) => said.push(event) };
    const store = await openSqliteDataStore({ path: folder.path, writer, log });
    store.onCommitted(() => {
      throw new Error('a listener with a fault');
    });
    const unit = store.begin();
    add(unit, 'k', 1, 1);
    expect(said).toEqual([]);
    await store.commit(unit);
    expect(said).toEqual(['commit-listener-failed']);
    await store.close();
    await writer.close();
    folder.remove();
  });
});
