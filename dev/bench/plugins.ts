// npm run bench -- plugins [--smoke]
// What a node costs that runs in a process of its own: a chain of one such node and one of ours, over the same chain with that node
// built in, on the same messages in turns. Times are by the clock of the wall, because two processes share the work.
import { silentLog } from '@fieldline/kernel';
import type { AnyRuleNodeDefinition } from '@fieldline/plugin-sdk';
import { discoverPlugins, PluginProcesses } from '@fieldline/plugin-process';
import type { MessageBatch, ScriptEngine } from '@fieldline/ports';
import type { RuleEngine } from '@fieldline/rule-engine';
import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clock as benchClock, drawnChain, hop, ids, newEngine, telemetryBatches } from './engine-chains.js';
import { plugin } from './plugins-node.js';

const isSmoke = process.argv.includes('--smoke');
const rounds = isSmoke ? 3 : 9;
const roundMs = isSmoke ? 100 : 500;
const sizes = [1, 10, 100] as const;
const root = join(import.meta.dirname, '..', '..');
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Real timers, which the other benchmarks of the engine can do without. */
const clock = {
  ...benchClock,
  after(_name: string, delayMs: number, fn: () => void): () => void {
    const timer = setTimeout(fn, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Installs the node as a plugin of a third party and gives its process. */
async function isolated(folder: string): Promise<PluginProcesses> {
  const place = join(folder, 'bench');
  mkdirSync(place);
  const manifest = { name: 'bench', version: '1.0.0', type: 'module', keywords: ['fieldline-plugin'], fieldline: { plugin: '1' } };
  writeFileSync(join(place, 'package.json'), JSON.stringify({ ...manifest, exports: { '.': './index.js' } }));
  const bundle = { bundle: true, format: 'esm', platform: 'node', target: 'node24', conditions: ['source'] } as const;
  await build({
    ...bundle,
    conditions: [...bundle.conditions],
    entryPoints: [join(import.meta.dirname, 'plugins-node.ts')],
    outfile: join(place, 'index.js'),
  });
  const parts = { hostFile: join(root, 'apps/server/dist/plugin-process.js'), memoryMb: 256, clock, log: silentLog };
  const plugins = await discoverPlugins({ ...parts, folder, taken: new Set() });
  // What is slow here is the machine: nothing is handed over.
  return new PluginProcesses({ ...parts, plugins, ids, timeoutMs: 10_000, patienceMs: 10_000 });
}

async function engineWith(definitions: readonly AnyRuleNodeDefinition[]): Promise<RuleEngine> {
  const compile = (): never => {
    throw new Error('the nodes of this benchmark have no scripts');
  };
  const scripts: ScriptEngine = { compile, dispose: () => undefined };
  const engine = newEngine(scripts, silentLog, { nodes: definitions });
  await engine.deploy(drawnChain('bench', [{ type: 'bench.scale', config: { factor: 1.8 }, by: 'Success' }, hop]));
  await engine.start();
  return engine;
}

/** Microseconds a message, over as many batches as fit in a round. */
async function measure(engine: RuleEngine, size: number): Promise<number> {
  let messages = 0;
  let spentMs = 0;
  while (spentMs < roundMs) {
    const batches = telemetryBatches(Math.max(10, Math.floor(1_000 / size)), size).map(inChain);
    const begin = performance.now();
    for (const batch of batches) await engine.handle(batch);
    spentMs += performance.now() - begin;
    messages += batches.length * size;
  }
  return (spentMs * 1_000) / messages;
}

const inChain = (batch: MessageBatch): MessageBatch => ({
  ...batch,
  messages: batch.messages.map((queued) => ({ ...queued, ruleChainId: 'bench' })),
});

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fieldline-bench-plugins-'));
  const processes = await isolated(folder);
  const engines = { builtIn: await engineWith(plugin.nodes), isolated: await engineWith(processes.definitions) };
  const times = { builtIn: new Map<number, number[]>(), isolated: new Map<number, number[]>() };
  for (let i = 0; i < rounds; i += 1) {
    for (const size of sizes) {
      for (const side of ['builtIn', 'isolated'] as const) {
        const found = await measure(engines[side], size);
        times[side].set(size, [...(times[side].get(size) ?? []), found]);
      }
    }
  }
  const us = (side: keyof typeof times, size: number): number => median(times[side].get(size) ?? []);
  const handedOver = engines.isolated.stats().openHandOvers;
  await engines.builtIn.close();
  await engines.isolated.close();
  await processes.close();
  rmSync(folder, { recursive: true });

  const hopUs = Object.fromEntries(sizes.map((size) => [size, Number((us('isolated', size) - us('builtIn', size)).toFixed(2))]));
  const figures = {
    hopUs,
    messagesPerSecond: Math.round(1e6 / us('isolated', 100)),
    builtInMessagesPerSecond: Math.round(1e6 / us('builtIn', 100)),
    handedOver,
  };
  process.stderr.write(`an isolated hop: ${hopUs[1]} µs a message alone, ${hopUs[10]} in batches of 10, ${hopUs[100]} of 100\n`);
  const baseline = 'the same chain with the node built in, on the same messages in batches of 100';
  process.stdout.write(
    `${JSON.stringify({ bench: 'plugins', ratio: Number((us('builtIn', 100) / us('isolated', 100)).toFixed(3)), baseline, figures })}\n`,
  );
}

await main();
