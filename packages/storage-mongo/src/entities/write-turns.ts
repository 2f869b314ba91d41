import type { WriteScope } from './write-scope.js';

/**
 * Lets the writes of one process wait for each other where they would only get in each other's way: those that touch
 * what another one guards, in the order they came. Writes of other processes are met at the guards themselves.
 */
export class WriteTurns {
  /** The end of the last write that guards it. */
  readonly #guarded = new Map<string, Promise<void>>();

  async run({ touched, guarded }: WriteScope, write: () => Promise<void>): Promise<void> {
    const before = new Set([...touched, ...guarded].flatMap((name) => this.#guarded.get(name) ?? []));
    const { promise: end, resolve } = Promise.withResolvers<void>();
    // Nobody waits for one who came later, so that no two wait for each other.
    for (const name of guarded) this.#guarded.set(name, end);
    await Promise.all(before);
    try {
      await write();
    } finally {
      for (const name of guarded) if (this.#guarded.get(name) === end) this.#guarded.delete(name);
      resolve();
    }
  }
}
