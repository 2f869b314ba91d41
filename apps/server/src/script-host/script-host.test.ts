// Goal: a script test gets its answer or the reason why not, whatever the script thread does. Method: real threads that
// answer, end, break or hang, and a clock the test moves.
import type { Clock } from '@fieldline/kernel';
import { epochMs, silentLog } from '@fieldline/kernel';
import { Worker } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { SCRIPT_TEST_TIMEOUT_MS, SCRIPT_TESTS_OPEN_MAX, SCRIPT_THREAD_IDLE_MS } from './limits.js';
import { ScriptHost } from './script-host.js';

const threads = {
  answers: `port.on('message', ({ id, source }) => port.postMessage({ id, answer: { result: { kind: 'string', value: source.body } } }));`,
  ends: `port.on('message', () => process.exit(3));`,
  breaks: `port.on('message', () => { throw new Error('broken'); });`,
  hangs: `port.on('message', () => { for (;;); });`,
};
const input = { messageText: '{}', metadata: {}, messageType: 'A' };

let host: ScriptHost | undefined;
afterEach(() => host?.stop());

function start(kind: keyof typeof threads) {
  const timers = new Map<string, () => void>();
  const lengths = new Map<string, number>();
  const clock: Clock = {
    nowMs: () => epochMs(0),
    monotonicMs: () => 0,
    after(name, delayMs, fn) {
      timers.set(name, fn);
      lengths.set(name, delayMs);
      return () => void timers.delete(name);
    },
  };
  const started: Worker[] = [];
  const make = (): Worker => {
    const worker = new Worker(`const { parentPort: port } = require('node:worker_threads'); ${threads[kind]}`, { eval: true, execArgv: [] });
    started.push(worker);
    return worker;
  };
  const made = new ScriptHost(make, { clock, log: silentLog });
  host = made;
  const ask = async (body: string): Promise<string> => {
    const answer = await made.test({ kind: 'string', language: 'JS', body }, input);
    return 'problem' in answer ? answer.problem.code : (answer.result.value as string);
  };
  return { ask, timers, lengths, started };
}

test('one thread answers all, and ends when nobody asks any more', async () => {
  const { ask, timers, lengths, started } = start('answers');
  expect(started).toHaveLength(0);
  expect(await Promise.all([ask('a'), ask('b')])).toEqual(['a', 'b']);
  expect(lengths.get('script-thread-idle')).toBe(SCRIPT_THREAD_IDLE_MS);
  timers.get('script-thread-idle')?.();
  expect(await ask('c')).toBe('c');
  expect(started).toHaveLength(2);
});

test.each(['ends', 'breaks'] as const)('a thread that %s fails what it had, and the next test starts another', async (kind) => {
  const { ask, started } = start(kind);
  expect(await Promise.all([ask('a'), ask('b')])).toEqual(['SCRIPT_TEST_THREAD_LOST', 'SCRIPT_TEST_THREAD_LOST']);
  expect(await ask('c')).toBe('SCRIPT_TEST_THREAD_LOST');
  expect(started).toHaveLength(2);
});

test('a thread that hangs is ended, and the test told so', async () => {
  const { ask, timers, lengths } = start('hangs');
  const asked = ask('a');
  expect(lengths.get('script-test')).toBe(SCRIPT_TEST_TIMEOUT_MS);
  timers.get('script-test')?.();
  expect(await asked).toBe('SCRIPT_TEST_TIMEOUT');
});

test('more tests than may wait are refused at once', async () => {
  const { ask, timers } = start('hangs');
  const waiting = Array.from({ length: SCRIPT_TESTS_OPEN_MAX }, () => ask('a'));
  expect(await ask('b')).toBe('SCRIPT_TEST_BUSY');
  timers.get('script-test')?.();
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(['SCRIPT_TEST_TIMEOUT', 'SCRIPT_TEST_THREAD_LOST']));
});
