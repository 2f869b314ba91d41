/**
 * Rule nodes one message and all its branches in a line may pass. Far beyond any drawn chain; what goes on longer
 * is a loop over other chains or over messages that nodes make.
 */
export const NODES_PER_MESSAGE_MAX = 1_000;

/** Rule chains that may call one another in a row, so that nesting cannot exhaust the call stack. */
export const CHAIN_DEPTH_MAX = 32;

/** Labels of relation types counted one by one for a node; a script can make any number, the rest is counted together. */
export const COUNTED_LABELS_MAX = 64;

/** Spellings of relation types a node remembers the way for; beyond it each is looked up anew. */
export const REMEMBERED_SPELLINGS_MAX = 256;

/** Hand-overs of one node that run at once, where it takes messages one by one: as many open requests as one slow service should get. */
export const HAND_OVERS_PER_NODE_MAX = 64;

/** Hand-overs in one batch, where the node takes batches: large enough that brokers are sent to at full speed. */
export const HAND_OVER_BATCH_MAX = 500;

/**
 * Hand-overs kept in memory, of all nodes that have some; each may have twice a batch all the same. And as many that wait for
 * a time. Beyond it they wait in the log alone, so that a dead broker costs disk and not memory; they are read again when those
 * in memory are done.
 */
export const HAND_OVERS_IN_MEMORY_MAX = 10_000;

/** Pause before hand-overs are tried again whose commit failed. Shorter would press on a store that is in trouble. */
export const HAND_OVER_RETRY_MS = 1_000;

/** Shortest pause before an external node gets a message again that it gave back. */
export const HAND_OVER_PAUSE_MIN_MS = 10;

/** Pause before a connection of a node is opened again; doubles up to the longest while it fails. */
export const CONNECT_PAUSE_FIRST_MS = 1_000;
export const CONNECT_PAUSE_MAX_MS = 30_000;

/** Batches remembered as done: more than all partitions of all queues may have given out when a process ends. */
export const DONE_BATCHES_MAX = 4_096;

/** Longest time that calls are told apart by; what takes longer counts as this long: ten minutes, in microseconds. */
export const TIME_MAX_US = 600_000_000;

/**
 * Messages at nodes that one batch remembers, to tell its way when it is over: more than a batch of a thousand has in
 * a long chain. What comes after that is not recorded.
 */
export const FLIGHT_LOG_MAX = 100_000;

/** Visits of nodes in one part of a trace. */
export const TRACE_HOPS_MAX = 200;

/** Longest text of metadata, body and error in a trace. */
export const TRACE_CHARACTERS_MAX = 4_096;

/** Characters of all texts in one part of a trace: a hundred parts are read at once. */
export const TRACE_PART_CHARACTERS_MAX = 65_536;

/** Shortest period of a node that makes messages: faster ticks would only queue up behind one another. */
export const TICK_PERIOD_MIN_MS = 10;

/** How long closing waits for work in progress. What is not done by then stays in the log. */
export const DRAIN_DEADLINE_MS = 10_000;

/** Removed rule chains remembered, so that messages of their callers end instead of failing (rule-engine.md §7.5). */
export const REMOVED_CHAINS_MAX = 10_000;

/** Longest single timer; systems keep timers in 31 bits of milliseconds and fire longer ones at once. */
export const TIMER_MAX_MS = 86_400_000;
