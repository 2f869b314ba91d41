import type { Clock } from '@fieldline/kernel';

/**
 * Tells a batch how long its steps take. It remembers the last time it was read, so that the end of one call is the
 * beginning of the next: one reading a call.
 */
export class Stopwatch {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly beganMs: number;
  /** When it was last read. */
  atMs: number;

  constructor(clock: Pick<Clock, 'monotonicMs'>) {
    this.#clock = clock;
    this.beganMs = clock.monotonicMs();
    this.atMs = this.beganMs;
  }

  read(): number {
    this.atMs = this.#clock.monotonicMs();
    return this.atMs;
  }
}
