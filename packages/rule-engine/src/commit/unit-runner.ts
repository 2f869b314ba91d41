import type { HandOver } from '@fieldline/ports';
import { loadStates } from '../compile/start-node.js';
import type { NodeRuntime } from '../compile/node-runtime.js';
import type { Deployments } from '../deploy/deployments.js';
import type { EngineParts } from '../engine-parts.js';
import type { AttemptOptions } from '../run/batch-run.js';
import { BatchRun } from '../run/batch-run.js';
import { recordRun } from '../record/record-run.js';
import { RunGate } from './run-gate.js';

/**
 * Begins batches and commits them. After a commit that failed the store has nothing of the batch, but nodes have
 * its state in memory: nothing new runs until that state was read back.
 */
export class UnitRunner {
  readonly gate = new RunGate();
  readonly #parts: EngineParts;
  readonly #deployments: Deployments;
  readonly #onHandOvers: (works: readonly HandOver[]) => void;
  readonly #stale = new Set<NodeRuntime>();

  /** @param onHandOvers called with the work of each batch after its commit */
  constructor(parts: EngineParts, deployments: Deployments, onHandOvers: (works: readonly HandOver[]) => void) {
    this.#parts = parts;
    this.#deployments = deployments;
    this.#onHandOvers = onHandOvers;
  }

  /** Begins a batch. Call it only while the gate is open; end it by `commit` or `abandon`. */
  begin(options?: AttemptOptions): BatchRun {
    this.gate.enter();
    return new BatchRun(this.#parts, this.#deployments, options);
  }

  /**
   * Commits what the batch did. The store gets the unit before this returns, so the next batch meets its effects.
   *
   * @throws what the store throws; nothing of the batch was kept then
   */
  commit(run: BatchRun): Promise<void> {
    let committed: Promise<void> | undefined;
    try {
      recordRun(run);
      run.writeStates();
      committed = run.unit.isEmpty ? undefined : this.#parts.store.commit(run.unit);
    } catch (error) {
      this.abandon(run);
      throw error;
    }
    run.release();
    if (committed === undefined) {
      run.account.commit(run.attempt !== undefined);
      this.gate.leave();
      return Promise.resolve();
    }
    return committed.then(
      () => {
        run.account.commit(run.attempt !== undefined);
        this.gate.leave();
        if (run.later.works.length > 0) this.#onHandOvers(run.later.works);
      },
      (error: unknown) => {
        this.#distrust(run);
        throw error;
      },
    );
  }

  /** Drops a batch whose run broke. */
  abandon(run: BatchRun): void {
    run.release();
    this.#distrust(run);
  }

  /** Runs one piece of work as a batch of its own, when the gate lets it. */
  async execute(work: (run: BatchRun) => void | Promise<void>): Promise<void> {
    while (!this.gate.isOpen) await this.gate.whenOpen();
    const run = this.begin();
    try {
      await work(run);
    } catch (error) {
      this.abandon(run);
      throw error;
    }
    await this.commit(run);
  }

  #distrust(run: BatchRun): void {
    for (const runtime of run.touched()) this.#stale.add(runtime);
    if (this.#stale.size > 0) this.gate.close(() => this.#reload());
    this.gate.leave();
  }

  async #reload(): Promise<void> {
    for (const runtime of this.#stale) {
      const { definition, tenantId, id, states } = runtime;
      const stored = definition === undefined ? undefined : await loadStates(this.#parts, definition, tenantId, id);
      if (stored !== undefined) states?.replaceBy(stored);
      this.#stale.delete(runtime);
    }
  }
}
