// The append part of the benchmark of the store: interleaved series of numbers that drift, one point a second each.
import { ValueKind, type EntityId, type TenantId } from '@fieldline/model';
import { seededRandom } from '../crash/seeded-random.ts';
import { openBaseline, type PointBatch } from './store-baseline.ts';
import { logBytes, openStoreThreads } from '../store/store-threads.ts';

export interface AppendPlan {
  readonly series: number;
  readonly seconds: number;
}

const pointsABatch = 1_000;
const keysADevice = 4;
/** Batches on their way to the disk at once. */
const inFlightMax = 8;
/**
 * How often the log is looked at. It grows until it is packed and begins anew, every second or less, and every third turn takes longer,
 * because it joins small blocks: only means of a while tell something.
 */
const logLookMs = 100;
const startMs = 1_700_000_000_000;
const tenantId = '13814000-1dd2-11b2-8080-808080808080' as TenantId;

/** Batch after batch of the same points for whoever asks. */
function batches({ series }: AppendPlan) {
  const random = seededRandom(1);
  const values = Float64Array.from({ length: series }, () => Math.round(random() * 300) / 10);
  let next = 0;
  return (): PointBatch & { readonly values: number[] } => {
    const batch = { series: new Array<number>(pointsABatch), timesMs: new Array<number>(pointsABatch), values: new Array<number>(pointsABatch) };
    for (let n = 0; n < pointsABatch; n += 1, next += 1) {
      const place = next % series;
      const value = Math.round((values[place] as number) * 10 + (random() - 0.5) * 4) / 10;
      values[place] = value;
      batch.series[n] = place;
      batch.timesMs[n] = startMs + Math.floor(next / series) * 1_000;
      batch.values[n] = value;
    }
    return batch;
  };
}

export function appendToBaseline(folder: string, plan: AppendPlan): { points: number; seconds: number } {
  const baseline = openBaseline(folder);
  const next = batches(plan);
  const startedAt = performance.now();
  let points = 0;
  for (; performance.now() - startedAt < plan.seconds * 1_000; points += pointsABatch) baseline.append(next());
  const seconds = (performance.now() - startedAt) / 1_000;
  baseline.close();
  return { points, seconds };
}

export async function appendOurs(folder: string, plan: AppendPlan) {
  const { store, close } = await openStoreThreads(folder);
  const next = batches(plan);
  const entities = Array.from({ length: plan.series / keysADevice }, (_, n): EntityId => ({
    entityType: 'DEVICE',
    id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  }));
  const keys = ['temperature', 'humidity', 'pressure', 'power'];
  const startedAt = performance.now();
  const elapsedMs = (): number => performance.now() - startedAt;
  const inFlight = new Set<Promise<void>>();
  let points = 0;
  const log: { readonly atMs: number; readonly bytes: number }[] = [];
  while (elapsedMs() < plan.seconds * 1_000) {
    const { series, timesMs, values } = next();
    const unit = store.begin();
    for (let n = 0; n < pointsABatch; n += 1) {
      const place = series[n] as number;
      const entity = entities[Math.floor(place / keysADevice)] as EntityId;
      unit.point(tenantId, entity, keys[place % keysADevice] as string, timesMs[n] as number, ValueKind.double, values[n] as number, 0);
    }
    const committed = store.commit(unit).finally(() => inFlight.delete(committed));
    inFlight.add(committed);
    points += pointsABatch;
    if (inFlight.size >= inFlightMax) await Promise.race(inFlight);
    if (elapsedMs() > (log.at(-1)?.atMs ?? 0) + logLookMs) log.push({ atMs: elapsedMs(), bytes: logBytes(folder) });
  }
  await Promise.all(inFlight);
  const seconds = elapsedMs() / 1_000;
  await close();
  const tenMs = Math.min(10, plan.seconds / 6) * 1_000;
  const meanMb = (fromMs: number, toMs: number): number => {
    const looks = log.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
    return Number((looks.reduce((sum, { bytes }) => sum + bytes, 0) / looks.length / 1e6).toFixed(1));
  };
  return {
    points,
    seconds,
    logMbAfterTen: meanMb(tenMs, 3 * tenMs),
    logMbAtEnd: meanMb(plan.seconds * 1_000 - 2 * tenMs, Number.POSITIVE_INFINITY),
  };
}
