import { storageErrors } from '@fieldline/ports';
import type { OtherValue } from '@fieldline/model';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { databaseFile } from '../database.js';
import { PACKED_BYTES_MAX } from '../limits.js';
import { pointsOfLogBody } from '../log/log-body.js';
import { PointDecoder } from '../log/point-decoder.js';
import { PublishCollection } from './publish-collection.js';
import type { RemovedSeries } from './removed-series.js';

/**
 * The points and removals of a stretch of log rows as parallel lists, series by series, and for each in the order of the log. Those
 * of removed entities are left out.
 */
export interface LogRecords {
  readonly throughSeq: number;
  /** Points of the rows, those left out included. */
  readonly points: number;
  readonly logBytes: number;
  /** Whose records there are, ascending; those of place n stand from `starts[n]` to before `starts[n + 1]`. */
  readonly seriesIds: Uint32Array<ArrayBuffer>;
  readonly starts: Uint32Array<ArrayBuffer>;
  /** Of a point; of a removal where it begins. */
  readonly times: Float64Array<ArrayBuffer>;
  /** 0 for a removal. */
  readonly kinds: Uint8Array<ArrayBuffer>;
  /** Of a point as in `PointColumns`; of a removal the first time after it. */
  readonly numbers: Float64Array<ArrayBuffer>;
  others: (OtherValue | undefined)[] | undefined;
  /** Of `ValueUse` for a point, of `LatestFate` for a removal. */
  readonly uses: Uint8Array<ArrayBuffer>;
  /** Absent where no point has a time to live. */
  ttls: Float64Array<ArrayBuffer> | undefined;
  /** How many rows the one with the record comes after the first one. */
  readonly rows: Uint32Array<ArrayBuffer>;
  readonly firstSeq: number;
  readonly publishes: PublishCollection;
}

/** Which rows are read, and whose records are left out. */
export interface LogStretch {
  readonly path: string;
  readonly afterSeq: number;
  readonly throughSeq: number;
  readonly removed: RemovedSeries;
  readonly pointsMax: number;
}

/**
 * Reads what stands in the log after row `afterSeq` up to `throughSeq`, or up to the row at which it is enough for once. The rows are
 * decoded twice, first to count: that costs less than to keep all records in two orders.
 *
 * @throws STORAGE_CORRUPT
 */
export function readLog(database: DatabaseSync, { path, afterSeq, throughSeq, removed, pointsMax }: LogStretch): LogRecords {
  const select = database.prepare('SELECT seq, body FROM batch_log WHERE seq > ? AND seq <= ? ORDER BY seq');
  const corrupt = (seq: number, reason: string): Error => storageErrors.CORRUPT({ path: databaseFile(path), reason: `log row ${seq} ${reason}` });
  const counted = countRecords(eachRow({ select, afterSeq, throughSeq, corrupt }), removed, pointsMax);
  const records = emptyRecords(counted);
  const next = records.starts.slice();
  const placeOf = new Uint32Array(counted.countOf.length);
  for (const [place, id] of records.seriesIds.entries()) placeOf[id] = place;
  for (const { seq, points } of eachRow({ select, afterSeq, throughSeq: counted.throughSeq, corrupt })) {
    const decoder = new PointDecoder(points);
    while (decoder.next()) {
      if (decoder.kind === 0 && !decoder.isRemoval) {
        if (!removed.hasEntity(decoder.entityNumber)) records.publishes.add(decoder);
        continue;
      }
      const seriesId = decoder.kind === 0 ? decoder.removedId : decoder.seriesId;
      if (removed.has(seriesId)) continue;
      const place = placeOf[seriesId] as number;
      const at = next[place] as number;
      next[place] = at + 1;
      put(records, at, decoder);
      records.rows[at] = seq - records.firstSeq;
    }
  }
  return records;
}

interface Counted {
  readonly throughSeq: number;
  readonly firstSeq: number;
  readonly points: number;
  readonly logBytes: number;
  /** Records by series, those of removed ones as well. */
  readonly countOf: Uint32Array<ArrayBuffer>;
}

