/** Longest request body, as in ThingsBoard: rule chains of some thousand nodes fit. */
export const REST_BODY_BYTES_MAX = 16_777_216;

/** Levels of arrays and objects in a body, as in payloads of devices: what reads documents level by level has stack for that. */
export const REST_BODY_DEPTH_MAX = 255;

/** Longest path parameter: ids have 36 characters, class names of node types up to 255. */
export const REST_PARAMETER_LENGTH_MAX = 300;

/** Longest life of a point that a request may ask for: 1,000 years of seconds, so that milliseconds stay exact. */
export const TTL_SECONDS_MAX = 31_536_000_000;

/** Points a key that a widget may ask for, as in ThingsBoard (`ui.dashboard.max_datapoints_limit`). */
export const WIDGET_POINTS_MAX = 50_000;

/** Characters of one slice of a history that is written: about a millisecond of work, and as much as a socket takes at once. */
export const HISTORY_SLICE_CHARACTERS = 65_536;

/** Short histories that one request reads at once: the rest of the threads is for others. */
export const HISTORY_KEYS_AT_ONCE = 4;

/** Longest answer that is written piece by piece: as many points as it may have, with values of usual length. */
export const STREAMED_ANSWER_BYTES_MAX = 4 * 1024 * 1024 * 1024;

/** How long the event loop may be held by one answer before others have their turn. */
export const STREAMED_TURN_MS = 3;

/** A client that takes nothing of its answer for this long is given up. */
export const STREAM_STALLED_MS = 60_000;

/** Answers shorter than this go out as they are: compressing them saves no packet. */
export const COMPRESSED_ANSWER_CHARACTERS_MIN = 1_400;

/** Seconds after which a client that was refused for lack of room may try again: what waits is mostly done by then. */
export const RETRY_AFTER_S = 1;

/** Lines of a table that are imported in one write: keeps it in the low megabytes, and other requests from waiting long. */
export const IMPORT_ROWS_PER_WRITE = 500;

/** Points that clients are told to ask for at most, as in ThingsBoard: a chart shows no more. */
export const SYSTEM_DATA_POINTS_MAX = 50_000;
/** How long "debug everything" stays on at a rule node. */
export const SYSTEM_DEBUG_MINUTES_MAX = 15;

/** How long the profile of a tenant is trusted when no event says that it changed, and tenants whose profiles are kept. */
export const TENANT_PROFILE_TRUSTED_MS = 30_000;
export const TENANT_PROFILES_KEPT_MAX = 10_000;

/** Largest OTA file where no setting says otherwise. */
export const OTA_BYTES_MAX = 256 * 1024 * 1024;

/** Files up to this size are shown within the answer about their OTA package. */
export const OTA_INLINE_BYTES_MAX = 1024 * 1024;

/** How long a call waits for what a rule chain replies, where it does not say, as in ThingsBoard; and at most. */
export const RULE_CALL_TIMEOUT_MS = 10_000;
export const RULE_CALL_TIMEOUT_MAX_MS = 300_000;
/** Calls that wait for rule chains: each holds an open request. */
export const RULE_CALLS_WAITING_MAX = 10_000;
