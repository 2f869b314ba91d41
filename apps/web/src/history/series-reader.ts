import type { Reading, Span } from '../api/telemetry-api.js';
import { EXPORT_PAGE_CHARACTERS, EXPORT_PAGE_FIRST, EXPORT_PAGE_MAX } from './limits.js';

/** Readings of a key, oldest first: at most `limit` of a span. */
export type ReadPage = (key: string, page: Span & { readonly limit: number }) => Promise<readonly Reading[]>;

/** Characters that a reading takes in an answer besides its value. */
const AROUND_VALUE = 40;

/**
 * Reads the readings of one key page by page, oldest first. Pages are as long as their values allow: of short ones many,
 * of long texts few. No two readings of a key have the same time, so the next page begins after the last reading.
 */
export class SeriesReader {
  readonly key: string;
  readonly #read: ReadPage;
  readonly #endTs: number;
  #startTs: number;
  #limit = EXPORT_PAGE_FIRST;
  #page: readonly Reading[] = [];
  #place = 0;
  #isLastPage = false;

  constructor(key: string, { startTs, endTs }: Span, read: ReadPage) {
    this.key = key;
    this.#startTs = startTs;
    this.#endTs = endTs;
    this.#read = read;
  }

  /** The reading that comes next. Undefined at the end, and where `load` has to be called first. */
  get head(): Reading | undefined {
    return this.#page[this.#place];
  }

  get needsLoad(): boolean {
    return this.#place >= this.#page.length && !this.#isLastPage;
  }

  take(): void {
    this.#place += 1;
  }

  async load(): Promise<void> {
    const page = await this.#read(this.key, { startTs: this.#startTs, endTs: this.#endTs, limit: this.#limit });
    const last = page.at(-1);
    this.#isLastPage = page.length < this.#limit || last === undefined;
    this.#startTs = (last?.ts ?? this.#endTs) + 1;
    this.#page = page;
    this.#place = 0;
    const characters = page.reduce((sum, { value }) => sum + value.length + AROUND_VALUE, 0);
    const fitting = Math.floor((EXPORT_PAGE_CHARACTERS * page.length) / Math.max(1, characters));
    this.#limit = Math.min(EXPORT_PAGE_MAX, Math.max(1, fitting));
  }
}
