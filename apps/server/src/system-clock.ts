import type { Clock } from '@fieldline/kernel';
import { epochMs } from '@fieldline/kernel';

/** The clock of the machine. */
export const systemClock: Clock = {
  nowMs: () => epochMs(Date.now()),
  monotonicMs: () => performance.now(),
  after(_name, delayMs, fn) {
    const timer = setTimeout(fn, delayMs);
    return () => clearTimeout(timer);
  },
};
