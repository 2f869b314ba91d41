import type { CancelTimer, Clock, Log } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import type { QueueStrategies } from '@fieldline/model';
import { queueErrors } from '@fieldline/ports';
import type { UnitRunner } from '../commit/unit-runner.js';
import { engineErrors } from '../errors.js';
import { Attempt, StandingOutcomes } from '../run/attempt.js';
import type { BatchRun } from '../run/batch-run.js';
import type { Pack } from './pack.js';
import { cancelsLateOnes, nextPauseMs, placesToRetry, type Verdict } from './processing.js';
import { SubmitOrder } from './submit-order.js';

export interface PackWorkerParts {
  readonly units: UnitRunner;
  readonly clock: Clock;
  readonly log: Log;
}

interface Waiting {
  readonly pack: Pack;
  readonly queue: QueueStrategies;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Runs the packs of one partition one after the other, by the strategies of their queue. What fails is retried
 * here, and the partition waits for it: a message that left for later would be overtaken (style.md §2.5). What is
 * given up becomes a dead letter.
 *
 * Each attempt has a commit of its own, so what succeeded is stored while the rest is retried; a crash in between
 * starts the whole pack anew.
 */
export class PackWorker {
  readonly #parts: PackWorkerParts;
  readonly #waiting: Waiting[] = [];
  /** Ends the pause before a retry. */
  #wake: (() => void) | undefined;
  #isBusy = false;
  #isStopped = false;

  constructor(parts: PackWorkerParts) {
    this.#parts = parts;
  }

  /** True where nothing runs and nothing waits. */
  get isIdle(): boolean {
    return !this.#isBusy && this.#waiting.length === 0;
  }

  /**
   * Resolves when every message of the pack is done and committed.
   *
   * @param queue the strategies that hold for this pack, whatever becomes of the queue meanwhile
   * @throws what the store throws, or QUEUE_CLOSED: the pack has to come again
   */
  handle(pack: Pack, queue: QueueStrategies): Promise<void> {
    if (this.#isStopped) return Promise.reject(queueErrors.CLOSED());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ pack, queue, resolve, reject });
      if (!this.#isBusy) void this.#work();
    });
  }

  /** Starts no further attempt: what is not done goes back to where it came from. */
  stop(): void {
    this.#isStopped = true;
    this.#wake?.();
    for (const { reject } of this.#waiting.splice(0)) reject(queueErrors.CLOSED());
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      try {
        await this.#run(next.pack, next.queue);
        next.resolve();
      } catch (error) {
        next.reject(error);
      }
    }
    this.#isBusy = false;
  }

  async #run(pack: Pack, queue: QueueStrategies): Promise<void> {
    const { units, clock, log } = this.#parts;
    const standing = new StandingOutcomes();
    const savedAtMs = clock.nowMs();
    const commits: Promise<void>[] = [];
    let places: readonly number[] = pack.messages.map((_, place) => place);
    let pauseMs = queue.processing.pauseMs;
    for (let retry = 1; places.length > 0; retry += 1) {
      while (!units.gate.isOpen) await units.gate.whenOpen();
      const attempt = new Attempt(standing);
      const run = units.begin({ attempt, savedAtMs });
      const { pending, late } = await this.#attempt(pack, queue, run, places);
      const verdict = { total: pack.messages.length, places, failed: new Set(attempt.failures.keys()), pending, acknowledged: attempt.acknowledged };
      const again = placesToRetry(queue.processing, verdict, retry);
      finish(pack, run, verdict, again);
      const committed = late === undefined ? units.commit(run) : late.then(() => units.commit(run));
      commits.push(committed);
      // The call that was cancelled may take its time; the retry does not wait for it, only the end of the pack does.
      if (late === undefined) await committed;
      else committed.catch(() => undefined);
      places = again;
      if (again.length === 0) break;
      log.debug('pack-retried', { queue: queue.name, retry, messages: again.length });
      await this.#pause(pauseMs);
      pauseMs = nextPauseMs(queue.processing, pauseMs);
    }
    await Promise.all(commits);
  }

  /** Runs the messages once, round by round. `late` is the end of the call that was still under way at the time limit. */
  async #attempt(
    pack: Pack,
    queue: QueueStrategies,
    run: BatchRun,
    places: readonly number[],
  ): Promise<{ readonly pending: ReadonlySet<number>; readonly late?: Promise<void> }> {
    const { units, clock } = this.#parts;
    const pending = new Set(places);
    const order = new SubmitOrder(queue.submit, places, pack.messages);
    const limit = cancelsLateOnes(queue.processing) ? timeLimit(clock, queue.packTimeoutMs) : undefined;
    const hasFailed = (place: number): boolean => run.attempt?.failures.has(place) === true;
    try {
      for (let round = order.next(hasFailed); round.length > 0 && limit?.isOver() !== true; round = order.next(hasFailed)) {
        for (const place of round) run.attempt?.begun.add(place);
        const running = pack.enter(run, round);
        if (running !== undefined && limit !== undefined && (await limit.isFirst(running))) {
          run.isCancelled = true;
          for (const place of places) if (hasFailed(place)) pending.delete(place);
          return { pending, late: running.catch(() => undefined) };
        }
        await running;
        for (const place of round) pending.delete(place);
      }
      return { pending };
    } catch (error) {
      units.abandon(run);
      throw error;
    } finally {
      limit?.cancel();
    }
  }

  async #pause(durationMs: number): Promise<void> {
    if (!this.#isStopped && durationMs > 0) {
      await new Promise<void>((resolve) => {
        const cancel = this.#parts.clock.after('pack-retry', durationMs, resolve);
        this.#wake = () => (cancel(), resolve());
      });
      this.#wake = undefined;
    }
    if (this.#isStopped) throw queueErrors.CLOSED();
  }
}

/** Writes down what is over: messages that are not run again are done, and those of them that did not succeed become dead letters. */
function finish(pack: Pack, run: BatchRun, { places, pending }: Verdict, again: readonly number[]): void {
  const goOn = new Set(again);
  for (const place of places) {
    if (goOn.has(place)) {
      if (run.attempt?.begun.has(place) === true) pack.again(run, place);
      continue;
    }
    for (const { message, problem, at } of run.attempt?.failures.get(place) ?? []) run.deadLetter(message, problem, at, place);
    const message = pack.messages[place];
    if (pending.has(place) && message !== undefined)
      run.deadLetter(message, problemOf(engineErrors.PACK_TIMED_OUT()), { ruleChainId: pack.chainOf(run, place) }, place);
    pack.finish(run, place);
  }
  if (again.length === 0) pack.close(run);
}

interface TimeLimit {
  isOver(): boolean;
  /** True where the limit is reached before the work is over. Rejects where the work does. */
  isFirst(work: Promise<void>): Promise<boolean>;
  cancel: CancelTimer;
}

function timeLimit(clock: Clock, durationMs: number): TimeLimit {
  let isOver = false;
  const reached = Promise.withResolvers<boolean>();
  const cancel = clock.after('pack-timeout', durationMs, () => {
    isOver = true;
    reached.resolve(true);
  });
  return { isOver: () => isOver, isFirst: (work) => Promise.race([work.then(() => false), reached.promise]), cancel };
}
