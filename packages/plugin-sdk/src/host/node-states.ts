/**
 * State of one node in memory: one entry for each originator, or one with the empty key for the node.
 * Holds at most `maxEntries`; beyond that the entry used longest ago is forgotten.
 */
export class NodeStates {
  readonly #entries = new Map<string, unknown>();
  readonly #maxEntries: number;

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): unknown {
    const state = this.#entries.get(key);
    if (state === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, state);
    return state;
  }

  /** As `get`, but leaves the order of use as it is. */
  peek(key: string): unknown {
    return this.#entries.get(key);
  }

  /** @returns the key that was forgotten to make room, if any */
  set(key: string, state: unknown): string | undefined {
    this.#entries.delete(key);
    this.#entries.set(key, state);
    if (this.#entries.size <= this.#maxEntries) return undefined;
    const oldest = this.#entries.keys().next();
    if (oldest.done === true) return undefined;
    this.#entries.delete(oldest.value);
    return oldest.value;
  }

  /** Forgets everything and takes the entries of another, in its order. */
  replaceBy(other: NodeStates): void {
    this.#entries.clear();
    for (const [key, state] of other.entries()) this.#entries.set(key, state);
  }

  /** Entries, longest unused first. */
  entries(): IterableIterator<[string, unknown]> {
    return this.#entries.entries();
  }
}
