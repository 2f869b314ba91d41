import type { Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import { BATCH_BYTES_MAX } from './limits.js';
import type { RawUplink } from './uplink-batch.js';
import { UplinkBatch } from './uplink-batch.js';

/** Where gathered uplinks go: `accept` of the device gateway. */
export interface UplinkSink {
  accept(uplinks: ArrayBuffer, count: number): Promise<{ readonly problems: ReadonlyMap<number, Problem> }>;
}

/** Told once what became of an uplink: nothing where it is stored, else why not. Must not throw. */
export type UplinkSettled = (problem: Problem | undefined) => void;

/**
 * Gathers the uplinks that arrive within one turn of the event loop and hands them over as one batch, in the
 * order of arrival. For transports without a read cycle of their own (HTTP, CoAP).
 */
export class UplinkGatherer {
  readonly #sink: UplinkSink;
  readonly #schedule: (flush: () => void) => void;
  readonly #batch = new UplinkBatch();
  #waiting: UplinkSettled[] = [];
  #inFlight = 0;
  #batches = 0;
  #drained: (() => void)[] = [];

  /** @param schedule calls `flush` when the current turn of the event loop is over */
  constructor(sink: UplinkSink, schedule: (flush: () => void) => void) {
    this.#sink = sink;
    this.#schedule = schedule;
  }

  /** Uplinks that were added and not settled yet. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Batches handed over so far. */
  get batches(): number {
    return this.#batches;
  }

  /** Takes an uplink; the payload is copied. */
  add(uplink: Omit<RawUplink, 'payload'>, payload: Uint8Array, settled: UplinkSettled): void {
    this.#batch.add(uplink, payload);
    this.#waiting.push(settled);
    this.#inFlight += 1;
    if (this.#batch.byteLength >= BATCH_BYTES_MAX) this.flush();
    else if (this.#waiting.length === 1) this.#schedule(() => this.flush());
  }

  /** Hands over what was gathered so far. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    const { uplinks, count } = this.#batch.take();
    this.#waiting = [];
    this.#batches += 1;
    this.#sink.accept(uplinks, count).then(
      ({ problems }) => this.#settle(waiting, (place) => problems.get(place)),
      (error: unknown) => {
        const problem = problemOf(error);
        this.#settle(waiting, () => problem);
      },
    );
  }

  /** Hands over what was gathered and resolves when nothing is in flight. */
  drain(): Promise<void> {
    this.flush();
    if (this.#inFlight === 0) return Promise.resolve();
    return new Promise((resolve) => this.#drained.push(resolve));
  }

  #settle(waiting: readonly UplinkSettled[], problemAt: (place: number) => Problem | undefined): void {
    waiting.forEach((settled, place) => settled(problemAt(place)));
    this.#inFlight -= waiting.length;
    if (this.#inFlight > 0) return;
    for (const resolve of this.#drained.splice(0)) resolve();
  }
}
