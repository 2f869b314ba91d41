import type { Clock } from './time.js';

export interface TurnLimits {
  /** Calls that run at once. */
  readonly atOnce: number;
  /** Calls that may wait. */
  readonly waitingMax: number;
  /** How long one may wait; for ever where it is absent. It is looked at whenever a call ends. */
  readonly wait?: { readonly maxMs: number; readonly clock: Pick<Clock, 'monotonicMs'> } | undefined;
}

interface Waiting {
  readonly sinceMs: number;
  /** Absent for one that is not refused. */
  readonly refuse: (() => void) | undefined;
  readonly go: () => void;
}

/** Lets some calls run and others wait for their turn, in the order in which they came. */
export class Turns {
  readonly #limits: TurnLimits;
  readonly #waiting: Waiting[] = [];
  #running = 0;

  constructor(limits: TurnLimits) {
    this.#limits = limits;
  }

  /**
   * Runs the call when it is its turn.
   *
   * @param busy what it fails with where too many wait, or it waited too long; absent for what is under way and would be lost
   */
  async take<T>(run: () => Promise<T>, busy?: () => Error): Promise<T> {
    const { atOnce, waitingMax } = this.#limits;
    if (this.#running < atOnce) this.#running += 1;
    else if (busy !== undefined && this.#waiting.length >= waitingMax) throw busy();
    else await this.#turn(busy);
    try {
      return await run();
    } finally {
      this.#leave();
    }
  }

  #turn(busy: (() => Error) | undefined): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const refuse = busy === undefined ? undefined : (): void => reject(busy());
    this.#waiting.push({ sinceMs: this.#nowMs(), refuse, go: resolve });
    return promise;
  }

  #leave(): void {
    const lastMs = this.#nowMs() - (this.#limits.wait?.maxMs ?? Infinity);
    let next = this.#waiting.shift();
    for (; next?.refuse !== undefined && next.sinceMs < lastMs; next = this.#waiting.shift()) next.refuse();
    // Whoever is next takes over the place that is left.
    if (next === undefined) this.#running -= 1;
    else next.go();
  }

  #nowMs(): number {
    return this.#limits.wait?.clock.monotonicMs() ?? 0;
  }
}
