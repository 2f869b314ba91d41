// npm run bench -- ingest [--smoke] [--full]
// How many QoS 1 messages a second the server takes from 200 connections, every point durable before its
// PUBACK, over what a bare aedes broker acknowledges that only parses the JSON. Both are driven by the same
// load generator in the same run, alternating, and the ratio is that of the medians.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LoadPlan, LoadResult } from './mqtt-load.ts';
import { scriptFilterChain } from './script-filter-chain.ts';
import { startServer, stopServer, temporaryFolder, TenantClient, type RunningServer } from '@fieldline/e2e';

const isSmoke = process.argv.includes('--smoke');
const isFull = process.argv.includes('--full');
const rounds = isSmoke ? 2 : isFull ? 5 : 3;
const seconds = isSmoke ? 4 : 8;
const manyConnections = isSmoke ? 1_000 : 10_000;
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const say = (text: string): void => void process.stderr.write(`${text}\n`);

async function load(plan: Partial<LoadPlan> & Pick<LoadPlan, 'port' | 'tokens'>): Promise<LoadResult> {
  const whole: LoadPlan = { inFlight: 10, messages: 1e9, seconds, rate: 0, form: 'plain', startMs: 0, sampleLatency: false, ...plan };
  const child = spawn(process.execPath, [here('mqtt-load.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(whole));
  let output = '';
  for await (const chunk of child.stdout) output += String(chunk);
  if (output === '') throw new Error('the load generator failed');
  return JSON.parse(output) as LoadResult;
}

async function startBaseline(): Promise<{ port: number; stop(): void }> {
  const child = spawn(process.execPath, [here('aedes-baseline.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await new Promise<string[]>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk).split('\n'))));
  return { port: (JSON.parse(line ?? '{}') as { port: number }).port, stop: () => child.kill() };
}

const perSecond = (result: LoadResult): number => result.acknowledged / result.seconds;
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

function residentMb(server: RunningServer): number {
  const status = readFileSync(`/proc/${server.process.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

/** Alternates baseline and server and gives the median of each. */
async function compare(name: string, tokens: readonly string[], ports: { baseline: number; ours: number }): Promise<{ ours: number; ratio: number }> {
  const baseline: number[] = [];
  const ours: number[] = [];
  for (let i = 0; i < rounds; i += 1) {
    baseline.push(perSecond(await load({ port: ports.baseline, tokens })));
    ours.push(perSecond(await load({ port: ports.ours, tokens })));
    say(`${name}: round ${i + 1}: baseline ${Math.round(baseline.at(-1) ?? 0)}/s, server ${Math.round(ours.at(-1) ?? 0)}/s`);
  }
  return { ours: median(ours), ratio: round(median(ours) / median(baseline)) };
}

/** Sends readings with times of their own and counts them by REST: what was acknowledged must be there. */
async function lostPoints(client: TenantClient, devices: readonly { id: string; token: string }[], port: number): Promise<number> {
  const startMs = 1_700_000_000_000;
  const part = devices.slice(0, 20);
  const result = await load({ port, tokens: part.map((device) => device.token), messages: 40_000, seconds: 20, form: 'timed', startMs });
  let stored = 0;
  for (const device of part) stored += await client.count(device.id, 'temperature', startMs, startMs + 10_000_000);
  return Math.max(0, result.acknowledged - stored);
}

async function main(): Promise<void> {
  const folder = await temporaryFolder('bench');
  const server = await startServer(folder.path);
  const baseline = await startBaseline();
  try {
    const client = await TenantClient.signIn(server.ports.http);
    const devices = await client.createDevices('few', 200);
    const tokens = devices.map((device) => device.token);
    const ports = { baseline: baseline.port, ours: server.ports.mqtt };
    await load({ port: ports.ours, tokens, seconds: 2 });
    await load({ port: ports.baseline, tokens, seconds: 2 });

    const lost = await lostPoints(client, devices, ports.ours);
    const few = await compare('200 connections', tokens, ports);
    const paced = await load({ port: ports.ours, tokens, rate: few.ours / 2, sampleLatency: true });
    say(`at half of the maximum: p50 ${paced.ackP50Ms} ms, p99 ${paced.ackP99Ms} ms`);
    const memory = residentMb(server);
    await client.request('POST', '/api/ruleChain/metadata', await scriptFilterChain(client));
    const filtered = await compare('with a script filter', tokens, ports);
    await stopServer(server);

    const many = await manySeries(ports.baseline);
    const figures = {
      messagesPerSecond: Math.round(few.ours),
      pointsPerSecond: Math.round(few.ours * 3),
      ackP50Ms: paced.ackP50Ms,
      ackP99Ms: paced.ackP99Ms,
      residentMb: Math.round(memory),
      lost,
      ratioManySeries: many.ratio,
      ratioWithFilter: filtered.ratio,
    };
    process.stdout.write(
      `${JSON.stringify({ bench: 'ingest', ratio: few.ratio, baseline: 'aedes, JSON parse in authorizePublish, nothing stored', figures })}\n`,
    );
    if (lost > 0) process.exitCode = 1;
  } finally {
    await stopServer(server, 'SIGKILL');
    baseline.stop();
    await folder.remove();
  }
}

/** Many connections, three series each, on a fresh server. */
async function manySeries(baselinePort: number): Promise<{ ratio: number }> {
  const folder = await temporaryFolder('bench-many');
  const server = await startServer(folder.path);
  try {
    const client = await TenantClient.signIn(server.ports.http);
    const devices = await client.createDevices('many', manyConnections);
    const tokens = devices.map((device) => device.token);
    return await compare(`${manyConnections} connections`, tokens, { baseline: baselinePort, ours: server.ports.mqtt });
  } finally {
    await stopServer(server, 'SIGKILL');
    await folder.remove();
  }
}

await main();
