// npm run bench -- live [--smoke] [--full]
// How many updates a second reach subscribers of one server: devices send over MQTT while 500 sockets watch them, ten each, and every
// update is checked by the socket that gets it; merged ones count once. Then the same with a reader that stopped reading: what others
// get, and how late a reading arrives, must not change. Then sockets that come and go: what memory they leave behind.
import { residentMb, startServer, stopServer, temporaryFolder, TenantClient, type RunningServer } from '@fieldline/e2e';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { LiveReadersPlan, LiveReadersResult } from './live-readers.ts';
import { startProbe } from './live-probe.ts';
import type { LoadPlan, LoadResult } from './mqtt-load.ts';
import { runLoad } from './processes.ts';

const isSmoke = process.argv.includes('--smoke');
const isFull = process.argv.includes('--full');
const seconds = isSmoke ? 3 : 10;
const sockets = 500;
const socketsADevice = 10;
/** Messages a second that devices are to send: each becomes ten updates. */
const rates = isSmoke ? [8_000] : [6_000, 12_000, 20_000];
const churn = isSmoke ? { sockets: 200, rounds: 4 } : { sockets: 1_000, rounds: isFull ? 100 : 20 };
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Readers in a process of their own; `end` gives what they saw. */
async function startReaders(plan: LiveReadersPlan): Promise<{ end(): Promise<LiveReadersResult> }> {
  const child = spawn(process.execPath, [here('live-readers.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('the readers failed');
    return String(value);
  };
  child.stdin.write(`${JSON.stringify(plan)}\n`);
  await next();
  return {
    async end() {
      child.stdin.end('end\n');
      return JSON.parse(await next()) as LiveReadersResult;
    },
  };
}

interface World {
  readonly server: RunningServer;
  readonly client: TenantClient;
  readonly devices: readonly { readonly id: string; readonly token: string }[];
}

let startMs = 1_700_000_000_000;

/** One round: what the sockets got a second, and how late a reading of another device arrived meanwhile. */
async function round({ server, client, devices }: World, rate: number, frozen: number) {
  // Later than everything before, so that each round is new to the sockets.
  startMs += 1_000_000_000;
  const deviceIds = Array.from({ length: sockets }, (_, place) => devices[Math.floor(place / socketsADevice)]?.id as string);
  const shared = { port: server.ports.http, jwt: client.token, key: 'temperature', startMs, churns: 0 };
  const half = sockets / 2;
  const readers = [
    await startReaders({ ...shared, deviceIds: deviceIds.slice(0, half), frozen }),
    await startReaders({ ...shared, deviceIds: deviceIds.slice(half), frozen: 0 }),
  ];
  const probe = await startProbe(server, client, devices.at(-1) as World['devices'][number]);
  const tokens = devices.slice(0, sockets / socketsADevice).map(({ token }) => token);
  const sent = await runLoad<LoadResult>('mqtt-load.ts', {
    port: server.ports.mqtt,
    tokens,
    inFlight: 200,
    messages: 1e9,
    seconds,
    rate,
    form: 'timed',
    startMs,
    sampleLatency: false,
  } satisfies LoadPlan);
  const seen = await Promise.all(readers.map((reader) => reader.end()));
  const delayP99Ms = await probe.end();
  const updates = seen.reduce((sum, one) => sum + one.updates, 0);
  const faults = seen.reduce((sum, one) => sum + one.faults, 0);
  const result = {
    updatesPerSecond: Math.round(updates / sent.seconds),
    wantedPerSecond: Math.round((sent.acknowledged * socketsADevice) / sent.seconds),
    delayP99Ms,
    faults,
  };
  say(`${rate} messages/s, ${frozen} frozen: ${JSON.stringify(result)}`);
  return result;
}

/** Memory of the server after the first tenth of the rounds, and after all of them. */
async function comeAndGo({ server, client, devices }: World): Promise<{ afterTenthMb: number; afterAllMb: number }> {
  const deviceIds = Array.from({ length: churn.sockets }, (_, place) => devices[place % devices.length]?.id as string);
  const plan = { port: server.ports.http, jwt: client.token, key: 'temperature', startMs, frozen: 0, deviceIds };
  const rounds = async (churns: number): Promise<number> => {
    await (await startReaders({ ...plan, churns })).end();
    return Math.round(residentMb(server));
  };
  const tenth = Math.max(1, Math.round(churn.rounds / 10));
  const afterTenthMb = await rounds(tenth);
  const afterAllMb = await rounds(churn.rounds - tenth);
  say(`${churn.sockets} sockets opened and closed ${churn.rounds} times: ${afterTenthMb} MB after a tenth of it, ${afterAllMb} MB at the end`);
  return { afterTenthMb, afterAllMb };
}

const folder = await temporaryFolder('bench-live');
try {
  const server = await startServer(folder.path);
  try {
    const client = await TenantClient.signIn(server.ports.http);
    const world: World = { server, client, devices: await client.createDevices('live', sockets / socketsADevice + 1) };
    await round(world, rates[0] as number, 0);
    const rounds: Awaited<ReturnType<typeof round>>[] = [];
    for (const rate of rates) rounds.push(await round(world, rate, 0));
    const best = rounds.reduce((a, b) => (b.updatesPerSecond > a.updatesPerSecond ? b : a));
    const calm = rounds[0] as typeof best;
    const withFrozen = await round(world, rates[0] as number, 1);
    const figures = {
      updatesPerSecond: best.updatesPerSecond,
      delayP99Ms: calm.delayP99Ms,
      withFrozenPerSecond: withFrozen.updatesPerSecond,
      withFrozenDelayP99Ms: withFrozen.delayP99Ms,
      faults: [...rounds, withFrozen].reduce((sum, { faults }) => sum + faults, 0),
      ...(await comeAndGo(world)),
    };
    const ratio = Number((withFrozen.updatesPerSecond / calm.updatesPerSecond).toFixed(2));
    process.stdout.write(`${JSON.stringify({ bench: 'live', ratio, baseline: 'the same without a frozen reader', figures })}\n`);
    if (figures.faults > 0) process.exitCode = 1;
  } finally {
    await stopServer(server, 'SIGKILL');
  }
} finally {
  await folder.remove();
}
