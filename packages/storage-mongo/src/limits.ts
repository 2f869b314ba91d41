/** How long a start or a call waits for a server that does not answer: longer than the election of a new primary usually takes. */
export const SERVER_WAIT_MS = 10_000;
/** Connections of one process: more than its requests under way at once, few enough for a server with many clients. */
export const CONNECTIONS_MAX = 50;
/** Documents in one call that adds or removes: some megabytes at most, as MongoDB wants it. */
export const INSERTS_A_CALL = 1_000;
/** The same of replacements. */
export const REPLACEMENTS_A_CALL = 1_000;
/** FerretDB 1.24 hangs for good at about a hundred replacements that match. */
export const FERRETDB_REPLACEMENTS_A_CALL = 50;
/** Values in one `$in`: long lists make one slow call of what can be several quick ones. */
export const IDS_A_CALL = 1_000;
/** Documents that a query asks for at a time: a server with larger ones gives as many as fit into one answer. */
export const DOCUMENTS_A_BATCH = 20_000;
/** The same of points: parsing them takes the process some milliseconds. */
export const HISTORY_DOCUMENTS_A_BATCH = 2_000;
/** Points that are kept as they were for a read that is under way, while others change them: some megabytes. */
export const KEPT_FOR_READ_MAX = 20_000;
/** Characters of their texts. */
export const KEPT_FOR_READ_CHARACTERS_MAX = 16 * 1024 * 1024;
/** Reads of history that ask the database at once; the others wait, so that they do not slow each other down. */
export const HISTORY_READS_AT_ONCE = 8;
/** Reads of history that wait for their turn: those of a few pages full of charts. */
export const HISTORY_READS_WAITING_MAX = 500;
/** How often points that have outlived their time to live are removed; reads leave them out in between. */
export const SWEEP_EVERY_MS = 60 * 60 * 1_000;
/** When the first sweep after a start is: a process that is started often does it too. */
export const SWEEP_AFTER_START_MS = 60 * 1_000;
/** How long a process may take between two steps of a write before others take it for dead and undo it. */
export const WRITE_LEASE_MS = 30_000;
/** How often a write starts anew because what it read changed before it could write, or waits for another. */
export const WRITE_ATTEMPTS_MAX = 50;
/** Pause before a write that met another one's unfinished work looks again. */
export const WRITE_PAUSE_MS = 20;
/** How often a write looks whether those are done who came before it took its guards: longer than they usually take. */
export const GUARD_LOOKS_MAX = 10;
/** Entities that a filter may remove in the middle of a write, where later changes build on that: all are kept in the journal. */
export const REMOVED_IN_PLACE_MAX = 10_000;
/** Bytes of a journal entry, packed: MongoDB takes documents of 16 MB. */
export const JOURNAL_BYTES_MAX = 15 * 1024 * 1024;
/** Bytes of an uploaded file that are written and read at once: memory an upload takes. */
export const BLOB_PIECE_BYTES = 256 * 1024;
/** How long an upload may take for its next piece before its bytes count as left behind. */
export const UPLOAD_LEASE_MS = 60 * 60 * 1_000;
/** Remembered publishes of one device: design.md §4 promises the last 100. */
export const PACKETS_A_DEVICE = 100;
/** Units and points that become durable together: keeps one slow write from holding up everything behind it. */
export const GROUP_UNITS_MAX = 200;
export const GROUP_POINTS_MAX = 20_000;
/** Bytes of documents in one journal document, of which MongoDB takes 16 MB. */
export const JOURNAL_PART_BYTES = 8 * 1024 * 1024;
/** Bytes of one text of a unit, where MongoDB takes documents of 16 MB: the rest is for what stands beside it. */
export const DOCUMENT_TEXT_BYTES_MAX = 15 * 1024 * 1024;
/** Texts whose bytes are not counted for that: six times as many are still few enough. */
export const SHORT_TEXT_CHARACTERS = 2 * 1024 * 1024;
/** Series whose points are removed in one call. */
export const SERIES_A_REMOVAL = 50;
/** How long a read waits for units that were given before it: as long as a read of history may take. */
export const SETTLE_WAIT_MS = 30_000;
/** Pause before a journalled group, which nothing may lose any more, is applied again after a failure. */
export const APPLY_PAUSE_MS = 500;
/** Entities that one query looks at, or that one walk over relations meets: some hundreds of megabytes at the worst. */
export const QUERIED_ENTITIES_MAX = 100_000;
/** Alarms that one query looks at, for the same reason. */
export const QUERIED_ALARMS_MAX = 100_000;
/** How long one query may take: people have given up by then, and others are waiting. */
export const QUERY_DEADLINE_MS = 10_000;
/** Queries under way at once: each may hold all the entities it looks at. */
export const QUERIES_AT_ONCE = 4;
/** Queries that wait for their turn; a page that is shown asks for a handful. */
export const QUERIES_WAITING_MAX = 200;
/** How long one waits: whoever asked has given up by then. */
export const QUERY_WAIT_MS_MAX = 10_000;
/** Entities from which on a query reads a key of all entities of the tenant, in one go, instead of asking for theirs. */
export const READ_BY_KEY_FROM = 5_000;
/** Series whose latest time is remembered, by last use, so that most points need no read before they are written. */
export const LATEST_TIMES_CACHED = 200_000;
/** Characters of a text that queries find in the document of its entity: what people filter and sort by is shorter. */
export const QUERIED_TEXT_MAX = 256;
/** Keys of a tenant that queries find there: keeps such a document far from the 16 MB that MongoDB takes, whatever devices send. */
export const QUERIED_KEYS_MAX = 1_000;
