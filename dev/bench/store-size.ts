// The size part of the benchmark of the store: what points as installations send them take on the disk, once they are packed.
import type { EntityId, TenantId } from '@fieldline/model';
import { ValueKind } from '@fieldline/model';
import { worldSeries } from './series-world.ts';
import { openBaseline } from './store-baseline.ts';
import { databaseBytes, openStoreThreads, packFolder } from '../store/store-threads.ts';

const tenantId = '13814000-1dd2-11b2-8080-808080808080' as TenantId;
const startMs = 1_700_000_000_000;
const keysADevice = 8;
const pointsABatch = 1_000;

interface WorldPoint {
  readonly place: number;
  readonly tsMs: number;
  readonly value: boolean | number | bigint | string;
}

/** The points of all series in the order of their times, in batches. */
function* worldBatches(series: readonly ReturnType<typeof worldSeries>[], points: number): Generator<WorldPoint[]> {
  const nextMs = series.map((one) => one.nextMs());
  let batch: WorldPoint[] = [];
  let made = 0;
  // All series are looked at for each slice of ten seconds: near enough to the order of arrival.
  for (let untilMs = startMs + 10_000; made < points; untilMs += 10_000) {
    for (const [place, one] of series.entries()) {
      for (; (nextMs[place] as number) < untilMs && made < points; made += 1) {
        batch.push({ place, tsMs: nextMs[place] as number, value: one.nextValue() });
        nextMs[place] = one.nextMs();
        if (batch.length < pointsABatch) continue;
        yield batch;
        batch = [];
      }
    }
  }
  if (batch.length > 0) yield batch;
}

export async function sizes(folder: string, plan: { readonly series: number; readonly points: number }) {
  const series = Array.from({ length: plan.series }, (_, place) => worldSeries(place, startMs));
  const entities = Array.from({ length: Math.ceil(plan.series / keysADevice) }, (_, n): EntityId => ({
    entityType: 'DEVICE',
    id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  }));
  const baseline = openBaseline(folder);
  const { store, close } = await openStoreThreads(folder);
  const emptyBytes = databaseBytes(folder);
  for (const batch of worldBatches(series, plan.points)) {
    const unit = store.begin();
    for (const { place, tsMs, value } of batch) {
      const { key, kind } = series[place] as ReturnType<typeof worldSeries>;
      unit.point(tenantId, entities[Math.floor(place / keysADevice)] as EntityId, key, tsMs, kind, value, 0);
    }
    await store.commit(unit);
    const numbers = batch.map(({ value }) => (typeof value === 'string' ? value : Number(value)));
    baseline.append({ series: batch.map(({ place }) => place), timesMs: batch.map(({ tsMs }) => tsMs), values: numbers });
  }
  await close();
  await packFolder(folder);
  const bytes = (databaseBytes(folder) - emptyBytes) / plan.points;
  const baselineBytes = baseline.bytes() / plan.points;
  baseline.close();
  const kinds = new Set(series.map(({ kind }) => kind)).size;
  if (kinds < Object.keys(ValueKind).length - 1) throw new Error('the world must hold all kinds but JSON');
  process.stderr.write(`size: ${bytes.toFixed(2)} bytes a point, baseline ${baselineBytes.toFixed(2)}\n`);
  return {
    bytesAPoint: Number(bytes.toFixed(2)),
    baselineBytesAPoint: Number(baselineBytes.toFixed(2)),
    sizeRatio: Number((baselineBytes / bytes).toFixed(1)),
  };
}
