import type { ProblemError } from '@fieldline/kernel';
import { valueInColumns, ValueKind, type PointColumns } from '@fieldline/model';
import type { StatementSync } from 'node:sqlite';
import { storageProblem } from '../database.js';
import { sqliteErrors } from '../errors.js';
import type { SqlValue } from '../writer/writer-link.js';
import { FolderSnapshot, type FolderSnapshotOptions } from './folder-snapshot.js';

/** Longest time of a point in milliseconds before or after 1970 that SQLite keeps whole and JavaScript exact. */
const EVER_MS = Number.MAX_SAFE_INTEGER;

/**
 * What people ask for, beside the tables themselves: `time_series`, a row each, and `point`, which has all points of all series; where it
 * is asked about some series only, name them by `series_id`, so that the others are not read.
 */
const views = `
CREATE TEMP VIEW time_series AS SELECT s.id AS series_id, e.tenant_id, e.entity_type, e.entity_id, s.key
  FROM main.series s JOIN main.entity e ON e.number = s.entity_number WHERE e.is_removed = 0 AND e.tenant_id NOT IN (SELECT id FROM main.removed_tenant);
CREATE TEMP VIEW point AS SELECT s.series_id, s.tenant_id, s.entity_type, s.entity_id, s.key, p.value ->> 0 AS ts, p.value ->> 1 AS value
  FROM time_series s JOIN json_each(points_of(s.series_id, -${EVER_MS}, ${EVER_MS})) p;
`;

/** What a statement gives: the names of its columns, of which several may be alike, and its rows; whole numbers beyond 2^53 as bigint. */
export interface SqlAnswer {
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly SqlValue[]>;
}

/** Answers SQL about a data folder, while a server works on it or not. Nothing can be changed by it. */
export class FolderSql {
  readonly #snapshot: FolderSnapshot;
  readonly #path: string;

  constructor(options: FolderSnapshotOptions) {
    this.#path = options.path;
    this.#snapshot = new FolderSnapshot(options);
    const { database } = this.#snapshot;
    database.function('points_of', { deterministic: true, useBigIntArguments: true }, (seriesId, startMs, endMs) =>
      this.#pointsOf([seriesId, startMs, endMs]),
    );
    database.exec(views);
  }

  /**
   * The answer to each statement in a text, in their order. Take the rows of one before the next is asked for, which may build
   * on it: what a statement makes in `temp` is there for those that follow.
   *
   * @throws SQLITE_QUERY_WRONG
   */
  *query(sql: string): Iterable<SqlAnswer> {
    const { database } = this.#snapshot;
    let rest = withoutBlanks(sql);
    if (rest === '') throw sqliteErrors.QUERY_WRONG({ reason: 'it has no statement' });
    while (rest !== '') {
      if (!database.isTransaction)
        throw sqliteErrors.QUERY_WRONG({ reason: 'a statement before the last ends the transaction in which all are answered' });
      const statement = this.#prepared(rest);
      yield { columns: statement.columns().map(({ name }) => name), rows: this.#rows(statement) };
      rest = withoutBlanks(rest.slice(statement.sourceSQL.length));
    }
  }

  /** The first statement of a text. */
  #prepared(sql: string): StatementSync {
    try {
      const statement = this.#snapshot.database.prepare(sql);
      statement.setReadBigInts(true);
      statement.setReturnArrays(true);
      return statement;
    } catch (error) {
      throw this.#problemOf(error);
    }
  }

  *#rows(statement: StatementSync): Iterable<readonly SqlValue[]> {
    try {
      // Arrays, as the statement was told; the types know of objects only.
      for (const row of statement.iterate() as Iterable<unknown> as Iterable<SqlValue[]>) yield row.map(shortened);
    } catch (error) {
      throw this.#problemOf(error);
    }
  }

  #problemOf(error: unknown): ProblemError {
    const problem = storageProblem(error, this.#path);
    return ofQuery.includes(problem.code) ? sqliteErrors.QUERY_WRONG({ reason: (error as Error).message }, { cause: error }) : problem;
  }

  close(): void {
    this.#snapshot.close();
  }

  /** What `points_of` answers: as functions of SQLite do, nothing to nothing. */
  #pointsOf(given: readonly SqlValue[]): string | null {
    if (given.includes(null)) return null;
    if (!given.every(isNumber))
      throw sqliteErrors.QUERY_WRONG({ reason: 'points_of takes the number of a series and two times in milliseconds since 1970' });
    const [seriesId = 0, startMs = 0, endMs = 0] = given.map(Number);
    return this.#pointsJson(seriesId, startMs, endMs);
  }

  /** Points from `startMs` to before `endMs` as JSON: an array of pairs of time and value. */
  #pointsJson(seriesId: number, startMs: number, endMs: number): string {
    if (this.#snapshot.find(seriesId) === undefined) return '[]';
    const pairs: string[] = [];
    const query = { startMs, endMs, limit: Infinity, order: 'ASC' } as const;
    for (const columns of this.#snapshot.points(seriesId, query)) {
      for (let place = 0; place < columns.count; place += 1) pairs.push(`[${columns.times[place]},${jsonValue(columns, place)}]`);
    }
    return `[${pairs.join(',')}]`;
  }
}

/** Where a query fails so, it is at fault itself: the folder was opened and read before it. */
const ofQuery: readonly string[] = ['STORAGE_UNAVAILABLE', 'SQLITE_FOLDER_UNUSABLE'];

const isNumber = (value: SqlValue): boolean => typeof value === 'bigint' || typeof value === 'number';

/** A value of a point as JSON; that of kind JSON as the string that it is in. */
function jsonValue(columns: PointColumns, place: number): string {
  const value = valueInColumns(columns, place);
  if (typeof value === 'bigint') return String(value);
  if (columns.kinds[place] === ValueKind.double && !Number.isInteger(value)) return String(value);
  return JSON.stringify(value);
}

/** The text from its first statement on: SQLite prepares one at a time, and tells where that ends. */
function withoutBlanks(sql: string): string {
  return sql.replace(/^(?:[\s;]|--[^\n]*|\/\*[^]*?(?:\*\/|$))+/, '');
}

function shortened(value: SqlValue): SqlValue {
  const isExact = typeof value === 'bigint' && value >= -Number.MAX_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
  return isExact ? Number(value) : value;
}
