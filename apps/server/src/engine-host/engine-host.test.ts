import type { NodeChanges } from '@fieldline/directory';
import type { TenantId } from '@fieldline/model';
import { silentLog, type Problem } from '@fieldline/kernel';
import { EventEmitter } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { beforeEach, expect, test, vi } from 'vitest';
import { engineErrors } from '../errors.js';
import { EngineHost } from './engine-host.js';
import type { FromEngine, ToEngine } from './link.js';

/** A thread that only records what it is told; the test answers for it. */
class FakeThread extends EventEmitter {
  readonly told: ToEngine[] = [];
  isTerminated = false;

  postMessage(message: ToEngine): void {
    this.told.push(message);
  }

  async terminate(): Promise<void> {
    this.isTerminated = true;
  }

  say(message: FromEngine): void {
    this.emit('message', message);
  }
}

const problem: Problem = { code: 'STORAGE_CORRUPT', kind: 'internal', retry: 'never', message: 'm', remedy: 'r' };
let thread: FakeThread;
let engine: EngineHost;
beforeEach(() => {
  thread = new FakeThread();
  engine = new EngineHost(thread as unknown as Worker, silentLog);
});
const idOf = (place: number): number => (thread.told[place] as { id: number }).id;

test('starting waits until the engine is ready', async () => {
  const started = engine.start();
  expect(thread.told).toEqual([{ kind: 'start' }]);
  thread.say({ kind: 'ready' });
  await started;
});

test('an engine that refuses to start says why', async () => {
  const started = engine.start();
  thread.say({ kind: 'refused', problem });
  await expect(started).rejects.toMatchObject({ code: 'STORAGE_CORRUPT' });
  expect(engine.isRunning).toBe(false);
  await engine.stop();
  expect(thread.isTerminated).toBe(true);
});

test('stopping an engine that then refuses to start does not wait for an answer that never comes', async () => {
  const stopped = engine.stop();
  thread.say({ kind: 'refused', problem });
  await stopped;
  expect(thread.isTerminated).toBe(true);
});

test('stopping waits until the engine has closed its store', async () => {
  let isStopped = false;
  const stopped = engine.stop().then(() => (isStopped = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect([thread.told, isStopped]).toEqual([[{ kind: 'stop' }], false]);
  thread.say({ kind: 'stopped' });
  await stopped;
  await expect(engine.uplinks(new ArrayBuffer(1))).rejects.toMatchObject({ code: 'ENGINE_STOPPED' });
});

test('receipts and answers find whoever waits for them', async () => {
  const stored = engine.uplinks(new ArrayBuffer(1));
  const partly = engine.uplinks(new ArrayBuffer(1));
  const rejected = engine.uplinks(new ArrayBuffer(1));
  const value = engine.reads().deadLetters('t' as TenantId, { pageSize: 1, page: 0 });
  const failed = engine.commands().removeTenant('t' as TenantId);
  thread.say({ kind: 'answer', id: idOf(4), problem });
  thread.say({ kind: 'answer', id: idOf(3), value: 17 });
  thread.say({ kind: 'receipt', id: idOf(2), rejected: problem });
  thread.say({ kind: 'receipt', id: idOf(1), problems: new Map([[3, problem]]) });
  thread.say({ kind: 'receipt', id: idOf(0) });
  expect([(await stored).problems.size, (await partly).problems.get(3), await value]).toEqual([0, problem, 17]);
  await expect(rejected).rejects.toMatchObject({ code: 'STORAGE_CORRUPT' });
  await expect(failed).rejects.toMatchObject({ code: 'STORAGE_CORRUPT' });
});

test('an engine that is lost acknowledges nothing and says so once', async () => {
  const reasons: string[] = [];
  engine.onLost = (reason) => reasons.push(reason);
  const waiting = engine.uplinks(new ArrayBuffer(1));
  thread.emit('error', new Error('out of memory'));
  thread.emit('exit', 1);
  await expect(waiting).rejects.toMatchObject({ code: 'ENGINE_STOPPED' });
  expect([reasons.length, engine.isRunning]).toEqual([1, false]);
  await engine.stop();
});

test('what rule nodes want changed is changed here, and the answer says what came of it', async () => {
  const gone = engineErrors.STOPPED();
  const done: unknown[] = [];
  engine.changes = {
    assign: async (...args: readonly unknown[]) => void done.push(args),
    ensure: () => Promise.reject(gone),
  } as unknown as NodeChanges;
  thread.say({ kind: 'change', id: 1, method: 'assign', args: ['node', 'entity', 'customer'] });
  thread.say({ kind: 'change', id: 2, method: 'ensure', args: [] });
  thread.say({ kind: 'change', id: 3, method: 'toString' as 'assign', args: [] });
  await vi.waitFor(() => expect(thread.told.length).toBe(3));
  expect(done).toEqual([['node', 'entity', 'customer']]);
  expect(thread.told).toEqual([
    { kind: 'changed', id: 3, problem: expect.objectContaining({ code: 'INTERNAL_ERROR' }) },
    { kind: 'changed', id: 1, value: undefined },
    { kind: 'changed', id: 2, problem: expect.objectContaining({ code: 'ENGINE_STOPPED' }) },
  ]);
});
