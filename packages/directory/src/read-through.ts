interface Kept<T> {
  readonly value: Promise<T>;
  readonly untilMs: number;
}

/**
 * Keeps what was read until it is dropped, or for `keptMs`: at most `size` values, of which the least recently used goes
 * first. A value that is dropped while it is being read still reaches those who wait for it, and is not kept.
 */
export class ReadThrough<T> {
  readonly #size: number;
  readonly #keptMs: number;
  readonly #kept = new Map<string, Kept<T>>();

  constructor({ size, keptMs }: { readonly size: number; readonly keptMs: number }) {
    this.#size = size;
    this.#keptMs = keptMs;
  }

  /** The value of a key: read by `read` where none is kept. What cannot be read is not kept. */
  get(key: string, nowMs: number, read: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(key);
    if (known !== undefined) this.#kept.delete(key);
    if (known !== undefined && nowMs < known.untilMs) {
      this.#kept.set(key, known);
      return known.value;
    }
    const entry: Kept<T> = { value: read(), untilMs: nowMs + this.#keptMs };
    this.#kept.set(key, entry);
    entry.value.catch(() => this.#kept.get(key) === entry && this.#kept.delete(key));
    if (this.#kept.size > this.#size) for (const oldest of this.#kept.keys()) return (this.#kept.delete(oldest), entry.value);
    return entry.value;
  }

  drop(key: string): void {
    this.#kept.delete(key);
  }

  clear(): void {
    this.#kept.clear();
  }

  get count(): number {
    return this.#kept.size;
  }
}
