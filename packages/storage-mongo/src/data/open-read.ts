import type { RangeQuery } from '@fieldline/ports';
import { KEPT_FOR_READ_CHARACTERS_MAX, KEPT_FOR_READ_MAX } from '../limits.js';
import { isAliveAt, type Expiry } from './expiry.js';
import type { PointDocument } from './data-documents.js';

type Kept = Omit<PointDocument, '_id'>;

/**
 * A read of a series that shows the points as they were when it began, although they change while it goes on: whoever
 * is about to change one that it has not come to yet says here what it was.
 */
export class OpenRead {
  /** As `seriesName` gives it. */
  readonly series: string;
  readonly expiry: Expiry;
  readonly #isAscending: boolean;
  readonly #kept = new Map<number, Kept | undefined>();
  /** Of the points it has not come to: the end of an ascending read does not move, nor does the start of another. */
  #startMs: number;
  #endMs: number;
  #keptCharacters = 0;
  #isLost = false;

  constructor(series: string, expiry: Expiry, { startMs, endMs, order }: Pick<RangeQuery, 'startMs' | 'endMs' | 'order'>) {
    this.series = series;
    this.expiry = expiry;
    this.#isAscending = order === 'ASC';
    this.#startMs = startMs;
    this.#endMs = endMs;
  }

  /** The time that it has still to read, its end excluded. */
  get left(): { readonly startMs: number; readonly endMs: number } {
    return { startMs: this.#startMs, endMs: this.#endMs };
  }

  /** True where more changed than could be kept. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Points that are about to change; of those that are new it need not know what they were. */
  keep(before: readonly Kept[], fresh: readonly number[]): void {
    // What it was first is what it was when the read began.
    for (const document of before) {
      if (!this.#isLeft(document.ts) || this.#kept.has(document.ts)) continue;
      this.#kept.set(document.ts, document);
      if (typeof document.value === 'string') this.#keptCharacters += document.value.length;
    }
    for (const tsMs of fresh) if (this.#isLeft(tsMs) && !this.#kept.has(tsMs)) this.#kept.set(tsMs, undefined);
    if (this.#kept.size > KEPT_FOR_READ_MAX || this.#keptCharacters > KEPT_FOR_READ_CHARACTERS_MAX) this.lose();
  }

  lose(): void {
    this.#isLost = true;
    this.#kept.clear();
  }

  /** What the next points were when the read began. Those that are given come in its order, and none between them is left out. */
  asTheyWere<T extends Kept>(documents: readonly T[]): readonly (T | Kept)[] {
    const last = documents.at(-1);
    if (last === undefined) return [];
    const places = this.#isAscending ? { startMs: this.#startMs, endMs: last.ts + 1 } : { startMs: last.ts, endMs: this.#endMs };
    this.#startMs = this.#isAscending ? places.endMs : this.#startMs;
    this.#endMs = this.#isAscending ? this.#endMs : places.startMs;
    return this.#merged(documents, places);
  }

  /** The points that are left where the store has no more. */
  rest(): readonly Kept[] {
    const left = this.left;
    this.#startMs = this.#endMs;
    return this.#merged([], left);
  }

  #merged<T extends Kept>(documents: readonly T[], { startMs, endMs }: { readonly startMs: number; readonly endMs: number }): readonly (T | Kept)[] {
    if (this.#kept.size === 0) return documents;
    const within = [...this.#kept].filter(([tsMs]) => tsMs >= startMs && tsMs < endMs);
    const merged = [...documents.filter(({ ts }) => !this.#kept.has(ts)), ...within.flatMap(([, document]) => this.#alive(document))];
    for (const [tsMs, document] of within) {
      this.#kept.delete(tsMs);
      if (typeof document?.value === 'string') this.#keptCharacters -= document.value.length;
    }
    return merged.sort((a, b) => (this.#isAscending ? a.ts - b.ts : b.ts - a.ts));
  }

  #alive(document: Kept | undefined): readonly Kept[] {
    if (document === undefined) return [];
    const { ts: tsMs, expireAtMs } = document;
    return isAliveAt({ tsMs, ttlMs: expireAtMs === undefined ? 0 : expireAtMs - tsMs }, this.expiry) ? [document] : [];
  }

  #isLeft(tsMs: number): boolean {
    return !this.#isLost && tsMs >= this.#startMs && tsMs < this.#endMs;
  }
}
