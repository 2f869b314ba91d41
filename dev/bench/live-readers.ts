// Readers of the benchmark of live updates, run as a process of its own: sockets that each watch one device, and check that what they
// get is of that device and newer than what they had: the times of a device's points count up by one.
// Input: one JSON line of LiveReadersPlan on standard input, then `end`. Output: `{"ready":true}`, and after `end` one line of LiveReadersResult.
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';

export interface LiveReadersPlan {
  readonly port: number;
  readonly jwt: string;
  /** The device that each socket watches. */
  readonly deviceIds: readonly string[];
  readonly key: string;
  /** Times of points begin here. */
  readonly startMs: number;
  /** So many of the sockets read nothing after their subscription was answered. */
  readonly frozen: number;
  /** Open and close all sockets so many times, and nothing else. */
  readonly churns: number;
}

export interface LiveReadersResult {
  /** Updates that arrived at those that read; merged ones count once. */
  readonly updates: number;
  readonly frames: number;
  /** Of those that read: how often one got something older than it had, or nothing at all. */
  readonly faults: number;
}

interface Frame {
  readonly errorCode: number;
  readonly errorMsg: string | null;
  readonly data: Readonly<Record<string, readonly (readonly [number, string | null])[]>> | null;
}

class Reader {
  updates = 0;
  frames = 0;
  faults = 0;
  readonly ready: Promise<void>;
  readonly #plan: LiveReadersPlan;
  readonly #socket: WebSocket;
  #newestMs: number;

  constructor(plan: LiveReadersPlan, deviceId: string, isFrozen: boolean) {
    const { port, jwt, key, startMs } = plan;
    this.#plan = plan;
    this.#newestMs = startMs - 1;
    this.#socket = new WebSocket(`ws://127.0.0.1:${port}/api/ws`, { perMessageDeflate: false });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.ready = promise;
    this.#socket.on('open', () => {
      const command = { cmdId: 1, type: 'TIMESERIES', entityType: 'DEVICE', entityId: deviceId, scope: 'LATEST_TELEMETRY', keys: key };
      this.#socket.send(JSON.stringify({ authCmd: { cmdId: 0, token: jwt }, cmds: [command] }));
    });
    this.#socket.on('error', reject);
    this.#socket.on('message', (text: Buffer) => {
      this.#take(JSON.parse(String(text)) as Frame);
      resolve();
      if (isFrozen) this.#socket.pause();
    });
  }

  close(): Promise<void> {
    // The server closes one that reads nothing.
    if (this.#socket.readyState === WebSocket.CLOSED) return Promise.resolve();
    return new Promise((resolve) => {
      this.#socket.once('close', () => resolve());
      this.#socket.terminate();
    });
  }

  #take({ data, errorCode, errorMsg }: Frame): void {
    if (errorCode !== 0) throw new Error(`the server answered ${errorMsg}`);
    this.frames += 1;
    // A key that has no value yet is told with the time of now.
    const points = (data?.[this.#plan.key] ?? []).filter(([, value]) => value !== null);
    const newestMs = Math.max(...points.map(([tsMs]) => tsMs));
    if (points.length === 0 || newestMs < this.#plan.startMs) return;
    if (newestMs <= this.#newestMs) this.faults += 1;
    this.#newestMs = newestMs;
    this.updates += points.length;
  }
}

async function opened(plan: LiveReadersPlan): Promise<Reader[]> {
  const readers = plan.deviceIds.map((deviceId, place) => new Reader(plan, deviceId, place < plan.frozen));
  await Promise.all(readers.map(({ ready }) => ready));
  return readers;
}

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const plan = JSON.parse(String((await lines.next()).value)) as LiveReadersPlan;
for (let n = 0; n < plan.churns; n += 1) await Promise.all((await opened(plan)).map((reader) => reader.close()));
const readers = plan.churns > 0 ? [] : await opened(plan);
process.stdout.write('{"ready":true}\n');
await lines.next();
const reading = readers.slice(plan.frozen);
const sum = (of: (reader: Reader) => number): number => reading.reduce((all, reader) => all + of(reader), 0);
const result: LiveReadersResult = {
  updates: sum(({ updates }) => updates),
  frames: sum(({ frames }) => frames),
  faults: sum(({ faults, updates }) => faults + (updates === 0 ? 1 : 0)),
};
process.stdout.write(`${JSON.stringify(result)}\n`);
await Promise.all(readers.map((reader) => reader.close()));
// Standard input stays open as long as the benchmark runs.
process.exit(0);
