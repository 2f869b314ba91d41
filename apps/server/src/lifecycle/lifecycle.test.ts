import { epochMs, type Clock, type Log } from '@fieldline/kernel';
import { expect, test } from 'vitest';
import { Lifecycle } from './lifecycle.js';

/** A clock whose timers fire when the test says so. */
function manualClock(): Clock & { fire(): void } {
  const timers = new Set<() => void>();
  return {
    nowMs: () => epochMs(0),
    monotonicMs: () => 0,
    after(_name, _delayMs, fn) {
      timers.add(fn);
      return () => timers.delete(fn);
    },
    fire: () => timers.forEach((fn) => fn()),
  };
}

function recordingLog(): Log & { readonly events: string[] } {
  const events: string[] = [];
  const note = (event: string): void => void events.push(event);
  return { events, error: note, warn: note, info: note, debug: note };
}

test('steps run in the order they were added, once, however often stop is called', async () => {
  const lifecycle = new Lifecycle(manualClock(), recordingLog());
  const ran: string[] = [];
  for (const name of ['accept', 'drain', 'close']) lifecycle.onStop({ name, deadlineMs: 10, run: () => void ran.push(name) });
  await Promise.all([lifecycle.stop(), lifecycle.stop()]);
  expect(ran).toEqual(['accept', 'drain', 'close']);
});

test('a step that fails is logged and the next one still runs', async () => {
  const log = recordingLog();
  const lifecycle = new Lifecycle(manualClock(), log);
  let closed = false;
  lifecycle.onStop({ name: 'drain', deadlineMs: 10, run: () => Promise.reject(new Error('no')) });
  lifecycle.onStop({ name: 'close', deadlineMs: 10, run: () => void (closed = true) });
  await lifecycle.stop();
  expect(closed).toBe(true);
  expect(log.events).toEqual(['stop-step-failed']);
});

test('a step that hangs is passed over after its deadline', async () => {
  const clock = manualClock();
  const log = recordingLog();
  const lifecycle = new Lifecycle(clock, log);
  lifecycle.onStop({ name: 'drain', deadlineMs: 10, run: () => new Promise(() => undefined) });
  const stopped = lifecycle.stop();
  clock.fire();
  await stopped;
  expect(log.events).toEqual(['stop-step-late']);
});
