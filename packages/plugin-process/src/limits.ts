/** Packages looked at in the plugins folder, dependencies of packages not counted: far above what anybody installs. */
export const PLUGINS_MAX = 200;
/** Folders of `node_modules` whose manifest is read to find plugins among them. */
export const FOLDERS_READ_MAX = 5_000;
/** Longest package.json; real ones have some kilobytes. */
export const MANIFEST_BYTES_MAX = 256 * 1024;
/** Longest entry file: a bundle of an SDK and two client libraries has three megabytes. */
export const ENTRY_BYTES_MAX = 32 * 1024 * 1024;

/** Node types of one plugin. */
export const NODES_PER_PLUGIN_MAX = 200;
/** Longest JSON text of the settings schema of a node type: it goes to every browser that opens the palette. */
export const SETTINGS_SCHEMA_CHARACTERS_MAX = 200_000;
/** Plugins that are asked at the same time what they have; more would only wait for the same processors. */
export const DESCRIBED_AT_ONCE_MAX = 4;
/** How long a plugin may take from the start of its process until it has said what it has. */
export const LOAD_DEADLINE_MS = 10_000;

/** Longest frame between us and a plugin. A plugin that sends a longer one is ended before it is read. */
export const FRAME_BYTES_MAX = 32 * 1024 * 1024;
/** Characters of messages in one call: a batch beyond it is given in several calls, so that a frame stays far below its bound. */
export const CALL_CHARACTERS_MAX = 4 * 1024 * 1024;
/** Messages in one call: the outcomes of more would come too late for the first. */
export const CALL_MESSAGES_MAX = 1_000;
/** Bytes that wait to be read by a plugin; beyond it calls are refused instead of kept. */
export const UNREAD_BYTES_MAX = 64 * 1024 * 1024;
/** Services one call may ask at the same time, and effects it may leave: a plugin that loops over them is stopped. */
export const ASKS_OPEN_MAX = 1_000;
export const EFFECTS_PER_FRAME_MAX = 20_000;
/** What a process may ask in a period for calls that are over: some were on their way, but code that goes on and on is ended. */
export const STRAY_ASKS_MAX = 1_000;
export const STRAY_PERIOD_MS = 60_000;
/** Points, and bytes of the answer of an HTTP service, that a node may ask for at once: they are kept until all are there. */
export const POINTS_PER_ANSWER_MAX = 100_000;
export const HTTP_ANSWER_BYTES_MAX = 16 * 1024 * 1024;
/** Messages one outcome may make. */
export const MADE_PER_OUTCOME_MAX = 1_000;
/** Longest JSON text of the state a node keeps for one originator. */
export const STATE_CHARACTERS_MAX = 65_536;
/** Settings of nodes that a plugin keeps parsed; those used longest ago are sent again when they are needed. */
export const SETTINGS_KEPT_MAX = 1_000;

/**
 * How long a node that somebody had to be patient with has its messages handed over: it may be tried again then, at the cost of
 * one more such wait.
 */
export const BEHIND_MS = 10_000;

/** How long a plugin that let a call's deadline pass has to show that it is alive; a loop does not. */
export const HANG_GRACE_MS = 1_000;
/** A process that ran this long counts as healthy: what ends it then starts the count of crashes anew. */
export const HEALTHY_MS = 60_000;
/** Pause before a process is started again; none after the first crash, then doubling up to the longest. */
export const RESTART_PAUSE_FIRST_MS = 1_000;
export const RESTART_PAUSE_MAX_MS = 30_000;
/** Crashes in a row after which a plugin is left alone, and for how long: then it gets one more try. */
export const CRASHES_MAX = 5;
export const QUARANTINE_MS = 600_000;
/** How long a plugin may go on with what it has when the server stops. */
export const CLOSE_DEADLINE_MS = 2_000;

/** Lines a plugin may write to the log, and their length; a node that logs every message would fill the disk. */
export const LOG_LINES_PER_SECOND_MAX = 20;
export const LOG_LINE_CHARACTERS_MAX = 1_000;
/** Last output of a process that is kept to say why it ended. */
export const LAST_OUTPUT_CHARACTERS_MAX = 2_000;
/** How often a plugin's own process looks at the memory it uses. */
export const MEMORY_CHECK_MS = 200;
