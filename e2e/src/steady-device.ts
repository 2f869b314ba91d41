// A device that sends one reading after the other and knows which of them were acknowledged: the other device of
// every test in which somebody misbehaves.
import { connectAsync, type MqttClient } from 'mqtt';
import { readFileSync } from 'node:fs';
import type { RunningServer, TenantClient } from './server-under-test.js';

/** First time stamp of a steady device; readings are a millisecond apart, so that each is a point of its own. */
const START_MS = 1_700_000_000_000;

export class SteadyDevice {
  readonly #client: MqttClient;
  readonly #id: string;
  #acknowledged = 0;
  #isStopping = false;
  #slowestMs = 0;
  readonly #done: Promise<void>;

  private constructor(client: MqttClient, id: string, inFlight: number) {
    this.#client = client;
    this.#id = id;
    // An error ends the connection, and the readings then fail.
    client.on('error', () => undefined);
    const lanes = Array.from({ length: inFlight }, (_, lane) => this.#send(lane, inFlight));
    this.#done = Promise.all(lanes).then(() => undefined);
    // Whoever stops the device hears of a failure.
    this.#done.catch(() => undefined);
  }

  /** Begins to send, with `inFlight` readings that wait for their acknowledgement at a time. */
  static async start(server: RunningServer, device: { id: string; token: string }, inFlight = 1): Promise<SteadyDevice> {
    const url = `mqtt://127.0.0.1:${server.ports.mqtt}`;
    return new SteadyDevice(await connectAsync(url, { username: device.token, reconnectPeriod: 0 }), device.id, inFlight);
  }

  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** Waits for this many more acknowledgements. */
  async more(count: number): Promise<void> {
    const goal = this.#acknowledged + count;
    const giveUpAt = Date.now() + 30_000;
    while (this.#acknowledged < goal) {
      if (Date.now() > giveUpAt) throw new Error(`readings stopped flowing after ${this.#acknowledged}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Ends, and gives the longest wait for an acknowledgement. @throws where a reading was not acknowledged */
  async stop(): Promise<{ slowestMs: number }> {
    this.#isStopping = true;
    await this.#done;
    await this.#client.endAsync();
    return { slowestMs: this.#slowestMs };
  }

  /** Gives up at once; what was on its way may or may not be stored. */
  abandon(): void {
    this.#isStopping = true;
    this.#client.end(true);
  }

  /** Readings of this device that are stored. */
  stored(client: TenantClient): Promise<number> {
    return client.count(this.#id, 'n', START_MS, START_MS + 10_000_000);
  }

  async #send(lane: number, lanes: number): Promise<void> {
    for (let n = lane; !this.#isStopping; n += lanes) {
      const sentAt = performance.now();
      await this.#client.publishAsync('v1/devices/me/telemetry', JSON.stringify({ ts: START_MS + n, values: { n } }), { qos: 1 });
      this.#slowestMs = Math.max(this.#slowestMs, performance.now() - sentAt);
      this.#acknowledged += 1;
      // A pause leaves the processor to whoever misbehaves.
      if (lanes === 1) await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
}

/** Resident memory of a server, MB. */
export function residentMb(server: RunningServer): number {
  const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${server.process.pid}/status`, 'utf8'));
  if (line === null) throw new Error('the process has no resident memory');
  return Number(line[1]) / 1024;
}
