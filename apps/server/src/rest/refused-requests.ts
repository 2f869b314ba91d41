import type { Clock, Log } from '@fieldline/kernel';
import { REFUSALS_TOLD_EVERY_MS } from './limits.js';

/** A request that was refused for lack of room or time. */
interface Refused {
  readonly method: string;
  readonly path: string;
  /** Code of the refusal. */
  readonly code: string;
  readonly error: unknown;
}

/**
 * Tells the operator of refusals, which come in floods when they come: the first of a code at once, then one line for as many as
 * there were meanwhile. Events: `request-refused` (warn).
 */
export class RefusedRequests {
  readonly #clock: Clock;
  readonly #log: Log;
  /** By code, of which there are as many as the program declares. */
  readonly #said = new Map<string, { count: number; untilMs: number }>();

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  add(refused: Refused): void {
    const nowMs = this.#clock.monotonicMs();
    const said = this.#said.get(refused.code) ?? { count: 0, untilMs: 0 };
    said.count += 1;
    this.#said.set(refused.code, said);
    if (said.untilMs > nowMs) return;
    this.#log.warn('request-refused', { ...refused, requests: said.count });
    said.count = 0;
    said.untilMs = nowMs + REFUSALS_TOLD_EVERY_MS;
  }
}
