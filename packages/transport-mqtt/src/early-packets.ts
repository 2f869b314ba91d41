import { Framer, UNREADABLE } from './framer.js';
import type { MqttLimits } from './limits.js';

/** What arrived behind a CONNECT before its result was known: kept as it came, and counted (device-api.md §3.4). */
export class EarlyPackets {
  readonly #limits: Pick<MqttLimits, 'earlyPacketsMax' | 'earlyBytesMax'>;
  readonly #framer: Framer;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #packets = 0;

  constructor(limits: Pick<MqttLimits, 'earlyPacketsMax' | 'earlyBytesMax' | 'packetBytesMax'>) {
    this.#limits = limits;
    this.#framer = new Framer(limits.packetBytesMax);
  }

  /** @returns false where this is no MQTT */
  add(chunk: Buffer): boolean {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    return this.#framer.cut(chunk, 0, { packet: () => this.#count() }) !== UNREADABLE;
  }

  get areTooMany(): boolean {
    return this.#packets > this.#limits.earlyPacketsMax;
  }

  get areTooLarge(): boolean {
    return this.#bytes > this.#limits.earlyBytesMax;
  }

  /** Everything kept, in order. */
  all(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  #count(): boolean {
    this.#packets += 1;
    return true;
  }
}
