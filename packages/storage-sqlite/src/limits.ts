/** Points that may stand in the log before they are packed (design.md §6): they are all in memory, about 17 bytes each. */
export const LOG_POINTS_MAX = 10_000_000;
/** Bytes of the same log (design.md §6): they are read at every start, and strings are in memory too. */
export const LOG_BYTES_MAX = 256 * 1024 * 1024;
/** Series of one data folder: an empty one costs half a kilobyte, and a device may make up a key with every reading. */
export const SERIES_MAX = 1_000_000;
/** Remembered publishes of one device: design.md §4 promises the last 100. */
export const PACKETS_A_DEVICE = 100;
/** Points of one slice of a series: long enough to cost little, short enough to insert into. */
export const CHUNK_POINTS_MAX = 1_024;
/** Points a new series has room for: most series of a large installation hold few. */
export const CHUNK_POINTS_MIN = 4;
/** Bytes written in one transaction: keeps one slow disk write from holding up everything that waits behind it. */
export const GROUP_BYTES_MAX = 8 * 1024 * 1024;
/** Requests written in one transaction, for the same reason. */
export const GROUP_REQUESTS_MAX = 1_000;
/** Entities whose attributes are kept in memory; beyond it the least recently used are read again when needed. */
export const ATTRIBUTE_ENTITIES_CACHED = 50_000;
/** Attribute keys whose numbers are kept in memory, to write attributes without looking their names up. */
export const ATTRIBUTE_KEYS_CACHED = 100_000;
/** Alarms kept in memory, by last use. */
export const ALARMS_CACHED = 10_000;
/** Buffers kept for later units: as many as can usefully be under way at once. */
export const BUFFERS_POOLED = 16;
/** A buffer that one large batch made larger than this is not kept. */
export const POOLED_BUFFER_BYTES_MAX = 1024 * 1024;
/**
 * What the write connection keeps of the file. The attributes of one key stand together, so those of one device are in as many
 * places as it has keys. Measured with 2 million attributes: 10,000 writes of 5 keys cost 180 ms with 16 and 32 MB, 250 ms with 8,
 * 270 ms with the 2 MB of SQLite. Readings fill it as well, with pages of the log that nobody reads again.
 */
export const WRITER_CACHE_BYTES = 16 * 1024 * 1024;
/** Pages (of 4 KB) the write-ahead log grows to before it is folded into the database: 16 MB, a few ms of work. */
export const CHECKPOINT_PAGES = 4_096;
/** Bytes of an uploaded file that are written and read at once: memory an upload takes, and what others wait for behind it. */
export const BLOB_PIECE_BYTES = 256 * 1024;
/** How long the writer takes rows of removed tenants away before it lets writes through, and how long it rests before it goes on. */
export const SWEEP_SLICE_MS = 5;
export const SWEEP_PAUSE_MS = 5;
/** Pause of the same after an error of the disk. */
export const SWEEP_RETRY_MS = 5_000;
/** Rows removed between two looks at the clock. */
export const SWEEP_ROWS_A_STATEMENT = 50;
/** Entities of a removed tenant that memory lets go of in one turn of the event loop: a millisecond. */
export const ENTITIES_FORGOTTEN_AT_ONCE = 1_000;
/** Entities whose latest values one query looks at, or that one walk over relations meets: some tens of megabytes. */
export const QUERIED_ENTITIES_MAX = 100_000;
/** Entities whose latest values are asked for at once: a few milliseconds of whoever holds them. */
export const LATEST_ENTITIES_A_READ = 5_000;
/** How long one query may take: people have given up by then, and others are waiting. */
export const QUERY_DEADLINE_MS = 5_000;
/** Queries under way at once: they share one thread, and only wait for each other's reads of latest values. */
export const QUERIES_AT_ONCE = 4;
/** Queries that wait for their turn; a page that is shown asks for a handful. */
export const QUERIES_WAITING_MAX = 200;
/** How long one waits for its turn: whoever asked has given up by then, and others are waiting too. */
export const QUERY_WAIT_MS_MAX = 10_000;
/** Columns read for a page in one statement: SQLite joins 64 tables at most. */
export const COLUMNS_A_STATEMENT = 40;
/** Tables a query joins until a text search stops adding to them: leaves room for its sort below the same 64. */
export const SEARCHED_TABLES_MAX = 50;
/** Memory for pages of the database that queries read over and over: the attributes that 100,000 devices are filtered by. */
export const QUERY_CACHE_KB = 64 * 1024;
/** How much of the database file is read as memory instead of being copied. */
export const QUERY_MAPPED_BYTES = 1024 * 1024 * 1024;
/** Entities a search may find for all of them to be looked up and sorted, about 3 µs each; beyond it an index in the order asked for is quicker. */
export const SEARCH_SORTED_MAX = 1_000;
/** How a page that much fits is found in one pass instead of two: a sample of a 64th costs 2 ms of 100,000 entities, and saves 20. */
export const PAGE_SAMPLE = { numbersMin: 10_000, step: 2_048, length: 32, stepsMax: 2_000, deviations: 3, shareMax: 1 / 8 };
/** Points packed at once, each of about 30 bytes of memory, and bytes of log rows, which hold texts: one log row more at most. */
export const PACKED_POINTS_MAX = 2_000_000;
export const PACKED_BYTES_MAX = 32 * 1024 * 1024;
/** Points of a block from which on it is left alone: fewer cost more bytes each, more take longer to read for a few of them. */
export const BLOCK_POINTS = 500;
/** Points beyond which what belongs together becomes several blocks. */
export const BLOCK_POINTS_UNSPLIT = 1_000;
/** Characters of texts that one block holds, unless they are of one point: all of them are unpacked to read one. */
export const BLOCK_CHARACTERS_MAX = 4 * 1024 * 1024;
/** Small blocks at the end of a series before they are joined: each of its points is then written about three times in all. */
export const SMALL_BLOCKS_MAX = 8;
/** Small blocks that are joined at once in quiet times, and series whose blocks are before others come to their turn: some milliseconds. */
export const BLOCKS_JOINED_MAX = 32;
export const SERIES_JOINED_AT_ONCE = 200;
/** What packing gives the writer at once: 2 to 4 ms of its time, which readings wait behind. */
export const PACKED_ROWS_A_WRITE = 600;
export const PACKED_BYTES_A_WRITE = 256 * 1024;
/** Bytes of packed log rows that are deleted at once: the same time. */
export const LOG_BYTES_A_DELETION = 1024 * 1024;
/** Remembered publishes that outlive the log rows they came with: the last hundred of 500 devices, or what thousands sent last. */
export const PUBLISHES_KEPT = 50_000;
/** Damaged blocks that the packer keeps in mind, to tell of each once. */
export const DAMAGED_BLOCKS_KNOWN = 10_000;
/**
 * Reads of history under way at once: each has a connection of its own (half a megabyte), and only those whose readers ask for more take turns; beyond them
 * reads wait, before they have taken anything.
 */
