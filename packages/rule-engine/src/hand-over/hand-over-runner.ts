import type { Clock, IdSource, Log } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import type { HandOver, HandOverCount, QueuePartition } from '@fieldline/ports';
import type { UnitRunner } from '../commit/unit-runner.js';
import { HAND_OVER_BATCH_MAX, HAND_OVER_PAUSE_MIN_MS, HAND_OVER_RETRY_MS, HAND_OVERS_PER_NODE_MAX, TIMER_MAX_MS } from '../limits.js';
import type { Deployments } from '../deploy/deployments.js';
import type { BatchRun } from '../run/batch-run.js';
import type { QueueLanes } from '../queues/queue-lanes.js';
import { restoredMessage } from '../run/stored-message.js';
import { Backlog, type BacklogParts } from './backlog.js';
import { DueList } from './due-list.js';
import { handOverPack } from './hand-over-pack.js';
import { positionKey, resume, type Position } from './resume.js';

/** Hand-overs that wait for one node, reached by one line of callers; or for one partition of a queue. */
interface Lane extends Position {
  readonly isDue: boolean;
  readonly queue: { readonly tenantId: TenantId; readonly partition: QueuePartition } | undefined;
  readonly waiting: HandOver[];
  running: number;
  isPaused: boolean;
}

export interface HandOverParts {
  readonly store: BacklogParts['store'];
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
}

/**
 * Runs what was handed over, after the commit that says so: each with a commit of its own that holds its effects
 * and its end together. So after a crash it runs again, at least once, and never counts as done too early.
 *
 * A node that takes batches gets one at a time, in order. Others get up to `HAND_OVERS_PER_NODE_MAX` messages at
 * once, so one slow answer holds nothing up. What a node sent to a queue goes on by the strategies of that queue.
 * What does not fit in memory waits in the log.
 */
export class HandOverRunner {
  readonly #parts: HandOverParts;
  readonly #units: UnitRunner;
  readonly #deployments: Deployments;
  readonly #queues: QueueLanes;
  readonly #lanes = new Map<string, Lane>();
  readonly #backlog: Backlog;
  readonly #due: DueList<HandOver>;
  #isStarted = false;

  constructor(parts: HandOverParts, units: UnitRunner, deployments: Deployments, queues: QueueLanes) {
    this.#parts = parts;
    this.#queues = queues;
    this.#units = units;
    this.#deployments = deployments;
    this.#due = new DueList(parts.clock, (works) => this.#enqueue(works));
    this.#backlog = new Backlog({ ...parts, due: this.#due, onReady: (works) => this.#enqueue(works) });
  }

  /** Reads what is open in the log and runs it; then whatever `add` brings. @param open how much that is */
  async start(open: readonly HandOverCount[]): Promise<void> {
    this.#isStarted = true;
    await this.#backlog.start(open);
  }

  /** Starts nothing new; what is not done stays in the log. */
  stop(): void {
    this.#isStarted = false;
    this.#backlog.stop();
    this.#due.stop();
    for (const lane of this.#lanes.values()) lane.waiting.length = 0;
  }

  add(works: readonly HandOver[]): void {
    this.#backlog.add(works);
  }

  /** Hand-overs in memory: waiting, held or running. */
  get open(): number {
    return this.#backlog.size;
  }

  #enqueue(works: readonly HandOver[]): void {
    const touched = new Map<string, Lane>();
    for (const work of works) {
      const { at, callers, message, queueName } = work;
      const isDue = work.dueMs !== undefined;
      const { tenantId } = message;
      const partition = queueName === undefined ? undefined : this.#queues.partitionOf(tenantId, message.originator.id, queueName);
      const key = partition === undefined ? positionKey(work) + (isDue ? ' due' : '') : `${tenantId} ${partition.queueName} ${partition.partition}`;
      let lane = this.#lanes.get(key);
      if (lane === undefined) {
        const queue = partition === undefined ? undefined : { tenantId, partition };
        lane = { at, callers, isDue, queue, waiting: [], running: 0, isPaused: false };
        this.#lanes.set(key, lane);
      }
      lane.waiting.push(work);
      touched.set(key, lane);
    }
    for (const [key, lane] of touched) this.#advance(lane, key);
  }

  #advance(lane: Lane, key: string): void {
    const takesBatches = this.#takesBatches(lane);
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

  #takesBatches({ at, isDue, queue }: Lane): boolean {
    if (queue !== undefined) return true;
    const node = this.#deployments.current(at.ruleChainId)?.chain.node(at.ruleNodeId);
    return !isDue && node?.runtime.definition?.onBatch !== undefined;
  }

  async #run(lane: Lane, works: readonly HandOver[]): Promise<void> {
    /** Places of the messages that the node gave back, and until when. */
    const given = new Map<number, number>();
    try {
      if (lane.queue === undefined) await this.#resume(lane, works, given);
      else await this.#runPack(lane.queue, works);
    } catch (error) {
      this.#parts.log.warn('hand-over-retry', { ruleChainId: lane.at.ruleChainId, nodeId: lane.at.ruleNodeId, messages: works.length, error });
      this.#retryLater(lane, works, HAND_OVER_RETRY_MS);
      return;
    }
    this.#giveBack(lane, works, given);
    this.#backlog.done(works.filter((_work, place) => !given.has(place)));
  }

  #resume(lane: Lane, works: readonly HandOver[], given: Map<number, number>): Promise<void> {
    return this.#units.execute((run) => {
      const resumed = works.map((work, place) => ({ work, message: run.restore(work), place }));
      const pending = resume(run, lane, resumed, lane.isDue);
      if (pending === undefined) return finish(run, works, given);
      return pending.then(() => finish(run, works, given));
    });
  }

  #runPack({ tenantId, partition }: NonNullable<Lane['queue']>, works: readonly HandOver[]): Promise<void> {
    const messages = works.map(({ message }) => restoredMessage(message, this.#parts.ids));
    return this.#queues.handlePack(tenantId, partition, handOverPack(works, messages));
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
  for (const [place, work] of works.entries()) {
    if (given.has(place)) run.later.waitsAgain(work);
    else run.later.done(work);
  }
}
