/** Characters of a generated access token, as in ThingsBoard: 119 bits. */
export const ACCESS_TOKEN_LENGTH = 20;

/** Devices read at once when a renamed profile renames the type of its devices; keeps one write in the low megabytes. */
export const RENAMED_DEVICES_PER_WRITE = 1_000;

/** Complaints about a chain that one answer tells; more do not help to correct it. */
export const COMPLAINTS_TOLD_MAX = 20;

/** Attempts of a save without a version, when others change the same entity at the same moment. */
export const SAVE_ATTEMPTS_MAX = 5;
