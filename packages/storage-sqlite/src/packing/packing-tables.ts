/**
 * The tables of points that are packed.
 *
 * - `packing`: every log row up to `through_seq` is in blocks and in `latest`; such rows that are still there are only left
 *   to be deleted. `opened_seq` is the newest log row there was when the folder was opened: no later one names an entity that
 *   was removed before.
 * - `block`: points of one series and one time to live (0: that of the tenant), from `start_ms` to `end_ms`, both inclusive.
 *   What stands beside the body is the summary of block-summary.ts and the checksum of row-checksum.ts; the body is that of
 *   block-codec.ts, with a checksum of its own. No two blocks of a series hold the same time. Those of one time to live do not overlap, but for one that is damaged: it stays as it is, and
 *   what comes for its time stands in blocks beside it. A row with a negative id marks it then, with its times and an empty body, so
 *   that every read of them meets the damage. A table by rowid, because blocks are written to its end then: by
 *   series each would change a page of its own, which is four times as slow, and larger ones would need a second page.
 * - `latest`: the latest value of a series as of log row `seq`, which is beyond `through_seq` where packing was interrupted;
 *   `kind` 0 says that there is none. Values as in attributes: a boolean is 0 or 1, JSON its text.
 * - `retention`: how long points without a time to live of their own are kept, for tenants that say so.
 * - `packed_publish`: the newest remembered publishes of packed log rows, in the form of a log row (log/log-body.ts).
 */
export const packingTables = `
CREATE TABLE packing (
  id INTEGER PRIMARY KEY CHECK (id = 1), through_seq INTEGER NOT NULL DEFAULT 0, opened_seq INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO packing (id) VALUES (1);
CREATE TABLE block (
  id INTEGER PRIMARY KEY, series_id INTEGER NOT NULL, ttl_ms INTEGER NOT NULL, start_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL,
  count INTEGER NOT NULL, kind INTEGER NOT NULL, minimum REAL, maximum REAL, sum REAL, row_crc INTEGER NOT NULL, body BLOB NOT NULL
) STRICT;
CREATE INDEX block_of_series ON block (series_id, ttl_ms, start_ms, end_ms, count);
CREATE TABLE latest (series_id INTEGER PRIMARY KEY, ts_ms INTEGER NOT NULL, kind INTEGER NOT NULL, value ANY, seq INTEGER NOT NULL) STRICT;
CREATE TABLE retention (tenant_id TEXT PRIMARY KEY, ttl_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE packed_publish (id INTEGER PRIMARY KEY CHECK (id = 1), body BLOB NOT NULL) STRICT;
`;
