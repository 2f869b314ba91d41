// The part of the benchmark of the store about very many series: a process of its own fills it, so that its memory can be told and
// SIGKILL can end it; then the store is opened again. Run with a folder and a plan it is that process.
import { serverEnvironment, serverFlags } from '@fieldline/e2e';
import type { EntityId, TenantId } from '@fieldline/model';
import { ValueKind } from '@fieldline/model';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { seededRandom } from '../crash/seeded-random.ts';
import { databaseBytes, logBytes, openStoreThreads } from '../store/store-threads.ts';

interface ManyPlan {
  readonly series: number;
  /** Of each series. */
  readonly points: number;
  /** Whether to wait until the store has packed everything by itself, which it does when nothing comes for a while. */
  readonly waits: boolean;
}

const tenantId = '13814000-1dd2-11b2-8080-808080808080' as TenantId;
const startMs = 1_700_000_000_000;
const keysADevice = 10;
const pointsABatch = 1_000;

const residentMb = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1_024;

/** Fills the store, every series in turn; prints its largest memory and waits to be killed. */
async function fill(folder: string, { series, points }: ManyPlan): Promise<void> {
  const { store } = await openStoreThreads(folder);
  const random = seededRandom(7);
  const values = Float64Array.from({ length: series }, () => Math.round(random() * 300) / 10);
  const entities = Array.from({ length: series / keysADevice }, (_, n): EntityId => ({
    entityType: 'DEVICE',
    id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  }));
  const keys = Array.from({ length: keysADevice }, (_, n) => `key${n}`);
  let peakMb = 0;
  for (let next = 0; next < series * points;) {
    const unit = store.begin();
    for (let n = 0; n < pointsABatch; n += 1, next += 1) {
      const place = next % series;
      const value = Math.round((values[place] as number) * 10 + (random() - 0.5) * 4) / 10;
      values[place] = value;
      const tsMs = startMs + Math.floor(next / series) * 10_000 + Math.floor(random() * 10);
      unit.point(
        tenantId,
        entities[Math.floor(place / keysADevice)] as EntityId,
        keys[place % keysADevice] as string,
        tsMs,
        ValueKind.double,
        value,
        0,
      );
    }
    await store.commit(unit);
    if (next % 200_000 === 0) peakMb = Math.max(peakMb, residentMb());
  }
  process.stdout.write(`${JSON.stringify({ peakMb: Math.round(Math.max(peakMb, residentMb())) })}\n`);
}

/** Waits until the log is empty and blocks have not changed for a while: what is packed is joined up to 20 s later. */
async function untilPacked(folder: string): Promise<void> {
  let bytes = -1;
  for (let quiet = 0, waited = 0; quiet < 30; waited += 1) {
    if (waited > 180) throw new Error('the store does not pack what is left in its log');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const now = databaseBytes(folder);
    quiet = now === bytes && logBytes(folder) === 0 ? quiet + 1 : 0;
    bytes = now;
  }
}

/** Runs `fill` in a process, kills it when it is done, and opens what it left. */
export async function manySeries(folder: string, plan: ManyPlan) {
  const child = spawn(process.execPath, [...process.execArgv, ...serverFlags, fileURLToPath(import.meta.url), folder, JSON.stringify(plan)], {
    env: serverEnvironment(process.env),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const [line] = await Promise.race([
    new Promise<string[]>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk).split('\n')))),
    ended.then(() => Promise.reject(new Error('the process that fills the store failed'))),
  ]);
  child.kill('SIGKILL');
  await ended;
  const startedAt = performance.now();
  const { store, close } = await openStoreThreads(folder);
  const readyMs = Math.round(performance.now() - startedAt);
  const last: EntityId = { entityType: 'DEVICE', id: `00000000-0000-4000-8000-${String(plan.series / keysADevice - 1).padStart(12, '0')}` };
  const query = { startMs, endMs: startMs + plan.points * 10_000, intervalMs: plan.points * 10_000, aggregation: 'COUNT' } as const;
  const [counted] = await store.aggregate(tenantId, last, { key: `key${keysADevice - 1}`, ...query });
  if (counted?.value !== plan.points) throw new Error(`the store holds ${String(counted?.value)} of ${plan.points} points of the last series`);
  if (plan.waits) await untilPacked(folder);
  const bytes = Number((databaseBytes(folder) / (plan.series * plan.points)).toFixed(2));
  await close();
  const { peakMb } = JSON.parse(line ?? '{}') as { peakMb: number };
  process.stderr.write(`${plan.series} series of ${plan.points}: ${bytes} bytes a point, ${peakMb} MB at most, ready ${readyMs} ms after SIGKILL\n`);
  return { manyBytesAPoint: bytes, manyPeakMb: peakMb, manyReadyMs: readyMs };
}

const [, script, folder, plan] = process.argv;
if (script === fileURLToPath(import.meta.url)) await fill(String(folder), JSON.parse(String(plan)) as ManyPlan);
