// The time of the machine, for what benchmarks open without a server.
import { epochMs, type Clock } from '@fieldline/kernel';

export const benchClock: Clock = {
  nowMs: () => epochMs(Date.now()),
  monotonicMs: () => performance.now(),
  after(_name, delayMs, fn) {
    const timer = setTimeout(fn, delayMs);
    return () => clearTimeout(timer);
  },
};
