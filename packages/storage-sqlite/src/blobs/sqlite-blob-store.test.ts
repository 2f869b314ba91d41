import { blobStoreContract } from '@fieldline/contract-tests';
import type { TenantId } from '@fieldline/model';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openForReading } from '../database.js';
import { BLOB_PIECE_BYTES } from '../limits.js';
import { testFolder, underTest, type Opened } from '../test-folder.fixture.js';
import { inProcessWriter } from '../writer/in-process-writer.js';
import { openSqliteBlobStore, type SqliteBlobStore } from './sqlite-blob-store.js';

// Goal: besides the contract, no bytes stay behind that no blob points to, and a reader never gets parts of two blobs.
// Method: look into the table of pieces around uploads that fail, that are cut off by a crash, and that replace what is being read.

async function openBlobStore(path: string): Promise<Opened<SqliteBlobStore>> {
  const writer = inProcessWriter(path);
  const store = await openSqliteBlobStore({ path, writer });
  return { store, writer, close: () => store.close().then(() => writer.close()) };
}

blobStoreContract('sqlite', () => underTest(openBlobStore), { durability: 'synced' });

describe('the pieces of blobs', () => {
  let folder: ReturnType<typeof testFolder>;
  let opened: Opened<SqliteBlobStore>;
  beforeEach(async () => {
    folder = testFolder();
    opened = await openBlobStore(folder.path);
  });
  afterEach(async () => {
    await opened.close();
    folder.remove();
  });

  const tenant = 't' as TenantId;
  const lengths = (): readonly unknown[] => {
    const database = openForReading(folder.path);
    const rows = database.prepare('SELECT length(bytes) AS length FROM blob_piece ORDER BY upload, place').all();
    database.close();
    return rows.map(({ length }) => length);
  };
  async function* blocks(count: number, error?: Error): AsyncIterable<Uint8Array> {
    for (let n = 0; n < count; n += 1) yield new Uint8Array(100_000).fill(n);
    if (error !== undefined) throw error;
  }

  test('are of one size, whatever came', async () => {
    await opened.store.put(tenant, 'id', blocks(6));
    expect(lengths()).toEqual([BLOB_PIECE_BYTES, BLOB_PIECE_BYTES, 600_000 - 2 * BLOB_PIECE_BYTES]);
  });

  test('go with their blob, with its replacement and with the failure of their upload', async () => {
    await opened.store.put(tenant, 'id', blocks(9));
    await opened.store.put(tenant, 'id', blocks(1));
    expect(lengths()).toEqual([100_000]);
    await expect(opened.store.put(tenant, 'id', blocks(9, new Error('cut')))).rejects.toThrow('cut');
    expect(lengths()).toEqual([100_000]);
    await opened.store.remove(tenant, 'id');
    expect(lengths()).toEqual([]);
  });

  test('that a crash left without a blob are removed when the folder is opened again', async () => {
    await opened.store.put(tenant, 'id', blocks(1));
    await opened.writer.write({ statements: [{ sql: "INSERT INTO blob_piece VALUES ('cut off', 0, x'00')", rows: [[]] }] });
    expect(lengths()).toHaveLength(2);
    await opened.close();
    opened = await openBlobStore(folder.path);
    expect(lengths()).toEqual([100_000]);
  });

  test('of a blob that is replaced while it is read end with an error', async () => {
    await opened.store.put(tenant, 'id', blocks(9));
    const read = (await opened.store.read(tenant, 'id'))?.[Symbol.asyncIterator]();
    expect((await read?.next())?.value?.length).toBe(BLOB_PIECE_BYTES);
    await opened.store.put(tenant, 'id', blocks(9));
    await expect(read?.next()).rejects.toMatchObject({ code: 'SQLITE_BLOB_REPLACED', retry: 'later' });
  });

  test('are refused after the store was closed', async () => {
    await opened.store.close();
    await expect(opened.store.put(tenant, 'id', blocks(1))).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    await expect(opened.store.read(tenant, 'id')).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  });
});
