import { ValueKind } from '@fieldline/model';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PointDecoder } from '../log/point-decoder.js';
import { pointsOfLogBody } from '../log/log-body.js';
import { PackedFolder, type LoggedPoint } from './packed-folder.fixture.js';

// Goal: blocks go when the last of their points has outlived its time, and of removed entities and tenants nothing stays, as soon as
// nothing can name them any more. Method: rows are looked at in the file; a process is as long as its writer is open.

let folder: PackedFolder;
beforeEach(async () => {
  folder = new PackedFolder();
  await folder.nameSeries(4, (id) => (id <= 2 ? 'kept' : 'gone'));
});
afterEach(() => folder.remove());

const points = (seriesId: number, ttlMs = 0): LoggedPoint[] =>
  Array.from({ length: 10 }, (_, n) => ({ seriesId, tsMs: 1_000 + n, kind: ValueKind.double, value: n, ttlMs }));
const blocks = (): unknown[] => folder.rows('SELECT series_id, ttl_ms FROM block ORDER BY series_id, ttl_ms');
const column = (sql: string): unknown[] => folder.rows(sql).flat();

/** Removes the entity of a series as commits do. */
const removeEntity = (number: number): Promise<void> => folder.run('UPDATE entity SET is_removed = 1 WHERE number = ?', [[number]]);
const removeTenant = (tenant: string): Promise<void> => folder.run('INSERT INTO removed_tenant (id) VALUES (?)', [[tenant]]);

test('a block goes when its last point has outlived its own time, or the one of its tenant', async () => {
  await folder.log(...points(1, 500), ...points(2), ...points(3));
  await folder.run("INSERT INTO retention (tenant_id, ttl_ms) VALUES ('kept', 2000)");
  await folder.packAll();
  const all = [
    [1, 500],
    [2, 0],
    [3, 0],
  ];
  const left: unknown[] = [];
  for (const nowMs of [1_508, 1_509, 3_008, 3_009, 1e12]) {
    folder.nowMs = nowMs;
    await folder.sweep();
    left.push(blocks());
  }
  expect(left).toEqual([all, all.slice(1), all.slice(1), all.slice(2), all.slice(2)]);
  expect(column('SELECT series_id FROM latest')).toEqual([1, 2, 3]);
});

test('points of removed entities are not packed, and what was packed of them goes', async () => {
  await folder.log(...points(1), ...points(2));
  await folder.packAll();
  await removeEntity(1);
  await folder.log(...points(1).map((point) => ({ ...point, tsMs: point.tsMs + 100 })), ...points(2));
  await folder.packAll();
  expect(folder.stored(1).length).toBe(10);
  await folder.sweep();
  expect([blocks(), column('SELECT series_id FROM latest'), column('SELECT id FROM series')]).toEqual([[[2, 0]], [2], [1, 2, 3, 4]]);
});

test('names of removed entities stay until no unit and no log row can name them', async () => {
  await folder.log(...points(1));
  await removeEntity(1);
  await folder.sweep();
  await folder.packAll();
  await folder.sweep();
  expect(column('SELECT id FROM series')).toEqual([1, 2, 3, 4]);
  await folder.log(...points(2));
  await folder.reopen();
  await folder.sweep();
  expect(column('SELECT id FROM series')).toEqual([1, 2, 3, 4]);
  await folder.packAll();
  await folder.sweep();
  expect(column('SELECT id FROM series')).toEqual([2, 3, 4]);
  // Its id never comes back.
  expect(folder.rows("SELECT is_removed, is_swept FROM entity WHERE entity_id = 'device 1'")).toEqual([[1, 2]]);
});

test('nothing of a removed tenant stays, and all of the others', async () => {
  await folder.log(...points(1), ...points(3), ...points(4), { packetOf: 3, packetId: 1 }, { packetOf: 1, packetId: 2 });
  await folder.packAll();
  await removeTenant('gone');
  await folder.sweep();
  expect([blocks(), column('SELECT series_id FROM latest')]).toEqual([[[1, 0]], [1]]);
  expect([column('SELECT id FROM series'), publishes()]).toEqual([
    [1, 2, 3, 4],
    [3, 1],
  ]);
  await folder.reopen();
  await folder.sweep();
  expect([column('SELECT id FROM series'), column('SELECT number FROM entity'), publishes()]).toEqual([[1, 2], [1, 2], [1]]);
});

test('what the log still holds of a removed tenant is not packed', async () => {
  await folder.log(...points(1), ...points(3), { packetOf: 3, packetId: 1 }, { packetOf: 1, packetId: 2 });
  await removeTenant('gone');
  await folder.packAll();
  expect([blocks(), column('SELECT series_id FROM latest'), publishes()]).toEqual([[[1, 0]], [1], [1]]);
});

/** Entities whose publishes outlived their log rows. */
function publishes(): number[] {
  const [body] = column('SELECT body FROM packed_publish');
  const decoder = new PointDecoder(pointsOfLogBody(body as Uint8Array) as Uint8Array);
  const entities: number[] = [];
  while (decoder.next()) entities.push(decoder.entityNumber);
  return entities;
}

test('remembered publishes outlive the log rows they came with, in their order', async () => {
  await folder.log({ packetOf: 2, packetId: 1 }, ...points(2));
  await folder.packAll();
  await folder.log(...points(2));
  await folder.packAll();
  await folder.log({ packetOf: 1, packetId: 2 }, { packetOf: 2, packetId: 3 });
  await folder.packAll();
  expect(publishes()).toEqual([2, 1, 2]);
  expect(column('SELECT seq FROM batch_log')).toEqual([]);
});

test('many blocks go in several requests, with packing in between', async () => {
  for (let day = 0; day < 3; day += 1) {
    const run = Array.from({ length: 60_000 }, (_, n) => ({ seriesId: 1, tsMs: day * 1e8 + n, kind: ValueKind.long, value: n, ttlMs: 5 }));
    await folder.log(...run);
  }
  await folder.packAll();
  expect(column('SELECT count(*) FROM block')).toEqual([360]);
  folder.nowMs = 1e9;
  const packer = folder.packer();
  await folder.log(...points(2));
  await Promise.all([packer.sweep(), packer.pack(folder.writer.lastLogSeq)]);
  await packer.close();
  expect(blocks()).toEqual([[2, 0]]);
});

test('a block that has the number of an expired one stays', async () => {
  await folder.log(...points(1, 500));
  await folder.packAll();
  const columns = 'count, kind, minimum, maximum, sum, row_crc, body FROM block';
  await folder.run(`INSERT INTO block (series_id, ttl_ms, start_ms, end_ms, count, kind, minimum, maximum, sum, row_crc, body)
    WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 1000)
    SELECT series_id, ttl_ms, start_ms + 100 * n, end_ms + 100 * n, ${columns}, n`);
  folder.nowMs = 1e6;
  // Between two requests of the sweep the newest block goes, and its number to the next one.
  await folder.log({ seriesId: 1, startMs: 101_000, endMs: 101_100, latest: 'keep' }, ...points(2));
  const packer = folder.packer();
  await Promise.all([packer.sweep(), packer.pack(folder.writer.lastLogSeq)]);
  await packer.close();
  expect(blocks()).toEqual([[2, 0]]);
});