interface LogRow {
  readonly seq: number;
  readonly bytes: number;
  readonly points: Uint8Array;
}

function* eachRow({
  select,
  afterSeq,
  throughSeq,
  corrupt,
}: {
  readonly select: StatementSync;
  readonly afterSeq: number;
  readonly throughSeq: number;
  readonly corrupt: (seq: number, reason: string) => Error;
}): Generator<LogRow> {
  for (const row of select.iterate(afterSeq, throughSeq)) {
    const seq = Number(row['seq']);
    const body = row['body'] as Uint8Array;
    const points = pointsOfLogBody(body);
    if (!(points instanceof Uint8Array)) throw corrupt(seq, points.reason);
    yield { seq, bytes: body.length, points };
  }
}

function countRecords(rows: Iterable<LogRow>, removed: RemovedSeries, pointsMax: number): Counted {
  let countOf = new Uint32Array(65_536);
  let [points, logBytes, firstSeq, throughSeq] = [0, 0, 0, 0];
  for (const row of rows) {
    if (firstSeq === 0) firstSeq = row.seq;
    const decoder = new PointDecoder(row.points);
    while (decoder.next()) {
      if (decoder.kind !== 0) points += 1;
      else if (!decoder.isRemoval) continue;
      const seriesId = decoder.kind === 0 ? decoder.removedId : decoder.seriesId;
      if (removed.has(seriesId)) continue;
      if (seriesId >= countOf.length) countOf = grown(countOf, seriesId);
      countOf[seriesId] = (countOf[seriesId] as number) + 1;
    }
    throughSeq = row.seq;
    logBytes += row.bytes;
    if (points >= pointsMax || logBytes >= PACKED_BYTES_MAX) break;
  }
  return { throughSeq, firstSeq, points, logBytes, countOf };
}

function grown(counts: Uint32Array<ArrayBuffer>, place: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(place + 1, counts.length * 2));
  larger.set(counts);
  return larger;
}

function emptyRecords({ throughSeq, firstSeq, points, logBytes, countOf }: Counted): LogRecords {
  let series = 0;
  let records = 0;
  for (const count of countOf) {
    if (count > 0) series += 1;
    records += count;
  }
  const seriesIds = new Uint32Array(series);
  const starts = new Uint32Array(series + 1);
  for (let id = 0, place = 0; id < countOf.length; id += 1) {
    const count = countOf[id] as number;
    if (count === 0) continue;
    seriesIds[place] = id;
    starts[place + 1] = (starts[place] as number) + count;
    place += 1;
  }
  return {
    throughSeq,
    points,
    logBytes,
    seriesIds,
    starts,
    times: new Float64Array(records),
    kinds: new Uint8Array(records),
    numbers: new Float64Array(records),
    others: undefined,
    uses: new Uint8Array(records),
    ttls: undefined,
    rows: new Uint32Array(records),
    firstSeq,
    publishes: new PublishCollection(),
  };
}

function put(records: LogRecords, at: number, decoder: PointDecoder): void {
  const { kind } = decoder;
  records.kinds[at] = kind;
  if (kind === 0) {
    records.times[at] = decoder.startMs;
    records.numbers[at] = decoder.endMs;
    records.uses[at] = decoder.latest;
    return;
  }
  records.times[at] = wholeMs(decoder.tsMs);
  records.uses[at] = decoder.uses;
  if (decoder.other === undefined) records.numbers[at] = decoder.number;
  else {
    records.others ??= new Array<OtherValue | undefined>(records.times.length).fill(undefined);
    records.others[at] = decoder.other;
  }
  if (decoder.ttlMs === 0) return;
  records.ttls ??= new Float64Array(records.times.length);
  records.ttls[at] = Math.max(0, wholeMs(Math.ceil(decoder.ttlMs)));
}

/** Times are whole numbers; one that is not must not keep all others from being packed. */
function wholeMs(ms: number): number {
  if (Number.isSafeInteger(ms)) return ms;
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, Math.trunc(ms) || 0));
}
