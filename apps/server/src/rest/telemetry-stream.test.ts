// Goal: large histories are read as their clients take them, failures are coded as long as they can be, and who goes away ends
// the reads. Method: HTTP against a running API, with a source of points that the tests control in place of the store.
import { problemCodeHeader } from '@fieldline/api-contract';
import { columnsOfPoints, type PointColumns, ValueKind } from '@fieldline/model';
import { historyErrors, type TimeSeriesReader } from '@fieldline/ports';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { deviceEntity, type RunningRest, startRest } from './rest.fixture.js';

const PIECE = 8_192;
const full = (): PointColumns => columnsOfPoints(Array.from({ length: PIECE }, (_, n) => ({ tsMs: n, kind: ValueKind.long, value: n })));

/** What the source does for a key: how many pieces it has, and with what it then fails. */
interface Behaviour {
  readonly pieces: number;
  readonly failure?: Error;
}
const source = {
  behaviours: new Map<string, Behaviour>(),
  asked: [] as string[],
  made: 0,
  open: 0,
  failed: [] as string[],
};

const controlled = (stored: TimeSeriesReader): TimeSeriesReader => ({
  keys: (...args) => stored.keys(...args),
  latest: (...args) => stored.latest(...args),
  range: (...args) => stored.range(...args),
  async *columns(_tenantId, _entity, { key }, signal) {
    source.asked.push(key);
    source.open += 1;
    try {
      const { pieces, failure } = source.behaviours.get(key) ?? { pieces: 0 };
      for (let n = 0; n < pieces; n += 1) {
        signal?.throwIfAborted();
        source.made += 1;
        yield full();
      }
      if (failure !== undefined) throw failure;
    } finally {
      source.open -= 1;
    }
  },
  aggregate(_tenantId, _entity, { key }, signal) {
    source.asked.push(key);
    source.open += 1;
    return new Promise((_, reject) => {
      signal?.addEventListener('abort', () => {
        source.open -= 1;
        source.failed.push(key);
        reject(historyErrors.ABANDONED());
      });
    });
  },
});

let rest: RunningRest;
let path: string;
const logged: string[] = [];
beforeAll(async () => {
  const note = (event: string): void => void logged.push(event);
  rest = await startRest({ series: controlled, log: { error: note, warn: note, info: note, debug: note } });
  const { id } = (await rest.call('POST', '/api/device', { token: rest.admin, body: { name: 'Device' } })).body.id;
  path = `/api/plugins/telemetry/${deviceEntity(id).entityType}/${id}/values/timeseries?startTs=0&endTs=10000`;
});
afterAll(() => rest.close());
beforeEach(() => {
  Object.assign(source, { behaviours: new Map(), asked: [], made: 0, open: 0, failed: [] });
  logged.splice(0);
});

const get = (query: string) => rest.call('GET', `${path}&${query}`, { token: rest.admin });
const open = (query: string) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { 'x-authorization': `Bearer ${rest.admin}` };
    httpGet(`${rest.base}${path}&${query}`, { agent: false, headers }, resolve).on('error', reject);
  });

test('a long history of several keys arrives whole', async () => {
  source.behaviours = new Map([
    ['a', { pieces: 3 }],
    ['b', { pieces: 0 }],
    ['c', { pieces: 1 }],
  ]);
  const { body } = await get('keys=a,b,c&limit=100000');
  expect(Object.keys(body)).toEqual(['a', 'c']);
  expect([body.a.length, body.c.length, body.c[PIECE - 1]]).toEqual([3 * PIECE, PIECE, { ts: PIECE - 1, value: String(PIECE - 1) }]);
  expect([source.open, source.made]).toEqual([0, 4]);
});

test('long histories are read one after the other, short ones and aggregates some at once', async () => {
  for (const key of 'abcdef') source.behaviours.set(key, { pieces: 1_000 });
  const long = await open('keys=a,b,c,d,e,f&limit=100000');
  expect(source.asked).toEqual(['a']);
  long.destroy();
  await vi.waitFor(() => expect(source.open).toBe(0));
  source.asked = [];
  const stop = new AbortController();
  const headers = { 'x-authorization': `Bearer ${rest.admin}` };
  const asked = fetch(`${rest.base}${path}&keys=a,b,c,d,e,f&agg=AVG&interval=1000`, { headers, signal: stop.signal }).catch(() => 'gone');
  await vi.waitFor(() => expect(source.asked).toEqual(['a', 'b', 'c', 'd']));
  stop.abort();
  expect(await asked).toBe('gone');
  await vi.waitFor(() => expect(source.open).toBe(0));
});

test('a slow client holds up the read', async () => {
  source.behaviours.set('a', { pieces: 1_000 });
  const answer = await open('keys=a&limit=1000000');
  let before = -1;
  await vi.waitFor(
    () => {
      const last = before;
      before = source.made;
      expect(source.made).toBe(last);
    },
    { interval: 100, timeout: 10_000 },
  );
  expect(source.made).toBeLessThan(300);
  answer.destroy();
  await vi.waitFor(() => expect(source.open).toBe(0));
});

test('a client that goes away in the middle ends the read, without a word in the log', async () => {
  source.behaviours.set('a', { pieces: 1_000 });
  const answer = await open('keys=a&limit=1000000');
  for await (const part of answer) {
    expect(String(part)).not.toBe('');
    break;
  }
  answer.destroy();
  await vi.waitFor(() => expect(source.open).toBe(0));
  expect(source.made).toBeLessThan(1_000);
  expect(logged).toEqual([]);
});

test('a client that goes away while aggregates are made ends them all', async () => {
  const stop = new AbortController();
  const url = `${rest.base}${path}&keys=a,b&agg=AVG&interval=1000`;
  const asked = fetch(url, { headers: { 'x-authorization': `Bearer ${rest.admin}` }, signal: stop.signal }).catch(() => 'gone');
  await vi.waitFor(() => expect(source.asked).toEqual(['a', 'b']));
  stop.abort();
  expect(await asked).toBe('gone');
  await vi.waitFor(() => expect([source.open, source.failed.sort()]).toEqual([0, ['a', 'b']]));
  expect(logged).toEqual([]);
});

test.each([
  [historyErrors.TOO_LARGE({ what: 'points', max: 20 }), 400],
  [historyErrors.TOO_SLOW({ deadlineMs: 5 }), 503],
  [historyErrors.BUSY({ waitingMax: 1 }), 503],
])('a failure before the first byte is a proper answer: %s', async (failure, status) => {
  source.behaviours.set('a', { pieces: 0 }).set('b', { pieces: 0, failure });
  for (const limit of [10, 100_000]) {
    const answer = await get(`keys=a,b&limit=${limit}`);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get(problemCodeHeader)]).toEqual([
      status,
      'text/plain; charset=utf-8',
      failure.code,
    ]);
    expect(answer.text).toBe(`${failure.message} ${failure.remedy}`);
  }
});

test('a failure after the first byte breaks the connection off: no answer looks whole that is not', async () => {
  source.behaviours.set('a', { pieces: 3, failure: historyErrors.TOO_SLOW({ deadlineMs: 5 }) });
  const answer = await open('keys=a&limit=100000');
  expect(answer.statusCode).toBe(200);
  await expect(answer.toArray()).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect([answer.complete, logged]).toEqual([false, ['answer-broken-off']]);
});
