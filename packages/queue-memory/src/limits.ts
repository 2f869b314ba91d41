/**
 * Batches of one partition that may be with the handler at once: one runs while the commits of those before it
 * are on their way to the disk. Beyond about eight, commits are grouped as far as they can be.
 */
export const OPEN_BATCHES_MAX = 8;

/** Messages that may wait or be in work before the queue refuses more: at some 0.5 kB a message about 50 MB. */
export const DEPTH_MAX = 100_000;
