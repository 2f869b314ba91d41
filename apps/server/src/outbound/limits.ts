/** Longest address that is called. */
export const URL_CHARACTERS_MAX = 16_384;

/** How long a name may take to resolve, and a connection to open. */
export const RESOLVE_TIMEOUT_MS = 10_000;
export const CONNECT_TIMEOUT_MS = 10_000;

/** Longest call, also where a node sets no limit: a service that takes longer has lost it. */
export const CALL_TIMEOUT_MAX_MS = 300_000;

/** Calls under way in all: each holds a message, a connection and up to its answer in memory. */
export const CALLS_UNDER_WAY_MAX = 2_000;

/** Connections to one service; further calls wait for one of them. */
export const CONNECTIONS_PER_ORIGIN = 64;

/** Services to which connections are kept, counted for each set of certificates and proxy; the least recently used one is closed. */
export const SERVICES_KEPT_MAX = 256;

/** How long an idle connection is kept. */
export const KEEP_ALIVE_MS = 30_000;

/** Entries of FIELDLINE_OUTBOUND_ALLOW. */
export const ALLOWED_MAX = 1_000;
