// Goal: reads of many commands wait for one another instead of being refused. Method: readers that count what is under way.
import type { Caller } from '@fieldline/ports';
import { memoryDataStore } from '@fieldline/storage-memory';
import { expect, test } from 'vitest';
import { HISTORIES_AT_ONCE, QUESTIONS_AT_ONCE } from './limits.js';
import { waitingQuestions, waitingSeries, type LiveQuestions } from './waiting-reads.js';

/** Work that ends a turn later, and the most of it that was under way at once. */
function counted() {
  const state = { running: 0, most: 0, done: 0 };
  const work = async (): Promise<void> => {
    state.most = Math.max(state.most, ++state.running);
    await new Promise((resolve) => setImmediate(resolve));
    state.running -= 1;
    state.done += 1;
  };
  return { state, work };
}

const tenantId = 'tenant' as Caller['tenantId'];
const entity = { entityType: 'DEVICE', id: 'a' } as const;
const query = { key: 'k', startMs: 0, endMs: 1, limit: 1, order: 'DESC' } as const;

test('questions of all kinds share their places', async () => {
  const { state, work } = counted();
  const answer = async (): Promise<never> => (await work()) as never;
  const questions: LiveQuestions = waitingQuestions({ find: answer, count: answer, findAlarms: answer, countAlarms: answer });
  const asked = Array.from({ length: 500 }, (_, n) =>
    n % 2 === 0 ? questions.find({} as never, {} as never) : questions.countAlarms({} as never, {} as never),
  );
  await Promise.all(asked);
  expect([state.most, state.done]).toEqual([QUESTIONS_AT_ONCE, 500]);
});

test('histories have places of their own; one that is ended while it waits is not read', async () => {
  const { state, work } = counted();
  const store = memoryDataStore();
  const series = waitingSeries({
    ...bound(store),
    range: async (...asked) => {
      await work();
      return store.range(...asked);
    },
  });
  const abort = new AbortController();
  const reads = Array.from({ length: 300 }, () => series.range(tenantId, entity, query));
  const ended = series.range(tenantId, entity, query, abort.signal);
  abort.abort();
  await expect(ended).rejects.toMatchObject({ code: 'HISTORY_ABANDONED' });
  await Promise.all(reads);
  expect([state.most, state.done]).toEqual([HISTORIES_AT_ONCE, 300]);
});

function bound(store: ReturnType<typeof memoryDataStore>) {
  const { keys, latest, aggregate, columns } = store;
  return { keys: keys.bind(store), latest: latest.bind(store), aggregate: aggregate.bind(store), columns: columns.bind(store) };
}
