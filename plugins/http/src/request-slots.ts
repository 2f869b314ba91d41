/** Lets only so many requests of a node run at once; the others wait their turn, in order. */
export class RequestSlots {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  /** @param count 0 means no limit */
  constructor(count: number) {
    this.#free = count === 0 ? Number.POSITIVE_INFINITY : count;
  }

  async run<T>(request: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await request();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
