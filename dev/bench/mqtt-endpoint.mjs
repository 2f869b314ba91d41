// Measures the MQTT endpoint alone: node dev/bench/mqtt-endpoint.mjs [--connections 200] [--inflight 10]
// [--seconds 5] [--version 4] [--idle 10000] [--single] [--profile]. The server is a process of its own, the load comes from this one.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { generate } from 'mqtt-packet';

const option = (name, fallback) => (process.argv.includes(`--${name}`) ? Number(process.argv[process.argv.indexOf(`--${name}`) + 1]) : fallback);
const connections = option('connections', 200);
const inflight = option('inflight', 10);
const seconds = option('seconds', 5);
const protocolVersion = option('version', 4);
const idle = option('idle', 0);
// One write a message, as most client libraries do.
const isSingle = process.argv.includes('--single');

const folder = mkdtempSync(join(tmpdir(), 'mqtt-bench-'));
const outfile = join(folder, 'server.mjs');
await build({
  entryPoints: [fileURLToPath(new URL('mqtt-endpoint-server.mjs', import.meta.url))],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  conditions: ['source'],
  banner: { js: "import{createRequire as cr}from'node:module';const require=cr(import.meta.url);" },
});
const flags = process.argv.includes('--profile') ? ['--cpu-prof', `--cpu-prof-dir=${process.cwd()}`] : [];
const server = spawn(process.execPath, ['--expose-gc', ...flags, outfile], { stdio: ['pipe', 'pipe', 'inherit'] });
const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
const nextLine = async () => (await lines.next()).value;
const port = Number(await nextLine());
const report = async () => {
  server.stdin.write('?\n');
  return JSON.parse(await nextLine());
};
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const payload = (n) => Buffer.from(`{"temperature":${20 + (n % 10)}.5,"humidity":${40 + (n % 50)},"pressure":1013.25}`);
const connect = (n) =>
  generate({ cmd: 'connect', clientId: `c${n}`, username: `t${n}`, clean: true, keepalive: 0, protocolVersion }, { protocolVersion });

/** Keeps `inflight` messages under way: each acknowledgement is answered by one more message, all of a read in one write. */
function load(n) {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
    const packet = generate(
      { cmd: 'publish', topic: 'v1/devices/me/telemetry', qos: 1, messageId: 1, payload: payload(n), dup: false, retain: false },
      { protocolVersion },
    );
    const idAt = 2 + (packet[1] >= 128 ? 1 : 0) + 2 + 'v1/devices/me/telemetry'.length;
    const ring = Buffer.concat(Array.from({ length: inflight * 2 }, () => packet));
    const state = { acknowledged: 0, socket, isStopped: false };
    let id = 0;
    let isOpen = false;
    let odd = 0;
    const send = (count) => {
      for (let i = 0; i < count; i += 1) {
        id = (id % 65_535) + 1;
        ring.writeUInt16BE(id, i * packet.length + idAt);
      }
      // Copied, because the socket may keep it.
      socket.write(Buffer.from(ring.subarray(0, count * packet.length)));
    };
    state.start = () => send(inflight);
    socket.on('data', (chunk) => {
      if (!isOpen) {
        isOpen = true;
        resolve(state);
        return;
      }
      const bytes = odd + chunk.length;
      const acks = bytes >> 2;
      odd = bytes & 3;
      state.acknowledged += acks;
      if (state.isStopped || acks === 0) return;
      if (isSingle) for (let i = 0; i < acks; i += 1) send(1);
      else send(acks);
    });
    socket.on('error', reject);
    socket.write(connect(n));
  });
}

const started = await report();
if (idle > 0) {
  const sockets = [];
  for (let n = 0; n < idle; n += 1) {
    const socket = net.connect({ port, host: '127.0.0.1' });
    sockets.push(socket);
    socket.write(connect(n));
    if (n % 500 === 499) await sleep(50);
  }
  while ((await report()).stats.sessionsOpen < idle) await sleep(200);
  const now = await report();
  process.stdout.write(
    `${JSON.stringify({ idle, rssKbPerConnection: (now.rss - started.rss) / idle / 1024, heapKbPerConnection: (now.heapUsed - started.heapUsed) / idle / 1024 })}\n`,
  );
  for (const socket of sockets) socket.destroy();
} else {
  const clients = await Promise.all(Array.from({ length: connections }, (_, n) => load(n)));
  const total = () => clients.reduce((sum, client) => sum + client.acknowledged, 0);
  for (const client of clients) client.start();
  await sleep(1_500);
  const from = await report();
  const before = { at: performance.now(), count: total() };
  await sleep(seconds * 1_000);
  const after = { at: performance.now(), count: total() };
  const to = await report();
  const count = after.count - before.count;
  process.stdout.write(
    `${JSON.stringify({
      messagesPerSecond: Math.round((count / (after.at - before.at)) * 1_000),
      serverCpuUsPerMessage: Number(((to.cpuUs - from.cpuUs) / (to.messages - from.messages)).toFixed(3)),
      messagesPerBatch: Math.round((to.messages - from.messages) / (to.batches - from.batches)),
      residentMb: Math.round(to.rss / 1_048_576),
    })}\n`,
  );
  for (const client of clients) {
    client.isStopped = true;
    client.socket.destroy();
  }
}
server.stdin.end();
await new Promise((resolve) => server.once('exit', resolve));
rmSync(folder, { recursive: true, force: true });
