/** First pause before a lost connection is tried again: long enough that a restarting server is not hammered. */
export const RECONNECT_FIRST_MS = 500;

/** Longest pause: a person who looks at the page again should not have to wait longer. */
export const RECONNECT_LONGEST_MS = 15_000;

/** Commands in one text frame; the server refuses frames above 32 kB, and one command is below 400 bytes. */
export const COMMANDS_PER_FRAME_MAX = 50;
