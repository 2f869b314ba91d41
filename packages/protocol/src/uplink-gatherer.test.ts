import type { Problem } from '@fieldline/kernel';
import { expect, test } from 'vitest';
import { BATCH_BYTES_MAX } from './limits.js';
import { readUplinks, UplinkKind } from './uplink-batch.js';
import { UplinkGatherer } from './uplink-gatherer.js';

const problem: Problem = { code: 'X_Y', kind: 'invalid-input', message: 'm', remedy: 'r', retry: 'never' };
const uplink = { handle: 1, kind: UplinkKind.telemetry, packetId: 0, isRedelivery: false, receivedAtMs: 0, topic: '' };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

// A sink whose batches the test settles, and a turn of the event loop that the test ends.
function start() {
  const batches: { texts: string[]; resolve: (problems?: [number, Problem][]) => void; reject: (error: unknown) => void }[] = [];
  const turn: (() => void)[] = [];
  const gatherer = new UplinkGatherer(
    {
      accept: (uplinks) =>
        new Promise((resolve, reject) => {
          const texts = [...readUplinks(uplinks)].map(({ payload }) => new TextDecoder().decode(payload));
          batches.push({ texts, resolve: (problems = []) => resolve({ problems: new Map(problems) }), reject });
        }),
    },
    (flush) => turn.push(flush),
  );
  const settled: string[] = [];
  const add = (text: string) => gatherer.add(uplink, bytes(text), (found) => settled.push(`${text.slice(0, 3)} ${found?.code ?? 'stored'}`));
  const endTurn = () => turn.splice(0).forEach((flush) => flush());
  return { gatherer, batches, add, endTurn, settled };
}
const microtasks = () => new Promise((resolve) => setImmediate(resolve));

test('what arrives in one turn is one batch, in order; the next turn makes another', async () => {
  const { batches, add, endTurn, settled } = start();
  add('a');
  add('b');
  expect(batches).toHaveLength(0);
  endTurn();
  add('c');
  endTurn();
  expect(batches.map((batch) => batch.texts)).toEqual([['a', 'b'], ['c']]);
  expect(settled).toEqual([]);
  batches[0]?.resolve([[1, problem]]);
  await microtasks();
  expect(settled).toEqual(['a stored', 'b X_Y']);
});

test('where the hand-over fails nothing counts as stored', async () => {
  const { gatherer, batches, add, endTurn, settled } = start();
  add('a');
  endTurn();
  batches[0]?.reject(new Error('secret'));
  await microtasks();
  expect(settled).toEqual(['a INTERNAL_ERROR']);
  expect(gatherer.inFlight).toBe(0);
});

test('a turn that gathers too many bytes hands over before it ends', () => {
  const { batches, add, endTurn } = start();
  add('a'.repeat(BATCH_BYTES_MAX));
  expect(batches).toHaveLength(1);
  add('b');
  endTurn();
  expect(batches[1]?.texts).toEqual(['b']);
});

test('draining hands over at once and waits for everything in flight', async () => {
  const { gatherer, batches, add } = start();
  await gatherer.drain();
  add('a');
  let isDrained = false;
  const drained = gatherer.drain().then(() => (isDrained = true));
  await microtasks();
  expect(isDrained).toBe(false);
  batches[0]?.resolve();
  await drained;
  expect(isDrained).toBe(true);
});
