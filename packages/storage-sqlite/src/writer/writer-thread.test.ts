import { blobStoreContract, dataStoreContract, entityStoreContract, type TestClock } from '@fieldline/contract-tests';
import { silentLog } from '@fieldline/kernel';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteBlobStore } from '../blobs/sqlite-blob-store.js';
import { openForReading } from '../database.js';
import { openSqliteDataStore } from '../data/open-data-store.js';
import { openSqliteEntityStore } from '../entities/sqlite-entity-store.js';
import { connectPacker } from '../packing/connect-packer.js';
import type { PackerLink } from '../packing/packer-link.js';
import { runPackerThread } from '../packing/packer-thread.js';
import { testFolder, underTest } from '../test-folder.fixture.js';
import { connectWriter, type WriterThreadLink } from './connect-writer.js';
import { runWriterThread } from './writer-thread.js';

// The thread's function runs here on one end of a channel: ports are asynchronous within a thread too.
function startWriter(path: string): WriterThreadLink {
  const { port1, port2 } = new MessageChannel();
  runWriterThread({ path, port: port1 });
  return connectWriter(port2);
}

function startPacker(path: string, writer: WriterThreadLink, clock: TestClock): PackerLink {
  const start = (writerPort: MessagePort): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    runPackerThread({ path, port: port1, writerPort, clock });
    return port2;
  };
  return connectPacker({ start, writer, log: silentLog });
}

dataStoreContract(
  'sqlite behind threads that write and pack',
  () =>
    underTest(async (path, clock) => {
      const writer = startWriter(path);
      const packer = startPacker(path, writer, clock);
      const store = await openSqliteDataStore({ path, writer, packer, clock, log: silentLog, limits: { packPoints: 3 } });
      return { store, writer, close: () => store.close().then(() => writer.close()) };
    }),
  { durability: 'synced' },
);

entityStoreContract(
  'sqlite behind a writer thread',
  () =>
    underTest(async (path) => {
      const writer = startWriter(path);
      const store = await openSqliteEntityStore({ path, writer });
      return { store, writer, close: () => store.close().then(() => writer.close()) };
    }),
  { durability: 'synced' },
);

blobStoreContract(
  'sqlite behind a writer thread',
  () =>
    underTest(async (path) => {
      const writer = startWriter(path);
      const store = await openSqliteBlobStore({ path, writer });
      return { store, writer, close: () => store.close().then(() => writer.close()) };
    }),
  { durability: 'synced' },
);

// Node runs our TypeScript as it is, once the `.js` of relative imports is taken for `.ts`.
const threadModule = new URL('./writer-thread.ts', import.meta.url).href;
const sourceThread = `
  const { registerHooks } = require('node:module');
  const { parentPort, workerData } = require('node:worker_threads');
  const typed = (specifier) => (specifier.startsWith('.') ? specifier.replace(/[.]js$/, '.ts') : specifier);
  registerHooks({ resolve: (specifier, context, next) => next(context.parentURL?.endsWith('.ts') ? typed(specifier) : specifier, context) });
  import(workerData.module).then(({ runWriterThread }) => runWriterThread({ path: workerData.path, port: parentPort }));
`;

