import type { Clock } from '@fieldline/kernel';
import { epochMs } from '@fieldline/kernel';

/** Turns of the event loop that nothing may happen in before a chain counts as at rest. */
const QUIET_TURNS = 12;

/** A clock that stands until it is moved; timers fire in their order as it passes them. */
export class StepClock implements Clock {
  #nowMs: number;
  #timers: { readonly atMs: number; readonly fn: () => void }[] = [];

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  nowMs = () => epochMs(this.#nowMs);
  monotonicMs = () => this.#nowMs;
  after(_name: string, delayMs: number, fn: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, fn };
    this.#timers.push(timer);
    return () => void (this.#timers = this.#timers.filter((other) => other !== timer));
  }

  async advanceMs(durationMs: number): Promise<void> {
    const untilMs = this.#nowMs + durationMs;
    await quiet();
    for (;;) {
      const next = this.#timers.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.fn();
      await quiet();
    }
    this.#nowMs = untilMs;
  }
}

/** Lets everything happen that waits for nothing outside. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < QUIET_TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
