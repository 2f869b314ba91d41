// The SQLite store as the server has it: writer, packer and readers of history in threads of their own. And what its file holds.
import { silentLog, type Log } from '@fieldline/kernel';
import type { DataStore } from '@fieldline/ports';
import { connectHistory, connectPacker, connectWriter, inProcessPacker, inProcessWriter, openSqliteDataStore } from '@fieldline/storage-sqlite';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker, type MessagePort } from 'node:worker_threads';
import { clock } from './clock.ts';

const threadFile = (name: string): URL => new URL(`../../apps/server/dist/${name}-thread.js`, import.meta.url);

interface StoreThreadsOptions {
  /** Unpacked points from which on the log is packed; absent: as the server does. */
  readonly packPoints?: number | undefined;
  readonly log?: Log | undefined;
}

/** Opens the store of a data folder with its threads. */
export async function openStoreThreads(
  path: string,
  { packPoints, log = silentLog }: StoreThreadsOptions = {},
): Promise<{ readonly store: DataStore; readonly close: () => Promise<void> }> {
  const writerThread = new Worker(threadFile('writer'), { workerData: { path, synchronous: 'FULL' } });
  const writer = connectWriter(writerThread);
  const startPacker = (writerPort: MessagePort): Worker =>
    new Worker(threadFile('packer'), { workerData: { path, writerPort }, transferList: [writerPort] });
  const packer = connectPacker({ start: startPacker, writer, log });
  const reads = connectHistory({ start: () => new Worker(threadFile('history'), { workerData: { path } }), log });
  const store = await openSqliteDataStore({ path, writer, packer, reads, clock, log, limits: packPoints === undefined ? {} : { packPoints } });
  return {
    store,
    async close() {
      await store.close();
      await packer.close();
      await writer.close();
      await writerThread.terminate();
    },
  };
}

/** Packs what a closed store left in its log. */
export async function packFolder(path: string): Promise<void> {
  const writer = inProcessWriter(path);
  const packer = inProcessPacker({ path, writer, clock, log: silentLog });
  await writer.ready();
  await packer.pack(newestLogRow(path));
  await packer.close();
  await writer.close();
}

function read<T>(path: string, query: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(join(path, 'fieldline.db'), { readOnly: true, timeout: 5_000 });
  try {
    return query(database);
  } finally {
    database.close();
  }
}

const numberOf = (database: DatabaseSync, sql: string): number => Number(Object.values(database.prepare(sql).get() ?? {})[0]);

function newestLogRow(path: string): number {
  return read(path, (database) => numberOf(database, 'SELECT coalesce(max(seq), 0) FROM batch_log'));
}

/** Bytes of the points that are not packed. */
export function logBytes(path: string): number {
  return read(path, (database) => numberOf(database, 'SELECT coalesce(sum(length(body)), 0) FROM batch_log'));
}

/** Bytes of the file that are in use: without free pages. */
export function databaseBytes(path: string): number {
  return read(
    path,
    (database) => (numberOf(database, 'PRAGMA page_count') - numberOf(database, 'PRAGMA freelist_count')) * numberOf(database, 'PRAGMA page_size'),
  );
}
