import { columnsOfPoints, ValueKind, type PointColumns } from '@fieldline/model';
import type { AggregateQuery, RangeQuery } from '@fieldline/ports';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { databaseFile } from '../database.js';
import { testFolder } from '../test-folder.fixture.js';
import { makeFolder, piecesOf, seriesRead, writeBlocks } from './history.fixture.js';
import type { HistoryReads } from './history-reads.js';
import { readLimits, type ReadLimits } from './read-cost.js';
import { inProcessHistory, type HistoryOptions } from './in-process-history.js';

// Goal: no read costs more than it may, holds up others, or leaves a look at the database behind, however it ends.
// Method: a hundred blocks of ten points with bounds that they reach. A snapshot that is still held is seen by a checkpoint, which
// cannot fold in the write-ahead log then.

const BLOCKS = 100;
const POINTS = 10;
const all: RangeQuery = { key: 'k', startMs: 0, endMs: BLOCKS * POINTS, limit: Number.POSITIVE_INFINITY, order: 'ASC' };
const sum: AggregateQuery = { key: 'k', startMs: 0, endMs: BLOCKS * POINTS, intervalMs: BLOCKS * POINTS, aggregation: 'SUM' };
const read = (): ReturnType<typeof seriesRead> => seriesRead(1);

let folder: ReturnType<typeof testFolder>;
const opened: HistoryReads[] = [];
beforeEach(async () => {
  folder = testFolder();
  await makeFolder(folder.path);
  writeBlocks(folder.path, [{ seriesId: 1, ttlMs: 0, blocks: Array.from({ length: BLOCKS }, (_, n) => block(n)) }]);
});
afterEach(async () => {
  for (const history of opened.splice(0)) await history.close();
  folder.remove();
});

const block = (n: number) => Array.from({ length: POINTS }, (_, i) => ({ tsMs: n * POINTS + i, kind: ValueKind.string, value: 'ten bytes!' }));

function open({ read: bounds, ...limits }: { read?: Partial<ReadLimits> } & Omit<NonNullable<HistoryOptions['limits']>, 'read'> = {}): HistoryReads {
  const history = inProcessHistory({ path: folder.path, limits: { ...limits, read: { ...readLimits, pieceMax: 20, ...bounds } } });
  opened.push(history);
  return history;
}

/** Writes, then tells whether a snapshot of before keeps that from being folded in. */
function isSnapshotHeld(): boolean {
  const database = new DatabaseSync(databaseFile(folder.path));
  database.exec('PRAGMA synchronous = OFF; UPDATE packing SET through_seq = through_seq + 1');
  const { busy } = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
  database.close();
  return busy === 1;
}

async function firstOf(pieces: AsyncIterable<PointColumns>): Promise<AsyncIterator<PointColumns>> {
  const iterator = pieces[Symbol.asyncIterator]();
  expect((await iterator.next()).value).toMatchObject({ count: 20 });
  expect(isSnapshotHeld()).toBe(true);
  return iterator;
}

test('more points than one read may give are refused', async () => {
  const history = open({ read: { pointsMax: 999 } });
  const refused = { code: 'HISTORY_TOO_LARGE', details: { what: 'points', max: 999 } };
  await expect(piecesOf(history.columns(read, all))).rejects.toMatchObject(refused);
  await expect(history.aggregate(read, { ...sum, aggregation: 'MIN' })).rejects.toMatchObject(refused);
  expect(await piecesOf(history.columns(read, { ...all, limit: 999 }))).toHaveLength(50);
  // Blocks of which the count is enough are not looked at.
  expect(await history.aggregate(read, { ...sum, aggregation: 'COUNT' })).toMatchObject([{ value: 1_000 }]);
  expect(isSnapshotHeld()).toBe(false);
});

test('more texts than one read may give are refused', async () => {
  const history = open({ read: { textBytesMax: 9_999 } });
  await expect(piecesOf(history.columns(read, all))).rejects.toMatchObject({ code: 'HISTORY_TOO_LARGE', details: { max: 9_999 } });
  expect(await piecesOf(history.columns(read, { ...all, limit: 999 }))).toHaveLength(50);
});

test('more intervals than one answer may have are refused', async () => {
  const history = open({ read: { intervalsMax: 10 } });
  const refused = { code: 'HISTORY_TOO_LARGE', details: { what: 'intervals', max: 10 } };
  await expect(history.aggregate(read, { ...sum, intervalMs: 99 })).rejects.toMatchObject(refused);
  expect(await history.aggregate(read, { ...sum, intervalMs: 100 })).toHaveLength(10);
});

test('a read that keeps its look at the database too long is ended', async () => {
  await expect(piecesOf(open({ read: { snapshotMsMax: 0 } }).columns(read, all))).rejects.toMatchObject({ code: 'HISTORY_ABANDONED' });
  expect(isSnapshotHeld()).toBe(false);
});

test('a read that works too long is given up', async () => {
  const history = open({ read: { deadlineMs: 0 } });
  await expect(piecesOf(history.columns(read, all))).rejects.toMatchObject({ code: 'HISTORY_TOO_SLOW', details: { deadlineMs: 0 } });
  expect(isSnapshotHeld()).toBe(false);
});

test('who stops iterating ends the read', async () => {
  const pieces = await firstOf(open().columns(read, all));
  await pieces.return?.();
  expect(isSnapshotHeld()).toBe(false);
});

test('a signal ends a read, before it begins and under way', async () => {
  const history = open();
  const abandoned = { code: 'HISTORY_ABANDONED' };
  await expect(piecesOf(history.columns(read, all, AbortSignal.abort()))).rejects.toMatchObject(abandoned);
  const controller = new AbortController();
  const pieces = await firstOf(history.columns(read, all, controller.signal));
  const aggregate = expect(history.aggregate(read, sum, controller.signal)).rejects.toMatchObject(abandoned);
  controller.abort();
  await expect(pieces.next()).rejects.toMatchObject(abandoned);
  await aggregate;
  expect(isSnapshotHeld()).toBe(false);
});

