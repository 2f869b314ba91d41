import type { Clock, Log } from '@fieldline/kernel';
import type { ChainPosition, DataStore, HandOver } from '@fieldline/ports';
import type { UnitRunner } from '../commit/unit-runner.js';
import {
  HAND_OVER_BATCH_MAX,
  HAND_OVER_PAUSE_MIN_MS,
  HAND_OVER_RETRY_MS,
  HAND_OVERS_IN_MEMORY_MAX,
  HAND_OVERS_PER_NODE_MAX,
  TIMER_MAX_MS,
} from '../limits.js';
import type { Deployments } from '../deploy/deployments.js';
import type { BatchRun } from '../run/batch-run.js';
import { ChainRun } from '../run/chain-run.js';
import { Inbox } from '../run/inbox.js';
import { DueList } from './due-list.js';

/** Hand-overs that wait for one node, reached by one line of callers. */
interface Lane {
  readonly at: ChainPosition;
  readonly callers: readonly ChainPosition[];
  readonly isDue: boolean;
  readonly waiting: HandOver[];
  running: number;
  isPaused: boolean;
}

export interface HandOverParts {
  readonly store: Pick<DataStore, 'openHandOvers'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Runs what was handed over, after the commit that says so: each with a commit of its own that holds its effects
 * and its end together. So after a crash it runs again, at least once, and never counts as done too early.
 *
 * A node that takes batches gets one at a time, in order. Others get up to `HAND_OVERS_PER_NODE_MAX` messages at
 * once, so one slow answer holds nothing up. What no longer fits in memory waits in the log.
 */
export class HandOverRunner {
  readonly #parts: HandOverParts;
  readonly #units: UnitRunner;
  readonly #deployments: Deployments;
  readonly #lanes = new Map<string, Lane>();
  readonly #inMemory = new Set<string>();
  readonly #due: DueList<HandOver>;
  #isStarted = false;
  #hasMoreInLog = false;
  #isReading = false;

  constructor(parts: HandOverParts, units: UnitRunner, deployments: Deployments) {
    this.#parts = parts;
    this.#units = units;
    this.#deployments = deployments;
    this.#due = new DueList(parts.clock, (works) => this.#enqueue(works));
  }

  /** Reads what is open in the log and runs it; then whatever `add` brings. */
  async start(): Promise<void> {
    this.#isStarted = true;
    await this.#readLog();
  }

