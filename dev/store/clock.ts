// The time of the machine, for what programs here open without a server.
import { epochMs, type Clock } from '@fieldline/kernel';

export const clock: Clock = {
  nowMs: () => epochMs(Date.now()),
  monotonicMs: () => performance.now(),
  after(_name, delayMs, fn) {
    const timer = setTimeout(fn, delayMs);
    return () => clearTimeout(timer);
  },
};
