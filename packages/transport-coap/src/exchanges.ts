import type { Clock } from '@fieldline/kernel';
import type { CoapLimits } from './limits.js';

/** A request message and what was sent back under its message id. */
export interface Exchange {
  readonly startedMs: number;
  /** Stands for the bytes of the request: a repeat has the same. */
  readonly hash: number;
  /** The last datagram sent under the message id: an empty acknowledgement, or the answer itself. */
  reply: Buffer | undefined;
}

/**
 * Remembers which messages were taken, so that a repeated one is not taken twice (RFC 7252 §4.5). The
 * library does this only for requests it has answered already, and for them by message id alone: a device
 * that counts from the same id again after a restart would get the old answer, and lose the reading.
 */
export class Exchanges {
  readonly #clock: Clock;
  readonly #limits: CoapLimits;
  /** Oldest first. */
  readonly #exchanges = new Map<string, Exchange>();

  constructor(clock: Clock, limits: CoapLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  get size(): number {
    return this.#exchanges.size;
  }

  /** The exchange that this message repeats, if it does. */
  repeated(key: string, hash: number): Exchange | undefined {
    const found = this.#exchanges.get(key);
    if (found?.hash !== hash) return undefined;
    return this.#clock.monotonicMs() - found.startedMs < this.#limits.exchangeLifetimeMs ? found : undefined;
  }

  begin(key: string, hash: number): void {
    const nowMs = this.#clock.monotonicMs();
    for (const [oldKey, { startedMs }] of this.#exchanges) {
      const isDue = nowMs - startedMs >= this.#limits.exchangeLifetimeMs || this.#exchanges.size >= this.#limits.exchangesMax;
      if (!isDue) break;
      this.#exchanges.delete(oldKey);
    }
    this.#exchanges.delete(key);
    this.#exchanges.set(key, { startedMs: nowMs, hash, reply: undefined });
  }

  /** Keeps what was sent under a message id, for a repeat of the request. */
  replied(key: string, reply: Buffer): void {
    const exchange = this.#exchanges.get(key);
    if (exchange !== undefined) exchange.reply = reply;
  }
}
