/** Messages that may wait or be in work before the queue refuses more: at some 0.5 kB a message about 50 MB. */
export const DEPTH_MAX = 100_000;

/** Batches of one partition that may be with the handler at once, as in the queue inside one process. */
export const OPEN_BATCHES_MAX = 8;

/** Batches that are added in one command. Together with the depth this bounds what one write to Redis holds. */
export const ADDED_AT_ONCE_MAX = 64;

/** How long a partition belongs to its owner without a word from it: after that another process takes it over. */
export const OWNER_LOCK_MS = 5_000;

/** How often the owner says that it is there; also how often a partition that is somebody else's is asked for. */
export const OWNER_RENEW_MS = 2_000;

/**
 * Lock of a job. It never runs out: the partition has one owner at a time, and that lock is what guards its jobs.
 * A job whose owner ended is found in the list of active jobs by the next owner.
 */
export const JOB_LOCK_MS = 315_360_000_000;

/** How often a partition is looked at without being told: for batches that another process added. */
export const POLL_MS = 1_000;

/** Pause before a batch is given to the handler again that the handler rejected. */
export const HANDLE_RETRY_MS = 1_000;

/** Pauses between attempts to reach Redis again. */
export const CONNECT_PAUSE_FIRST_MS = 50;
export const CONNECT_PAUSE_MAX_MS = 2_000;

/** Longest wait for a connection, so that a host that does not answer counts as away. */
export const CONNECT_TIMEOUT_MS = 5_000;

/** Longest wait of `consume` for what an earlier process left: what takes longer goes on beside new batches. */
export const RECOVERY_WAIT_MS = 8_000;

/** Entries of BullMQ's stream of events, which nobody here reads. */
export const EVENTS_KEPT = 10;
