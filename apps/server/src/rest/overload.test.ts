// Goal: what a store refuses because others wait already is told as such, with what to do, and when to come again; the log tells the
// operator of it without a line for each. Method: HTTP against a running API over stores that refuse.
import { problemCodeHeader } from '@fieldline/api-contract';
import { silentLog, type Log } from '@fieldline/kernel';
import { historyErrors, queryErrors } from '@fieldline/ports';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WARNINGS_EVERY_MS } from '../seldom-warnings.js';
import { type RunningRest, startRest } from './rest.fixture.js';

const busy = () => Promise.reject(queryErrors.BUSY({ waitingMax: 200, waitMsMax: 10_000 }));
const refused = () => Promise.reject(historyErrors.BUSY({ waitingMax: 2_000 }));
const logged: unknown[] = [];
const noted =
  (level: string): Log['warn'] =>
  (event, fields) =>
    void logged.push([level, event, fields]);
let rest: RunningRest;
let device: string;
beforeAll(async () => {
  rest = await startRest({
    log: { ...silentLog, error: noted('error'), warn: noted('warn') },
    queries: (stored) => ({ ...stored, find: busy, count: busy, findAlarms: busy, countAlarms: busy }),
    series: (stored) => ({
      keys: (...asked) => stored.keys(...asked),
      latest: (...asked) => stored.latest(...asked),
      range: refused,
      columns: () => ({ [Symbol.asyncIterator]: () => ({ next: refused }) }),
      aggregate: refused,
    }),
  });
  device = (await rest.call('POST', '/api/device', { token: rest.admin, body: { name: 'Busy' } })).body.id.id;
});
afterAll(() => rest.close());

const entityFilter = { type: 'entityType', entityType: 'DEVICE' };
const pageLink = { page: 0, pageSize: 10 };

it.each([
  ['/api/entitiesQuery/find', { entityFilter, pageLink }],
  ['/api/entitiesQuery/count', { entityFilter }],
  ['/api/alarmsQuery/find', { entityFilter, pageLink }],
  ['/api/alarmsQuery/count', { entityFilter }],
])('%s: 503 that says what to do', async (path, body) => {
  const answer = await rest.call('POST', path, { token: rest.admin, body });
  expect(answer.status).toBe(503);
  const message =
    'More queries are asked than answered: 200 wait already, or this one waited for 10000 ms. Send the query again later; ask less often.';
  expect(answer.body).toEqual({ status: 503, message, errorCode: 2, timestamp: expect.any(Number) as number });
  expect([problemCodeHeader, 'retry-after'].map((name) => answer.headers.get(name))).toEqual(['QUERY_BUSY', '1']);
});

it('history: 503 as text, as all failures of telemetry', async () => {
  const path = `/api/plugins/telemetry/DEVICE/${device}/values/timeseries?keys=a&startTs=0&endTs=9`;
  const answer = await rest.call('GET', path, { token: rest.admin });
  expect(answer).toMatchObject({ status: 503, text: '2000 reads of history are waiting already. Ask again later; ask for fewer keys at once.' });
  expect([problemCodeHeader, 'retry-after'].map((name) => answer.headers.get(name))).toEqual(['HISTORY_BUSY', '1']);
});

it('what is no matter of time says nothing of another try', async () => {
  const answer = await rest.call('GET', '/api/device/00000000-0000-7000-8000-00000000dead', { token: rest.admin });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([404, null]);
});

it('the log tells of the first refusal of a kind, then now and then how many there were', async () => {
  rest.passTime(WARNINGS_EVERY_MS);
  logged.splice(0);
  const count = () => rest.call('POST', '/api/entitiesQuery/count', { token: rest.admin, body: { entityFilter } });
  const history = () => rest.call('GET', `/api/plugins/telemetry/DEVICE/${device}/values/timeseries?keys=a&startTs=0&endTs=9`, { token: rest.admin });
  for (let n = 0; n < 5; n += 1) await Promise.all([count(), history()]);
  const told = (code: string, times: unknown = expect.any(Number)) => ['warn', 'request-refused', expect.objectContaining({ code, times })];
  expect(logged).toHaveLength(2);
  expect(logged.splice(0)).toEqual(expect.arrayContaining([told('QUERY_BUSY'), told('HISTORY_BUSY')]));
  rest.passTime(WARNINGS_EVERY_MS);
  await count();
  expect(logged).toEqual([told('QUERY_BUSY', 5)]);
});

it('what clients do wrong is not in the log', async () => {
  logged.splice(0);
  const asked = (method: string, path: string, body?: unknown, token: string | undefined = rest.admin) => rest.call(method, path, { token, body });
  const answers = await Promise.all([
    asked('POST', '/api/entitiesQuery/find', '{'),
    asked('POST', '/api/entitiesQuery/find', {}),
    asked('POST', '/api/entitiesQuery/find', { entityFilter, pageLink }, 'no token'),
    asked('POST', '/api/entitiesQuery/find/keys', { entityFilter, pageLink }, rest.system),
    asked('GET', '/api/nothing'),
    asked('PUT', '/api/entitiesQuery/find', {}),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 401, 403, 404, 405]);
  expect(logged).toEqual([]);
});
