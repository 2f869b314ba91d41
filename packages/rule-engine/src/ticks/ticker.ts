import type { CancelTimer, Clock, Log } from '@fieldline/kernel';
import type { UnitRunner } from '../commit/unit-runner.js';
import type { NodeRuntime } from '../compile/node-runtime.js';
import { TICK_PERIOD_MIN_MS, TIMER_MAX_MS } from '../limits.js';
import { ChainRun } from '../run/chain-run.js';
import { callOnTick } from '../run/node-call.js';

/**
 * Calls `onTick` of nodes that make messages by themselves, each tick with a commit of its own. A tick that
 * would begin while the one before still runs is left out.
 */
export class Ticker {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #units: UnitRunner;

  constructor(parts: { readonly clock: Clock; readonly log: Log }, units: UnitRunner) {
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#units = units;
  }

  /** Starts the ticks of a node, the first after one period; returns what ends them. */
  start(chainId: string, { id, definition, config, problem }: NodeRuntime): CancelTimer | undefined {
    if (definition?.ticks === undefined || problem !== undefined) return undefined;
    const periodMs = Math.max(TICK_PERIOD_MIN_MS, definition.ticks.periodMs(config));
    let cancel: CancelTimer = () => undefined;
    let isRunning = false;
    let isStopped = false;
    let nextMs = this.#clock.monotonicMs() + periodMs;
    const arm = (): void => {
      cancel = this.#clock.after('node-tick', Math.min(Math.max(0, nextMs - this.#clock.monotonicMs()), TIMER_MAX_MS), fire);
    };
    const fire = (): void => {
      if (isStopped) return;
      const nowMs = this.#clock.monotonicMs();
      if (nowMs >= nextMs) {
        // Ticks that were missed, because the machine slept or was busy, are not made up for.
        nextMs = Math.max(nextMs + periodMs, nowMs);
        if (!isRunning) {
          isRunning = true;
          void this.#tick(chainId, id).finally(() => (isRunning = false));
        }
      }
      arm();
    };
    arm();
    return () => {
      isStopped = true;
      cancel();
    };
  }

  async #tick(chainId: string, nodeId: string): Promise<void> {
    try {
      await this.#units.execute((run) => {
        const chain = run.chain(chainId);
        const node = chain?.node(nodeId);
        if (chain === undefined || node === undefined || node.role === 'inactive') return undefined;
        const chainRun = new ChainRun(run, chain, []);
        const pending = callOnTick(chainRun, node);
        if (pending !== undefined) return pending.then(() => run.settle(chainRun));
        return run.settle(chainRun);
      });
    } catch (error) {
      this.#log.warn('tick-failed', { ruleChainId: chainId, nodeId, error });
    }
  }
}
