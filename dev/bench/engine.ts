// npm run bench -- engine [--smoke]
// What the rule engine costs alone: in this process, without a store that keeps anything. A chain of ten nodes, of which
// one is a script filter and one a script transformation, over the same work written as plain functions; and chains of
// nodes without scripts, for the cost of a hop. All take turns in one run; figures are medians of processor time.
import { quickJsScriptEngine } from '@fieldline/scripting';
import { silentLog } from '@fieldline/kernel';
import type { Message } from '@fieldline/model';
import type { DataStore, MessageBatch } from '@fieldline/ports';
import { memoryDataStore } from '@fieldline/storage-memory';
import { clock, drawnChain, hop, newEngine, plainPipeline, reachesTheEnd, telemetryBatches, tenNodes, trimTraces } from './engine-chains.js';

const isSmoke = process.argv.includes('--smoke');
const rounds = isSmoke ? 3 : 7;
const roundMs = isSmoke ? 150 : 600;
const memoryMessages = isSmoke ? 400_000 : 10_000_000;
const HOPS = 10;
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const round = (value: number, digits = 2): number => Number(value.toFixed(digits));
const usedUs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return user + system;
};

/** Microseconds of processor time a message, over as many batches as fit in a round. */
async function measure(run: (batch: MessageBatch) => unknown, size: number): Promise<number> {
  let messages = 0;
  let spentUs = 0;
  while (spentUs < roundMs * 1_000) {
    // Messages are made outside the measured time: making them is the intake's work.
    const batches = telemetryBatches(Math.max(1, Math.floor(2_000 / size)), size);
    const begin = usedUs();
    for (const batch of batches) {
      const pending = run(batch);
      if (pending instanceof Promise) await pending;
    }
    spentUs += usedUs() - begin;
    messages += batches.length * size;
  }
  return spentUs / messages;
}

/** Resident memory after a first part of the messages and at the end, in MB. */
async function measureMemory(
  run: (batch: MessageBatch) => Promise<unknown>,
  store: DataStore,
): Promise<{ readonly earlyMb: number; readonly endMb: number }> {
  const residentMb = (): number => Math.round(process.memoryUsage().rss / 1e6);
  let earlyMb = 0;
  for (let done = 0; done < memoryMessages; done += 10_000) {
    for (const batch of telemetryBatches(100, 100)) await run(batch);
    await trimTraces(store);
    if (earlyMb === 0 && done >= memoryMessages / 10) earlyMb = residentMb();
  }
  return { earlyMb, endMb: residentMb() };
}

async function main(): Promise<void> {
  const scripts = await quickJsScriptEngine({ clock: clock, random: Math.random });
  const store = memoryDataStore();
  const engine = newEngine(scripts, silentLog, { store });
  await engine.deploy(drawnChain('scripts', tenNodes));
  await engine.deploy(
    drawnChain(
      'hops',
      Array.from({ length: HOPS }, () => hop),
    ),
  );
  await engine.start();
  const inChain = (chainId: string) => (batch: MessageBatch) =>
    engine.handle({ ...batch, messages: batch.messages.map((queued) => ({ ...queued, ruleChainId: chainId })) });
  const plain = (batch: MessageBatch): readonly (Message | undefined)[] => batch.messages.map(({ message }) => plainPipeline(message));
  await reachesTheEnd(engine, inChain('scripts'));

  const times = { plain: [] as number[], chain: [] as number[], hops: [] as number[], one: [] as number[], ten: [] as number[] };
  for (let i = 0; i < rounds; i += 1) {
    times.plain.push(await measure(plain, 100));
    times.chain.push(await measure(inChain('scripts'), 100));
    times.hops.push(await measure(inChain('hops'), 100));
    times.one.push(await measure(inChain('scripts'), 1));
    times.ten.push(await measure(inChain('scripts'), 10));
  }
  const memory = await measureMemory(inChain('scripts'), store);
  await engine.close();
  scripts.dispose();

  const chainUs = median(times.chain);
  const figures = {
    chain10MessagesPerSecond: Math.round(1e6 / chainUs),
    hopsPerSecond: Math.round((HOPS * 1e6) / median(times.hops)),
    hopUs: round(median(times.hops) / HOPS, 3),
    batch1Us: round(median(times.one)),
    batch10Us: round(median(times.ten)),
    batch100Us: round(chainUs),
    memoryMessages,
    memoryEarlyMb: memory.earlyMb,
    memoryEndMb: memory.endMb,
  };
  say(`ten nodes, two of them scripts: ${figures.batch1Us} µs a message alone, ${figures.batch10Us} in batches of 10, ${figures.batch100Us} of 100`);
  say(`a hop without a script: ${figures.hopUs} µs; memory ${memory.earlyMb} MB after a tenth of the messages, ${memory.endMb} MB at the end`);
  const baseline = 'the same ten steps as plain functions on the same messages, in this process, without isolation';
  process.stdout.write(`${JSON.stringify({ bench: 'engine', ratio: round(median(times.plain) / chainUs, 3), baseline, figures })}\n`);
}

await main();
