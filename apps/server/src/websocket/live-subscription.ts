import { liveDataOf, liveFrame, type LiveData } from '@fieldline/api-contract';
import type { DataPoint } from '@fieldline/model';
import type { FrameQueue, FrameSource } from './frame-queue.js';
import { EARLY_UPDATES_MAX } from './limits.js';

export interface SubscriptionOptions {
  readonly id: number;
  /** Empty means all keys. */
  readonly keys: ReadonlySet<string>;
  /** Suppress points older than the last known one of their key, and merge for slow readers. */
  readonly isLatestOnly: boolean;
  readonly queue: FrameQueue;
}

/**
 * One subscription of one socket. Updates that come before the first frame wait until it was sent, so the
 * first frame precedes every update and nothing stored in between is missed.
 */
export class LiveSubscription implements FrameSource {
  readonly #options: SubscriptionOptions;
  readonly #lastTsMs = new Map<string, number>();
  #early: (readonly DataPoint[])[] | undefined = [];
  #merged: Map<string, DataPoint> | undefined;
  #isEnded = false;

  constructor(options: SubscriptionOptions) {
    this.#options = options;
  }

  /** Sends the first frame, then what came meanwhile. */
  begin(data: LiveData): void {
    if (this.#isEnded) return;
    for (const [key, pairs] of Object.entries(data)) this.#lastTsMs.set(key, greatestTsMs(pairs));
    this.#options.queue.send(liveFrame(this.#options.id, data));
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const points of early) this.update(points);
  }

  update(points: readonly DataPoint[]): void {
    if (this.#isEnded) return;
    const { keys, isLatestOnly, queue, id } = this.#options;
    const meant = keys.size === 0 ? points : points.filter((point) => keys.has(point.key));
    if (this.#early !== undefined) {
      // A socket whose first read takes this long is told so instead of missing updates.
      if (meant.length > 0 && this.#early.push(meant) > EARLY_UPDATES_MAX) queue.overflow();
      return;
    }
    const wanted = isLatestOnly ? meant.filter((point) => this.#isNews(point)) : meant;
    if (wanted.length === 0) return;
    if (this.#merged !== undefined || (isLatestOnly && queue.isBehind)) this.#merge(wanted);
    else queue.send(liveFrame(id, liveDataOf(wanted)));
  }

  /** Nothing is sent any more, not even what waits for a slow socket. */
  end(): void {
    this.#isEnded = true;
    this.#early = undefined;
    this.#merged = undefined;
  }

  takeFrame(): string | undefined {
    const points = [...(this.#merged?.values() ?? [])];
    this.#merged = undefined;
    return points.length === 0 ? undefined : liveFrame(this.#options.id, liveDataOf(points));
  }

  #isNews(point: DataPoint): boolean {
    const last = this.#lastTsMs.get(point.key) ?? -Infinity;
    if (point.tsMs < last) return false;
    this.#lastTsMs.set(point.key, point.tsMs);
    return true;
  }

  #merge(points: readonly DataPoint[]): void {
    if (this.#merged === undefined) {
      this.#merged = new Map();
      this.#options.queue.send(this);
    }
    for (const point of points) this.#merged.set(point.key, point);
  }
}

/** The time of the newest value; a key without one is shown with the current time, which says nothing. */
function greatestTsMs(pairs: LiveData[string]): number {
  return pairs.reduce((last, [tsMs, value]) => (value === null ? last : Math.max(last, tsMs)), -Infinity);
}
