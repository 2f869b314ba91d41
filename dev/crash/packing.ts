// SIGKILL while log rows are packed into blocks, again and again: nothing durable may be lost, doubled or come back.
import { temporaryFolder } from '@fieldline/e2e';
import type { DataStore } from '@fieldline/ports';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openStoreThreads } from '../store/store-threads.ts';
import { applyToModel, device, keyOf, SERIES, STEP_KEY, stepOf, tenantId, type Model } from './packing-steps.ts';

export interface PackingOptions {
  readonly kills: number;
  readonly seed: number;
  readonly random: () => number;
}

const wholeTime = { startMs: 0, endMs: 8e15, limit: 10_000_000 } as const;
/** After the first turn of packing, so that blocks and the log are both there. */
const KILL_AFTER_MS_MAX = 300;

/** @returns what was wrong */
export async function packingTest({ kills, seed, random }: PackingOptions): Promise<string[]> {
  const folder = await temporaryFolder('crash-packing');
  const complaints: string[] = [];
  const model: Model = Array.from({ length: SERIES }, () => new Map<number, number>());
  let done = 0;
  let turns = 0;
  try {
    for (let kill = 1; kill <= kills && complaints.length === 0; kill += 1) {
      const run = await loadUntilKilled(folder.path, seed, done, random() * KILL_AFTER_MS_MAX);
      turns += run.turns;
      const { store, close } = await openStoreThreads(folder.path);
      const stored = await storedSteps(store);
      if (stored < run.durable) complaints.push(`kill ${kill}: ${run.durable} steps were durable, ${stored} are stored`);
      for (; done < stored; done += 1) applyToModel(model, stepOf(seed, done));
      complaints.push(...(await compare(store, model)).map((complaint) => `kill ${kill}: ${complaint}`));
      await close();
      if (kill % 10 === 0 || kill === kills)
        process.stdout.write(`kill ${kill}: ${done} steps, ${pointsOf(model)} points, ${turns} turns of packing\n`);
    }
  } finally {
    await folder.remove();
  }
  if (turns < kills) complaints.push(`only ${turns} turns of packing ended in ${kills} runs: the kills did not meet it`);
  return complaints;
}

const pointsOf = (model: Model): number => model.reduce((sum, { size }) => sum + size, 0);

/** Lets a process do steps and kills it, some time after its first turn of packing ended: others are under way then. */
async function loadUntilKilled(folder: string, seed: number, first: number, afterMs: number): Promise<{ durable: number; turns: number }> {
  const file = fileURLToPath(new URL('./packing-load.ts', import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, file, folder, String(seed), String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let durable = first;
  let turns = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line !== 'packed') durable = Number(line) + 1;
    else if (++turns === 1) setTimeout(() => child.kill('SIGKILL'), afterMs);
  }
  await ended;
  if (turns === 0) throw new Error('the process that is to be killed ended by itself');
  return { durable, turns };
}

/** How many steps are stored: they are committed in order. */
async function storedSteps(store: DataStore): Promise<number> {
  const [latest] = await store.latest(tenantId, device, [STEP_KEY]);
  return latest === undefined ? 0 : Number(latest.value) + 1;
}

async function compare(store: DataStore, model: Model): Promise<string[]> {
  const complaints: string[] = [];
  for (const [series, wanted] of model.entries()) {
    const points = await store.range(tenantId, device, { key: keyOf(series), order: 'ASC', ...wholeTime });
    const found = new Map(points.map(({ tsMs, value }) => [tsMs, value]));
    const missing = [...wanted].filter(([tsMs, value]) => found.get(tsMs) !== value).length;
    const extra = [...found.keys()].filter((tsMs) => !wanted.has(tsMs)).length;
    const doubled = points.length - found.size;
    if (missing + extra + doubled > 0)
      complaints.push(`${keyOf(series)}: ${missing} points missing or wrong, ${extra} came back, ${doubled} doubled`);
    const latest = Math.max(...wanted.keys());
    const [stored] = await store.latest(tenantId, device, [keyOf(series)]);
    if (wanted.size > 0 && stored?.tsMs !== latest) complaints.push(`${keyOf(series)}: the latest value is of ${stored?.tsMs}, not of ${latest}`);
  }
  return complaints;
}
