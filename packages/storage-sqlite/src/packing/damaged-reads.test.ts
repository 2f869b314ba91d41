import { pointsOfColumns, ValueKind } from '@fieldline/model';
import type { AggregateQuery, RangeQuery } from '@fieldline/ports';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openForReading } from '../database.js';
import { piecesOf, seriesRead } from '../reads/history.fixture.js';
import type { HistoryReads } from '../reads/history-reads.js';
import { inProcessHistory } from '../reads/in-process-history.js';
import { newestBefore } from '../reads/newest-before.js';
import { PackedFolder, type LoggedPoint } from './packed-folder.fixture.js';

// Goal: a read that touches the time of a damaged block fails, however many blocks stand beside that. Method: a block of points far
// apart is damaged, and late points between them are packed into a dozen blocks beside it.

const APART_MS = 1_000;
const END_MS = 100 * APART_MS;
const damaged = { code: 'STORAGE_CORRUPT', message: expect.stringContaining('block of series 1 from 1970-01-01T00:00:00.000Z') as string };
let folder: PackedFolder;
let history: HistoryReads;
beforeEach(async () => {
  folder = new PackedFolder();
  await folder.nameSeries(2);
  for (const seriesId of [1, 2]) await folder.log(...points(seriesId, 0, 100, APART_MS));
  await folder.packAll();
  await folder.run("UPDATE block SET body = CAST(substr(body, 1, 6) || x'ff00' || substr(body, 9) AS BLOB) WHERE series_id = 1");
  await folder.log(...points(1, 1, 6_000, 16), ...points(1, 2 * END_MS, 10, 1));
  await folder.packAll();
  history = inProcessHistory({ path: folder.path });
});
afterEach(async () => {
  await history.close();
  await folder.remove();
});

const points = (seriesId: number, from: number, count: number, apartMs: number): LoggedPoint[] =>
  Array.from({ length: count }, (_, n) => ({ seriesId, tsMs: from + n * apartMs, kind: ValueKind.long, value: n }));
const timesOf = async (seriesId: number, query: Partial<RangeQuery>): Promise<number[]> => {
  const pieces = await piecesOf(
    history.columns(() => seriesRead(seriesId), { key: 'k', startMs: 0, endMs: 1e9, limit: 1e9, order: 'ASC', ...query }),
  );
  return pieces.flatMap((piece) => pointsOfColumns(piece, 'k').map(({ tsMs }) => tsMs));
};
const blocksBeside = (): number => folder.rows('SELECT id FROM block WHERE series_id = 1 AND end_ms < ?', END_MS).length - 1;

test.each([
  ['all of it', {}],
  ['the last point of it', { startMs: END_MS - APART_MS, endMs: END_MS }],
  ['a time inside it at which it may have no point', { startMs: END_MS - APART_MS - 7, endMs: END_MS - APART_MS - 6 }],
  ['the newest point before its end', { endMs: END_MS - APART_MS + 1, limit: 1, order: 'DESC' }],
] as const)('a read of %s fails', async (_, query) => {
  expect(blocksBeside()).toBeGreaterThan(8);
  await expect(timesOf(1, query)).rejects.toMatchObject(damaged);
});

test('so do an aggregate for which summaries are enough, and the look for the newest point', async () => {
  const count: AggregateQuery = { key: 'k', startMs: 0, endMs: END_MS, intervalMs: END_MS, aggregation: 'COUNT' };
  await expect(history.aggregate(() => seriesRead(1), count)).rejects.toMatchObject(damaged);
  const database = openForReading(folder.path);
  const newest = (beforeMs: number): unknown => newestBefore({ database, path: folder.path }, 1, beforeMs, [], { nowMs: 0, defaultTtlMs: 0 });
  expect(() => newest(END_MS)).toThrow(expect.objectContaining(damaged));
  expect(newest(3 * END_MS)).toMatchObject({ tsMs: 2 * END_MS + 9 });
  database.close();
});

test('reads of other times and series do not', async () => {
  expect(await timesOf(1, { startMs: END_MS })).toEqual(points(1, 2 * END_MS, 10, 1).map(({ tsMs }) => tsMs));
  expect(await timesOf(1, { order: 'DESC', limit: 1 })).toEqual([2 * END_MS + 9]);
  expect(await timesOf(2, {})).toHaveLength(100);
});

test('a block is marked once, and its mark goes with it', async () => {
  await folder.log(...points(1, 5, 3, 1));
  await folder.packAll();
  expect(folder.rows('SELECT start_ms, end_ms, count FROM block WHERE id < 0')).toEqual([[0, END_MS - APART_MS, 100]]);
  await folder.log({ seriesId: 1, startMs: 0, endMs: END_MS, latest: 'keep' });
  await folder.packAll();
  expect(await timesOf(1, {})).toHaveLength(10);
  expect(folder.rows('SELECT id FROM block WHERE id < 0')).toEqual([]);
});

test('a mark goes with its block when that has outlived its time to live', async () => {
  await folder.run('INSERT INTO retention (tenant_id, ttl_ms) VALUES (?, ?)', [['tenant', 1_000]]);
  folder.nowMs = END_MS + 1_000;
  await folder.sweep();
  expect(folder.rows('SELECT id FROM block WHERE id < 0 OR end_ms < ?', END_MS)).toEqual([]);
});

test('a block that is removed when it is met is not marked', async () => {
  await folder.run("UPDATE block SET body = CAST(substr(body, 1, 6) || x'ff00' || substr(body, 9) AS BLOB) WHERE series_id = 2");
  await folder.log({ seriesId: 2, startMs: 0, endMs: END_MS, latest: 'keep' }, ...points(2, 50, 3, 1));
  await folder.packAll();
  expect(await timesOf(2, {})).toEqual([50, 51, 52]);
});