test('a read whose pieces nobody takes ends by itself', async () => {
  const pieces = await firstOf(open({ read: { idleMs: 5 } }).columns(read, all));
  await vi.waitUntil(() => !isSnapshotHeld());
  const rest = async (): Promise<void> => {
    while ((await pieces.next()).done !== true);
  };
  await expect(rest()).rejects.toMatchObject({ code: 'HISTORY_ABANDONED' });
});

test('reads wait for their turn, a bounded number of them, and take what memory knows when it has come', async () => {
  const history = open({ atOnceMax: 1, waitingMax: 2 });
  const pieces = await firstOf(history.columns(read, all));
  let taken = 0;
  const later = history.aggregate(() => ((taken += 1), read()), sum);
  const controller = new AbortController();
  const abandoned = expect(history.aggregate(read, sum, controller.signal)).rejects.toMatchObject({ code: 'HISTORY_ABANDONED' });
  await expect(history.aggregate(read, sum)).rejects.toMatchObject({ code: 'HISTORY_BUSY', details: { waitingMax: 2 } });
  controller.abort();
  await abandoned;
  expect(taken).toBe(0);
  await pieces.return?.();
  expect(await later).toMatchObject([{ value: 0 }]);
  expect(taken).toBe(1);
});

test('a short read does not wait for the end of a long one', async () => {
  const ended: string[] = [];
  const points = Array.from({ length: 500 }, (_, tsMs) => ({ tsMs, kind: ValueKind.double, value: tsMs / 7 }));
  const blocks = Array.from({ length: 400 }, (_, n) => points.map((point) => ({ ...point, tsMs: n * 500 + point.tsMs })));
  writeBlocks(folder.path, [{ seriesId: 1, ttlMs: 0, blocks }]);
  const history = open();
  const many = { ...sum, endMs: 200_000, intervalMs: 100 };
  const long = history.aggregate(read, many).then(() => ended.push('long'));
  const short = piecesOf(history.columns(read, { ...all, limit: 3 })).then(() => ended.push('short'));
  await Promise.all([long, short]);
  expect(ended).toEqual(['short', 'long']);
});

test('a read during whose beginning packing was begun is made again', async () => {
  let takes = 0;
  const stale = (): ReturnType<typeof read> => {
    takes += 1;
    const isCurrent = takes === 3;
    return { ...read(), isCurrent: () => isCurrent };
  };
  expect(await open().aggregate(stale, sum)).toHaveLength(1);
  expect(takes).toBe(3);
  takes = 10;
  expect(await piecesOf(open().columns(stale, all))).toHaveLength(50);
  expect(takes).toBe(14);
});

test('a series that is gone has no points', async () => {
  const history = open({ atOnceMax: 1 });
  expect(await piecesOf(history.columns(() => undefined, all))).toEqual([]);
  expect(await history.aggregate(() => undefined, sum)).toEqual([]);
});

test('closing ends what is under way, and nothing begins after it', async () => {
  const history = open({ atOnceMax: 1 });
  const pieces = await firstOf(history.columns(read, all));
  const waiting = expect(history.aggregate(read, sum)).rejects.toMatchObject({ code: 'HISTORY_ABANDONED' });
  await history.close();
  await waiting;
  await expect(pieces.next()).rejects.toMatchObject({ code: 'HISTORY_ABANDONED' });
  await expect(history.aggregate(read, sum)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  expect(isSnapshotHeld()).toBe(false);
});

test('a damaged block fails the reads that touch it, which name it, and no others', async () => {
  const database = new DatabaseSync(databaseFile(folder.path));
  database.exec("UPDATE block SET body = CAST(substr(body, 1, 9) || x'ff' || substr(body, 11) AS BLOB) WHERE start_ms = 500");
  database.exec('UPDATE block SET count = 9 WHERE start_ms = 700');
  database.close();
  const history = open();
  const damaged = { code: 'STORAGE_CORRUPT', message: expect.stringContaining('block of series 1 from 1970-01-01T00:00:00.500Z') };
  await expect(piecesOf(history.columns(read, all))).rejects.toMatchObject(damaged);
  await expect(history.aggregate(read, { ...sum, endMs: 700, aggregation: 'MAX' })).rejects.toMatchObject(damaged);
  await expect(piecesOf(history.columns(read, { ...all, startMs: 705 }))).rejects.toMatchObject({ code: 'STORAGE_CORRUPT' });
  expect(await piecesOf(history.columns(read, { ...all, endMs: 500 }))).toHaveLength(25);
  const removed = [{ startMs: 500, endMs: 510 }];
  const hidden = (): ReturnType<typeof read> => seriesRead(1, { head: { points: columnsOfPoints([]), removed } });
  expect(await history.aggregate(hidden, { ...sum, endMs: 700, aggregation: 'MIN' })).toMatchObject([{ value: 'ten bytes!' }]);
  await expect(history.aggregate(read, sum)).rejects.toMatchObject({ message: expect.stringContaining('does not match its checksum') as string });
  expect(await history.aggregate(read, { ...sum, endMs: 700 })).toHaveLength(1);
});

test('a data folder without a database is told to each read', async () => {
  const history = inProcessHistory({ path: `${folder.path}/none` });
  await expect(history.aggregate(read, sum)).rejects.toMatchObject({ code: 'SQLITE_FOLDER_UNUSABLE' });
  await expect(piecesOf(history.columns(read, all))).rejects.toMatchObject({ code: 'SQLITE_FOLDER_UNUSABLE' });
  await history.close();
});
