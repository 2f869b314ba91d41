import { problemOf } from '@fieldline/kernel';
import type { CommandContext } from '../commands/command-context.js';
import { ALARM_QUERIES_PER_REFRESH, ALARM_REFRESH_MS } from './limits.js';

const PAUSE_MS = ALARM_REFRESH_MS / ALARM_QUERIES_PER_REFRESH;

/**
 * Evaluates a query again after events: one at a time, as often as a command may (websocket-api.md §2). What is asked for while an
 * evaluation waits is in it, what is asked for while one runs needs another.
 */
export class Requeries {
  readonly #context: CommandContext;
  readonly #evaluate: () => Promise<void>;
  #left = ALARM_QUERIES_PER_REFRESH;
  #filledMs: number;
  #isDue = false;
  #isRunning = false;
  #cancel: () => void = () => undefined;

  constructor(context: CommandContext, evaluate: () => Promise<void>) {
    this.#context = context;
    this.#evaluate = evaluate;
    this.#filledMs = context.deps.clock.monotonicMs();
    context.onEnd(() => this.#cancel());
  }

  ask(): void {
    if (this.#isDue || this.#context.isEnded) return;
    this.#isDue = true;
    if (!this.#isRunning) this.#begin(this.#waitMs());
  }

  #begin(waitMs: number): void {
    if (waitMs <= 0) void this.#run();
    else this.#cancel = this.#context.deps.clock.after('alarm query', waitMs, () => void this.#run());
  }

  #waitMs(): number {
    const nowMs = this.#context.deps.clock.monotonicMs();
    const gained = Math.min(ALARM_QUERIES_PER_REFRESH - this.#left, Math.floor((nowMs - this.#filledMs) / PAUSE_MS));
    this.#left += gained;
    this.#filledMs = this.#left === ALARM_QUERIES_PER_REFRESH ? nowMs : this.#filledMs + gained * PAUSE_MS;
    return this.#left > 0 ? 0 : this.#filledMs + PAUSE_MS - nowMs;
  }

  async #run(): Promise<void> {
    const { deps } = this.#context;
    let pauseMs = 0;
    this.#isRunning = true;
    try {
      await deps.pages.refreshes.run(async () => {
        // What changes from now on needs another evaluation.
        this.#isDue = false;
        this.#waitMs();
        this.#left = Math.max(0, this.#left - 1);
        if (!this.#context.isEnded) await this.#evaluate();
      });
    } catch (error) {
      // The client keeps what it has until then: what the changes were is not known any more.
      this.#isDue = true;
      pauseMs = PAUSE_MS;
      deps.pages.warnings.warn('alarm-query-not-refreshed', problemOf(error).code, { error });
    }
    this.#isRunning = false;
    if (this.#isDue && !this.#context.isEnded) this.#begin(Math.max(pauseMs, this.#waitMs()));
  }
}
