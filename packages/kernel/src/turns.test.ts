// Goal: as many calls as allowed run at once, the others in their order, and whoever waits too long or is one too many is refused.
import { expect, test } from 'vitest';
import { Turns } from './turns.js';

const busy = (): Error => new Error('busy');

/** A call that runs until it is let go. */
function held(turns: Turns, ran: string[], name: string, isKept = false) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = turns.take(
    async () => {
      ran.push(name);
      await promise;
    },
    isKept ? undefined : busy,
  );
  done.catch(() => undefined);
  return { done, end: resolve };
}

test('some run at once, the others in their order', async () => {
  const turns = new Turns({ atOnce: 2, waitingMax: 10 });
  const ran: string[] = [];
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => held(turns, ran, name));
  expect(ran).toEqual(['a', 'b']);
  b?.end();
  await b?.done;
  expect(ran).toEqual(['a', 'b', 'c']);
  for (const call of [a, c, d]) call?.end();
  await Promise.all([a?.done, c?.done, d?.done]);
  expect(ran).toEqual(['a', 'b', 'c', 'd']);
});

test('one too many is refused, unless it may not be', async () => {
  const turns = new Turns({ atOnce: 1, waitingMax: 1 });
  const ran: string[] = [];
  const [a, b] = ['a', 'b'].map((name) => held(turns, ran, name));
  await expect(held(turns, ran, 'c').done).rejects.toThrow('busy');
  const d = held(turns, ran, 'd', true);
  for (const call of [a, b, d]) call?.end();
  await d.done;
  expect(ran).toEqual(['a', 'b', 'd']);
});

test('who waited too long is refused when its turn comes, and whoever came later is not', async () => {
  let nowMs = 0;
  const turns = new Turns({ atOnce: 1, waitingMax: 10, wait: { maxMs: 100, clock: { monotonicMs: () => nowMs } } });
  const ran: string[] = [];
  const [a, late, lateButKept] = [held(turns, ran, 'a'), held(turns, ran, 'late'), held(turns, ran, 'late but kept', true)];
  nowMs = 50;
  const soon = held(turns, ran, 'soon');
  nowMs = 101;
  a.end();
  await expect(late.done).rejects.toThrow('busy');
  lateButKept.end();
  soon.end();
  await soon.done;
  expect(ran).toEqual(['a', 'late but kept', 'soon']);
});

test('a call that fails makes room', async () => {
  const turns = new Turns({ atOnce: 1, waitingMax: 0 });
  await expect(turns.take(() => Promise.reject(new Error('it failed')), busy)).rejects.toThrow('it failed');
  expect(await turns.take(() => Promise.resolve(5), busy)).toBe(5);
});
