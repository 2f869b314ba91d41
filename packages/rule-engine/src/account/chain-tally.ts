import type { EpochMs } from '@fieldline/kernel';

/** Branches of messages in a rule chain: what came in, and what went out again (`ChainLedger` of the ports). */
class Branches {
  entered = 0;
  made = 0;
  ended = 0;
  unconnected = 0;
  failed = 0;
  returned = 0;
  called = 0;
  waiting = 0;
}

/** The account of a rule chain; it outlives versions of the chain. Only what was committed is in it. */
export class ChainCounters extends Branches {
  /** Since when it counts. */
  readonly sinceMs: EpochMs;

  constructor(sinceMs: EpochMs) {
    super();
    this.sinceMs = sinceMs;
  }
}

/** What one batch did in a rule chain. While the batch runs, the difference is on its way in the chain. */
export class ChainTally extends Branches {
  readonly counters: ChainCounters;

  constructor(counters: ChainCounters) {
    super();
    this.counters = counters;
  }

  /**
   * Takes back what is neither out nor given up: branches of messages that are retried, or were cancelled. They count
   * when they run again. Where a message that is given up has left for a nested chain, its failure counts as a branch more.
   */
  withdrawRest(): void {
    const { ended, unconnected, failed, returned, called, waiting } = this;
    const rest = this.entered + this.made - (ended + unconnected + failed + returned + called + waiting);
    const ofMade = rest > 0 ? Math.min(rest, Math.max(0, this.made)) : rest;
    this.made -= ofMade;
    this.entered -= rest - ofMade;
  }

  commit(): void {
    const { counters } = this;
    counters.entered += this.entered;
    counters.made += this.made;
    counters.ended += this.ended;
    counters.unconnected += this.unconnected;
    counters.failed += this.failed;
    counters.returned += this.returned;
    counters.called += this.called;
    counters.waiting += this.waiting;
  }
}
