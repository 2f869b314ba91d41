/** How long a test may take in all, as in ThingsBoard; a script itself has the shorter time of scripts in chains. */
export const SCRIPT_TEST_TIMEOUT_MS = 20_000;

/** Tests that wait for the thread: each takes seconds at worst, and more would not be answered in time. */
export const SCRIPT_TESTS_OPEN_MAX = 10;

/** How long the thread stays when nobody tests: a person tries again within a minute. */
export const SCRIPT_THREAD_IDLE_MS = 60_000;
