import { epochMs, type Clock } from '@fieldline/kernel';

/** The clock of the machine: real processes keep no other time. */
export const realClock: Clock = {
  nowMs: () => epochMs(Date.now()),
  monotonicMs: () => performance.now(),
  after(_name, delayMs, fn) {
    const timer = setTimeout(fn, delayMs);
    return () => clearTimeout(timer);
  },
};
