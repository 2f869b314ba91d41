/** Lets a few through at once and the others in their turn, as long as not too many wait. */
export class Turns {
  readonly #atOnce: number;
  readonly #waitingMax: number;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;

  constructor({ atOnce, waitingMax }: { readonly atOnce: number; readonly waitingMax: number }) {
    this.#atOnce = atOnce;
    this.#waitingMax = waitingMax;
  }

  /** True where nobody more may wait. */
  get isFull(): boolean {
    return this.#waiting.length >= this.#waitingMax;
  }

  async take<T>(act: () => Promise<T>): Promise<T> {
    if (this.#taken >= this.#atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#taken += 1;
    try {
      return await act();
    } finally {
      // The place goes to whoever waits longest.
      const next = this.#waiting.shift();
      if (next === undefined) this.#taken -= 1;
      else next();
    }
  }
}
