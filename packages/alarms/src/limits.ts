/** Characters of a comment with everything in it, as in ThingsBoard. */
export const COMMENT_CHARACTERS_MAX = 10_000;

/** Longest shelving. What nobody wants to see for longer should be mended or its rule changed. */
export const SHELVE_DAYS_MAX = 30;
export const SHELVE_MS_MAX = SHELVE_DAYS_MAX * 86_400_000;

/** Alarms that are taken from a deleted user in one commit. */
export const UNASSIGNED_PER_COMMIT = 500;
