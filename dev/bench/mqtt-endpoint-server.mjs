import { silentLog } from '@fieldline/kernel';
import { mqttTransport } from '@fieldline/transport-mqtt';

// The endpoint with a gateway that stores nothing and answers at once: what is left is the cost of the endpoint.
// With COMMIT_MS it answers all batches of that time at once, as a store with group commit does.
// Prints its port; on each line of standard input prints CPU time, memory and counters as JSON.

const commitMs = Number(process.env['COMMIT_MS'] ?? 0);
let waiting = [];
const commit = () => {
  const stored = waiting;
  waiting = [];
  for (const resolve of stored) resolve();
};
let handle = 0;
let batches = 0;
let messages = 0;
const gateway = {
  isFull: false,
  authenticate: () => Promise.resolve({ handle: (handle += 1), deviceId: `d${handle}`, profile: { profileData: {} } }),
  accept(_uplinks, count) {
    batches += 1;
    messages += count;
    if (commitMs === 0) return Promise.resolve({ problems: new Map() });
    if (waiting.length === 0) setTimeout(commit, commitMs);
    return new Promise((resolve) => waiting.push(() => resolve({ problems: new Map() })));
  },
  onRoom: () => undefined,
  closed: () => undefined,
  onRevoked: () => undefined,
};
const clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(_name, delayMs, fn) {
    const timer = setTimeout(fn, delayMs);
    return () => clearTimeout(timer);
  },
};
const transport = mqttTransport({ gateway, host: '127.0.0.1', port: 0, clock, log: silentLog, isKaaEnabled: true });
process.stdout.write(`${await transport.listen()}\n`);
process.stdin.on('data', () => {
  const { user, system } = process.cpuUsage();
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  process.stdout.write(`${JSON.stringify({ cpuUs: user + system, rss, heapUsed, batches, messages, stats: transport.stats() })}\n`);
});
process.stdin.on('end', () => process.exit(0));
