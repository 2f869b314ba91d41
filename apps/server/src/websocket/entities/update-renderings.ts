import type { LiveUpdate } from '@fieldline/ports';

/**
 * What an update looks like to those who watch the same keys of its entity: made for the first of them and used by all, because an
 * update reaches its watchers one right after the other.
 */
export class UpdateRenderings {
  #update: LiveUpdate | undefined;
  readonly #made = new Map<string, unknown>();

  /** @param what names the kind and keys of the rendering: equal names give one rendering an update */
  of<T>(update: LiveUpdate, what: string, make: () => T): T {
    if (this.#update !== update) {
      this.#update = update;
      this.#made.clear();
    }
    const made = this.#made.get(what) as T | undefined;
    if (made !== undefined) return made;
    const fresh = make();
    this.#made.set(what, fresh);
    return fresh;
  }
}
