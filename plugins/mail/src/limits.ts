/** Longest template of a mail; what it becomes is bounded by the message. */
export const TEMPLATE_LENGTH_MAX = 100_000;

/** Receivers of one mail, at most, over all three lists. */
export const RECEIVERS_MAX = 500;

/** Longest time that settings may allow for one mail, in milliseconds. */
export const TIMEOUT_MS_MAX = 120_000;
