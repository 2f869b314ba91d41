/** Entities a page may hold: keeps one answer in the low megabytes. ThingsBoard's own clients ask for at most 1,024. */
export const API_PAGE_SIZE_MAX = 10_000;

/** Highest number of a page, and size of one in queries: numbers of 32 bits, as in ThingsBoard, so that stores can multiply them. */
export const API_PAGE_NUMBER_MAX = 2_147_483_647;

/** Rule nodes a chain may have: the editor is measured with 1,000, this leaves room for machine-made chains. */
export const API_RULE_NODES_MAX = 10_000;

/** Rule chains that one export or import holds: each may be large, and all are in memory at once. */
export const API_CHAINS_AT_ONCE_MAX = 1_000;

/** How long "debug everything" stays on at a node, as in ThingsBoard: recording costs speed and disk. */
export const API_DEBUG_ALL_MS = 15 * 60_000;

/** Telemetry keys one request may name: one answer then stays bounded. */
export const API_KEYS_MAX = 1_000;

/** Points a key that one history request returns at most; `limit` beyond it is refused. */
export const API_HISTORY_LIMIT_MAX = 1_000_000;

/** Points of all keys that one history request may return: about two gigabytes of answer, written as its client takes it. */
export const API_HISTORY_POINTS_MAX = 50_000_000;

/** Intervals of one aggregation, as in ThingsBoard (`database.ts_max_intervals`). */
export const API_INTERVALS_MAX = 700;

/** Ids that one list by ids names: its answer stays in the low megabytes. */
export const API_IDS_MAX = 1_000;

/** Keys of each sort that one entity view lists. */
export const API_VIEW_KEYS_MAX = 10_000;

/** Customers a saved dashboard names: as many as one may have. */
export const API_DASHBOARD_CUSTOMERS_MAX = 10_000;

/** Filters of one relation query. */
export const API_RELATION_FILTERS_MAX = 100;

/** Settings of a queue. Partitions and batches cost memory; pauses and timeouts beyond an hour are a mistake. */
export const QUEUE_PARTITIONS_MAX = 100;
export const QUEUE_BATCH_MAX = 1_000_000;
export const QUEUE_RETRIES_MAX = 1_000_000;
export const QUEUE_POLL_INTERVAL_MS_MAX = 3_600_000;
export const QUEUE_PACK_TIMEOUT_MS_MAX = 3_600_000;
export const QUEUE_PAUSE_SECONDS_MAX = 3_600;

/** A table that is imported, and what of its errors is told: a request stays within the longest body, its answer small. */
export const API_IMPORT_FILE_CHARACTERS_MAX = 16_777_216;
export const API_IMPORT_LINES_MAX = 100_000;
export const API_IMPORT_COLUMNS_MAX = 255;
export const API_IMPORT_ERRORS_TOLD_MAX = 1_000;

/** What one entity query names: columns, conditions (SQLite joins a table for each, 64 at most) and how deep they nest. */
export const API_QUERY_COLUMNS_MAX = 500;
export const API_QUERY_FILTERS_MAX = 40;
export const API_QUERY_PREDICATE_DEPTH_MAX = 8;

/** Predicates of all conditions of one query: each is looked at for every entity, and statements of databases have an end. */
export const API_QUERY_PREDICATES_MAX = 1_000;

/** Longest text a value is compared with; lists of it are written with commas. */
export const API_QUERY_TEXT_MAX = 16_384;

/** Longest text with wildcards: comparing takes as long as this times the length of the value. */
export const API_QUERY_PATTERN_MAX = 1_000;

/** Entities one entity query lists by id, and types it lists by name. */
export const API_QUERY_IDS_MAX = 10_000;
export const API_QUERY_TYPES_MAX = 1_000;

/** Hops of one trace in an answer: with messages of some kilobytes each it stays in the low megabytes. */
export const API_TRACE_HOPS_MAX = 2_000;

/** Longest message that topic mappings are tried on. */
export const API_TRIED_PAYLOAD_CHARACTERS_MAX = 65_536;
