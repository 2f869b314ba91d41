import type { RuleChain, TenantId } from '@fieldline/model';
import type { AnyRuleNodeDefinition } from '@fieldline/plugin-sdk';
import { ChainCounters } from '../account/chain-tally.js';
import { compileChain } from '../compile/compile-chain.js';
import type { NodeRuntime } from '../compile/node-runtime.js';
import type { NodeStarter } from '../compile/start-node.js';
import { startNode } from '../compile/start-node.js';
import type { Deployments } from './deployments.js';
import type { Problem } from '@fieldline/kernel';

/** A node of a deployed chain that could not start, and why. */
export interface InactiveNode {
  readonly nodeId: string;
  readonly problem: Problem;
}

/** Starts the nodes of rule chains and puts compiled versions in place, one deployment after the other. */
export class Deployer {
  readonly #starter: NodeStarter;
  readonly #deployments: Deployments;
  readonly #definitions: ReadonlyMap<string, AnyRuleNodeDefinition>;
  #last: Promise<unknown> = Promise.resolve();

  constructor(starter: NodeStarter, deployments: Deployments, catalogue: readonly AnyRuleNodeDefinition[]) {
    this.#starter = starter;
    this.#deployments = deployments;
    this.#definitions = new Map(catalogue.map((definition) => [definition.type, definition]));
  }

  /** Compiles and swaps. Nodes whose type and settings are unchanged go on as they are. */
  deploy(chain: RuleChain): Promise<readonly InactiveNode[]> {
    return this.#inOrder(() => this.#deploy(chain));
  }

  remove(chainId: string): Promise<void> {
    return this.#inOrder(async () => void this.#deployments.remove(chainId));
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #deploy(chain: RuleChain): Promise<readonly InactiveNode[]> {
    // Chains for edge devices are kept, never run.
    if (chain.type === 'EDGE') return [];
    const running = this.#deployments.current(chain.id)?.chain;
    const tenantId = chain.tenantId as TenantId;
    const runtimes = new Map<string, NodeRuntime>();
    const fresh: NodeRuntime[] = [];
    try {
      for (const node of chain.nodes) {
        const previous = running?.node(node.id)?.runtime;
        const goesOn = previous?.serves(node) === true ? previous : undefined;
        const runtime = goesOn ?? (await startNode(this.#starter, { node, tenantId, definition: this.#definitions.get(node.type) }, previous));
        if (goesOn === undefined) fresh.push(runtime);
        runtimes.set(node.id, runtime);
      }
    } catch (error) {
      await Promise.allSettled(fresh.map((runtime) => runtime.dispose()));
      throw error;
    }
    const counters = running?.counters ?? new ChainCounters(this.#starter.clock.nowMs());
    this.#deployments.put(compileChain(chain, runtimes, counters), chain.isRoot);
    return [...runtimes.values()].flatMap(({ id, problem }) => (problem === undefined ? [] : [{ nodeId: id, problem }]));
  }
}
