/**
 * Digits a number may have when it is written out without exponent. 1.2E300 has 301; a text such as
 * 1E999999999 would otherwise become a gigabyte. Beyond this the number stays text as it was written.
 */
export const PLAIN_DIGITS_MAX = 4096;

/** Digits after the point that a double is trusted to hold (device-api.md §2.3); more make the value text. */
export const DOUBLE_SCALE_MAX = 16;

/** Furthest time, before and after 1970, that a date can show (ECMA-262 §21.4.1.1). Stores trust that no point is further. */
export const TIME_MAX_MS = 8.64e15;

/** Steps a walk over relations takes at most, as in ThingsBoard's entity queries (rest-api.md §23.3). */
export const RELATION_LEVELS_MAX = 50;

/** Relations one walk collects at most: some megabytes, and a second of reading. */
export const RELATIONS_WALKED_MAX = 10_000;

/** Entities whose relations one read of a store asks for; stores bind each id as a parameter. */
export const RELATION_READ_IDS_MAX = 500;

/** Entities whose alarms one alarm query looks at, as in ThingsBoard (rest-api.md §24). */
export const ALARM_ENTITIES_MAX = 10_000;

/** Points within the time of entity views that are looked for at once: stores let few reads of history wait. */
export const VIEWED_READS_AT_ONCE = 16;
