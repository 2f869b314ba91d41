import type { Brand } from './ids.js';

/** An instant: whole milliseconds since 1970-01-01 UTC. */
export type EpochMs = Brand<number, 'EpochMs'>;

/** A length of time in milliseconds. */
export type DurationMs = number;

/** Brands a number as an instant. For values that are known to be one: a clock, a validated input. */
export function epochMs(value: number): EpochMs {
  return value as EpochMs;
}

/** Ends a timer; calling it twice, or after the timer fired, does nothing. */
export type CancelTimer = () => void;

/** The only source of time. Production hands out the system clock, tests one that they move themselves. */
export interface Clock {
  /** Wall-clock time. May jump. */
  readonly nowMs: () => EpochMs;
  /** Time for measuring how long something took; never goes back, its zero means nothing. */
  readonly monotonicMs: () => number;
  /** Calls `fn` once after `delayMs`. The name lets a hanging shutdown say what it waits for. */
  after(name: string, delayMs: DurationMs, fn: () => void): CancelTimer;
}