export const HISTORY_READS_AT_ONCE = 64;
/** Reads of history that wait for their turn: those of some hundred dashboards that open at once. */
export const HISTORY_READS_WAITING_MAX = 2_000;
/** How long a read of history goes on before the next has its turn. */
export const HISTORY_SLICE_MS = 2;
/** Pieces of a read that may wait for its reader: while it looks at one, the next is made. */
export const HISTORY_PIECES_AHEAD = 3;
/** Bytes of texts after which a piece is full whatever its points are. */
export const HISTORY_PIECE_TEXT_BYTES = 256 * 1024;
/** How long a read of history may keep its look at the database, whoever waits for whom: until then the write-ahead log cannot be folded in. */
export const HISTORY_SNAPSHOT_MS_MAX = 15 * 60_000;
/** How often a read begins again because packing began meanwhile, before it is answered as it is. */
export const HISTORY_RETRIES_MAX = 3;
/** Connections kept for the next reads: to open one takes a millisecond or two, which only reads that are long enough to be under way together pay. */
export const HISTORY_CONNECTIONS_KEPT = 16;
/** Intervals of one aggregate that hold points: they are objects of some hundred bytes, and no chart shows as many. */
export const AGGREGATED_POINTS_MAX = 1_000_000;
/** Series whose blocks are looked through at once for those that have outlived their time to live: some milliseconds. */
export const SERIES_SWEPT_AT_ONCE = 2_000;
/** What the log holds when it is packed: two and a half seconds of 600,000 points a second, read back in a second at a start. */
export const PACK_POINTS = 1_500_000;
export const PACK_BYTES = 48 * 1024 * 1024;
/** How old the oldest reading is that is packed although the log holds less, and how often that is looked at. */
export const PACK_AGE_MS = 5 * 60_000;
export const PACK_CHECK_MS = 10_000;
/** Points that are packed as soon as none came between two such looks. */
export const PACK_QUIET_POINTS = 50_000;
/** Pause after packing failed. */
export const PACK_RETRY_MS = 5_000;
/** How often what outlived its time to live is taken away. */
export const SWEEP_EVERY_MS = 60 * 60_000;
/** Series that let go of packed points in one turn of the event loop: a millisecond. */
export const SERIES_SETTLED_AT_ONCE = 5_000;
/** Share of the log's bounds from which on commits are answered late, and how late at most: whoever waits for the answers slows down. */
export const BRAKE_FROM = 0.6;
export const BRAKE_MS_MAX = 250;
/**
 * How late commits are answered at most because more came than was packed meanwhile: when that is twice what begins a turn. Measured with
 * 8 batches of 1,000 points under way: 2.2 million points a second as long as it lasts and a log of 6.4 MB; without it 2.35 million, and a log
 * that goes from 6.8 to 11.8 MB within a minute, because each turn takes longer than the one before and leaves more to the next.
 */
export const PACE_MS = 10;
/** Points in memory that a read copies and answers at once; for more, and for what is packed, a thread is asked. */
export const HEAD_ANSWER_POINTS = 20_000;
/** How long the packer thread waits for more to do before it ends: much longer than from one packing to the next under load. */
export const PACKER_IDLE_MS = 60_000;
