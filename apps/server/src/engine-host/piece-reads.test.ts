// Goal: a history crosses from the engine thread piece by piece, and nothing of a read stays where either side ends it.
// Method: both ends, joined by a stand-in for the thread that copies and transfers as threads do, over a store that notes
// what is read of it.
import { silentLog } from '@fieldline/kernel';
import { columnsOfPoints, pointsOfColumns, ValueKind, type EntityId, type PointColumns, type TenantId } from '@fieldline/model';
import { historyErrors, type RangeQuery } from '@fieldline/ports';
import { EventEmitter } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { beforeEach, expect, test, vi } from 'vitest';
import { EngineHost } from './engine-host.js';
import { EngineThreadMain, type EngineThreadParts } from './engine-thread-main.js';
import type { FromEngine, ToEngine } from './link.js';

const tenantId = 'tenant' as TenantId;
const entity: EntityId = { entityType: 'DEVICE', id: 'a' };
const query: RangeQuery = { key: 'k', startMs: 0, endMs: 10, limit: 100, order: 'ASC' };

const pieces = [
  [
    { tsMs: 0, kind: ValueKind.boolean, value: true },
    { tsMs: 1, kind: ValueKind.long, value: 2n ** 60n },
    { tsMs: 2, kind: ValueKind.double, value: 0.1 },
  ],
  [
    { tsMs: 3, kind: ValueKind.string, value: 'text' },
    { tsMs: 4, kind: ValueKind.json, value: '{"a":1}' },
  ],
  [{ tsMs: 5, kind: ValueKind.long, value: -5 }],
] as const;

/** A store whose history is the pieces above; it notes what was made, what stands open, and which calls were ended. */
class NotedStore {
  readonly made: PointColumns[] = [];
  open = 0;
  abandoned = 0;
  failure: Error | undefined;
  /** True where no piece comes until the read is abandoned. */
  isSlow = false;

  async *columns(...[, , , signal]: readonly [TenantId, EntityId, RangeQuery, AbortSignal]): AsyncGenerator<PointColumns> {
    this.open += 1;
    try {
      for (const points of pieces) {
        if (this.failure !== undefined) throw this.failure;
        if (this.isSlow) await this.#untilAbandoned(signal);
        const columns = columnsOfPoints(points);
        this.made.push(columns);
        yield columns;
      }
    } finally {
      this.open -= 1;
    }
  }

  async range(...[, , , signal]: readonly [TenantId, EntityId, RangeQuery, AbortSignal?]): Promise<readonly []> {
    if (signal !== undefined) await this.#untilAbandoned(signal);
    return [];
  }

  #untilAbandoned(signal: AbortSignal): Promise<never> {
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        this.abandoned += 1;
        reject(historyErrors.ABANDONED());
      });
    });
  }
}

let store: NotedStore;
let host: EngineHost;
let thread: EventEmitter;
let told: ToEngine[];
beforeEach(() => {
  store = new NotedStore();
  thread = new EventEmitter();
  told = [];
  const send = (message: FromEngine, transfer: readonly ArrayBuffer[] = []): void => {
    const sent = structuredClone(message, { transfer: [...transfer] });
    setImmediate(() => thread.emit('message', sent));
  };
  const engine = new EngineThreadMain({ store, log: silentLog } as unknown as EngineThreadParts, send);
  const worker = Object.assign(thread, {
    postMessage(message: ToEngine) {
      told.push(message);
      engine.receive(structuredClone(message));
    },
    terminate: () => Promise.resolve(),
  });
  host = new EngineHost(worker as unknown as Worker, silentLog);
});
const read = (signal?: AbortSignal) => host.reads().columns(tenantId, entity, query, signal)[Symbol.asyncIterator]();
const codeOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => 'no error',
    ({ code }: { code?: string }) => code,
  );
const isAllOver = () => vi.waitFor(() => expect(store.open).toBe(0));

test('pieces arrive as they are, in their order, and their buffers are given away', async () => {
  const got = [];
  for await (const columns of host.reads().columns(tenantId, entity, query)) got.push(pointsOfColumns(columns, 'k'));
  expect(got).toEqual(pieces.map((points) => points.map((point) => ({ ...point, key: 'k' }))));
  expect(store.made.map(({ times, kinds, numbers }) => times.byteLength + kinds.byteLength + numbers.byteLength)).toEqual([0, 0, 0]);
  expect(store.open).toBe(0);
});

