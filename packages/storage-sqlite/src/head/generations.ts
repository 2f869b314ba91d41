/**
 * The points of the head come in generations: what is packed is the sealed one, while readings go on into the current one.
 * There are at most those two. Series learn of it when they are next looked at (`Series.settle`).
 */
export class Generations {
  current = 1;
  /** All generations up to this one are in the blocks, and gone from here. */
  dropped = 0;

  get hasSealed(): boolean {
    return this.dropped < this.current - 1;
  }

  /** What comes from now on is the next generation. The one before the current must be dropped. */
  seal(): void {
    this.current += 1;
  }

  /** The current generation, which is empty again, and the sealed one are one. */
  unseal(): void {
    this.current -= 1;
  }

  /** The sealed generation is in the blocks. */
  drop(): void {
    this.dropped = this.current - 1;
  }
}
