// Goal: backup, restore, check, SQL and the snapshot for exports tell the truth about a folder on which a store is at work. Method: a store
// with packed and unpacked points, all kinds and removals; damage done to its file by hand.
import { TestClock } from '@fieldline/contract-tests';
import { ValueKind, valueInColumns, type EntityId, type TenantId } from '@fieldline/model';
import { randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { databaseFile } from '../database.js';
import { openPackedStore, testFolder, type Opened } from '../test-folder.fixture.js';
import type { DataStore } from '@fieldline/ports';
import { backupFolder, restoreFolder } from './backup-folder.js';
import { checkFolder } from './check-folder.js';
import { FolderSnapshot } from './folder-snapshot.js';
import { FolderSql } from './folder-sql.js';

const tenantId = 'tenant' as TenantId;
const meter: EntityId = { entityType: 'DEVICE', id: 'meter' };
const clock = new TestClock();
const everything = { startMs: 0, endMs: 8e15, limit: Infinity, order: 'ASC' } as const;
let folder: ReturnType<typeof testFolder>;
let opened: Opened<DataStore>;

beforeEach(async () => {
  folder = testFolder();
  opened = await openPackedStore(folder.path, 50, clock);
  await put(0, 60);
  await packed();
  const unit = opened.store.begin();
  unit.removePoints({ tenantId, entity: meter, key: 'n', startMs: 10, endMs: 20, latest: 'keep' });
  unit.point(tenantId, meter, 'n', 12, ValueKind.long, 1_200, 0);
  unit.point(tenantId, meter, 'large', 1, ValueKind.long, 9_007_199_254_740_993n, 0);
  unit.point(tenantId, meter, 'state', 1, ValueKind.string, 'on "hold"', 0);
  unit.point(tenantId, meter, 'place', 1, ValueKind.json, '{"a":[1]}', 0);
  unit.point(tenantId, meter, 'open', 1, ValueKind.boolean, true, 0);
  await opened.store.commit(unit);
});

afterEach(async () => {
  await opened.close();
  folder.remove();
});

async function put(from: number, to: number): Promise<void> {
  const unit = opened.store.begin();
  for (let n = from; n < to; n += 1) unit.point(tenantId, meter, 'n', n, ValueKind.long, n, 0);
  await opened.store.commit(unit);
}

/** Until a block is there and the log is empty. */
async function packed(): Promise<void> {
  const database = new DatabaseSync(databaseFile(folder.path), { readOnly: true });
  const numberOf = (sql: string): number => Number(Object.values(database.prepare(sql).get() ?? {})[0]);
  await expect.poll(() => [numberOf('SELECT count(*) > 0 FROM block'), numberOf('SELECT count(*) FROM batch_log')]).toEqual([1, 0]);
  database.close();
}

const times = (snapshot: FolderSnapshot, key: string): readonly (readonly [number, unknown])[] => {
  const series = [...snapshot.series()].find((one) => one.key === key);
  const pieces = series === undefined ? [] : [...snapshot.points(series.id, everything)];
  return pieces.flatMap((piece) =>
    Array.from({ length: piece.count }, (_, place) => [piece.times[place] as number, valueInColumns(piece, place)] as const),
  );
};

const expectedTimes = [...Array.from({ length: 10 }, (_, n) => n), 12, ...Array.from({ length: 40 }, (_, n) => n + 20)];

test('a snapshot has what is packed, what is not, and nothing that was removed; what comes later is not in it', async () => {
  const snapshot = new FolderSnapshot({ path: folder.path, clock });
  await put(100, 103);
  expect(times(snapshot, 'n').map(([tsMs]) => tsMs)).toEqual(expectedTimes);
  expect(times(snapshot, 'n').find(([tsMs]) => tsMs === 12)).toEqual([12, 1_200]);
  expect(times(snapshot, 'large')).toEqual([[1, 9_007_199_254_740_993n]]);
  snapshot.close();
});

test('a backup of a folder at work has all of it, passes the check, and goes nowhere where something is', async () => {
  const to = join(folder.path, 'backup');
  writeFileSync(join(folder.path, 'token-signing.key'), 'key');
  expect(backupFolder({ from: folder.path, to })).toBeGreaterThan(0);
  expect(readdirSync(to).sort()).toEqual(['fieldline.db', 'token-signing.key']);
  expect([...checkFolder(to)]).toEqual([]);
  const snapshot = new FolderSnapshot({ path: to, clock });
  expect(times(snapshot, 'n').map(([tsMs]) => tsMs)).toEqual(expectedTimes);
  snapshot.close();
  expect(() => backupFolder({ from: folder.path, to })).toThrow(expect.objectContaining({ code: 'SQLITE_FOLDER_NOT_EMPTY' }));
});

test('a restored folder opens with the points of the backup, and what was there is kept', async () => {
  const [backup, target] = [join(folder.path, 'backup'), join(folder.path, 'target')];
  backupFolder({ from: folder.path, to: backup });
  mkdirSync(target);
  const other = await openPackedStore(target, 50, clock);
  expect(() => restoreFolder({ from: backup, to: target, setAside: 'now' })).toThrow(expect.objectContaining({ code: 'SQLITE_FOLDER_IN_USE' }));
  await other.close();
  const kept = restoreFolder({ from: backup, to: target, setAside: 'now' });
  expect(kept).toBe(join(target, 'before-restore-now'));
  expect(existsSync(join(String(kept), 'fieldline.db'))).toBe(true);
  const restored = await openPackedStore(target, 50, clock);
  const points = await restored.store.range(tenantId, meter, { key: 'n', ...everything });
  expect(points.map(({ tsMs }) => tsMs)).toEqual(expectedTimes);
  await restored.close();
});

test('what is set aside can be put back, with what only its write-ahead log has; a log left alone is not mixed with what is restored', () => {
  const [backup, target] = [join(folder.path, 'backup'), join(folder.path, 'target')];
  backupFolder({ from: folder.path, to: backup });
  const copy = join(folder.path, 'copy');
  mkdirSync(copy);
  for (const file of ['fieldline.db', 'fieldline.db-wal']) copyFileSync(join(folder.path, file), join(copy, file));
  restoreFolder({ from: copy, to: target, setAside: '1' });
  mkdirSync(join(folder.path, 'other'));
  copyFileSync(join(folder.path, 'fieldline.db-wal'), join(folder.path, 'other', 'fieldline.db-wal'));
  restoreFolder({ from: backup, to: join(folder.path, 'other'), setAside: '1' });
  for (const path of [target, join(folder.path, 'other')]) {
    const snapshot = new FolderSnapshot({ path, clock });
    expect(times(snapshot, 'n').map(([tsMs]) => tsMs)).toEqual(expectedTimes);
    snapshot.close();
    expect(readdirSync(path)).not.toContain('fieldline.db-wal');
  }
});

test('a backup that fails leaves nothing that another try would stumble over', () => {
  const to = join(folder.path, 'backup');
  mkdirSync(join(folder.path, 'token-signing.key'));
  expect(() => backupFolder({ from: folder.path, to })).toThrow(expect.objectContaining({ code: 'STORAGE_UNAVAILABLE' }));
  rmSync(join(folder.path, 'token-signing.key'), { recursive: true });
  expect(backupFolder({ from: folder.path, to })).toBeGreaterThan(0);
});

test('a damaged backup is not restored', () => {
  const backup = join(folder.path, 'backup');
  backupFolder({ from: folder.path, to: backup });
  damage(backup, 'UPDATE block SET body = zeroblob(20)');
  const restore = (): unknown => restoreFolder({ from: backup, to: join(folder.path, 'target'), setAside: 'now' });
  expect(restore).toThrow(expect.objectContaining({ code: 'SQLITE_BACKUP_DAMAGED' }));
  expect(existsSync(join(folder.path, 'target'))).toBe(false);
});

test.each([
  ['cut short', (file: string) => truncateSync(file, 50_000)],
  ['no database', (file: string) => writeFileSync(file, randomBytes(9_000))],
  ['empty', (file: string) => truncateSync(file, 0)],
])('a backup that is %s is not restored', (_, spoil) => {
  const backup = join(folder.path, 'backup');
  backupFolder({ from: folder.path, to: backup });
  spoil(databaseFile(backup));
  const restore = (): unknown => restoreFolder({ from: backup, to: join(folder.path, 'target'), setAside: 'now' });
  expect(restore).toThrow(expect.objectContaining({ code: 'SQLITE_BACKUP_DAMAGED' }));
  expect(existsSync(join(folder.path, 'target'))).toBe(false);
});

function damage(path: string, sql: string): void {
  const database = new DatabaseSync(databaseFile(path));
  database.exec(sql);
  database.close();
}

test.each([
  ['a block that cannot be read', 'UPDATE block SET body = zeroblob(20)', /^The block of series \d+ from 0 to 59 ms cannot be read: /],
  ['a row that says another time', 'UPDATE block SET end_ms = 60', /holds other times than its row says/],
  ['a row that says another sum', 'UPDATE block SET sum = sum + 1', /says another sum than its points/],
  [
    'blocks that overlap',
    'INSERT INTO block SELECT id + 1000, series_id, ttl_ms, start_ms, end_ms, count, kind, minimum, maximum, sum, row_crc, body FROM block',
    /overlaps/,
  ],
  ['a damaged log row', 'UPDATE batch_log SET body = substr(body, 1, length(body) - 1)', /^Log row \d+ does not match its checksum\.$/],
  ['a row that says another series', 'UPDATE block SET series_id = 2', /^The block of series 2 .* has a row that does not match its checksum\.$/],
  [
    'a block of no series',
    'DELETE FROM series WHERE id = 1; DELETE FROM latest WHERE series_id = 1',
    /^There are 1 blocks of series that there are not\.$/,
  ],
  ['a latest value of no series', 'INSERT INTO latest VALUES (98, 1, 2, 3, 4)', /^There are 1 latest values of series/],
  ['a file that lost a piece', "INSERT INTO blob VALUES ('t', 'i', 'u', 5)", /^There are 1 uploaded files with fewer bytes/],
])('the check finds %s', (_, sql, finding) => {
  expect([...checkFolder(folder.path)]).toEqual([]);
  damage(folder.path, sql);
  expect([...checkFolder(folder.path)]).toEqual([expect.stringMatching(finding)]);
});

test('the check goes on where a table cannot be read to its end, and an export says what is wrong', () => {
  const backup = join(folder.path, 'backup');
  backupFolder({ from: folder.path, to: backup });
  const file = databaseFile(backup);
  const database = new DatabaseSync(file, { readOnly: true });
  const root = Number(database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'block'").get()?.['rootpage']);
  database.close();
  const bytes = readFileSync(file);
  bytes.fill(0xff, (root - 1) * 4_096, (root - 1) * 4_096 + 8);
  writeFileSync(file, bytes);
  const snapshot = new FolderSnapshot({ path: backup, clock });
  expect(() => times(snapshot, 'n')).toThrow(expect.objectContaining({ code: 'STORAGE_CORRUPT' }));
  snapshot.close();
  damage(backup, 'UPDATE batch_log SET body = substr(body, 1, length(body) - 1)');
  const findings = [...checkFolder(backup)];
  expect(findings).toEqual(
    expect.arrayContaining([expect.stringMatching(/^Log row \d+ does not/), expect.stringMatching(/^The blocks cannot be read to/)]),
  );
});

test('a snapshot that is told of damaged blocks leaves them out, and their marks are nothing more', () => {
  const backup = join(folder.path, 'backup');
  backupFolder({ from: folder.path, to: backup });
  damage(backup, 'UPDATE block SET body = zeroblob(20)');
  damage(backup, "INSERT INTO block SELECT -1, series_id, ttl_ms, start_ms, end_ms, count, kind, minimum, maximum, sum, row_crc, x'' FROM block");
  const told: string[] = [];
  const snapshot = new FolderSnapshot({ path: backup, clock, onDamaged: ({ message }) => told.push(message) });
  expect([times(snapshot, 'n'), times(snapshot, 'state')]).toEqual([[[12, 1_200]], [[1, 'on "hold"']]]);
  expect(told).toEqual([expect.stringMatching(/block of series \d+ from .* to .* cannot be read/)]);
  snapshot.close();
  expect([...checkFolder(backup)]).toEqual([expect.stringMatching(/cannot be read/)]);
});

const answersOf =
  (sql: FolderSql) =>
  (query: string): unknown[] => {
    const found: unknown[] = [];
    for (const { columns, rows } of sql.query(query))
      for (const row of rows) found.push(Object.fromEntries(row.map((value, place) => [columns[place], value])));
    return found;
  };

test('SQL sees points from before 1970 as well', async () => {
  await put(-3, -1);
  const sql = new FolderSql({ path: folder.path, clock });
  expect(answersOf(sql)('SELECT ts FROM point WHERE ts < 0')).toEqual([{ ts: -3 }, { ts: -2 }]);
  sql.close();
});

test('SQL sees points of all kinds, packed or not, and can change nothing', () => {
  const sql = new FolderSql({ path: folder.path, clock });
  const rows = answersOf(sql);
  expect(rows("SELECT count(*) AS n, sum(value) AS sum FROM point WHERE key = 'n'")).toEqual([
    { n: 51, sum: expectedTimes.reduce((a, b) => a + b, 0) + 1_188 },
  ]);
  expect(rows("SELECT key, value FROM point WHERE key <> 'n' ORDER BY key")).toEqual([
    { key: 'large', value: 9_007_199_254_740_993n },
    { key: 'open', value: 1 },
    { key: 'place', value: '{"a":[1]}' },
    { key: 'state', value: 'on "hold"' },
  ]);
  expect(rows("SELECT count(*) AS n FROM point; SELECT max(ts) AS newest FROM point WHERE key = 'n'")).toEqual([{ n: 55 }, { newest: 59 }]);
  for (const refused of ['DELETE FROM batch_log', 'SELECT 1; DELETE FROM batch_log', '', '/* ; */ --;']) {
    expect(() => rows(refused)).toThrow(expect.objectContaining({ code: 'SQLITE_QUERY_WRONG' }));
  }
  expect(() => rows('SELECT missing_column')).toThrow(
    expect.objectContaining({ code: 'SQLITE_QUERY_WRONG', message: expect.stringContaining('no such column') as string }),
  );
  expect(() => rows('COMMIT; SELECT count(*) FROM point')).toThrow(expect.objectContaining({ code: 'SQLITE_QUERY_WRONG' }));
  sql.close();
});

test('each column of an answer is given at its place, also where two have one name or a name is a number', () => {
  const sql = new FolderSql({ path: folder.path, clock });
  const [answer] = [...sql.query('SELECT \'x\' AS b, 2 AS "1", 3 AS b')].map(({ columns, rows }) => ({ columns, rows: [...rows] }));
  expect(answer).toEqual({ columns: ['b', '1', 'b'], rows: [['x', 2, 3]] });
  sql.close();
});

test('points_of takes every whole number as a time; what is no number is the fault of the query', () => {
  const sql = new FolderSql({ path: folder.path, clock });
  const rows = answersOf(sql);
  const series = "(SELECT series_id FROM time_series WHERE key = 'n')";
  const all = rows(`SELECT json_array_length(points_of(${series}, -9223372036854775808, 9223372036854775807)) AS n`);
  expect(all).toEqual(rows("SELECT count(*) AS n FROM point WHERE key = 'n'"));
  expect(rows('SELECT points_of(9007199254740993, 0, 1) AS none')).toEqual([{ none: '[]' }]);
  expect(rows(`SELECT points_of(${series}, NULL, 1) AS none`)).toEqual([{ none: null }]);
  for (const wrong of ["'2026-11-22'", "x'00'"])
    expect(() => rows(`SELECT points_of(${series}, ${wrong}, 1)`)).toThrow(expect.objectContaining({ code: 'SQLITE_QUERY_WRONG' }));
  sql.close();
});

test('a query that opens another file fails by itself, not for the data folder', () => {
  const sql = new FolderSql({ path: folder.path, clock });
  const attach = `ATTACH '${join(folder.path, 'absent', 'other.db')}' AS other`;
  expect(() => answersOf(sql)(attach)).toThrow(expect.objectContaining({ code: 'SQLITE_QUERY_WRONG' }));
  sql.close();
});

// The administrator may write everywhere.
test.skipIf(process.getuid?.() === 0)('a folder that may only be read is told of as such, and a backup of it is read', () => {
  const backup = join(folder.path, 'backup');
  backupFolder({ from: folder.path, to: backup });
  const served = join(folder.path, 'served');
  restoreFolder({ from: backup, to: served, setAside: 'now' });
  damage(served, 'PRAGMA journal_mode = WAL');
  for (const path of [backup, served]) chmodSync(path, 0o500);
  expect([...checkFolder(backup)]).toEqual([]);
  const check = (): unknown => [...checkFolder(served)];
  expect(check).toThrow(expect.objectContaining({ code: 'SQLITE_FOLDER_UNUSABLE' }));
  for (const path of [backup, served]) chmodSync(path, 0o700);
});

test('folders of other formats are told apart', () => {
  const snapshotOf = (version: number) => (): unknown => {
    damage(folder.path, `PRAGMA user_version = ${version}`);
    return new FolderSnapshot({ path: folder.path, clock });
  };
  expect(snapshotOf(1)).toThrow(expect.objectContaining({ code: 'SQLITE_FORMAT_OLDER' }));
  expect(snapshotOf(1_000)).toThrow(expect.objectContaining({ code: 'SQLITE_FORMAT_NEWER' }));
});
