import type { Message } from '@fieldline/model';
import type { ChainPosition, HandOver } from '@fieldline/ports';
import type { BatchRun } from '../run/batch-run.js';
import { ChainRun } from '../run/chain-run.js';
import { Inbox } from '../run/inbox.js';

/** A place in rule chains at which several messages go on. */
export interface Position {
  readonly at: ChainPosition;
  readonly callers: readonly ChainPosition[];
}

/** A message that goes on, and its place in the batch. */
export interface Resumed {
  readonly work: HandOver;
  readonly message: Message;
  readonly place: number;
}

/** Names a position: the same for all that go on together. */
export function positionKey({ at, callers }: Position): string {
  return [at, ...callers].map(({ ruleChainId, ruleNodeId }) => `${ruleChainId}.${ruleNodeId}`).join(' ');
}

/**
 * Goes on with messages where they stopped: in front of the node, or behind it where it is done with them.
 *
 * @param isDue the time they were held for is over: the node's `onTimer` gets them
 */
export function resume(run: BatchRun, { at, callers }: Position, resumed: readonly Resumed[], isDue: boolean): void | Promise<void> {
  const chain = run.chain(at.ruleChainId);
  const node = chain?.node(at.ruleNodeId);
  if (chain !== undefined) for (const { work, place } of resumed) run.later.resume(chain, place, work);
  if (chain === undefined || node === undefined) {
    if (chain !== undefined) run.account.of(chain).ended += resumed.length;
    // A chain or node that was deleted meanwhile ends its messages (rule-engine.md §6).
    run.parts.log.warn('hand-over-ended', { ruleChainId: at.ruleChainId, nodeId: at.ruleNodeId, messages: resumed.length });
    return undefined;
  }
  const chainRun = new ChainRun(run, chain, callers);
  const inbox = new Inbox();
  for (const { work, message, place } of resumed) {
    if (work.leaveBy === undefined) inbox.push(message, place, work.nodesRun);
    else chainRun.leave(node, work.leaveBy, message, place, work.nodesRun);
  }
  node.runtime.counters.leftUntimed();
  const pending = inbox.length === 0 ? undefined : chainRun.resume(node, inbox, isDue);
  if (pending !== undefined) return pending.then(() => run.settle(chainRun));
  return run.settle(chainRun);
}
