/** Patterns of one node, and characters of one of them. People write a handful; each is tried with every new key. */
export const KEY_PATTERNS_MAX = 1_000;
export const KEY_PATTERN_LENGTH_MAX = 1_000;

/** Keys for which a node remembers whether its patterns fit. Devices send the same few; beyond this each is tried anew. */
export const REMEMBERED_KEYS_MAX = 1_000;

/** Characters of a JSON path. */
export const PATH_LENGTH_MAX = 10_000;

/** Parentheses and negations inside one another in a filter of a JSON path, so that reading it cannot exhaust the call stack. */
export const FILTER_DEPTH_MAX = 50;

/** Steps of a JSON path: each is a call deeper. */
export const PATH_STEPS_MAX = 200;

/** Characters that a JSON path reads of one message, each as often as it is read: several `..` multiply. Some tenths of a second. */
export const PATH_WORK_MAX = 20_000_000;

/** Messages that one list becomes. All of them are in one batch. */
export const ELEMENTS_MAX = 10_000;

/** Names and patterns in settings. */
export const NAME_PATTERN_LENGTH_MAX = 1_000;

/** Originators whose messages one deduplication node keeps; the one that sent longest ago is forgotten beyond. */
export const BUFFERS_MAX = 100_000;

/** Largest setting for messages that wait for one originator: the whole buffer is written with each commit that changes it. */
export const PENDING_MESSAGES_MAX = 10_000;

/** Characters of the messages that wait for one originator, for the same reason. */
export const BUFFER_LENGTH_MAX = 4_000_000;

/** Longest deduplication interval, in seconds: a year. */
export const INTERVAL_MAX_SECONDS = 31_536_000;
