import type { Message } from '@fieldline/model';
import type { Outcome } from './outcome.js';
import { fail } from './outcome.js';

/**
 * Asks for the outcome of each message of a batch at the same time, for nodes that only read: their reads then wait for each
 * other no longer than for the slowest. An error fails its own message.
 */
export function allAtOnce<Relation extends string>(
  messages: readonly Message[],
  answer: (message: Message) => Outcome<Relation, never> | Promise<Outcome<Relation, never>>,
): Promise<readonly Outcome<Relation, never>[]> {
  return Promise.all(
    messages.map(async (message) => {
      try {
        return await answer(message);
      } catch (error) {
        return fail(error instanceof Error ? error : new Error(String(error)), message);
      }
    }),
  );
}