test('a piece is made when it is asked for, not before', async () => {
  const iterator = read();
  await iterator.next();
  await new Promise((resolve) => setImmediate(resolve));
  expect(store.made).toHaveLength(1);
  await iterator.next();
  expect(store.made).toHaveLength(2);
});

test('a read that has as many points as it may is not asked for more', async () => {
  const got = [];
  for await (const { count } of host.reads().columns(tenantId, entity, { ...query, limit: 5 })) got.push(count);
  expect([got, told.map(({ kind }) => kind)]).toEqual([
    [3, 2],
    ['pull', 'pull', 'abandon'],
  ]);
  await isAllOver();
});

test('who stops after a piece ends the read in the engine', async () => {
  for await (const columns of host.reads().columns(tenantId, entity, query)) if (columns.count > 0) break;
  await isAllOver();
  expect(store.made).toHaveLength(1);
});

test('a signal ends a read that waits for its piece, and one that stands between two', async () => {
  const between = new AbortController();
  const standing = read(between.signal);
  await standing.next();
  between.abort();
  await isAllOver();
  expect(await codeOf(standing.next())).toBe('HISTORY_ABANDONED');
  store.isSlow = true;
  const waiting = new AbortController();
  const next = read(waiting.signal).next();
  waiting.abort();
  expect(await codeOf(next)).toBe('HISTORY_ABANDONED');
  expect([store.open, store.abandoned]).toEqual([0, 1]);
});

test('a signal ends a call, which says so', async () => {
  const stop = new AbortController();
  const call = host.reads().range(tenantId, entity, query, stop.signal);
  stop.abort();
  expect(await codeOf(call)).toBe('HISTORY_ABANDONED');
  expect(store.abandoned).toBe(1);
  expect(await host.reads().range(tenantId, entity, query)).toEqual([]);
});

test('what is abandoned before it is asked never reaches the engine', async () => {
  const asked = [read(AbortSignal.abort()).next(), host.reads().range(tenantId, entity, query, AbortSignal.abort())];
  expect(await Promise.all(asked.map(codeOf))).toEqual(['HISTORY_ABANDONED', 'HISTORY_ABANDONED']);
  expect(told).toEqual([]);
});

test('errors of the store come across with their codes, before the first piece and after it', async () => {
  store.failure = historyErrors.TOO_SLOW({ deadlineMs: 5 });
  expect(await codeOf(read().next())).toBe('HISTORY_TOO_SLOW');
  store.failure = undefined;
  const iterator = read();
  await iterator.next();
  store.failure = new Error('a fault of ours');
  expect(await codeOf(iterator.next())).toBe('INTERNAL_ERROR');
  expect(store.open).toBe(0);
});

test('a piece that the engine knows nothing of is refused', async () => {
  const answers: FromEngine[] = [];
  thread.on('message', (message: FromEngine) => answers.push(message));
  (thread as unknown as Worker).postMessage({ kind: 'pull', id: 99 } satisfies ToEngine);
  await vi.waitFor(() => expect(answers).toMatchObject([{ kind: 'piece', id: 99, problem: { code: 'HISTORY_ABANDONED' } }]));
});

test('when the engine thread is lost, readers are told and the next are refused', async () => {
  store.isSlow = true;
  const waiting = read().next();
  thread.emit('error', new Error('out of memory'));
  expect(await codeOf(waiting)).toBe('ENGINE_STOPPED');
  expect(await codeOf(read().next())).toBe('ENGINE_STOPPED');
});

test('when the engine stops, reads end that stand open', async () => {
  const standing = read();
  await standing.next();
  store.isSlow = true;
  const waiting = read().next();
  const outcome = codeOf(waiting);
  await host.stop();
  expect(['HISTORY_ABANDONED', 'ENGINE_STOPPED']).toContain(await outcome);
  expect(store.open).toBe(0);
  expect(await codeOf(standing.next())).toBe('ENGINE_STOPPED');
});
