/**
 * Picks one of so many, counting. The distances between picks vary around the mean by a fixed sequence: with equal ones,
 * devices that report in turn would have the same of them picked for ever.
 */
export class Sampler {
  readonly #every: number;
  #left: number;
  #phase = 0;

  /** @param every mean distance between picks; 1 picks all, 0 none */
  constructor(every: number) {
    this.#every = every;
    this.#left = every;
  }

  next(): boolean {
    if (this.#every === 0) return false;
    this.#left -= 1;
    if (this.#left > 0) return false;
    this.#phase = (this.#phase + GOLDEN_FRACTION) % 1;
    this.#left = Math.max(1, Math.round(this.#every * (0.5 + this.#phase)));
    return true;
  }
}

/** Steps of the golden ratio spread evenly over 0 to 1 and never repeat. */
const GOLDEN_FRACTION = 0.618_033_988_749_895;
