// npm run bench -- http [--smoke]
// How many telemetry requests a second the server answers over 100 keep-alive connections, every point durable before its 200, over
// what a bare Fastify route answers that only parses the JSON. Both are driven by the same load generator in the same run,
// alternating, and the ratio is that of the medians.
import { startServer, stopServer, temporaryFolder, TenantClient } from '@fieldline/e2e';
import type { HttpLoadPlan, HttpLoadResult } from './http-load.ts';
import { runLoad, startBaseline } from './processes.ts';

const isSmoke = process.argv.includes('--smoke');
const rounds = isSmoke ? 2 : 3;
const seconds = isSmoke ? 3 : 10;
const connections = 100;
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const round = (value: number): number => Number(value.toFixed(2));

const load = (plan: HttpLoadPlan): Promise<HttpLoadResult> => runLoad('http-load.ts', plan);

async function measure(ports: { readonly baseline: number; readonly ours: number }, tokens: readonly string[]) {
  const results = { baseline: [] as HttpLoadResult[], ours: [] as HttpLoadResult[] };
  const perSecond = ({ answered, seconds: taken }: HttpLoadResult): number => answered / taken;
  for (const port of [ports.baseline, ports.ours]) await load({ port, tokens, seconds: 2 });
  for (let i = 0; i < rounds; i += 1) {
    results.baseline.push(await load({ port: ports.baseline, tokens, seconds }));
    results.ours.push(await load({ port: ports.ours, tokens, seconds }));
    const [baseline, ours] = [results.baseline, results.ours].map((list) => Math.round(perSecond(list.at(-1) as HttpLoadResult)));
    say(`round ${i + 1}: Fastify ${baseline}/s, server ${ours}/s, p99 ${results.ours.at(-1)?.p99Ms} ms`);
  }
  const [baseline, ours] = [median(results.baseline.map(perSecond)), median(results.ours.map(perSecond))];
  const { p50Ms, p99Ms } = results.ours.at(-1) as HttpLoadResult;
  return { ratio: round(ours / baseline), figures: { requestsPerSecond: Math.round(ours), baselinePerSecond: Math.round(baseline), p50Ms, p99Ms } };
}

const folder = await temporaryFolder('bench-http');
const baseline = await startBaseline('fastify-bare.ts');
try {
  const server = await startServer(folder.path);
  try {
    const client = await TenantClient.signIn(server.ports.http);
    const devices = await client.createDevices('http', connections);
    const tokens = devices.map(({ token }) => token);
    const measured = await measure({ baseline: baseline.port, ours: server.ports.http }, tokens);
    process.stdout.write(`${JSON.stringify({ bench: 'http', baseline: 'bare Fastify route, JSON parsed, nothing stored', ...measured })}\n`);
  } finally {
    await stopServer(server, 'SIGKILL');
  }
} finally {
  baseline.stop();
  await folder.remove();
}
