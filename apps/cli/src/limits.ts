/** Longest wait for an acknowledgement: longer than the 10 s after which a server that cannot store answers so itself. */
export const ANSWER_WAIT_MS = 15_000;

/** Longest wait for an answer of the REST API: a chain of thousands of nodes takes seconds to save. */
export const REST_WAIT_MS = 60_000;

/** Rule chains asked for at once. */
export const CHAINS_PER_PAGE = 1_000;

/** Longest answer of a server that is shown; a page of HTML from a wrong port would hide the message. */
export const ANSWER_CHARACTERS_MAX = 300;
