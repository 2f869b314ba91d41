/** Names, titles and patterns in settings. */
export const PATTERN_LENGTH_MAX = 1_000;

/** Messages that one delay node may hold. Each is an entry of the log of work to do, which other nodes need as well. */
export const DELAYED_MESSAGES_MAX = 10_000;

/** Longest period of a node, in seconds: a year. */
export const PERIOD_MAX_SECONDS = 31_536_000;

/** Originators of which one geofencing node knows whether they are inside; the one heard of longest ago is forgotten beyond. */
export const PRESENCES_MAX = 100_000;

/** Longest stay in settings, in the unit that goes with it. */
export const STAY_MAX = 1_000_000_000;
