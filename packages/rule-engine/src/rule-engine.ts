import { assert, type CancelTimer } from '@fieldline/kernel';
import type { RuleChain, TenantId } from '@fieldline/model';
import type { BatchFailures, ChainLedger, DeadLetter, LedgerReader, MessageBatch, MessageQueue, ReplayFrom } from '@fieldline/ports';
import { chainLedger, chainSums } from './account/chain-ledger.js';
import { countOpen } from './account/count-open.js';
import { UnitRunner } from './commit/unit-runner.js';
import type { NodeRuntime } from './compile/node-runtime.js';
import type { InactiveNode } from './deploy/deployer.js';
import { Deployer } from './deploy/deployer.js';
import { Deployments } from './deploy/deployments.js';
import type { EngineParts } from './engine-parts.js';
import { HandOverRunner } from './hand-over/hand-over-runner.js';
import { replayLetter } from './hand-over/replay-letter.js';
import { DRAIN_DEADLINE_MS } from './limits.js';
import { DoneBatches } from './queues/done-batches.js';
import { QueueLanes } from './queues/queue-lanes.js';
import { QueueTable } from './queues/queue-table.js';
import { Ticker } from './ticks/ticker.js';

export interface RuleEngineOptions extends EngineParts {
  /** Where batches come from; consumed from `start` on. */
  readonly queue: MessageQueue;
  /** The queues by whose strategies batches run; absent: Main alone, with the strategies of rule-engine.md §10. */
  readonly queues?: QueueTable | undefined;
}

/** What belongs to no rule chain. */
export interface EngineStats {
  /** Messages for a rule chain that does not exist. */
  readonly endedNowhere: number;
  /** Hand-overs in memory: waiting, held or running. */
  readonly openHandOvers: number;
}

/**
 * Runs rule chains: batches from the queue, one unit and one commit each, and what they hand over.
 *
 * Order of calls: `deploy` every chain, `start`, then `deploy` and `remove` whenever chains change, at last
 * `close`. The queue is the owner's to close, before the engine; so are the store and the script engine, after it.
 */
export class RuleEngine implements LedgerReader {
  readonly #options: RuleEngineOptions;
  readonly #deployments: Deployments;
  readonly #deployer: Deployer;
  readonly #units: UnitRunner;
  readonly #handOvers: HandOverRunner;
  readonly #ticker: Ticker;
  readonly #done = new DoneBatches();
  readonly #lanes: QueueLanes;
  /** Nodes that are being let go: what they still have to send, they send. */
  readonly #closing = new Set<Promise<void>>();
  #state: 'new' | 'running' | 'closed' = 'new';

  constructor(options: RuleEngineOptions) {
    this.#options = options;
    this.#deployments = new Deployments((runtime, chainId) => this.#letGo(runtime, chainId));
    this.#deployer = new Deployer(options, this.#deployments, options.catalogue);
    this.#units = new UnitRunner(options, this.#deployments, (works) => this.#handOvers.add(works));
    this.#lanes = new QueueLanes({ ...options, units: this.#units }, options.queues ?? new QueueTable(), this.#done);
    this.#handOvers = new HandOverRunner(options, this.#units, this.#deployments, this.#lanes);
    this.#ticker = new Ticker(options, this.#units);
  }

