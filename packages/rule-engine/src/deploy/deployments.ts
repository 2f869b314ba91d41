import type { TenantId } from '@fieldline/model';
import type { CompiledChain } from '../compile/compile-chain.js';
import type { NodeRuntime } from '../compile/node-runtime.js';
import { REMOVED_CHAINS_MAX } from '../limits.js';

/** One deployed version of a rule chain, and the batches that still run through it. */
export interface DeployedVersion {
  readonly chain: CompiledChain;
  runs: number;
  isReplaced: boolean;
}

/**
 * The rule chains that run. A new version takes the place of the old one between batches: a batch keeps the
 * version it met first, and what only the old version used is let go when its last batch is over.
 */
export class Deployments {
  readonly #current = new Map<string, DeployedVersion>();
  readonly #removed = new Set<string>();
  readonly #roots = new Map<string, string>();
  readonly #onLetGo: (runtime: NodeRuntime, chainId: string) => void;
  #endedNowhere = 0;

  /** @param onLetGo called when no version holds a runtime any more */
  constructor(onLetGo: (runtime: NodeRuntime, chainId: string) => void) {
    this.#onLetGo = onLetGo;
  }

  current(chainId: string): DeployedVersion | undefined {
    return this.#current.get(chainId);
  }

  all(): IterableIterator<DeployedVersion> {
    return this.#current.values();
  }

  rootOf(tenantId: TenantId): string | undefined {
    return this.#roots.get(tenantId);
  }

  wasRemoved(chainId: string): boolean {
    return this.#removed.has(chainId);
  }

  /** Counts a message whose chain does not exist: it ends there (rule-engine.md §6). */
  endedNowhere(): void {
    this.#endedNowhere += 1;
  }

  get endedNowhereCount(): number {
    return this.#endedNowhere;
  }

  put(chain: CompiledChain, isRoot: boolean): void {
    const old = this.#current.get(chain.id);
    for (const { runtime } of chain.nodes) runtime.holders += 1;
    this.#current.set(chain.id, { chain, runs: 0, isReplaced: false });
    this.#removed.delete(chain.id);
    // A chain that stops being the root stays it until the next one is deployed, so no message falls between.
    if (isRoot) this.#roots.set(chain.tenantId, chain.id);
    if (old !== undefined) this.#replace(old);
  }

  remove(chainId: string): DeployedVersion | undefined {
    const old = this.#current.get(chainId);
    if (old === undefined) return undefined;
    this.#current.delete(chainId);
    this.#remember(chainId);
    if (this.#roots.get(old.chain.tenantId) === chainId) this.#roots.delete(old.chain.tenantId);
    this.#replace(old);
    return old;
  }

  release(version: DeployedVersion): void {
    version.runs -= 1;
    if (version.isReplaced && version.runs === 0) this.#letGo(version);
  }

  #remember(chainId: string): void {
    this.#removed.add(chainId);
    const [oldest] = this.#removed;
    if (this.#removed.size > REMOVED_CHAINS_MAX && oldest !== undefined) this.#removed.delete(oldest);
  }

  #replace(version: DeployedVersion): void {
    version.isReplaced = true;
    const next = this.#current.get(version.chain.id)?.chain;
    for (const { id, runtime } of version.chain.nodes) {
      if (next?.node(id)?.runtime !== runtime) runtime.stopTicks?.();
    }
    if (version.runs === 0) this.#letGo(version);
  }

  #letGo({ chain }: DeployedVersion): void {
    for (const { runtime } of chain.nodes) {
      runtime.holders -= 1;
      if (runtime.holders === 0) this.#onLetGo(runtime, chain.id);
    }
  }
}
