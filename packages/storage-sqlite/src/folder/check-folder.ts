import type { DatabaseSync } from 'node:sqlite';
import { decodeBlock } from '../blocks/block-codec.js';
import { summaryOf } from '../blocks/block-summary.js';
import { rowChecksum, type SummarisedRow } from '../blocks/row-checksum.js';
import { pointsOfLogBody } from '../log/log-body.js';
import { PointDecoder } from '../log/point-decoder.js';
import { FORMAT_OLDEST } from '../schema.js';
import { openUpgradableFormat } from './open-known-format.js';

/**
 * Verifies a data folder, while a server works on it or not: the pages and indexes of every table, the checksum and records of every log
 * row, the checksum, points and summary of every block, that blocks do not overlap, and that what names something names what is there.
 * Of a folder that an earlier version wrote, all of these that its format has.
 *
 * @returns what is wrong, one sentence each; nothing where all is well
 * @throws SQLITE_NO_DATA, SQLITE_FOLDER_UNUSABLE, SQLITE_FORMAT_OLDER, SQLITE_FORMAT_NEWER, STORAGE_CORRUPT for a file that is no database of ours
 */
export function* checkFolder(path: string): Iterable<string> {
  const { database, format } = openUpgradableFormat(path);
  try {
    database.exec('BEGIN');
    yield* asFarAsReadable('The pages', pages(database));
    yield* asFarAsReadable('The log', logRows(database));
    if (format >= BLOCKS_FORMAT) yield* asFarAsReadable('The blocks', blocks(database, format));
    yield* asFarAsReadable('The references', references(database, format));
  } finally {
    database.close();
  }
}

/** What SQLite cannot read on is wrong too, and does not keep the rest from being looked at. */
function* asFarAsReadable(what: string, findings: Iterable<string>): Iterable<string> {
  try {
    yield* findings;
  } catch (error) {
    yield `${what} cannot be read to the end: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

function* pages(database: DatabaseSync): Iterable<string> {
  for (const row of database.prepare('PRAGMA integrity_check').iterate()) {
    const [finding] = Object.values(row);
    if (finding !== 'ok') yield `SQLite says: ${String(finding)}.`;
  }
}

function* logRows(database: DatabaseSync): Iterable<string> {
  for (const row of database.prepare('SELECT seq, body FROM batch_log ORDER BY seq').iterate()) {
    const reason = faultOfLogRow(row['body'] as Uint8Array);
    if (reason !== undefined) yield `Log row ${Number(row['seq'])} ${reason}.`;
  }
}

function faultOfLogRow(body: Uint8Array): string | undefined {
  const unpacked = pointsOfLogBody(body);
  if (!(unpacked instanceof Uint8Array)) return unpacked.reason;
  try {
    const decoder = new PointDecoder(unpacked);
    while (decoder.next());
    return undefined;
  } catch (error) {
    return `cannot be read (${error instanceof Error ? error.message : String(error)})`;
  }
}

/** What is known of the block before, of the same series and time to live. */
interface Before {
  readonly seriesId: number;
  readonly ttlMs: number;
  readonly endMs: number;
}

function* blocks(database: DatabaseSync, format: number): Iterable<string> {
  const sql = `SELECT series_id, ttl_ms, start_ms, end_ms, count, kind, minimum, maximum, sum, ${format >= ROW_CHECKSUMS_FORMAT ? 'row_crc' : 'NULL AS row_crc'}, body
    FROM block WHERE id >= 0 ORDER BY series_id, ttl_ms, start_ms`;
  let before: Before = { seriesId: -1, ttlMs: -1, endMs: 0 };
  for (const row of database.prepare(sql).iterate()) {
    const [seriesId, ttlMs] = [Number(row['series_id']), Number(row['ttl_ms'])];
    const [startMs, endMs] = [Number(row['start_ms']), Number(row['end_ms'])];
    const name = `The block of series ${seriesId} from ${startMs} to ${endMs} ms`;
    const reason = faultOfBlock(row, { seriesId, ttlMs, startMs, endMs });
    if (reason !== undefined) yield `${name} ${reason}.`;
    if (before.seriesId === seriesId && before.ttlMs === ttlMs && startMs <= before.endMs) yield `${name} overlaps the one before it.`;
    before = { seriesId, ttlMs, endMs: reason === undefined ? endMs : startMs - 1 };
  }
}

function faultOfBlock(row: Readonly<Record<string, unknown>>, named: Omit<SummarisedRow, 'summary'>): string | undefined {
  const { startMs, endMs } = named;
  try {
    const points = decodeBlock(row['body'] as Uint8Array);
    const { times, count } = points;
    for (let place = 1; place < count; place += 1)
      if ((times[place] as number) <= (times[place - 1] as number)) return 'holds times that do not ascend';
    if (times[0] !== startMs || times[count - 1] !== endMs) return 'holds other times than its row says';
    const summary = summaryOf(points);
    const differs = Object.entries(summary).find(([column, value]) => !Object.is(value, row[column]) && value !== row[column]);
    if (differs !== undefined) return `has a row that says another ${differs[0]} than its points`;
    const isAsWritten = row['row_crc'] === null || row['row_crc'] === rowChecksum({ ...named, summary });
    return isAsWritten ? undefined : 'has a row that does not match its checksum';
  } catch (error) {
    return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** The format that brought blocks, and with them the table of latest values. */
const BLOCKS_FORMAT = 7;
/** The format that brought checksums of their rows. */
const ROW_CHECKSUMS_FORMAT = 8;
/** The format that brought uploaded files. */
const FILES_FORMAT = 2;

/** Statements that count what names something that is not there, what that is, and since which format there is such a thing. */
const dangling: readonly (readonly [string, number, string])[] = [
  ['series of entities that have no number', FORMAT_OLDEST, 'SELECT count(*) FROM series WHERE entity_number NOT IN (SELECT number FROM entity)'],
  ['blocks of series that there are not', BLOCKS_FORMAT, 'SELECT count(*) FROM block WHERE series_id NOT IN (SELECT id FROM series)'],
  ['latest values of series that there are not', BLOCKS_FORMAT, 'SELECT count(*) FROM latest WHERE series_id NOT IN (SELECT id FROM series)'],
  [
    'uploaded files with fewer bytes than they should have',
    FILES_FORMAT,
    `SELECT count(*) FROM blob b WHERE b.bytes <> (SELECT coalesce(sum(length(p.bytes)), 0) FROM blob_piece p WHERE p.upload = b.upload)`,
  ],
];

function* references(database: DatabaseSync, format: number): Iterable<string> {
  for (const [what, since, sql] of dangling) {
    if (format < since) continue;
    const count = Number(Object.values(database.prepare(sql).get() ?? {})[0]);
    if (count > 0) yield `There are ${count} ${what}.`;
  }
}
