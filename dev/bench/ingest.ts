// npm run bench -- ingest [--smoke] [--full]
// How many QoS 1 messages a second the server takes from 200 connections, every point durable before its
// PUBACK, over what a bare aedes broker acknowledges that only parses the JSON. Both are driven by the same
// load generator in the same run, alternating, and the ratio is that of the medians.
import type { LoadPlan, LoadResult } from './mqtt-load.ts';
import { runLoad, startBaseline } from './processes.ts';
import { scriptFilterChain } from './script-filter-chain.ts';
import { residentMb, startServer, stopServer, temporaryFolder, TenantClient, type RunningServer } from '@fieldline/e2e';

const isSmoke = process.argv.includes('--smoke');
const isFull = process.argv.includes('--full');
const rounds = isSmoke ? 2 : isFull ? 5 : 3;
/** Messages of one round. All rounds of one server stay below the 10 million points that its log takes unpacked. */
const roundMessages = isSmoke ? 150_000 : isFull ? 400_000 : 600_000;
const roundSecondsMax = 60;
const pacedSeconds = isSmoke ? 3 : 5;
const manyConnections = isSmoke ? 1_000 : 10_000;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

async function load(plan: Partial<LoadPlan> & Pick<LoadPlan, 'port' | 'tokens'>): Promise<LoadResult> {
  const whole: LoadPlan = {
    inFlight: 10,
    messages: 1e9,
    seconds: roundSecondsMax,
    rate: 0,
    form: 'plain',
    startMs: 0,
    sampleLatency: false,
    ...plan,
  };
  return runLoad('mqtt-load.ts', whole);
}

const perSecond = (result: LoadResult): number => result.acknowledged / result.seconds;
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** Alternates baseline and server and gives the median of each. */
async function compare(name: string, tokens: readonly string[], ports: { baseline: number; ours: number }): Promise<{ ours: number; ratio: number }> {
  const baseline: number[] = [];
  const ours: number[] = [];
  for (let i = 0; i < rounds; i += 1) {
    baseline.push(perSecond(await load({ port: ports.baseline, tokens, messages: roundMessages })));
    ours.push(perSecond(await load({ port: ports.ours, tokens, messages: roundMessages })));
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

interface UnderTest {
  readonly server: RunningServer;
  readonly client: TenantClient;
  readonly devices: readonly { readonly id: string; readonly token: string }[];
  readonly tokens: readonly string[];
  readonly ports: { readonly baseline: number; readonly ours: number };
}

/** A fresh server with devices, warmed up together with the baseline. */
async function onFreshServer<T>(name: string, devicesWanted: number, baselinePort: number, act: (given: UnderTest) => Promise<T>): Promise<T> {
  const folder = await temporaryFolder(`bench-${name}`);
  const server = await startServer(folder.path);
  try {
    const client = await TenantClient.signIn(server.ports.http);
    const devices = await client.createDevices(name, devicesWanted);
    const tokens = devices.map((device) => device.token);
    const ports = { baseline: baselinePort, ours: server.ports.mqtt };
    await load({ port: ports.ours, tokens, messages: 100_000 });
    await load({ port: ports.baseline, tokens, messages: 100_000 });
    return await act({ server, client, devices, tokens, ports });
  } finally {
    await stopServer(server, 'SIGKILL');
    await folder.remove();
  }
}

/** 200 connections: throughput, then latency at half of it, memory and what was lost. */
async function defaultChain({ server, client, devices, tokens, ports }: UnderTest) {
  const lost = await lostPoints(client, devices, ports.ours);
  const compared = await compare('200 connections', tokens, ports);
  const paced = await load({ port: ports.ours, tokens, rate: compared.ours / 2, seconds: pacedSeconds, sampleLatency: true });
  const residentNow = residentMb(server);
  say(`at half of the maximum: p50 ${paced.ackP50Ms} ms, p99 ${paced.ackP99Ms} ms; ${Math.round(residentNow)} MB resident`);
  return { ...compared, lost, ackP50Ms: paced.ackP50Ms, ackP99Ms: paced.ackP99Ms, residentMb: Math.round(residentNow) };
}

async function withFilter({ client, tokens, ports }: UnderTest) {
  await client.request('POST', '/api/ruleChain/metadata', await scriptFilterChain(client));
  return compare('with a script filter', tokens, ports);
}

async function main(): Promise<void> {
  const baseline = await startBaseline('aedes-baseline.ts');
  try {
    const few = await onFreshServer('few', 200, baseline.port, defaultChain);
    const filtered = await onFreshServer('filter', 200, baseline.port, withFilter);
    const many = await onFreshServer('many', manyConnections, baseline.port, ({ tokens, ports }) =>
      compare(`${manyConnections} connections`, tokens, ports),
    );
    const figures = {
      messagesPerSecond: Math.round(few.ours),
      pointsPerSecond: Math.round(few.ours * 3),
      ackP50Ms: few.ackP50Ms,
      ackP99Ms: few.ackP99Ms,
      residentMb: few.residentMb,
      lost: few.lost,
      ratioManySeries: many.ratio,
      ratioWithFilter: filtered.ratio,
    };
    const name = 'aedes, JSON parse in authorizePublish, nothing stored';
    process.stdout.write(`${JSON.stringify({ bench: 'ingest', ratio: few.ratio, baseline: name, figures })}\n`);
    if (few.lost > 0) process.exitCode = 1;
  } finally {
    baseline.stop();
  }
}

await main();
