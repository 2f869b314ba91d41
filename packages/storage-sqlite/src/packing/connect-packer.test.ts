import { epochMs, silentLog } from '@fieldline/kernel';
import { ValueKind } from '@fieldline/model';
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PACKER_IDLE_MS } from '../limits.js';
import { connectWriter, type WriterThreadLink } from '../writer/connect-writer.js';
import { runWriterThread } from '../writer/writer-thread.js';
import { connectPacker } from './connect-packer.js';
import { PackedFolder } from './packed-folder.fixture.js';
import { runPackerThread } from './packer-thread.js';

// Goal: packing behind ports is packing, and nobody is left waiting. Method: the functions of the threads run here on ends of channels.

let folder: PackedFolder;
let writer: WriterThreadLink;
let started: MessagePort[];
beforeEach(async () => {
  folder = new PackedFolder();
  await folder.nameSeries(1);
  await folder.log({ seriesId: 1, tsMs: 5, kind: ValueKind.long, value: 7 });
  await folder.writer.close();
  const { port1, port2 } = new MessageChannel();
  runWriterThread({ path: folder.path, port: port1 });
  writer = connectWriter(port2);
  await writer.ready();
  started = [];
});
afterEach(async () => {
  await writer.close();
  await folder.remove();
});

function start(writerPort: MessagePort): MessagePort {
  const { port1, port2 } = new MessageChannel();
  runPackerThread({ path: folder.path, port: port1, writerPort, clock: { nowMs: () => epochMs(0) } });
  started.push(port1);
  return port2;
}

test('a thread starts with the first packing, and packs what the writer has', async () => {
  const packer = connectPacker({ start, writer, log: silentLog });
  expect(started.length).toBe(0);
  expect(await packer.pack(writer.lastLogSeq)).toMatchObject({ throughSeq: 1, points: 1 });
  expect(await packer.pack(writer.lastLogSeq)).toEqual({ throughSeq: 1, points: 0, logBytes: 0 });
  await packer.sweep();
  expect([folder.stored(1), started.length]).toEqual([[[5, ValueKind.long, 7, 0]], 1]);
  await packer.close();
  await expect(packer.pack(9)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
});

test('one that was never needed has nothing to close', async () => {
  const packer = connectPacker({ start, writer, log: silentLog });
  await packer.close();
  expect(started.length).toBe(0);
});

test('what a thread that ends without a word had to do is refused, and done by the next', async () => {
  const packer = connectPacker({ start, writer, log: silentLog });
  await packer.sweep();
  const packing = packer.pack(writer.lastLogSeq);
  started[0]?.close();
  await expect(packing).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE', retry: 'later' });
  expect(await packer.pack(writer.lastLogSeq)).toMatchObject({ throughSeq: 1 });
  expect([folder.stored(1).length, started.length]).toEqual([1, 2]);
  await packer.close();
});

test('a thread without work ends after a while, and the next work starts another', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const packer = connectPacker({ start, writer, log: silentLog });
  await packer.sweep();
  const ended = new Promise((resolve) => started[0]?.once('close', resolve));
  vi.advanceTimersByTime(PACKER_IDLE_MS - 1);
  await packer.sweep();
  expect(started.length).toBe(1);
  vi.advanceTimersByTime(PACKER_IDLE_MS);
  vi.useRealTimers();
  await ended;
  expect(await packer.pack(writer.lastLogSeq)).toMatchObject({ points: 1 });
  expect(started.length).toBe(2);
  await packer.close();
});

// Node runs our TypeScript as it is, once the `.js` of relative imports is taken for `.ts`.
const sourceThread = `
  const { registerHooks } = require('node:module');
  const { parentPort, workerData } = require('node:worker_threads');
  const typed = (specifier) => (specifier.startsWith('.') ? specifier.replace(/[.]js$/, '.ts') : specifier);
  registerHooks({ resolve: (specifier, context, next) => next(context.parentURL?.endsWith('.ts') ? typed(specifier) : specifier, context) });
  import(workerData.module).then(({ runPackerThread }) => runPackerThread({ ...workerData, port: parentPort, clock: { nowMs: () => 0 } }));
`;

test('it works as a thread of its own, and ends when it is closed', async () => {
  const module = new URL('./packer-thread.ts', import.meta.url).href;
  const exits: Promise<number>[] = [];
  const startThread = (writerPort: MessagePort): Worker => {
    const workerData = { path: folder.path, module, writerPort };
    const worker = new Worker(sourceThread, { eval: true, execArgv: ['--conditions=source'], workerData, transferList: [writerPort] });
    exits.push(new Promise((resolve) => worker.once('exit', resolve)));
    return worker;
  };
  const packer = connectPacker({ start: startThread, writer, log: silentLog });
  expect(await packer.pack(writer.lastLogSeq)).toMatchObject({ points: 1 });
  await packer.close();
  expect(await Promise.all(exits)).toEqual([0]);
  expect(folder.stored(1).length).toBe(1);
});
