/** Longest script body. ThingsBoard's limit (rule-engine.md §12.5), so that what imports there imports here. */
export const BODY_CHARS_MAX = 50_000;

/** Message text, metadata and type of one call together. ThingsBoard's limit. */
export const ARGUMENTS_CHARS_MAX = 100_000;

/** JSON text of one call's result. ThingsBoard's limit. */
export const RESULT_CHARS_MAX = 300_000;

/** How long one message may keep a script busy. ThingsBoard's remote executor allows the same. */
export const DEADLINE_MS = 2_000;

/** Timeouts, memory and size errors after which a script is blocked. ThingsBoard's limit. */
export const COUNTED_ERRORS_MAX = 3;

/** How long a script stays blocked after the last counted error. ThingsBoard's limit. */
export const BLOCK_MS = 60_000;

/** How long a script must go without a counted error before it is trusted again as a new one. */
export const RECOVERED_MS = 600_000;

/**
 * Share of its deadline that a script gets which ran into it: all messages of the engine wait while it runs. With the
 * usual deadline a script that never ends takes 2.5 s before it is blocked, and then a quarter of a second each minute.
 */
export const DEADLINE_AFTER_TIMEOUT_SHARE = 1 / 8;

/**
 * Memory of one WebAssembly instance, which several scripts share while only one of them runs. QuickJS's own
 * limit counts nothing in this build (it does not learn the size of a block), so this one has to hold. ThingsBoard
 * allows 100 MB; less bounds how long one string operation takes, and what a script can make the server keep.
 */
export const INSTANCE_BYTES_MAX = 48 * 1024 * 1024;

/** Scripts in one instance; one in TBEL counts as four. Each takes some 200 KB at rest, so three quarters of the memory stay for the one that runs. */
export const SANDBOXES_PER_INSTANCE_MAX = 50;

/**
 * Stack of the interpreter. Above some 100 KB the WebAssembly frames overflow the stack of a main thread
 * before QuickJS notices, which costs the whole instance; 64 KB allow some 300 nested calls and JSON
 * nested 4,000 deep.
 */
export const STACK_BYTES_MAX = 64 * 1024;

/** Arguments handed over in one call into the sandbox, so that a batch of large messages fits in the heap. */
export const CALL_CHARS_MAX = 512 * 1024;

/** Messages handed over in one call: bounds the answer, which is made in the sandbox's heap too. */
export const CALL_MESSAGES_MAX = 1_000;

/** Messages one result of kind `update` may hold; the size limit alone would allow 100,000 empty ones. */
export const MESSAGES_PER_RESULT_MAX = 1_000;

/** Instances kept ready, because a new one is made asynchronously and a script runs synchronously. */
export const SPARE_INSTANCES = 2;

/** Nested brackets in a script: the parser of the sandbox recurses for each, and its stack is not checked everywhere. */
export const BRACKET_DEPTH_MAX = 200;
