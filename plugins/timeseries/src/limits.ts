/** Originators whose intervals are remembered; the state of one that was silent longest is forgotten first. */
export const ORIGINATORS_REMEMBERED = 100_000;
/** Intervals of one length that are remembered for an originator: readings that come late are mostly not later than this. */
export const INTERVALS_REMEMBERED = 16;
/** Attributes that one node removes by name. */
export const KEYS_MAX = 1_000;
