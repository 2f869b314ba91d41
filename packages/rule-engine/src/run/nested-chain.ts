import { problemOf } from '@fieldline/kernel';
import type { Message } from '@fieldline/model';
import { fail } from '@fieldline/plugin-sdk';
import type { CompiledNode } from '../compile/compile-chain.js';
import { engineErrors } from '../errors.js';
import { CHAIN_DEPTH_MAX } from '../limits.js';
import type { Told } from '../record/flight-log.js';
import { ChainRun } from './chain-run.js';
import { type Inbox, Returned } from './inbox.js';
import { failAt } from './outcome.js';
import { inTurn } from './in-turn.js';

/** The settings of a node whose `engine` is `rule-chain`, as far as the engine reads them. */
interface NestedSettings {
  readonly ruleChainId?: string | null;
  readonly forwardMsgToDefaultRuleChain?: boolean;
}

/**
 * Runs the messages of a rule chain node through the chain it names, in memory, and sends on what comes back
 * through output nodes by their names. What ends or fails inside does not come back (rule-engine.md §7.5).
 */
export function callNested(run: ChainRun, node: CompiledNode, inbox: Inbox): void | Promise<void> {
  const returned = new Returned();
  const runs = nestedRuns(run, node, inbox);
  const collect = (nested: ChainRun): void => {
    const { messages, places, nodesRun, labels } = nested.returned;
    messages.forEach((message, i) => returned.push(message, places[i] as number, nodesRun[i] as number));
    returned.labels.push(...labels);
  };
  const pending = inTurn(runs, (nested) => {
    const running = nested.run();
    if (running !== undefined) return running.then(() => collect(nested));
    return collect(nested);
  });
  if (pending !== undefined) return pending.then(() => run.comeBack(node, returned));
  return run.comeBack(node, returned);
}

const called: Told = { kind: 'called' };
const removed = { kind: 'ended', reason: 'rule chain was removed' } as const;

/** One run for each chain that is called, seeded; usually that is one chain for all messages. */
function nestedRuns(run: ChainRun, node: CompiledNode, { messages, places, nodesRun }: Inbox): readonly ChainRun[] {
  const { ruleChainId, forwardMsgToDefaultRuleChain } = node.runtime.config as NestedSettings;
  const here = { ruleChainId: run.chain.id, ruleNodeId: node.id };
  const callers = [...run.callers, here];
  const runs = new Map<string, ChainRun>();
  for (let i = 0; i < messages.length; i += 1) {
    const message = messages[i] as Message;
    const wanted = (forwardMsgToDefaultRuleChain === true ? run.batch.parts.chainOf?.(message) : undefined) ?? ruleChainId ?? '';
    let nested = runs.get(wanted);
    if (nested === undefined) {
      const entered = open(run, node, wanted, callers);
      if (entered === 'ended') {
        node.runtime.counters.ended(removed.reason);
        run.tally.ended += 1;
        run.visit?.tell(removed);
        continue;
      }
      if (!(entered instanceof ChainRun)) {
        const isUnknown = entered.code === 'ENGINE_CHAIN_UNKNOWN';
        run.visit?.tell(isUnknown ? { kind: 'refused', problem: entered } : fail(entered, message));
        if (isUnknown) run.batch.fail(message, entered, run.at(node), places[i] as number);
        else failAt(run, node, message, places[i] as number, nodesRun[i] as number, entered);
        continue;
      }
      nested = entered;
      runs.set(wanted, nested);
    }
    run.visit?.tell(called);
    run.tally.called += 1;
    nested.enter(message, places[i] as number, nodesRun[i] as number);
  }
  return [...runs.values()];
}

function open(
  run: ChainRun,
  node: CompiledNode,
  ruleChainId: string,
  callers: ChainRun['callers'],
): ChainRun | 'ended' | ReturnType<typeof problemOf> {
  const isOnStack = run.callers.some((caller) => caller.ruleChainId === run.chain.id && caller.ruleNodeId === node.id);
  if (ruleChainId === run.chain.id || isOnStack) return problemOf(engineErrors.CHAIN_LOOP({ node: node.name }));
  if (callers.length > CHAIN_DEPTH_MAX) return problemOf(engineErrors.CHAIN_TOO_DEEP({ depthMax: CHAIN_DEPTH_MAX }));
  const chain = run.batch.chain(ruleChainId);
  if (chain !== undefined && chain.tenantId === run.chain.tenantId) return new ChainRun(run.batch, chain, callers);
  if (chain === undefined && run.batch.wasRemoved(ruleChainId)) return 'ended';
  return problemOf(engineErrors.CHAIN_UNKNOWN({ node: node.name, ruleChainId }));
}
