// What the benchmarks of the store are measured against (design.md §6): the table one would write by hand, with the same pragmas.
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';

/** Points of one transaction as parallel lists. */
export interface PointBatch {
  readonly series: readonly number[];
  readonly timesMs: readonly number[];
  readonly values: readonly (number | string)[];
}

const schema = `
PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4096; PRAGMA cache_size = -16384;
CREATE TABLE p (series INTEGER, ts INTEGER, value REAL, PRIMARY KEY (series, ts)) WITHOUT ROWID`;

export function openBaseline(folder: string) {
  const database = new DatabaseSync(join(folder, 'baseline.db'));
  database.exec(schema);
  const begin = database.prepare('BEGIN IMMEDIATE');
  const insert = database.prepare('INSERT OR REPLACE INTO p (series, ts, value) VALUES (?, ?, ?)');
  const commit = database.prepare('COMMIT');
  const average = database.prepare(
    'SELECT (ts - $startMs) / $intervalMs AS bucket, avg(value) AS value FROM p WHERE series = $series AND ts >= $startMs AND ts < $endMs GROUP BY bucket',
  );
  const count = (pragma: string): number => Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
  return {
    append({ series, timesMs, values }: PointBatch): void {
      begin.run();
      for (let n = 0; n < series.length; n += 1) insert.run(series[n] as number, timesMs[n] as number, values[n] as number);
      commit.run();
    },
    average(series: number, startMs: number, endMs: number, intervalMs: number): number {
      return average.all({ $series: series, $startMs: startMs, $endMs: endMs, $intervalMs: intervalMs }).length;
    },
    /** Bytes in use, without free pages. */
    bytes(): number {
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      return (count('page_count') - count('freelist_count')) * count('page_size');
    },
    close(): void {
      database.close();
    },
  };
}
