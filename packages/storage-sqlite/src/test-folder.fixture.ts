import { TestClock, type StoresTogether } from '@fieldline/contract-tests';
import type { DataStore, EntityStore } from '@fieldline/ports';
import { epochMs, silentLog, type Clock } from '@fieldline/kernel';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteDataStore, type SqliteDataStoreOptions } from './data/open-data-store.js';
import { openSqliteEntityStore } from './entities/sqlite-entity-store.js';
import { inProcessPacker } from './packing/in-process-packer.js';
import { inProcessWriter } from './writer/in-process-writer.js';
import type { WriterLink } from './writer/writer-link.js';

/** A data folder of its own for a test; `remove` leaves nothing. */
export function testFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'fieldline-store-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A store of a data folder with a writer of its own; closing closes both. */
export interface Opened<S> {
  readonly store: S;
  readonly writer: WriterLink;
  readonly close: () => Promise<void>;
}

export async function openDataStore(
  path: string,
  limits?: SqliteDataStoreOptions['limits'],
  writer = inProcessWriter(path),
  clock?: Clock,
): Promise<Opened<DataStore>> {
  const store = await openSqliteDataStore({ path, writer, clock, log: silentLog, limits });
  return { store, writer, close: () => store.close().then(() => writer.close()) };
}

/** A store that packs its log whenever it holds so many points. */
export async function openPackedStore(path: string, packPoints: number, clock?: Clock): Promise<Opened<DataStore>> {
  const writer = inProcessWriter(path);
  const packer = inProcessPacker({ path, writer, clock: clock ?? { nowMs: () => epochMs(Date.now()) }, log: silentLog });
  const store = await openSqliteDataStore({ path, writer, packer, clock, log: silentLog, limits: { packPoints } });
  return { store, writer, close: () => store.close().then(() => writer.close()) };
}

export async function openEntityStore(path: string): Promise<Opened<EntityStore>> {
  const writer = inProcessWriter(path);
  const store = await openSqliteEntityStore({ path, writer });
  return { store, writer, close: () => store.close().then(() => writer.close()) };
}

/** Both stores of a folder on one writer, as in the server. */
export async function openStoresTogether(path: string): Promise<Opened<StoresTogether>> {
  const writer = inProcessWriter(path);
  const data = await openSqliteDataStore({ path, writer, log: silentLog });
  const entities = await openSqliteEntityStore({ path, writer });
  const close = (): Promise<void> => Promise.all([data.close(), entities.close()]).then(() => writer.close());
  return { store: { data, entities }, writer, close };
}

/** What the contract suites open: a store in a folder of its own that can be closed and opened again. */
export async function underTest<S>(
  open: (path: string, clock: TestClock) => Promise<Opened<S>>,
): Promise<{ store: S; clock: TestClock; reopen: () => Promise<S>; dispose: () => Promise<void> }> {
  const folder = testFolder();
  const clock = new TestClock();
  let opened = await open(folder.path, clock);
  return {
    store: opened.store,
    clock,
    reopen: async () => {
      await opened.close();
      opened = await open(folder.path, clock);
      return opened.store;
    },
    dispose: async () => {
      await opened.close();
      folder.remove();
    },
  };
}
