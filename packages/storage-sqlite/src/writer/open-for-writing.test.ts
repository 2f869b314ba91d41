import { silentLog } from '@fieldline/kernel';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { databaseFile } from '../database.js';
import { openSqliteDataStore } from '../data/open-data-store.js';
import { openSqliteEntityStore } from '../entities/sqlite-entity-store.js';
import { FORMAT_VERSION } from '../schema.js';
import { openDataStore, testFolder } from '../test-folder.fixture.js';
import { inProcessWriter } from './in-process-writer.js';

let folder: ReturnType<typeof testFolder>;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => folder.remove());

/** Writes a store with one unit of points, then lets `damage` loose on the closed file. */
async function damaged(damage: (database: DatabaseSync) => void): Promise<void> {
  const { store, close } = await openDataStore(folder.path);
  const unit = store.begin();
  for (let n = 0; n < 100; n += 1) unit.point('t' as never, { entityType: 'DEVICE', id: 'd' }, `key ${n}`, n, 3, n / 7, 0);
  await store.commit(unit);
  await close();
  const database = new DatabaseSync(databaseFile(folder.path));
  damage(database);
  database.close();
}

const opening = (): Promise<unknown> => {
  const writer = inProcessWriter(folder.path);
  return openSqliteDataStore({ path: folder.path, writer, log: silentLog }).finally(() => writer.close());
};

test('a second server on the same folder is refused, and let in when the first is gone', async () => {
  const first = inProcessWriter(folder.path);
  const second = inProcessWriter(folder.path);
  await expect(second.ready()).rejects.toMatchObject({ code: 'SQLITE_FOLDER_IN_USE', remedy: expect.stringContaining('FIELDLINE_DATA_DIR') });
  await first.close();
  const third = inProcessWriter(folder.path);
  await third.ready();
  await third.close();
});

test('a missing folder is made, however deep', async () => {
  const writer = inProcessWriter(join(folder.path, 'deep', 'data'));
  await writer.ready();
  await writer.close();
});

test('a folder that cannot be one is refused with the setting to change', async () => {
  writeFileSync(join(folder.path, 'file'), '');
  for (const path of [join(folder.path, 'file'), join(folder.path, 'file', 'below')]) {
    const unusable = { code: 'SQLITE_FOLDER_UNUSABLE', details: { path }, remedy: expect.stringContaining('FIELDLINE_DATA_DIR') };
    await expect(inProcessWriter(path).ready()).rejects.toMatchObject(unusable);
  }
});

test('a file of a later version is refused and left alone', async () => {
  await damaged((database) => database.exec(`PRAGMA user_version = ${FORMAT_VERSION + 1}`));
  const before = readFileSync(databaseFile(folder.path));
  await expect(opening()).rejects.toMatchObject({ code: 'SQLITE_FORMAT_NEWER', retry: 'never', details: { found: FORMAT_VERSION + 1 } });
  expect(readFileSync(databaseFile(folder.path)).equals(before)).toBe(true);
});

test('a file that is no database, or one of another program, is refused', async () => {
  writeFileSync(databaseFile(folder.path), 'This is no database. '.repeat(100));
  await expect(opening()).rejects.toMatchObject({ code: 'STORAGE_CORRUPT', remedy: expect.stringContaining('FIELDLINE_DATA_DIR') });
  writeFileSync(databaseFile(folder.path), '');
  const foreign = new DatabaseSync(databaseFile(folder.path));
  foreign.exec('CREATE TABLE theirs (a)');
  foreign.close();
  await expect(opening()).rejects.toMatchObject({ code: 'STORAGE_CORRUPT', message: expect.stringContaining('another program') });
});

test('a damaged log row is found before anything is served, and named', async () => {
  await damaged((database) => database.exec("UPDATE batch_log SET body = CAST(substr(body, 1, 40) || x'ff' || substr(body, 42) AS BLOB)"));
  await expect(opening()).rejects.toMatchObject({
    code: 'STORAGE_CORRUPT',
    message: expect.stringContaining('log row 1 does not match its checksum'),
  });
});

test('a log that names what the tables do not know is refused', async () => {
  await damaged((database) => database.exec('DELETE FROM series WHERE id = 50'));
  await expect(opening()).rejects.toMatchObject({ code: 'STORAGE_CORRUPT' });
});

test('damaged pages are found when the file is opened', async () => {
  await damaged((database) => database.exec('PRAGMA journal_mode = DELETE'));
  const bytes = readFileSync(databaseFile(folder.path));
  // The pages after the first hold the tables; the one with the series is among them.
  bytes.fill(0xa5, 4_096, 12 * 4_096);
  writeFileSync(databaseFile(folder.path), bytes);
  await expect(opening()).rejects.toMatchObject({ code: 'STORAGE_CORRUPT' });
});

test('a store without a writer reads, and says so where it is to write', async () => {
  await expect(openSqliteEntityStore({ path: folder.path })).rejects.toMatchObject({ code: 'SQLITE_FOLDER_UNUSABLE' });
  const writer = inProcessWriter(folder.path);
  const store = await openSqliteEntityStore({ path: folder.path });
  expect(await store.tenantIds()).toEqual([]);
  await expect(store.write([])).rejects.toMatchObject({ code: 'SQLITE_READ_ONLY' });
  await store.close();
  await expect(store.tenantIds()).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  await writer.close();
});
