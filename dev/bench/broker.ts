// npm run bench -- broker [--smoke]
// How many messages a second the broker listener passes from publishers to subscribers, QoS 0 and 1, for one pair and for a hundred, over
// what aedes passes as it is installed. Both are driven by the same load generator in the same run, alternating. Then whether its memory
// stays where it is.
import { residentMb, startServer, stopServer, temporaryFolder, TenantClient } from '@fieldline/e2e';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PairsPlan, PairsResult } from './broker-load.ts';

const isSmoke = process.argv.includes('--smoke');
const rounds = isSmoke ? 1 : 3;
const seconds = isSmoke ? 1 : 3;
const memorySeconds = isSmoke ? 3 : 30;
const IN_FLIGHT = 20;
const PAIRS = 100;
/** More resident memory than this after ten times as many messages is a leak; in a short run the server is still warming up. */
const GROWTH_MB_MAX = 60;

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

async function load(plan: PairsPlan): Promise<PairsResult> {
  const child = spawn(process.execPath, [here('broker-load.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(plan));
  let output = '';
  for await (const chunk of child.stdout) output += String(chunk);
  if (output === '') throw new Error('the load generator failed');
  return JSON.parse(output) as PairsResult;
}

async function startBaseline(): Promise<{ port: number; stop(): void }> {
  const child = spawn(process.execPath, [here('aedes-bare.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await new Promise<string[]>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk).split('\n'))));
  return { port: (JSON.parse(line ?? '{}') as { port: number }).port, stop: () => child.kill() };
}

const folder = await temporaryFolder('bench-broker');
const baseline = await startBaseline();
const server = await startServer(folder.path, { env: { FIELDLINE_BROKER_PORT: '0' } });
try {
  const client = await TenantClient.signIn(server.ports.http);
  const users = (await client.createDevices('pair', PAIRS)).map(({ token }) => token);
  let lost = 0;
  const ours = async (given: Pick<PairsPlan, 'qos' | 'users' | 'seconds'>): Promise<PairsResult> => {
    const result = await load({ port: server.ports.broker, inFlight: IN_FLIGHT, ...given });
    lost += result.lost;
    return result;
  };
  const compared: Record<string, number> = {};
  let ratio = 0;
  for (const [pairs, qos] of [
    [1, 0],
    [1, 1],
    [PAIRS, 0],
    [PAIRS, 1],
  ] as const) {
    const given = { qos, users: users.slice(0, pairs), seconds };
    const theirs: number[] = [];
    const own: number[] = [];
    for (let i = 0; i < rounds; i += 1) {
      theirs.push((await load({ port: baseline.port, inFlight: IN_FLIGHT, ...given })).perSecond);
      own.push((await ours(given)).perSecond);
    }
    ratio = Number((median(own) / median(theirs)).toFixed(2));
    const name = `qos${qos}Pairs${pairs}`;
    compared[`${name}MessagesPerSecond`] = median(own);
    compared[`${name}Ratio`] = ratio;
    say(`QoS ${qos}, ${pairs} pairs: aedes ${median(theirs)}/s, broker listener ${median(own)}/s, ratio ${ratio}`);
  }
  const before = await ours({ qos: 1, users, seconds: memorySeconds / 10 });
  const earlyMb = Math.round(residentMb(server));
  const after = await ours({ qos: 1, users, seconds: memorySeconds });
  const endMb = Math.round(residentMb(server));
  say(`memory: ${earlyMb} MB after ${before.delivered} messages, ${endMb} MB after ${after.delivered} more; ${lost} lost`);
  const figures = { ...compared, memoryMessages: after.delivered, memoryEarlyMb: earlyMb, memoryEndMb: endMb, lost };
  const name = 'aedes as it is installed, in memory, without authentication; ratio of QoS 1 with 100 pairs';
  process.stdout.write(`${JSON.stringify({ bench: 'broker', ratio, baseline: name, figures })}\n`);
  if (lost > 0 || (!isSmoke && endMb - earlyMb > GROWTH_MB_MAX)) process.exitCode = 1;
} finally {
  baseline.stop();
  await stopServer(server, 'SIGKILL');
  await folder.remove();
}
