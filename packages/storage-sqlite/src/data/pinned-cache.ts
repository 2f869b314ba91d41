interface Entry<V> {
  value: V;
  pins: number;
}

/**
 * Remembers values by last use, up to a number of them. Pinned ones stay whatever their age: what is on its
 * way to the disk is nowhere else yet.
 */
export class PinnedCache<V> {
  readonly #entries = new Map<string, Entry<V>>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: V): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) entry.value = value;
    else {
      this.#entries.set(key, { value, pins: 0 });
      this.#evict(key);
    }
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  pin(key: string): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) entry.pins += 1;
  }

  unpin(key: string): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) entry.pins -= 1;
  }

  /** Makes room by dropping what was used least recently, but never the value that was just put here. */
  #evict(newest: string): void {
    for (const [key, { pins }] of this.#entries) {
      if (this.#entries.size <= this.#max) return;
      if (pins === 0 && key !== newest) this.#entries.delete(key);
    }
  }
}
