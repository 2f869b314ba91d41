// A device that counts, and goes on after its connection was lost: what was not acknowledged it sends again.
import { connect, type MqttClient } from 'mqtt';

/** First time stamp; readings are a millisecond apart, so that each is a point of its own. */
const START_MS = 1_700_000_000_000;
const RECONNECT_MS = 100;

export class PersistentDevice {
  readonly id: string;
  readonly name: string;
  /** How long each reading waited for its acknowledgement, in milliseconds, by its number. */
  readonly acknowledged = new Map<number, number>();
  readonly #client: MqttClient;
  #next = 0;

  constructor(device: { readonly id: string; readonly token: string }, port: number) {
    this.id = device.id;
    this.name = device.token;
    const options = { username: device.token, clientId: device.token, protocolVersion: 4, reconnectPeriod: RECONNECT_MS } as const;
    this.#client = connect(`mqtt://127.0.0.1:${port}`, options);
    // It tries again by itself.
    this.#client.on('error', () => undefined);
  }

  /** Times within which the readings lie, for a count of what is stored. */
  get span(): { readonly startMs: number; readonly endMs: number } {
    return { startMs: START_MS, endMs: START_MS + this.#next };
  }

  /** Sends so many readings, `inFlight` at a time, and resolves when all of them are acknowledged. `pauseMs` lies behind each acknowledgement. */
  async send(count: number, { inFlight, pauseMs = 0 }: { readonly inFlight: number; readonly pauseMs?: number }): Promise<void> {
    const end = this.#next + count;
    const lane = async (): Promise<void> => {
      while (this.#next < end) {
        await this.#publish(this.#next++);
        if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    };
    await Promise.all(Array.from({ length: inFlight }, lane));
  }

  async end(): Promise<void> {
    await this.#client.endAsync(true);
  }

  async #publish(n: number): Promise<void> {
    const sentAt = performance.now();
    const reading = JSON.stringify({ ts: START_MS + n, values: { n, device: this.name } });
    await this.#client.publishAsync('v1/devices/me/telemetry', reading, { qos: 1 });
    this.acknowledged.set(n, performance.now() - sentAt);
  }
}

/** Resolves when the devices have so many acknowledgements together. @throws an Error where readings stop flowing */
export async function acknowledgedInAll(devices: readonly PersistentDevice[], count: number, stalledMs = 30_000): Promise<void> {
  let last = 0;
  let lastAt = performance.now();
  for (;;) {
    const now = devices.reduce((sum, device) => sum + device.acknowledged.size, 0);
    if (now >= count) return;
    if (now > last) [last, lastAt] = [now, performance.now()];
    if (performance.now() - lastAt > stalledMs) throw new Error(`readings stopped flowing after ${now}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
