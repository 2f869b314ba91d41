import type { TimeSpan } from '../reads/history-reads.js';

/** A set of times as spans that neither overlap nor touch, in ascending order. */
export class TimeSpans {
  readonly #spans: TimeSpan[] = [];

  get all(): readonly TimeSpan[] {
    return this.#spans;
  }

  get isEmpty(): boolean {
    return this.#spans.length === 0;
  }

  add({ startMs, endMs }: TimeSpan): void {
    if (startMs >= endMs) return;
    const from = this.#first((span) => span.endMs >= startMs);
    let to = from;
    let [firstMs, lastMs] = [startMs, endMs];
    for (let span = this.#spans[to]; span !== undefined && span.startMs <= endMs; span = this.#spans[to]) {
      firstMs = Math.min(firstMs, span.startMs);
      lastMs = Math.max(lastMs, span.endMs);
      to += 1;
    }
    this.#spans.splice(from, to - from, { startMs: firstMs, endMs: lastMs });
  }

  has(tsMs: number): boolean {
    return this.hasAll(tsMs, tsMs);
  }

  /** True where every time from `firstMs` to `lastMs`, both inclusive, is in the set. */
  hasAll(firstMs: number, lastMs: number): boolean {
    const span = this.#spans[this.#first(({ endMs }) => endMs > firstMs)];
    return span !== undefined && span.startMs <= firstMs && lastMs < span.endMs;
  }

  /** Place of the first span of which `isIt` is true, where it is true of all after it. */
  #first(isIt: (span: TimeSpan) => boolean): number {
    let low = 0;
    let high = this.#spans.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isIt(this.#spans[middle] as TimeSpan)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
