/** Of a comment. The server counts it as JSON, so its text is somewhat shorter than what that allows. */
export const COMMENT_CHARACTERS_MAX = 9_000;
/** Of the reason why an alarm is shelved. */
export const REASON_CHARACTERS_MAX = 1_000;
/** Longest shelving that the server takes. */
export const SHELVE_DAYS_MAX = 30;
