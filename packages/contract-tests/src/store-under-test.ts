import type { TestClock } from './device-gateway-stand-in.js';

/** A store that a contract suite may do with as it likes. */
export interface StoreUnderTest<S> {
  readonly store: S;
  /** Closes the store and opens what it left behind. Absent where nothing outlives a store. */
  readonly reopen?: (() => Promise<S>) | undefined;
  /** The clock of the store. Absent where tests cannot move that; those that have to are skipped then. */
  readonly clock?: TestClock | undefined;
  /** Closes what is open and removes every trace. */
  readonly dispose: () => Promise<void>;
}

/** Opens an empty store; called for each test. */
export type OpenStore<S> = () => Promise<StoreUnderTest<S>>;
