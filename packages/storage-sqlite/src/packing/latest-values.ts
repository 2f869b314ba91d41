import { ValueKind } from '@fieldline/model';
import { ValueUse } from '@fieldline/ports';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { LatestFate } from '../log/record-format.js';
import type { SqlValue } from '../writer/writer-link.js';
import type { LogRecords } from './log-records.js';

/** The latest values in the table, and what a stretch of the log makes of them. */
export class LatestValues {
  readonly #select: StatementSync;

  constructor(database: DatabaseSync) {
    this.#select = database.prepare('SELECT ts_ms, kind, seq FROM latest WHERE series_id = ?');
    this.#select.setReturnArrays(true);
  }

  /** The row of the series after its records from place `from` to before `to`; undefined where they do not touch the latest value. */
  rowAfter(records: LogRecords, seriesId: number, from: number, to: number): readonly SqlValue[] | undefined {
    const stored = this.#select.get(seriesId) as unknown as readonly number[] | undefined;
    const { times, kinds, numbers, uses, rows, firstSeq, throughSeq } = records;
    let latestMs = stored === undefined || stored[1] === 0 ? Number.NEGATIVE_INFINITY : (stored[0] as number);
    let place = -1;
    let isTouched = false;
    for (let at = from; at < to; at += 1) {
      // Packing was interrupted after this row was written: what made it may not happen to it twice.
      if (stored !== undefined && (rows[at] as number) + firstSeq <= (stored[2] as number)) continue;
      const tsMs = times[at] as number;
      if (kinds[at] === 0) {
        if (uses[at] === LatestFate.keep || latestMs < tsMs || latestMs >= (numbers[at] as number)) continue;
        latestMs = Number.NEGATIVE_INFINITY;
        place = -1;
        isTouched = true;
      } else if (((uses[at] as number) & ValueUse.latest) !== 0 && tsMs >= latestMs) {
        latestMs = tsMs;
        place = at;
        isTouched = true;
      }
    }
    if (!isTouched) return undefined;
    if (place < 0) return [seriesId, 0, 0, null, throughSeq];
    return [
      seriesId,
      latestMs,
      kinds[place] as number,
      columnOf(kinds[place] as number, numbers[place] as number, records.others?.[place]),
      throughSeq,
    ];
  }
}

export const putLatest = 'INSERT OR REPLACE INTO latest (series_id, ts_ms, kind, value, seq) VALUES (?, ?, ?, ?, ?)';

// node:sqlite binds a number as a float; only a bigint stays a whole number in a column of any type.
function columnOf(kind: number, number: number, other: bigint | string | undefined): SqlValue {
  if (other !== undefined) return other;
  return kind === ValueKind.double ? number : BigInt(number);
}
