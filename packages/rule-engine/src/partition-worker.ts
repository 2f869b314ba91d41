import type { BatchFailures, MessageBatch } from '@fieldline/ports';
import type { BatchRun } from './run/batch-run.js';
import type { UnitRunner } from './commit/unit-runner.js';

/** No message failed: those that did are dead letters, and count as acknowledged (design.md §4). */
const none: BatchFailures = new Map();

interface Waiting {
  readonly batch: MessageBatch;
  readonly resolve: (failures: BatchFailures | Promise<BatchFailures>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Runs the batches of one partition in order. A batch begins when the one before has run; that one's commit may
 * still be under way. Where no node waits for anything, a batch has run when `handle` returns.
 */
export class PartitionWorker {
  readonly #units: UnitRunner;
  readonly #waiting: Waiting[] = [];
  #isBusy = false;

  constructor(units: UnitRunner) {
    this.#units = units;
  }

  /** Resolves when the commit of the batch is done. @throws what the store throws; nothing of the batch was kept then */
  handle(batch: MessageBatch): Promise<BatchFailures> {
    if (!this.#isBusy && this.#units.gate.isOpen) return this.#start(batch);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ batch, resolve, reject });
      this.#next();
    });
  }

  #start(batch: MessageBatch): Promise<BatchFailures> {
    const run = this.#units.begin();
    let pending: void | Promise<void>;
    try {
      pending = run.enter(batch.messages);
    } catch (error) {
      return this.#broken(run, error);
    }
    if (pending === undefined) return this.#commit(run);
    this.#isBusy = true;
    return pending.then(
      () => {
        const committed = this.#commit(run);
        this.#goOn();
        return committed;
      },
      (error: unknown) => {
        const broken = this.#broken(run, error);
        this.#goOn();
        return broken;
      },
    );
  }

  async #commit(run: BatchRun): Promise<BatchFailures> {
    await this.#units.commit(run);
    return none;
  }

  async #broken(run: BatchRun, error: unknown): Promise<never> {
    this.#units.abandon(run);
    throw error;
  }

  #goOn(): void {
    this.#isBusy = false;
    this.#next();
  }

  #next(): void {
    if (this.#isBusy || this.#waiting.length === 0) return;
    if (!this.#units.gate.isOpen) {
      this.#isBusy = true;
      this.#units.gate.whenOpen().then(
        () => this.#goOn(),
        (error: unknown) => {
          for (const { reject } of this.#waiting.splice(0)) reject(error);
          this.#isBusy = false;
        },
      );
      return;
    }
    while (!this.#isBusy && this.#units.gate.isOpen) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      next.resolve(this.#start(next.batch));
    }
  }
}
