import { historyErrors } from '@fieldline/ports';

interface Waiting {
  readonly go: () => void;
  readonly fail: (error: Error) => void;
}

/** Lets so many reads be under way, and others wait, in the order in which they came. */
export class ReadTurns {
  readonly #atOnceMax: number;
  readonly #waitingMax: number;
  readonly #waiting = new Set<Waiting>();
  #underWay = 0;

  constructor(atOnceMax: number, waitingMax: number) {
    this.#atOnceMax = atOnceMax;
    this.#waitingMax = waitingMax;
  }

  /**
   * Resolves when it is the turn of the caller, who then has to `leave`.
   *
   * @throws HISTORY_BUSY; HISTORY_ABANDONED  the signal came first
   */
  async take(signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted === true) throw historyErrors.ABANDONED();
    if (this.#underWay < this.#atOnceMax) {
      this.#underWay += 1;
      return;
    }
    if (this.#waiting.size >= this.#waitingMax) throw historyErrors.BUSY({ waitingMax: this.#waitingMax });
    const turn = Promise.withResolvers<void>();
    const waiting = { go: turn.resolve, fail: turn.reject };
    const abandon = (): void => {
      if (this.#waiting.delete(waiting)) turn.reject(historyErrors.ABANDONED());
    };
    this.#waiting.add(waiting);
    signal?.addEventListener('abort', abandon);
    await turn.promise.finally(() => signal?.removeEventListener('abort', abandon));
  }

  leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#underWay -= 1;
      return;
    }
    // Whoever is next takes over the place that is left.
    this.#waiting.delete(next);
    next.go();
  }

  /** Ends the waiting of all. */
  abandonAll(): void {
    for (const { fail } of this.#waiting) fail(historyErrors.ABANDONED());
    this.#waiting.clear();
  }
}
