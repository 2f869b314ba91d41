import type { ProblemError } from '@fieldline/kernel';

export interface TurnLimits {
  readonly atOnce: number;
  readonly waitingMax: number;
  /** What those hear that are too many. */
  readonly busy: (limits: { readonly waitingMax: number }) => ProblemError;
}

/** Lets some calls run and others wait for their turn, in the order in which they came. */
export class Turns {
  readonly #limits: TurnLimits;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(limits: TurnLimits) {
    this.#limits = limits;
  }

  /**
   * @param mayBeRefused false for what is under way and would be lost
   * @throws `busy` where too many wait
   */
  async take<T>(run: () => Promise<T>, { mayBeRefused = true }: { readonly mayBeRefused?: boolean } = {}): Promise<T> {
    const { atOnce, waitingMax, busy } = this.#limits;
    if (this.#running < atOnce) this.#running += 1;
    else if (mayBeRefused && this.#waiting.length >= waitingMax) throw busy({ waitingMax });
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await run();
    } finally {
      // Whoever is next takes over the place that is left.
      const next = this.#waiting.shift() ?? ((): void => void (this.#running -= 1));
      next();
    }
  }
}
