import type { Clock, Log } from '@fieldline/kernel';

/** One step of stopping, with the longest time it may take. */
export interface StopStep {
  readonly name: string;
  readonly deadlineMs: number;
  run(): Promise<void> | void;
}

/**
 * Owns the order in which the server stops: stop accepting, drain, close (style.md §2.5). Steps are run in the
 * order they were added, each once, however often `stop` is called; one that fails or takes too long is
 * logged and does not keep the others from running.
 */
export class Lifecycle {
  readonly #steps: StopStep[] = [];
  readonly #clock: Clock;
  readonly #log: Log;
  #stopped: Promise<void> | undefined;

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  onStop(step: StopStep): void {
    this.#steps.push(step);
  }

  get isStopping(): boolean {
    return this.#stopped !== undefined;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#run();
    return this.#stopped;
  }

  async #run(): Promise<void> {
    for (const step of this.#steps) {
      let cancel = (): void => undefined;
      const late = new Promise<'late'>((resolve) => {
        cancel = this.#clock.after(`stopping ${step.name}`, step.deadlineMs, () => resolve('late'));
      });
      try {
        const end = await Promise.race([Promise.resolve(step.run()), late]);
        if (end === 'late') this.#log.error('stop-step-late', { step: step.name, deadlineMs: step.deadlineMs });
      } catch (error) {
        this.#log.error('stop-step-failed', { step: step.name, error });
      } finally {
        cancel();
      }
    }
  }
}
