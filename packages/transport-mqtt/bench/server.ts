import type { Clock, EpochMs } from '@fieldline/kernel';
import { silentLog } from '@fieldline/kernel';
import type { DeviceGateway, DeviceSession } from '@fieldline/ports';
import { mqttTransport } from '../src/index.js';

// The endpoint with a gateway that stores nothing and answers at once: what is left is the cost of the endpoint.
// Prints its port; on each line of standard input prints CPU time, memory and counters as JSON.

let handle = 0;
let batches = 0;
let messages = 0;
const gateway: DeviceGateway = {
  isFull: false,
  authenticate: () => Promise.resolve({ handle: (handle += 1), deviceId: `d${handle}`, profile: { profileData: {} } } as unknown as DeviceSession),
  accept(_uplinks, count) {
    batches += 1;
    messages += count;
    return Promise.resolve({ problems: new Map() });
  },
  onRoom: () => undefined,
  closed: () => undefined,
  onRevoked: () => undefined,
};
const clock: Clock = {
  nowMs: () => Date.now() as EpochMs,
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
