/** Incoming text message, bytes (websocket-api.md §2). */
export const MESSAGE_BYTES_MAX = 32_768;
/** Frames waiting for a socket that does not read; one more closes it (websocket-api.md §2). */
export const QUEUED_FRAMES_MAX = 1_000;
/** Characters in those frames: some answers with a long history, or many thousand updates; one more frame closes the socket. */
export const QUEUED_BYTES_MAX = 16_777_216;
/** Of all sockets together; beyond it those for which more than a little waits are closed. */
export const QUEUED_BYTES_OF_ALL_MAX = 268_435_456;
export const QUEUED_BYTES_SMALL = 262_144;
/** How long what was given to a socket may take to leave, ms (websocket-api.md §2), besides the time that a slow line needs for it. */
export const SEND_TIMEOUT_MS = 5_000;
/** The slowest line whose reader is waited for: 16 kB a second. */
export const SLOWEST_READER_BYTES_PER_MS = 16;
/** How often it is looked whether sockets still take what they are given, ms. */
export const SOCKET_CHECK_MS = 2_500;
/** Bytes handed to a socket and not yet sent; above this frames wait in the queue, where they can be merged. */
export const SOCKET_BYTES_MAX = 262_144;
/** Time for the first message to bring an authCmd, ms. */
export const AUTH_TIMEOUT_MS = 10_000;
/** Messages kept while the token of a socket is being checked; a dashboard sends one or two. */
export const EARLY_MESSAGES_MAX = 100;
/** A ping goes out this often, ms; three without a pong close the socket. */
export const PING_INTERVAL_MS = 10_000;
/** Without a pong for this long the socket is closed, ms. */
export const PONG_TIMEOUT_MS = 30_000;
/** Subscriptions and history requests of one socket that are open at a time; a dashboard has tens. */
export const SUBSCRIPTIONS_PER_SOCKET_MAX = 1_000;
/** Commands of one socket that read at the same time: enough that a long history does not hold up a dashboard. */
export const COMMANDS_AT_ONCE = 8;
/** Commands that wait behind one with the same id; one more closes the socket. */
export const FURTHER_COMMANDS_MAX = 100;
/** Questions about many entities that commands of all sockets ask at the same time: the store refuses more than some hundred. */
export const QUESTIONS_AT_ONCE = 16;
/** Histories that they read at the same time: the store refuses more than some thousand. */
export const HISTORIES_AT_ONCE = 128;
/** Rights that are checked at the same time, after events that concern many of them. */
export const RIGHTS_ASKED_AT_ONCE = 16;
/** Sockets of the whole server: each costs a few kB and a file descriptor. */
export const SOCKETS_MAX = 20_000;
/** Updates kept while the first frame of a subscription is still being read; one more closes the socket. */
export const EARLY_UPDATES_MAX = 1_000;
/** Points of one key in a frame. */
export const POINTS_PER_KEY_MAX = 50_000;
/** Points of one frame over all keys: about 8 MB of text. */
export const POINTS_PER_FRAME_MAX = 200_000;
/** Aggregation intervals of a key in one frame; REST keeps to the 700 of ThingsBoard. */
export const INTERVALS_MAX = 50_000;

/** How often the engine is asked for the account of a rule chain that somebody watches, ms. */
export const LEDGER_EVERY_MS = 1_000;
/** Rule chains whose accounts one socket watches: an editor shows one, an overview a page of them. */
export const LEDGERS_PER_SOCKET_MAX = 50;
/** Rule chains of one tenant that are watched: each costs the engine an answer a second. */
export const LEDGERS_PER_TENANT_MAX = 200;

/** Bytes of the reason in a close frame (RFC 6455 §5.5). */
export const CLOSE_REASON_BYTES_MAX = 120;

/** Close codes (websocket-api.md §2). */
export const closeCodes = { goingAway: 1001, badData: 1007, policy: 1008, serverError: 1011, notReliable: 4500 } as const;
