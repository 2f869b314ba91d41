import type { DeadLetter, ReplayFrom } from '@fieldline/ports';
import type { BatchRun } from '../run/batch-run.js';
import { restoredMessage } from '../run/stored-message.js';

/**
 * Hands the message of a dead letter over once more: to the first node of the chain it came to, or to the node it failed
 * in, under the chains that called it. The letter is gone with the same commit.
 *
 * @returns false where that chain or node is no more; the letter stays then
 */
export function replayLetter(run: BatchRun, { id, message, ruleChainId, ruleNodeId, callers = [] }: DeadLetter, from: ReplayFrom): boolean {
  const restored = restoredMessage(message, run.ids);
  const entered = callers[0]?.ruleChainId ?? (ruleChainId === '' ? run.chainIdFor(restored) : ruleChainId);
  const chain = run.chain((from === 'CHAIN' ? entered : ruleChainId) ?? '');
  const node = from === 'CHAIN' ? chain?.first : chain?.node(ruleNodeId ?? '');
  if (chain === undefined || node === undefined || chain.tenantId !== message.tenantId) return false;
  run.handOver(restored, node, from === 'CHAIN' ? [] : callers, { nodesRun: 0 });
  run.unit.removeDeadLetters(message.tenantId, [id]);
  return true;
}
