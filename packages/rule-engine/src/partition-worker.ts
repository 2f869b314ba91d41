import type { BatchFailures, MessageBatch } from '@fieldline/ports';
import type { BatchRun } from './run/batch-run.js';
import type { UnitRunner } from './commit/unit-runner.js';
import type { DoneBatches } from './queues/done-batches.js';

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
  readonly #done: Pick<DoneBatches, 'mark' | 'unmark'>;
  readonly #waiting: Waiting[] = [];
  #isBusy = false;
  #whenIdle: (() => void)[] = [];

  constructor(units: UnitRunner, done: Pick<DoneBatches, 'mark' | 'unmark'>) {
    this.#units = units;
    this.#done = done;
  }

  /** True where no batch runs or waits; commits may still be under way. */
  get isIdle(): boolean {
    return !this.#isBusy && this.#waiting.length === 0;
  }

  whenIdle(): Promise<void> {
    return this.isIdle ? Promise.resolve() : new Promise((resolve) => this.#whenIdle.push(resolve));
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
    if (pending === undefined) return this.#commit(run, batch);
    this.#isBusy = true;
    return pending.then(
      () => {
        const committed = this.#commit(run, batch);
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

  async #commit(run: BatchRun, batch: MessageBatch): Promise<BatchFailures> {
    this.#done.mark(run.unit, batch);
    try {
      await this.#units.commit(run);
    } catch (error) {
      this.#done.unmark(batch);
      throw error;
    }
    return none;
  }

  async #broken(run: BatchRun, error: unknown): Promise<never> {
    this.#units.abandon(run);
    throw error;
  }

  #goOn(): void {
    this.#isBusy = false;
    this.#next();
    if (this.isIdle) for (const resolve of this.#whenIdle.splice(0)) resolve();
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