describe('a writer thread', () => {
  let folder: ReturnType<typeof testFolder>;
  beforeEach(() => {
    folder = testFolder();
  });
  afterEach(() => folder.remove());

  const insert = (id: string) => ({ sql: 'INSERT INTO hand_over (id, document) VALUES (?, ?)', rows: [[id, '{}']] });
  const countOf = (table: string): number => {
    const database = openForReading(folder.path);
    const row = database.prepare(`SELECT count(*) AS n FROM ${table}`).get();
    database.close();
    return Number(row?.['n']);
  };

  test('writes what waits on all its ports as one transaction and answers each in order', async () => {
    const first = startWriter(folder.path);
    const { port1, port2 } = new MessageChannel();
    first.addPort(port1);
    const second = connectWriter(port2);
    await Promise.all([first.ready(), second.ready()]);
    const answers: string[] = [];
    const writes = [first, second, first, second].map(async (link, n) => {
      const failure = await link.write({ points: Uint8Array.of(n), statements: [insert(n === 2 ? 'id 0' : `id ${n}`)] });
      answers.push(`${link === first ? 'first' : 'second'} ${n} ${failure?.kind ?? 'done'}`);
    });
    await Promise.all(writes);
    expect(answers.filter((answer) => answer.startsWith('first'))).toEqual(['first 0 done', 'first 2 taken']);
    expect(answers.filter((answer) => answer.startsWith('second'))).toEqual(['second 1 done', 'second 3 done']);
    expect([countOf('hand_over'), countOf('batch_log')]).toEqual([3, 1]);
    await second.close();
    expect(await first.write({ statements: [insert('after')] })).toBeUndefined();
    await first.close();
  });

  test('tells its links the newest log row with each answer, and when it opens', async () => {
    const first = startWriter(folder.path);
    const { port1, port2 } = new MessageChannel();
    first.addPort(port1);
    const second = connectWriter(port2);
    const seen: number[] = [];
    const write = async (link: WriterThreadLink, points?: Uint8Array<ArrayBuffer>): Promise<void> => {
      await link.write({ points, statements: [] });
      seen.push(link.lastLogSeq);
    };
    await first.ready();
    seen.push(first.lastLogSeq);
    for (const link of [first, second, first]) await write(link, Uint8Array.of(1));
    await write(second);
    await first.write({ statements: [{ sql: 'DELETE FROM batch_log', rows: [[]] }] });
    expect(seen).toEqual([0, 1, 2, 3, 3]);
    await Promise.all([first.close(), second.close()]);
    const next = startWriter(folder.path);
    await next.ready();
    expect(next.lastLogSeq).toBe(3);
    await next.close();
  });

  test('gives the folder free when its last link is closed, with everything written', async () => {
    const first = startWriter(folder.path);
    const written = first.write({ statements: [insert('id')] });
    await Promise.all([first.close(), first.close()]);
    expect(await written).toBeUndefined();
    expect(await first.write({ statements: [insert('late')] })).toMatchObject({ problem: { code: 'STORAGE_UNAVAILABLE' } });
    const second = startWriter(folder.path);
    await second.ready();
    expect(countOf('hand_over')).toBe(1);
    await second.close();
  });

  test('that cannot open the folder says why, to `ready` and to every write', async () => {
    writeFileSync(join(folder.path, 'file'), '');
    const link = startWriter(join(folder.path, 'file'));
    await expect(link.ready()).rejects.toMatchObject({ code: 'SQLITE_FOLDER_UNUSABLE' });
    expect(await link.write({ statements: [insert('id')] })).toMatchObject({ problem: { code: 'SQLITE_FOLDER_UNUSABLE' } });
    await link.close();
  });

  test('works as a thread of its own, and ends when its last link is closed', async () => {
    const worker = new Worker(sourceThread, {
      eval: true,
      execArgv: ['--conditions=source'],
      workerData: { path: folder.path, module: threadModule },
    });
    const exited = new Promise<number>((resolve) => worker.once('exit', resolve));
    const link = connectWriter(worker);
    const { port1, port2 } = new MessageChannel();
    link.addPort(port1);
    const other = connectWriter(port2);
    await Promise.all([link.ready(), other.ready()]);
    await link.close();
    expect(await other.write({ statements: [insert('id')] })).toBeUndefined();
    await other.close();
    expect(await exited).toBe(0);
    expect(countOf('hand_over')).toBe(1);
  });

  test('gives the folder free as well when its last link ends without a word', async () => {
    const { port1, port2 } = new MessageChannel();
    runWriterThread({ path: folder.path, port: port1 });
    await connectWriter(port2).ready();
    const closed = new Promise((resolve) => port1.once('close', resolve));
    port2.close();
    await closed;
    const next = startWriter(folder.path);
    await next.ready();
    await next.close();
  });

  test('that ends without a word leaves nobody waiting', async () => {
    const { port1, port2 } = new MessageChannel();
    const link = connectWriter(port2);
    const written = link.write({ statements: [] });
    port1.close();
    expect(await written).toMatchObject({ problem: { code: 'STORAGE_UNAVAILABLE', retry: 'later' } });
    await expect(link.ready()).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    await link.close();
  });

  test('writes for the others when one of its links ends without a word', async () => {
    const first = startWriter(folder.path);
    const { port1, port2 } = new MessageChannel();
    first.addPort(port1);
    await connectWriter(port2).ready();
    port2.close();
    expect(await first.write({ statements: [insert('id')] })).toBeUndefined();
    await first.close();
  });
});
