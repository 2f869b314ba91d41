// npm run bench -- query [--smoke]
// Reads of the time series store through its port, with the threads it has in the server, while points arrive at half of what the store
// takes at most: the average of a million points in 500 intervals over the GROUP BY of the table one would write by hand (which is
// asked with nothing else going on); a month of raw points, one a minute; the latest values of 100 keys.
import { ValueKind, type EntityId, type TenantId } from '@fieldline/model';
import type { DataStore } from '@fieldline/ports';
import { temporaryFolder } from '@fieldline/e2e';
import { seededRandom } from '../crash/seeded-random.ts';
import { openBaseline } from './store-baseline.ts';
import { openStoreThreads, packFolder } from '../store/store-threads.ts';

const isSmoke = process.argv.includes('--smoke');
const longPoints = isSmoke ? 100_000 : 1_000_000;
const monthPoints = 43_200;
const latestKeys = 100;
const reads = isSmoke ? 10 : 200;
const startMs = 1_700_000_000_000;
const tenantId = '13814000-1dd2-11b2-8080-808080808080' as TenantId;
const entity = (n: number): EntityId => ({ entityType: 'DEVICE', id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` });
const asked = entity(0);
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const round = (value: number): number => Number(value.toFixed(2));

/** A number that drifts in steps of a tenth. */
function drift(seed: number): () => number {
  const random = seededRandom(seed);
  let value = 20;
  return () => (value = Math.round(value * 10 + (random() - 0.5) * 4) / 10);
}

async function append(store: DataStore, key: string, points: number, everyMs: number, at: (tsMs: number, value: number) => void): Promise<void> {
  const next = drift(key.length);
  for (let made = 0; made < points;) {
    const unit = store.begin();
    for (const end = Math.min(points, made + 1_000); made < end; made += 1) {
      const [tsMs, value] = [startMs + made * everyMs, next()];
      unit.point(tenantId, asked, key, tsMs, ValueKind.double, value, 0);
      at(tsMs, value);
    }
    await store.commit(unit);
  }
}

async function fill(folder: string, baseline: ReturnType<typeof openBaseline>): Promise<void> {
  const { store, close } = await openStoreThreads(folder);
  const batch = { series: [] as number[], timesMs: [] as number[], values: [] as number[] };
  await append(store, 'long', longPoints, 1_000, (tsMs, value) => {
    batch.series.push(1);
    batch.timesMs.push(tsMs);
    batch.values.push(value);
  });
  for (let n = 0; n < longPoints; n += 1_000) {
    baseline.append({
      series: batch.series.slice(n, n + 1_000),
      timesMs: batch.timesMs.slice(n, n + 1_000),
      values: batch.values.slice(n, n + 1_000),
    });
  }
  await append(store, 'month', monthPoints, 60_000, () => undefined);
  const unit = store.begin();
  for (let n = 0; n < latestKeys; n += 1) unit.point(tenantId, asked, `latest${n}`, startMs, ValueKind.long, n, 0);
  await store.commit(unit);
  await close();
  await packFolder(folder);
}

/** Points of 10,000 other series, in batches of 1,000; at most so many a second, or as many as the store takes. */
function ingest(store: DataStore, perSecondMax: number): { end(): Promise<number> } {
  const next = drift(9);
  const inFlight = new Set<Promise<void>>();
  const startedAt = performance.now();
  let isEnded = false;
  let points = 0;
  const sending = (async () => {
    while (!isEnded) {
      const unit = store.begin();
      for (let n = 0; n < 1_000; n += 1, points += 1) {
        const place = points % 10_000;
        unit.point(tenantId, entity(1 + (place >> 2)), `key${place & 3}`, startMs + Math.floor(points / 10_000) * 1_000, ValueKind.double, next(), 0);
      }
      const committed = store.commit(unit).finally(() => inFlight.delete(committed));
      inFlight.add(committed);
      const aheadMs = (points / perSecondMax) * 1_000 - (performance.now() - startedAt);
      if (inFlight.size >= 8) await Promise.race(inFlight);
      // A turn for the answers of the threads, as in the server, whose engine has other work between batches.
      await new Promise((resolve) => (aheadMs > 1 ? setTimeout(resolve, aheadMs) : setImmediate(resolve)));
    }
    await Promise.all(inFlight);
  })();
  return {
    async end() {
      isEnded = true;
      await sending;
      return points / ((performance.now() - startedAt) / 1_000);
    },
  };
}

/** Times of the reads, in milliseconds. */
async function timed(name: string, read: () => unknown, count = reads): Promise<{ medianMs: number; p99Ms: number }> {
  const times: number[] = [];
  for (let n = 0; n < count + 3; n += 1) {
    const startedAt = performance.now();
    await read();
    if (n >= 3) times.push(performance.now() - startedAt);
  }
  times.sort((a, b) => a - b);
  const result = { medianMs: round(times[times.length >> 1] ?? 0), p99Ms: round(times[Math.ceil(times.length * 0.99) - 1] ?? 0) };
  say(`${name}: median ${result.medianMs} ms, p99 ${result.p99Ms} ms`);
  return result;
}

async function readLong(store: DataStore): Promise<void> {
  const endMs = startMs + longPoints * 1_000;
  const found = await store.aggregate(tenantId, asked, { key: 'long', startMs, endMs, intervalMs: longPoints * 2, aggregation: 'AVG' });
  if (found.length !== 500) throw new Error(`${found.length} of 500 intervals`);
}

async function readMonth(store: DataStore): Promise<void> {
  let points = 0;
  const query = { key: 'month', startMs, endMs: startMs + monthPoints * 60_000, limit: 100_000, order: 'ASC' } as const;
  for await (const { count } of store.columns(tenantId, asked, query)) points += count;
  if (points !== monthPoints) throw new Error(`${points} of ${monthPoints} points`);
}

async function measure(folder: string, baseline: ReturnType<typeof openBaseline>) {
  const groupBy = await timed('GROUP BY of the baseline', () => baseline.average(1, startMs, startMs + longPoints * 1_000, longPoints * 2), 10);
  const { store, close } = await openStoreThreads(folder);
  const most = ingest(store, Number.POSITIVE_INFINITY);
  await new Promise((resolve) => setTimeout(resolve, isSmoke ? 1_000 : 8_000));
  const pointsPerSecondMax = await most.end();
  const half = ingest(store, pointsPerSecondMax / 2);
  const long = await timed('average of the long series', () => readLong(store));
  const month = await timed('month of raw points', () => readMonth(store));
  const keys = Array.from({ length: latestKeys }, (_, n) => `latest${n}`);
  const latest = await timed('latest of 100 keys', () => store.latest(tenantId, asked, keys));
  const ingested = await half.end();
  await close();
  const figures = {
    averageMs: long.medianMs,
    averageP99Ms: long.p99Ms,
    groupByMs: groupBy.medianMs,
    monthP99Ms: month.p99Ms,
    latestP99Ms: latest.p99Ms,
    ingestedPerSecond: Math.round(ingested),
  };
  return { ratio: round(groupBy.medianMs / long.medianMs), figures };
}

const folder = await temporaryFolder('bench-query');
try {
  const baseline = openBaseline(folder.path);
  await fill(folder.path, baseline);
  const measured = await measure(folder.path, baseline);
  baseline.close();
  process.stdout.write(`${JSON.stringify({ bench: 'query', baseline: 'GROUP BY over one table (series, ts, value) WITHOUT ROWID', ...measured })}\n`);
} finally {
  await folder.remove();
}
