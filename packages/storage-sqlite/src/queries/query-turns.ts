import { queryErrors } from '@fieldline/ports';

/** Lets some queries run and others wait for their turn, in the order in which they came. */
export class QueryTurns {
  readonly #runningMax: number;
  readonly #waitingMax: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(runningMax: number, waitingMax: number) {
    this.#runningMax = runningMax;
    this.#waitingMax = waitingMax;
  }

  /** @throws QUERY_BUSY */
  async take<T>(run: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#runningMax) await this.#turn();
    else this.#running += 1;
    try {
      return await run();
    } finally {
      const next = this.#waiting.shift();
      // Whoever is next takes over the place that is left.
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }

  #turn(): Promise<void> {
    if (this.#waiting.length >= this.#waitingMax) throw queryErrors.BUSY({ waitingMax: this.#waitingMax });
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
