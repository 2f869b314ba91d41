/** How often alarms that a command shows or counts are looked at again though no event spoke of them, ms (websocket-api.md §7 and §8). */
export const ALARM_REFRESH_MS = 60_000;
/** Queries of one command that events cause within that time: at once as long as there are some left, then evenly spread. */
export const ALARM_QUERIES_PER_REFRESH = 10;
/** Alarms whose change is kept until it is told; beyond it the page is read anew instead. */
export const CHANGED_ALARMS_MAX = 1_000;
/** Alarms of one page: some megabytes. */
export const ALARMS_PER_PAGE_MAX = 10_000;
/** Active alarms that a status remembers, so that the end of one of many needs no query. */
export const ACTIVE_ALARMS_KNOWN_MAX = 10;
