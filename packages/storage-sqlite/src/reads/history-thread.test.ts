import { silentLog } from '@fieldline/kernel';
import { pointsOfColumns, ValueKind, columnsOfPoints } from '@fieldline/model';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testFolder } from '../test-folder.fixture.js';
import { connectHistory } from './connect-history.js';
import { makeFolder, piecesOf, seriesRead, writeBlocks } from './history.fixture.js';

// Goal: a thread reads history as this one would; it starts with the first read, and another one follows where it ends.

// Node runs our TypeScript as it is, once the `.js` of relative imports is taken for `.ts`.
const threadModule = new URL('./history-thread.ts', import.meta.url).href;
const sourceThread = `
  const { registerHooks } = require('node:module');
  const { parentPort, workerData } = require('node:worker_threads');
  const typed = (specifier) => (specifier.startsWith('.') ? specifier.replace(/[.]js$/, '.ts') : specifier);
  registerHooks({ resolve: (specifier, context, next) => next(context.parentURL?.endsWith('.ts') ? typed(specifier) : specifier, context) });
  import(workerData.module).then(({ runHistoryThread }) => runHistoryThread({ path: workerData.path, port: parentPort }));
`;

let folder: ReturnType<typeof testFolder>;
let started: Worker[];
beforeEach(async () => {
  folder = testFolder();
  started = [];
  await makeFolder(folder.path);
  const points = [1, 2, 3].map((tsMs) => ({ tsMs, kind: ValueKind.string, value: `at ${tsMs}` }));
  writeBlocks(folder.path, [{ seriesId: 1, ttlMs: 0, blocks: [points] }]);
});
afterEach(() => folder.remove());

const start = (): Worker => {
  const workerData = { path: folder.path, module: threadModule };
  const worker = new Worker(sourceThread, { eval: true, execArgv: ['--conditions=source'], workerData });
  started.push(worker);
  return worker;
};
const all = { key: 'k', startMs: 0, endMs: 10, limit: 100, order: 'ASC' } as const;
const count = { key: 'k', startMs: 0, endMs: 10, intervalMs: 10, aggregation: 'COUNT' } as const;

test('memory and blocks are read as one, and the thread ends when it is closed', async () => {
  const history = connectHistory({ start, log: silentLog });
  expect(started).toEqual([]);
  const head = { points: columnsOfPoints([{ tsMs: 2, kind: ValueKind.boolean, value: true }]), removed: [{ startMs: 3, endMs: 4 }] };
  const read = (): ReturnType<typeof seriesRead> => seriesRead(1, { head: structuredClone(head) });
  expect((await piecesOf(history.columns(read, all))).flatMap((piece) => pointsOfColumns(piece, 'k'))).toEqual([
    { key: 'k', tsMs: 1, kind: ValueKind.string, value: 'at 1' },
    { key: 'k', tsMs: 2, kind: ValueKind.boolean, value: true },
  ]);
  expect(await history.aggregate(() => seriesRead(1), count)).toEqual([{ key: 'k', tsMs: 5, kind: ValueKind.long, value: 3 }]);
  expect(started).toHaveLength(1);
  await history.close();
  expect(started[0]?.threadId).toBe(-1);
});

test('a thread that ends by itself fails what it was asked, and the next read starts another', async () => {
  const history = connectHistory({ start, log: silentLog });
  await history.aggregate(() => seriesRead(1), count);
  const pieces = history.columns(() => seriesRead(1), all)[Symbol.asyncIterator]();
  const lost = expect(pieces.next()).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE', retry: 'later' });
  await started[0]?.terminate();
  await lost;
  expect(await history.aggregate(() => seriesRead(1), count)).toHaveLength(1);
  expect(started).toHaveLength(2);
  await history.close();
});

test('what a thread cannot read it says with its code', async () => {
  const history = connectHistory({ start, log: silentLog });
  folder.remove();
  await expect(history.aggregate(() => seriesRead(1), count)).rejects.toMatchObject({ code: 'SQLITE_FOLDER_UNUSABLE' });
  await history.close();
});
