/** Packet ids of QoS 1 packets sent to a client: they count up from 1, and one in use is not given again. */
export class SentWindow {
  readonly #unansweredMax: number;
  readonly #unanswered = new Set<number>();
  #last = 0;

  constructor(unansweredMax: number) {
    this.#unansweredMax = unansweredMax;
  }

  /** The next id; 0 while the client has as many unanswered as it may, and QoS 0 must do. */
  next(): number {
    if (this.#unanswered.size >= this.#unansweredMax) return 0;
    do this.#last = this.#last === 0xffff ? 1 : this.#last + 1;
    while (this.#unanswered.has(this.#last));
    this.#unanswered.add(this.#last);
    return this.#last;
  }

  answered(packetId: number): void {
    this.#unanswered.delete(packetId);
  }
}
