import { liveTail, tailedFrame, type LiveData } from '@fieldline/api-contract';
import type { LiveUpdate } from '@fieldline/ports';
import type { UpdateRenderings } from './entities/update-renderings.js';
import type { FrameQueue, FrameSource } from './frame-queue.js';
import { EARLY_UPDATES_MAX } from './limits.js';
import { toldData, type Selection, type ToldValue } from './told-values.js';

export interface SubscriptionOptions {
  readonly id: number;
  readonly selection: Selection;
  /** Which values a client wants that cannot take all: every one, the newest, or the newest and no older one at any time. */
  readonly wants: 'every' | 'newest' | 'newer';
  readonly queue: Pick<FrameQueue, 'send' | 'isBehind' | 'overflow'>;
  readonly renderings: UpdateRenderings;
}

interface Rendering {
  readonly told: readonly ToldValue[];
  /** Of all of them, once somebody is told all of them. */
  tail: string | undefined;
}

/**
 * One subscription of version 1. Updates that come before the first frame wait until it was sent, so the first frame precedes every
 * update and nothing stored in between is missed.
 */
export class LiveSubscription implements FrameSource {
  readonly #options: SubscriptionOptions;
  readonly #lastTsMs = new Map<string, number>();
  #early: LiveUpdate[] | undefined = [];
  #merged: Map<string, ToldValue> | undefined;
  #isEnded = false;

  constructor(options: SubscriptionOptions) {
    this.#options = options;
  }

  /** Sends the first frame, then what came meanwhile. */
  begin(data: LiveData): void {
    if (this.#isEnded) return;
    for (const [key, pairs] of Object.entries(data)) this.#lastTsMs.set(key, greatestTsMs(pairs));
    this.#options.queue.send(tailedFrame(this.#options.id, liveTail(data)));
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const update of early) this.update(update);
  }

  update(update: LiveUpdate): void {
    if (this.#isEnded) return;
    const { selection, wants, queue, id, renderings } = this.#options;
    const rendering = renderings.of<Rendering>(update, selection.signature, () => ({ told: selection.of(update), tail: undefined }));
    const { told } = rendering;
    if (told.length === 0) return;
    if (this.#early !== undefined) {
      // A socket whose first read takes this long is told so instead of missing updates.
      if (this.#early.push(update) > EARLY_UPDATES_MAX) queue.overflow();
      return;
    }
    const news = wants === 'newer' ? this.#newerOf(told) : told;
    if (news.length === 0) return;
    if (this.#merged !== undefined || (wants !== 'every' && queue.isBehind)) this.#merge(news);
    else if (news !== told) queue.send(tailedFrame(id, liveTail(toldData(news))));
    else queue.send(tailedFrame(id, (rendering.tail ??= liveTail(toldData(told)))));
  }

  /** Nothing is sent any more, not even what waits for a slow socket. */
  end(): void {
    this.#isEnded = true;
    this.#early = undefined;
    this.#merged = undefined;
  }

  takeFrame(): string | undefined {
    const values = this.#merged;
    this.#merged = undefined;
    return values === undefined || values.size === 0 ? undefined : tailedFrame(this.#options.id, liveTail(toldData(values.values())));
  }

  /** Those that are no older than what is known of their key; all of them, as they came, nearly always. */
  #newerOf(told: readonly ToldValue[]): readonly ToldValue[] {
    let news: ToldValue[] | undefined;
    for (const [place, value] of told.entries()) {
      const { slot, tsMs, isReplacement } = value;
      if (!isReplacement && tsMs < (this.#lastTsMs.get(slot) ?? -Infinity)) {
        news ??= told.slice(0, place);
        continue;
      }
      this.#lastTsMs.set(slot, tsMs);
      news?.push(value);
    }
    return news ?? told;
  }

  #merge(values: readonly ToldValue[]): void {
    if (this.#merged === undefined) {
      this.#merged = new Map();
      this.#options.queue.send(this);
    }
    for (const value of values) this.#merged.set(value.slot, value);
  }
}

/** The time of the newest value; a key without one is shown with the current time, which says nothing. */
function greatestTsMs(pairs: LiveData[string]): number {
  return pairs.reduce((last, [tsMs, value]) => (value === null ? last : Math.max(last, tsMs)), -Infinity);
}
