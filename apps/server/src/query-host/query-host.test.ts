// Goal: the link to the reader thread loses no question and no answer. Method: both ends, joined by a stand-in for the
// thread, over queries that say what they were asked.
import { silentLog } from '@fieldline/kernel';
import { ValueKind, type EntityCountQuery, type TenantId } from '@fieldline/model';
import type { EntityQueries, ManyEntitiesReader, TimeSeriesReader } from '@fieldline/ports';
import { EventEmitter } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import type { FromReader, ToReader } from './link.js';
import { packedLatest } from './packed-latest.js';
import { QueryHost } from './query-host.js';
import { ReaderMain } from './reader-main.js';

type Values = Pick<ManyEntitiesReader, 'latestOfMany'> & Pick<TimeSeriesReader, 'range'>;

function joined(
  count: (query: EntityCountQuery, values: Values) => Promise<number>,
  { latestOfMany = async () => [], range = async () => [] }: Partial<Values> = {},
) {
  const thread = new EventEmitter();
  const closed: string[] = [];
  const starts: string[] = [];
  const open = (reader: Values): EntityQueries & { close(): void } => ({
    find: () => Promise.reject(new Error('a fault of ours')),
    count: (query) => count(query, reader),
    select: async () => [],
    findAlarms: () => Promise.reject(new Error('a fault of ours')),
    countAlarms: async () => 0,
    close: () => closed.push('closed'),
  });
  const main = new ReaderMain(open, (message: FromReader) => thread.emit('message', structuredClone(message)), silentLog);
  const worker = Object.assign(thread, {
    postMessage: (message: ToReader) => main.receive(structuredClone(message)),
    terminate: async () => void closed.push('ended'),
  });
  return {
    host: new QueryHost(() => (starts.push('started'), worker as unknown as Worker), { ...packedLatest({ latestOfMany }), range }, silentLog),
    thread,
    closed,
    starts,
  };
}

const tenantId = 'tenant' as TenantId;
const query: EntityCountQuery = { scope: { tenantId }, selector: { kind: 'ids', entityType: 'DEVICE', ids: [] }, filters: [], combine: 'AND' };
const codeOf = (answer: Promise<unknown>): Promise<string> => answer.then(String, ({ code }: { code?: string }) => code ?? 'no code');

test('questions have their own answers, and latest values and history come from the engine', async () => {
  const point = { key: 'k', tsMs: 1, kind: ValueKind.long, value: 5 };
  const device = { entityType: 'DEVICE', id: 'a' } as const;
  const { host } = joined(
    async ({ scope }, { latestOfMany, range }) => {
      const lists = await latestOfMany(scope.tenantId, [device], ['k']);
      const [last] = await range(scope.tenantId, device, { key: 'k', startMs: 0, endMs: 9, limit: 1, order: 'DESC' });
      return lists.length + Number(lists[0]?.[0]?.value) + Number(last?.value);
    },
    {
      latestOfMany: async (_, entities, keys) => entities.map(() => [{ ...point, key: keys[0] ?? '' }]),
      range: async (_tenantId, { id }, { endMs }) => [{ ...point, value: id === 'a' ? endMs : -1 }],
    },
  );
  expect(await Promise.all([host.queries().count(query), host.queries().count(query)])).toEqual([15, 15]);
});

test('errors come across with their codes, those of the engine too', async () => {
  const { host } = joined(async ({ scope }, { latestOfMany }) => (await latestOfMany(scope.tenantId, [], [])).length, {
    latestOfMany: () => Promise.reject(new Error('the engine failed')),
  });
  expect(await codeOf(host.queries().count(query))).toBe('INTERNAL_ERROR');
  expect(await codeOf(host.queries().findAlarms({} as never))).toBe('INTERNAL_ERROR');
});

test('after the end nothing waits: what was asked is refused, and so is what comes', async () => {
  const { host, thread, closed } = joined(() => new Promise(() => undefined));
  const lost: string[] = [];
  host.onLost = (reason) => lost.push(reason);
  const asked = host.queries().count(query);
  thread.emit('error', new Error('out of memory'));
  expect(await codeOf(asked)).toBe('READER_STOPPED');
  expect(await codeOf(host.queries().count(query))).toBe('READER_STOPPED');
  expect(lost).toHaveLength(1);
  await host.stop();
  expect(closed).toEqual(['ended']);
});

test('a stop closes the database, and is no loss', async () => {
  const { host, thread, closed } = joined(async () => 1);
  await host.queries().count(query);
  await host.stop();
  thread.emit('exit', 0);
  expect(closed).toEqual(['closed', 'ended']);
});

test('the thread starts with the first question, once, and not at all without one', async () => {
  const { host, starts } = joined(async () => 1);
  expect(starts).toEqual([]);
  await Promise.all([host.queries().count(query), host.queries().count(query)]);
  expect(starts).toEqual(['started']);
  const idle = joined(async () => 1);
  await idle.host.stop();
  expect([idle.starts, idle.closed]).toEqual([[], []]);
  expect(await codeOf(idle.host.queries().count(query))).toBe('READER_STOPPED');
});
