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
  const repeated = new Inbox();
  const outcomes: Outcome[] = [];
  const { messages, places, nodesRun, cameOver } = inbox;
  messages.forEach((message, i) => {
    const outcome = attempt.standing(places[i] as number, node.id);
    const list = outcome === undefined ? rest : repeated;
    list.push(message, places[i] as number, nodesRun[i] as number);
    if (cameOver !== undefined) list.cameBy(cameOver[i] as string);
    if (outcome !== undefined) outcomes.push(outcome);
  });
  if (outcomes.length > 0) {
    run.visit = run.batch.flight?.begin(run, node, repeated, 'arrived', run.batch.stopwatch.atMs);
    repeat(run, node, repeated, outcomes);
    run.visit = undefined;
  }
  return rest;
}

function repeat(run: ChainRun, node: CompiledNode, { messages, places, nodesRun }: Inbox, outcomes: readonly Outcome[]): void {
  outcomes.forEach((outcome, i) => applyOutcome(run, node, outcome, messages[i], places[i] as number, nodesRun[i] as number));
  // Nobody waited for the node.
  node.runtime.counters.leftUntimed();
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
