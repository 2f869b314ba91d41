import type { Clock } from '@fieldline/kernel';
import { AsyncLocalStorage } from 'node:async_hooks';

/** How long a change of the control plane is waited for: a node that starts slowly must not keep its author from an answer. */
export const FOLLOWED_MS_MAX = 2_000;

/**
 * Lets whoever changes the control plane wait until the change is in force: a reading that a device sends after a rule chain was
 * deployed meets the new version. Changes are told to their followers while `run` runs; only those of the call itself are waited for.
 */
export class FollowedChanges {
  readonly #ofCall = new AsyncLocalStorage<Promise<unknown>[]>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Adds a follower of a change that the running call made; it does not reject. */
  add(following: Promise<unknown>): void {
    this.#ofCall.getStore()?.push(following);
  }

  /** Resolves with what `change` gives once its changes are in force, or after `FOLLOWED_MS_MAX`. */
  async run<T>(change: () => Promise<T>): Promise<T> {
    const following: Promise<unknown>[] = [];
    const result = await this.#ofCall.run(following, change);
    if (following.length > 0) await this.#inForce(following);
    return result;
  }

  #inForce(following: readonly Promise<unknown>[]): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#clock.after('followed-changes', FOLLOWED_MS_MAX, resolve);
      void Promise.all(following).then(() => {
        cancel();
        resolve();
      });
    });
  }
}