  /** Starts nothing new; what is not done stays in the log. */
  stop(): void {
    this.#isStarted = false;
    this.#due.stop();
    for (const lane of this.#lanes.values()) lane.waiting.length = 0;
  }

  add(works: readonly HandOver[]): void {
    const ready: HandOver[] = [];
    for (const work of works) {
      if (this.#inMemory.has(work.id)) continue;
      if (!this.#isStarted || this.#inMemory.size >= HAND_OVERS_IN_MEMORY_MAX) {
        this.#hasMoreInLog = true;
        continue;
      }
      this.#inMemory.add(work.id);
      if (work.dueMs === undefined) ready.push(work);
      else this.#due.add(work);
    }
    this.#enqueue(ready);
  }

  /** Hand-overs in memory: waiting, held or running. */
  get open(): number {
    return this.#inMemory.size;
  }

  async #readLog(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    this.#hasMoreInLog = false;
    try {
      this.add(await this.#parts.store.openHandOvers());
    } finally {
      this.#isReading = false;
    }
  }

  #enqueue(works: readonly HandOver[]): void {
    const touched = new Map<string, Lane>();
    for (const work of works) {
      const { at, callers } = work;
      const isDue = work.dueMs !== undefined;
      const key = [at, ...callers].map(({ ruleChainId, ruleNodeId }) => `${ruleChainId}.${ruleNodeId}`).join(' ') + (isDue ? ' due' : '');
      let lane = this.#lanes.get(key);
      if (lane === undefined) {
        lane = { at, callers, isDue, waiting: [], running: 0, isPaused: false };
        this.#lanes.set(key, lane);
      }
      lane.waiting.push(work);
      touched.set(key, lane);
    }
    for (const [key, lane] of touched) this.#advance(lane, key);
  }

  #advance(lane: Lane, key: string): void {
    const takesBatches = this.#nodeTakesBatches(lane);
    while (this.#isStarted && !lane.isPaused && lane.waiting.length > 0 && lane.running < (takesBatches ? 1 : HAND_OVERS_PER_NODE_MAX)) {
      const works = lane.waiting.splice(0, takesBatches ? HAND_OVER_BATCH_MAX : 1);
      lane.running += 1;
      void this.#run(lane, works).then(() => {
        lane.running -= 1;
        this.#advance(lane, key);
        if (lane.running === 0 && lane.waiting.length === 0) this.#lanes.delete(key);
      });
    }
  }

  #nodeTakesBatches({ at, isDue }: Lane): boolean {
    const node = this.#deployments.current(at.ruleChainId)?.chain.node(at.ruleNodeId);
    return !isDue && node?.runtime.definition?.onBatch !== undefined;
  }

  async #run(lane: Lane, works: readonly HandOver[]): Promise<void> {
    /** Places of the messages that the node gave back, and until when. */
    const given = new Map<number, number>();
    try {
      await this.#units.execute((run) => {
        const pending = resume(run, lane, works);
        if (pending === undefined) return finish(run, works, given);
        return pending.then(() => finish(run, works, given));
      });
    } catch (error) {
      this.#parts.log.warn('hand-over-retry', { ruleChainId: lane.at.ruleChainId, nodeId: lane.at.ruleNodeId, messages: works.length, error });
      this.#retryLater(lane, works, HAND_OVER_RETRY_MS);
      return;
    }
    this.#giveBack(lane, works, given);
    for (const [place, { id }] of works.entries()) if (!given.has(place)) this.#inMemory.delete(id);
    if (this.#hasMoreInLog && this.#isStarted && this.#inMemory.size <= HAND_OVERS_IN_MEMORY_MAX / 2) {
      this.#readLog().catch((error: unknown) => {
        this.#hasMoreInLog = true;
        this.#parts.log.warn('hand-over-log-unreadable', { error });
      });
    }
  }

  /** What the node gave back waits in front of its lane, in order, until the node wants it again. */
  #giveBack(lane: Lane, works: readonly HandOver[], given: ReadonlyMap<number, number>): void {
    if (given.size === 0) return;
    const delayMs = Math.min(...given.values()) - this.#parts.clock.nowMs();
    const back = works.filter((_work, place) => given.has(place));
    this.#retryLater(lane, back, Math.min(Math.max(HAND_OVER_PAUSE_MIN_MS, delayMs), TIMER_MAX_MS));
  }

  /** The store has nothing of these messages but that they are open, so they are taken up again, in their order. */
  #retryLater(lane: Lane, works: readonly HandOver[], delayMs: number): void {
    if (!this.#isStarted) return;
    lane.waiting.unshift(...works);
    lane.waiting.sort((a, b) => (a.id < b.id ? -1 : 1));
    if (lane.isPaused) return;
    lane.isPaused = true;
    this.#parts.clock.after('hand-over-retry', delayMs, () => {
      lane.isPaused = false;
      for (const [key, known] of this.#lanes) if (known === lane) this.#advance(lane, key);
    });
  }
}

/** Marks as done what the node did not give back. Called when everything else of the batch is in the unit. */
function finish(run: BatchRun, works: readonly HandOver[], given: Map<number, number>): void {
  for (const [place, { untilMs }] of run.deferred) given.set(place, untilMs);
  for (const [place, { id }] of works.entries()) if (!given.has(place)) run.unit.handOverDone(id);
}

function resume(run: BatchRun, { at, callers, isDue }: Lane, works: readonly HandOver[]): void | Promise<void> {
  const chain = run.chain(at.ruleChainId);
  const node = chain?.node(at.ruleNodeId);
  if (chain === undefined || node === undefined) {
    // A chain or node that was deleted meanwhile ends its messages (rule-engine.md §6).
    run.parts.log.warn('hand-over-ended', { ruleChainId: at.ruleChainId, nodeId: at.ruleNodeId, messages: works.length });
    return undefined;
  }
  const chainRun = new ChainRun(run, chain, callers);
  const inbox = new Inbox();
  for (const [place, work] of works.entries()) {
    if (work.leaveBy === undefined) inbox.push(run.restore(work), place, work.nodesRun);
    else chainRun.leave(node, work.leaveBy, run.restore(work), place, work.nodesRun);
  }
  const pending = chainRun.resume(node, inbox, isDue);
  if (pending !== undefined) return pending.then(() => run.settle(chainRun));
  return run.settle(chainRun);
}
