// Goal: a series of more values than the store reads at once is read all the same, and holds up nobody. Method: EPTS over HTTP beside a
// store that lets few reads be under way, gives each point by itself, and has the others wait.
import type { TimeSeriesReader } from '@fieldline/ports';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningRest, startRest } from './rest.fixture.js';

const READS_AT_ONCE = 3;
const VALUES = 40;
let rest: RunningRest;
let id = '';

function inTurns(stored: TimeSeriesReader): TimeSeriesReader {
  let underWay = 0;
  const waiting: (() => void)[] = [];
  return {
    keys: (...asked) => stored.keys(...asked),
    latest: (...asked) => stored.latest(...asked),
    range: (...asked) => stored.range(...asked),
    aggregate: (...asked) => stored.aggregate(...asked),
    async *columns(...asked) {
      while (underWay === READS_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
      underWay += 1;
      try {
        for await (const { times, kinds, numbers, others, count } of stored.columns(...asked)) {
          for (let at = 0; at < count; at += 1) {
            const part = { times: times.slice(at, at + 1), kinds: kinds.slice(at, at + 1), numbers: numbers.slice(at, at + 1) };
            yield { ...part, others: others?.slice(at, at + 1), count: 1 };
          }
        }
      } finally {
        underWay -= 1;
        waiting.shift()?.();
      }
    },
  };
}

beforeAll(async () => {
  rest = await startRest({ series: inTurns });
  const profile = { name: 'bsd9-v1', type: 'DEFAULT', transportType: 'DEFAULT' };
  const { id: deviceProfileId } = (await rest.call('POST', '/api/deviceProfile', { token: rest.admin, body: profile })).body;
  id = (await rest.call('POST', '/api/device', { token: rest.admin, body: { name: 'E1', deviceProfileId } })).body.id.id;
});
afterAll(() => rest.close());

it('several histories of it at once are complete', async () => {
  const values = Object.fromEntries(Array.from({ length: VALUES }, (_, n) => [`v${String(n).padStart(2, '0')}`, n]));
  const points = [1, 2, 3].map((second) => ({ timestamp: new Date(Date.UTC(2020, 0, 1, 0, 0, second)).toISOString(), values }));
  const body = { [id]: { wide: points } };
  await rest.call('PUT', '/epts/api/v1/app-versions/bsd9-v1/time-series/data', { token: rest.admin, body });
  const query = 'timeSeriesName=wide&fromDate=2020-01-01T00:00:00Z&toDate=2020-01-02T00:00:00Z';
  const ask = () => rest.call('GET', `/epts/api/v1/applications/bsd9/time-series/data?${query}`, { token: rest.admin });
  for (const { body: told } of await Promise.all([ask(), ask(), ask()])) expect(told).toEqual([{ [id]: { wide: points } }]);
});
