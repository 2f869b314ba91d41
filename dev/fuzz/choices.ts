import { seededRandom } from '../crash/seeded-random.js';

/** Random choices that a seed alone decides, so that a request can be made again. */
export class Choices {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** A whole number from 0 to `below` - 1. */
  int(below: number): number {
    return Math.floor(this.#random() * below);
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new Error('There must be something to pick from.');
    return list[this.int(list.length)] as T;
  }
}
