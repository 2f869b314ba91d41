/** A telemetry or attribute key is at most this long: ThingsBoard's limit, and what clients expect. */
export const KEY_CHARACTERS_MAX = 255;

/** A stored string or JSON text is at most this long: one value must not fill a batch by itself. */
export const VALUE_CHARACTERS_MAX = 1_000_000;

/** Keys remembered as valid, so that the check costs one look-up on the hot path; the oldest half goes when it is full. */
export const KNOWN_KEYS_MAX = 50_000;

/** Entities watched at once by all live subscriptions of a process; one more is refused. */
export const WATCHED_ENTITIES_MAX = 100_000;

/** How often it is noted that a device is active, as in ThingsBoard: often enough for people, seldom enough for the disk. */
export const ACTIVITY_REPORT_MS = 3_000;

/** Devices whose presence is written in one commit: small, so that readings do not wait behind it. */
export const STATES_PER_COMMIT = 250;

/** Devices whose rule chain is remembered after their session ended; beyond it all are forgotten and learnt anew. */
export const REMEMBERED_CHAINS_MAX = 200_000;

/** Profiles whose Kaa series sessions share; beyond it all are forgotten and learnt anew. */
export const KAA_SERIES_SHARED_MAX = 10_000;
