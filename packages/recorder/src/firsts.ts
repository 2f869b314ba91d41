import { HOUR_MS, ORIGINATORS_REMEMBERED_MAX } from './limits.js';

/** Originators of whom a message was traced in the hour that runs. */
export class Firsts {
  readonly #known = new Set<string>();
  #untilMs = 0;

  /** True for an originator nothing was traced of in this hour; false also where no more can be remembered. */
  isNew(originatorId: string, nowMs: number): boolean {
    if (nowMs >= this.#untilMs) {
      this.#known.clear();
      this.#untilMs = (Math.floor(nowMs / HOUR_MS) + 1) * HOUR_MS;
    }
    return !this.#known.has(originatorId) && this.#known.size < ORIGINATORS_REMEMBERED_MAX;
  }

  add(originatorId: string): void {
    this.#known.add(originatorId);
  }
}
