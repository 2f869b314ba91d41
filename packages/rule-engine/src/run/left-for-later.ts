import type { Message } from '@fieldline/model';
import type { HandOver } from '@fieldline/ports';
import type { CompiledChain, CompiledNode } from '../compile/compile-chain.js';
import type { BatchRun } from './batch-run.js';
import type { ChainRun } from './chain-run.js';
import { storedMessage } from './stored-message.js';

/** What a hand-over says besides what is handed over, and where. */
export type Later = Pick<HandOver, 'nodesRun' | 'dueMs' | 'leaveBy' | 'queueName'>;

/**
 * What a batch leaves for after its commit, and what of such work it does itself. In the ledger such work is a branch that
 * waits at its node.
 */
export class LeftForLater {
  /** Work for after the commit. */
  readonly works: HandOver[] = [];
  readonly #batch: BatchRun;

  constructor(batch: BatchRun) {
    this.#batch = batch;
  }

  /** Hands a message of a run over. */
  handOver({ callers, chain }: ChainRun, node: CompiledNode, message: Message, place: number, later: Later): void {
    const at = { ruleChainId: node.ruleChainId, ruleNodeId: node.id };
    this.add(chain, node, { message: storedMessage(message), at, callers, ...later, ...this.#batch.origins.marks(place, message.id) });
  }

  add(chain: CompiledChain, node: CompiledNode, rest: Omit<HandOver, 'id'>): void {
    const { ids, account, unit } = this.#batch;
    const work: HandOver = { id: ids.next(), ...rest };
    account.of(chain).waiting += 1;
    account.step(node.runtime.counters, 'handedOver');
    unit.handOver(work);
    this.works.push(work);
  }

  /** Work goes on that was handed over. A branch of it runs; `done` or `waitsAgain` says whether it is the one that waited. */
  resume(chain: CompiledChain, place: number, work: HandOver): void {
    this.#batch.account.of(chain).made += 1;
    this.#batch.origins.resumed(place, work);
  }

  /** Work that was handed over is done: the branch that ran is that which waited. */
  done({ id, at }: HandOver): void {
    const { unit, account } = this.#batch;
    unit.handOverDone(id);
    const chain = this.#batch.chain(at.ruleChainId);
    if (chain === undefined) return;
    const tally = account.of(chain);
    tally.made -= 1;
    tally.waiting -= 1;
    const node = chain.node(at.ruleNodeId);
    if (node !== undefined) account.step(node.runtime.counters, 'resumed');
  }

  /** Work that was handed over waits on, or will run again: no branch ran. */
  waitsAgain({ at }: HandOver): void {
    const chain = this.#batch.chain(at.ruleChainId);
    if (chain !== undefined) this.#batch.account.of(chain).made -= 1;
  }
}
