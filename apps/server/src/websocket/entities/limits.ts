/** Entities of one ENTITY_DATA command, as in ThingsBoard; larger pages are cut (websocket-api.md §2). */
export const ENTITIES_PER_COMMAND_MAX = 10_000;
/** Values of one page, over all its entities and columns: about 8 MB of text. A page of more than 20 columns has fewer entities. */
export const VALUES_PER_PAGE_MAX = 200_000;
/** Entities on all the pages of one socket: a dashboard shows some hundreds. */
export const ENTITIES_PER_SOCKET_MAX = 50_000;
/** Entities on all the pages of the server: each costs about a kilobyte. */
export const ENTITIES_ON_PAGES_MAX = 500_000;
/** How often a dynamic page and a count are evaluated again, ms (websocket-api.md §5.4 and §6). */
export const PAGE_REFRESH_MS = 60_000;
/** Shortest pause between evaluations that a changed attribute causes, ms. */
export const PAGE_REFRESH_PAUSE_MS = 1_000;
/** Pages and counts that are evaluated again at the same time: whoever asks anew need not wait for them. */
export const REFRESHES_AT_ONCE = 4;
/** Time series of one command, over all entities and keys. */
export const SERIES_PER_COMMAND_MAX = 20_000;
/** Time series of one command that are read at the same time. */
export const SERIES_READ_AT_ONCE = 4;
/** Points kept while the history before them is read; one more closes the socket. */
export const EARLY_POINTS_MAX = 50_000;
/** How far back the point before a history is looked for, ms: 365 days. */
export const PREVIOUS_POINT_AGE_MAX_MS = 31_536_000_000;
