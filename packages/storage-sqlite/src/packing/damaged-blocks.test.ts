import { silentLog, type Log, type LogFields } from '@fieldline/kernel';
import { ValueKind } from '@fieldline/model';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PackedFolder, type LoggedPoint } from './packed-folder.fixture.js';

// Goal: a block whose bytes changed on the disk harms nobody else, is told of, and is neither rewritten nor lost. Method: bytes of one
// block are turned over between two packings; what the file holds is read from it.

let folder: PackedFolder;
let told: [event: string, fields: LogFields | undefined][];
let log: Log;
beforeEach(async () => {
  folder = new PackedFolder();
  told = [];
  log = { ...silentLog, error: (event, fields) => void told.push([event, fields]) };
  await folder.nameSeries(3);
});
afterEach(() => folder.remove());

const points = (seriesId: number, from: number, count: number, ttlMs = 0): LoggedPoint[] =>
  Array.from({ length: count }, (_, n) => ({ seriesId, tsMs: from + n, kind: ValueKind.long, value: n, ttlMs }));
const bodiesOf = (seriesId: number): unknown[] =>
  folder.rows('SELECT hex(body) FROM block WHERE series_id = ? AND id >= 0 ORDER BY id', seriesId).flat();
const turnOver = (seriesId: number): Promise<void> =>
  folder.run("UPDATE block SET body = CAST(substr(body, 1, 6) || x'ff00' || substr(body, 9) AS BLOB) WHERE series_id = ?", [[seriesId]]);

/** Series 1 has one damaged block of the times 0 to 99, series 2 a sound one. */
async function damageOne(): Promise<unknown[]> {
  await folder.log(...points(1, 0, 100), ...points(2, 0, 100));
  await folder.packAll();
  await turnOver(1);
  return bodiesOf(1);
}

test('other series are packed, and points of its own time stand beside it', async () => {
  const damaged = await damageOne();
  await folder.log(...points(1, 50, 600), ...points(2, 50, 600), ...points(3, 0, 10));
  await folder.packAll(log);
  expect(bodiesOf(1)).toEqual(expect.arrayContaining(damaged));
  expect([folder.stored(1).length, folder.stored(2).length, folder.stored(3).length]).toEqual([600, 650, 10]);
  expect(folder.latest(1)).toEqual([649, ValueKind.long, '599n']);
  expect(told).toEqual([
    ['block-damaged', expect.objectContaining({ code: 'STORAGE_CORRUPT', reason: expect.stringContaining('series 1, from 0 to 99') })],
  ]);
});

test('a packer tells of it once, and later points join the blocks beside it', async () => {
  const damaged = await damageOne();
  const packer = folder.packer(undefined, log);
  for (const from of [10, 20, 90, 120, 15]) {
    await folder.log(...points(1, from, 7));
    await packer.pack(folder.writer.lastLogSeq);
  }
  await packer.close();
  expect(told.length).toBe(1);
  expect(bodiesOf(1)).toEqual(expect.arrayContaining(damaged));
  expect(folder.stored(1).map(([tsMs]) => tsMs)).toEqual([...times(10, 27), ...times(90, 97), ...times(120, 127)]);
});
const times = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n);

test('the same where later blocks follow it', async () => {
  const damaged = await damageOne();
  await folder.log(...points(1, 1_000, 600), ...points(1, 5_000, 600));
  await folder.packAll();
  for (const from of [50, 95, 200]) {
    await folder.log(...points(1, from, 3));
    await folder.packAll(log);
  }
  expect(bodiesOf(1)).toEqual(expect.arrayContaining(damaged));
  const late = [...times(50, 53), ...times(95, 98), ...times(200, 203)];
  expect(folder.stored(1).map(([tsMs]) => tsMs)).toEqual([...late, ...times(1_000, 1_600), ...times(5_000, 5_600)]);
});

test('a removal of a part leaves it, one of all its time takes it away', async () => {
  const damaged = await damageOne();
  await folder.log({ seriesId: 1, startMs: 0, endMs: 50, latest: 'keep' }, { seriesId: 2, startMs: 0, endMs: 50, latest: 'keep' });
  await folder.packAll(log);
  expect([bodiesOf(1), told.length, folder.stored(2).length]).toEqual([damaged, 1, 50]);
  await folder.log({ seriesId: 1, startMs: 0, endMs: 100, latest: 'keep' });
  await folder.packAll(log);
  expect(bodiesOf(1)).toEqual([]);
});

test('a damaged log row is not packed, and named', async () => {
  await folder.log(...points(1, 0, 5));
  await folder.run("UPDATE batch_log SET body = CAST(substr(body, 1, 8) || x'ff' || substr(body, 10) AS BLOB)");
  await expect(folder.packAll()).rejects.toMatchObject({ code: 'STORAGE_CORRUPT', message: expect.stringContaining('log row 1') });
  expect(folder.rows('SELECT through_seq FROM packing')).toEqual([[0]]);
});

test('its number is that of no damaged block any more once it is gone', async () => {
  await folder.log(...points(2, 0, 5));
  await folder.packAll();
  await folder.log(...points(1, 0, 100));
  await folder.packAll();
  await turnOver(1);
  const packer = folder.packer(undefined, log);
  for (const records of [
    points(1, 50, 1),
    [{ seriesId: 1, startMs: 0, endMs: 200, latest: 'keep' } as const, ...points(3, 0, 9)],
    points(3, 3, 4),
    points(3, 20, 1),
  ]) {
    await folder.log(...records);
    await packer.pack(folder.writer.lastLogSeq);
  }
  await packer.close();
  expect([folder.stored(1), told.length]).toEqual([[], 1]);
  expect(folder.stored(3).map(([tsMs]) => tsMs)).toEqual([...times(0, 9), 20]);
});

test.each(['start_ms = -50, end_ms = -40', 'start_ms = 202', 'end_ms = 1000', 'count = count + 1', 'ttl_ms = 77'])(
  'a row that does not fit its block (%s) keeps nobody else from being packed',
  async (change) => {
    await folder.log(...points(1, 0, 100), ...points(1, 250, 10, 77), ...points(2, 0, 100));
    await folder.packAll();
    await folder.log(...points(1, 200, 50), ...points(1, 260, 40));
    await folder.packAll();
    await folder.run(`UPDATE block SET ${change} WHERE series_id = 1 AND end_ms = 299`);
    await folder.log(...points(1, 400, 600), ...points(1, 1_400, 600, 77), ...points(2, 50, 100));
    await folder.packAll(log);
    expect([folder.rows('SELECT seq FROM batch_log'), folder.stored(2).length, told.length]).toEqual([[], 150, 1]);
  },
);
