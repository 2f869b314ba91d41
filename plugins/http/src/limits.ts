/** Longest template of a URL, a header or a body. */
export const TEMPLATE_LENGTH_MAX = 100_000;

/** Headers and query parameters of one request, at most. */
export const PARTS_MAX = 100;

/** Largest answer that may be asked for, in kilobytes. */
export const ANSWER_KB_MAX = 102_400;

/** Longest time to wait for an answer that settings may ask for, in milliseconds. */
export const READ_TIMEOUT_MS_MAX = 600_000;
