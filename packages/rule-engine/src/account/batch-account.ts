import type { CompiledChain } from '../compile/compile-chain.js';
import type { NodeCounters } from '../compile/node-counters.js';
import { ChainTally } from './chain-tally.js';

/** What a node did that counts only when it is committed. */
export type NodeStep = 'failed' | 'handedOver' | 'resumed';

/**
 * What a batch did in each rule chain. It counts when the batch is committed: one that is not has done nothing, and its
 * messages come again.
 */
export class BatchAccount {
  readonly #tallies: ChainTally[] = [];
  #steps: { readonly counters: NodeCounters; readonly step: NodeStep }[] | undefined;

  of({ counters }: CompiledChain): ChainTally {
    // A batch is in a handful of chains, and mostly in one.
    for (const tally of this.#tallies) if (tally.counters === counters) return tally;
    const tally = new ChainTally(counters);
    this.#tallies.push(tally);
    return tally;
  }

  step(counters: NodeCounters, step: NodeStep): void {
    this.#steps ??= [];
    this.#steps.push({ counters, step });
  }

  /** @param isAttempt messages of the batch may have been left for a retry, or were cancelled */
  commit(isAttempt: boolean): void {
    for (const tally of this.#tallies) {
      if (isAttempt) tally.withdrawRest();
      tally.commit();
    }
    for (const { counters, step } of this.#steps ?? []) counters[step] += 1;
  }
}
