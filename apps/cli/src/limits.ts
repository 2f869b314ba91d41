/** Longest wait for an acknowledgement: longer than the 10 s after which a server that cannot store answers so itself. */
export const ANSWER_WAIT_MS = 15_000;

/** Longest wait for an answer of the REST API: a chain of thousands of nodes takes seconds to save. */
export const REST_WAIT_MS = 60_000;

/** Rule chains asked for at once. */
export const CHAINS_PER_PAGE = 1_000;

/** Longest answer of a server that is shown; a page of HTML from a wrong port would hide the message. */
export const ANSWER_CHARACTERS_MAX = 300;

/** Files of a package that are looked at, those of its dependencies not counted; a plugin of ours has some dozens. */
export const PLUGIN_FILES_SEEN_MAX = 10_000;

/** Files of a plugin that are copied: its built file, its package.json, and what it brings to read. */
export const PLUGIN_FILES_MAX = 1_000;

/** Size of the files that are copied: twice the largest built file that the server loads, for its source map. */
export const PLUGIN_BYTES_MAX = 64 * 1024 * 1024;

/** Size of a packed plugin, and of what it unpacks to in memory; beyond the second lies what only an attack has. */
export const PLUGIN_ARCHIVE_BYTES_MAX = 64 * 1024 * 1024;
export const PLUGIN_UNPACKED_BYTES_MAX = 256 * 1024 * 1024;
