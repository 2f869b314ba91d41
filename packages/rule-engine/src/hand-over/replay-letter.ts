import type { DeadLetter, ReplayFrom } from '@fieldline/ports';
import type { BatchRun } from '../run/batch-run.js';
import { restoredMessage } from '../run/stored-message.js';

/**
 * Hands the message of a dead letter over once more: to the first node of the chain it came to, or to the node it failed
 * in, under the chains that called it. The letter is gone with the same commit.
 *
 * @returns false where that chain or node is no more; the letter stays then
 */
export function replayLetter(run: BatchRun, letter: DeadLetter, from: ReplayFrom): boolean {
  const { id, message, ruleChainId, ruleNodeId, callers = [], traceId } = letter;
  const restored = restoredMessage(message, run.ids);
  const entered = callers[0]?.ruleChainId ?? (ruleChainId === '' ? run.chainIdFor(restored) : ruleChainId);
  const chain = run.chain((from === 'CHAIN' ? entered : ruleChainId) ?? '');
  const node = from === 'CHAIN' ? chain?.first : chain?.node(ruleNodeId ?? '');
  if (chain === undefined || node === undefined || chain.tenantId !== message.tenantId) return false;
  const at = { ruleChainId: chain.id, ruleNodeId: node.id };
  // Whoever replays a message wants to see where it goes this time.
  const trace = { ...(traceId === undefined ? {} : { traceId }), traceReason: 'failed' as const };
  node.runtime.counters.received += 1;
  run.account.of(chain).made += 1;
  run.later.add(chain, node, { message, at, callers: from === 'CHAIN' ? [] : callers, nodesRun: 0, ...trace });
  run.unit.removeDeadLetters(message.tenantId, [id]);
  return true;
}
