/** A connection that waits until the intake has room. */
export interface Waiting {
  resumeReading(): void;
}

/**
 * Lets connections read again after the intake was full: in the order in which they were stopped and a few a turn
 * of the event loop, so that those at the end get their share before those at the front come again.
 */
export class RoomQueue {
  readonly #isFull: () => boolean;
  readonly #perTurn: number;
  readonly #waiting = new Set<Waiting>();
  #isScheduled = false;

  constructor(isFull: () => boolean, perTurn: number) {
    this.#isFull = isFull;
    this.#perTurn = perTurn;
  }

  add(connection: Waiting): void {
    this.#waiting.add(connection);
    // Room may have come between the check and now, and nobody would say so again.
    this.room();
  }

  delete(connection: Waiting): void {
    this.#waiting.delete(connection);
  }

  /** There may be room again. */
  room(): void {
    if (this.#isScheduled || this.#waiting.size === 0 || this.#isFull()) return;
    this.#isScheduled = true;
    setImmediate(this.#resumeSome);
  }

  readonly #resumeSome = (): void => {
    this.#isScheduled = false;
    let left = this.#perTurn;
    for (const connection of this.#waiting) {
      if (left === 0 || this.#isFull()) break;
      left -= 1;
      this.#waiting.delete(connection);
      connection.resumeReading();
    }
    this.room();
  };
}
