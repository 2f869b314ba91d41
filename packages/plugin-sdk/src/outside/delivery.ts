import type { EpochMs, Problem } from '@fieldline/kernel';
import { epochMs, isProblem } from '@fieldline/kernel';
import type { Message, Metadata } from '@fieldline/model';
import * as z from 'zod';
import type { Outcome } from '../outcome.js';
import { defer, fail } from '../outcome.js';

/** Pause before a message is tried again whose broker went away under it. Opening the connection anew has longer pauses of its own. */
const AGAIN_AFTER_MS = 1_000;

/** What became of a message that was sent to the outside: the broker has it, or why it is not known to. */
export type Delivery =
  | { readonly isSent: true; readonly metadata?: Metadata | undefined }
  /** `isAway`: sending the same message again may succeed, since nothing is wrong with the message. */
  | { readonly isSent: false; readonly error: Error; readonly isAway: boolean };

/** The setting of nodes that send to brokers, which ThingsBoard does not have: name it in `ownSettings`. */
export const whenUnavailable = z
  .enum(['WAIT', 'FAIL'])
  .default('FAIL')
  .describe('What messages do while the broker is away: wait on disk, in order, until it is back, or leave by Failure at once as in ThingsBoard.')
  .meta({ title: 'While the broker is away' });

interface Waits {
  readonly whenUnavailable: 'WAIT' | 'FAIL';
}

/** For `connection.whenAway` of a node with that setting. */
export const waitOrFail = (config: Waits): 'wait' | 'fail' => (config.whenUnavailable === 'WAIT' ? 'wait' : 'fail');

/** Sent messages leave by `Success`, with the metadata of the broker; others wait, or leave by `Failure`. */
export function deliveryOutcome(
  message: Message,
  delivery: Delivery,
  { config, nowMs }: { config: Waits; nowMs: EpochMs },
): Outcome<'Success', never> {
  if (delivery.isSent) {
    const { metadata } = delivery;
    return { kind: 'routed', to: 'Success', message: metadata === undefined ? message : withMetadata(message, metadata) };
  }
  if (delivery.isAway && config.whenUnavailable === 'WAIT') return defer(delivery.error, epochMs(nowMs + AGAIN_AFTER_MS));
  return failOutside(delivery.error, message);
}

/** Sends the message to `Failure`, with the metadata key `error` that rule chains of ThingsBoard read. */
export function failOutside(problem: Problem | Error, message: Message): Outcome<never, never> {
  const name = problem instanceof Error && !isProblem(problem) ? problem.name : problem.code;
  return fail(problem, withMetadata(message, { error: `${name}: ${problem.message}` }));
}

const withMetadata = (message: Message, added: Metadata): Message => message.with({ metadata: { ...message.metadata, ...added } });
