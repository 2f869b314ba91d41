import type { Extras, Outcome } from '@fieldline/plugin-sdk';
import { end } from '@fieldline/plugin-sdk';
import type { CompiledNode } from '../compile/compile-chain.js';
import type { Attempt } from './attempt.js';
import type { ChainRun } from './chain-run.js';
import { Inbox } from './inbox.js';
import { applyOutcome } from './outcome.js';

/** What stands for a message that was handed over: this branch of it has ended. */
export const handedOverBefore: Outcome = end('handed over by an earlier attempt');

/**
 * Repeats what messages of a retried pack did at a node in an earlier attempt, as far as it stands; returns the
 * messages the node still has to see.
 */
export function repeatStanding(run: ChainRun, attempt: Attempt, node: CompiledNode, inbox: Inbox): Inbox {
  const rest = new Inbox();
  const { messages, places, nodesRun } = inbox;
  messages.forEach((message, i) => {
    const place = places[i] as number;
    const outcome = attempt.standing(place, node.id);
    if (outcome === undefined) rest.push(message, place, nodesRun[i] as number);
    else applyOutcome(run, node, outcome, message, place, nodesRun[i] as number);
  });
  return rest;
}

/** The part of an outcome that may be repeated; undefined where all of it may, because it does nothing but route. */
export function standingPart(outcome: Outcome, hasQueue: boolean): Outcome | undefined {
  switch (outcome.kind) {
    case 'routed': {
      const { to, message, emits } = outcome;
      // What failed here is what the retry is for.
      if (typeof to === 'string' && to.toLowerCase() === 'failure') return undefined;
      const goesOver = hasQueue && emits !== undefined && emits.length > 0;
      if (!goesOver && !hasExtras(outcome)) return undefined;
      return { kind: 'routed', to, message, ...(emits === undefined || goesOver ? {} : { emits }) };
    }
    case 'emitted':
      if (hasQueue && outcome.messages.length > 0) return handedOverBefore;
      return hasExtras(outcome) ? { kind: 'emitted', messages: outcome.messages } : undefined;
    case 'ended':
      return hasExtras(outcome) ? { kind: 'ended', reason: outcome.reason } : undefined;
    case 'held':
      return handedOverBefore;
    default:
      return undefined;
  }
}

function hasExtras({ state, spawns, wakeAtMs }: Pick<Extras<string, unknown>, 'state' | 'spawns' | 'wakeAtMs'>): boolean {
  return state !== undefined || wakeAtMs !== undefined || (spawns !== undefined && spawns.length > 0);
}
