import type { CancelTimer, Clock } from '@fieldline/kernel';
import { TIMER_MAX_MS } from '../limits.js';

/** Things that are due at an instant, earliest first, under one timer. Equal instants keep the order of adding. */
export class DueList<T extends { readonly dueMs?: number | undefined }> {
  readonly #clock: Clock;
  readonly #onDue: (items: readonly T[]) => void;
  readonly #items: T[] = [];
  #cancel: CancelTimer | undefined;

  constructor(clock: Clock, onDue: (items: readonly T[]) => void) {
    this.#clock = clock;
    this.#onDue = onDue;
  }

  get size(): number {
    return this.#items.length;
  }

  get last(): T | undefined {
    return this.#items.at(-1);
  }

  /** Takes the last one out. */
  dropLast(): T | undefined {
    const last = this.#items.pop();
    if (this.#items.length === 0) this.#arm();
    return last;
  }

  add(item: T): void {
    let low = 0;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (dueMsOf(this.#items[middle] as T) <= dueMsOf(item)) low = middle + 1;
      else high = middle;
    }
    this.#items.splice(low, 0, item);
    if (low === 0) this.#arm();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#items.length = 0;
  }

  #arm(): void {
    this.#cancel?.();
    const first = this.#items[0];
    if (first === undefined) return;
    const delayMs = Math.min(Math.max(0, dueMsOf(first) - this.#clock.nowMs()), TIMER_MAX_MS);
    this.#cancel = this.#clock.after('held-messages', delayMs, () => this.#fire());
  }

  #fire(): void {
    const nowMs = this.#clock.nowMs();
    const count = this.#items.findIndex((item) => dueMsOf(item) > nowMs);
    const due = this.#items.splice(0, count < 0 ? this.#items.length : count);
    this.#arm();
    if (due.length > 0) this.#onDue(due);
  }
}

const dueMsOf = (item: { readonly dueMs?: number | undefined }): number => item.dueMs ?? 0;