  /**
   * Puts a rule chain in place of its earlier version, between batches. Nodes whose type and settings are the
   * same keep running; others start with the state their forerunner left.
   *
   * @returns the nodes that could not start; their messages fail until the chain is deployed with them corrected
   * @throws STORAGE_UNAVAILABLE  the state of a node cannot be read; the earlier version stays in place
   */
  async deploy(chain: RuleChain): Promise<readonly InactiveNode[]> {
    const inactive = await this.#deployer.deploy(chain);
    if (this.#state === 'running') this.#startTicks(chain.id);
    const { id, tenantId, version } = chain;
    if (inactive.length > 0)
      this.#options.log.warn('rule-nodes-inactive', { tenantId, ruleChainId: id, version, codes: inactive.map(({ problem }) => problem.code) });
    return inactive;
  }

  /** Takes a rule chain out of service. Messages that name it end from now on; what is handed over in it ends as well. */
  async remove(chainId: string): Promise<void> {
    await this.#deployer.remove(chainId);
  }

  /** Resumes what the log says is open, starts ticks, and begins to take batches; those an earlier process left come first. */
  async start(): Promise<void> {
    assert(this.#state === 'new', 'an engine is started once');
    this.#state = 'running';
    await this.#done.load(this.#options.store);
    const open = await this.#options.store.handOverCounts();
    countOpen(this.#deployments, open);
    await this.#handOvers.start(open);
    for (const { chain } of this.#deployments.all()) this.#startTicks(chain.id);
    await this.#options.queue.consume((batch) => this.handle(batch));
  }

  /** Runs one batch; resolves after its commit. The queue calls it; so may a test. */
  handle(batch: MessageBatch): Promise<BatchFailures> {
    return this.#lanes.handle(batch);
  }

  /** Starts no further retry: packs that are not done go back to the queue, or stay in the log. Called before the queue is closed. */
  stopRetries(): void {
    this.#lanes.stop();
  }

  /** Stops ticks and hand-overs, and waits until nothing runs or commits; at the deadline it returns all the same. */
  async drain(deadlineMs = DRAIN_DEADLINE_MS): Promise<'drained' | 'deadline'> {
    for (const { chain } of this.#deployments.all()) {
      for (const { runtime } of chain.nodes) {
        runtime.stopTicks?.();
        runtime.stopTicks = undefined;
      }
    }
    this.#handOvers.stop();
    this.#lanes.stop();
    const { clock } = this.#options;
    return new Promise((resolve) => {
      const cancel = clock.after('engine-drain', deadlineMs, () => resolve('deadline'));
      void this.#units.gate.whenIdle().then(() => {
        cancel();
        resolve('drained');
      });
    });
  }

  /** Drains, then lets go of scripts and connections. What was handed over and is not done stays in the log. */
  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    const end = await this.drain();
    if (end === 'deadline') this.#options.log.warn('engine-closed-early', { deadlineMs: DRAIN_DEADLINE_MS });
    for (const { chain } of [...this.#deployments.all()]) this.#deployments.remove(chain.id);
    await this.#closed();
  }

  /** Waits for connections that are being closed, but not for ever: the other end may hang. */
  async #closed(): Promise<void> {
    let cancel: CancelTimer = () => undefined;
    const deadline = new Promise<void>((resolve) => (cancel = this.#options.clock.after('engine-close', DRAIN_DEADLINE_MS, resolve)));
    await Promise.race([Promise.all(this.#closing), deadline]);
    cancel();
  }

  /**
   * Hands messages of dead letters over once more, and removes the letters in the same commit.
   *
   * @returns the ids of those that have a place to go on
   */
  async replay(letters: readonly DeadLetter[], from: ReplayFrom): Promise<readonly string[]> {
    let replayed: readonly string[] = [];
    await this.#units.execute((run) => {
      replayed = letters.filter((letter) => replayLetter(run, letter, from)).map(({ id }) => id);
    });
    return replayed;
  }

  stats(): EngineStats {
    return { endedNowhere: this.#deployments.endedNowhereCount, openHandOvers: this.#handOvers.open };
  }

  async ledger(tenantId: TenantId, ruleChainId: string): Promise<ChainLedger | undefined> {
    const chain = this.#deployments.current(ruleChainId)?.chain;
    return chain?.tenantId === tenantId ? chainLedger(chain) : undefined;
  }

  async ledgers(tenantId: TenantId): Promise<readonly Omit<ChainLedger, 'nodes'>[]> {
    return [...this.#deployments.all()].filter(({ chain }) => chain.tenantId === tenantId).map(({ chain }) => chainSums(chain));
  }

  #startTicks(chainId: string): void {
    for (const { runtime } of this.#deployments.current(chainId)?.chain.nodes ?? []) {
      runtime.stopTicks ??= this.#ticker.start(chainId, runtime);
    }
  }

  /** Lets go of a node no version has any more; where the node itself is gone, its stored state goes too. */
  #letGo(runtime: NodeRuntime, chainId: string): void {
    const closing = runtime.dispose().catch((error: unknown) => this.#options.log.warn('node-not-closed', { nodeId: runtime.id, error }));
    this.#closing.add(closing);
    void closing.then(() => this.#closing.delete(closing));
    const { id: ruleNodeId, tenantId, states } = runtime;
    const goesOn = this.#deployments.current(chainId)?.chain.node(ruleNodeId) !== undefined;
    if (goesOn || states === undefined || states.size === 0 || this.#state === 'closed') return;
    const forgotten = this.#units.execute(({ unit }) => {
      for (const [entityId] of states.entries()) unit.nodeState({ tenantId, ruleNodeId, entityId });
    });
    forgotten.catch((error: unknown) => this.#options.log.warn('node-state-left-behind', { tenantId, nodeId: ruleNodeId, error }));
  }
}
