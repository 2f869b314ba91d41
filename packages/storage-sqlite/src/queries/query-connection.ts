import { fitsLike } from '@fieldline/model';
import { queryErrors } from '@fieldline/ports';
import type { DatabaseSync } from 'node:sqlite';
import { openForReading, readCoded } from '../database.js';
import { RemovedTenants } from '../entities/removed-tenants.js';
import { QUERY_CACHE_KB, QUERY_MAPPED_BYTES } from '../limits.js';
import type { SqlValue } from '../writer/writer-link.js';
import { sql, type Sql } from './sql.js';

type Row = readonly (SqlValue | bigint)[];

/** True for most rows without a call; each 256th asks whether the query may go on. `e` is what the query looks through. */
export const goesOn = sql`(e.number & 255 <> 0 OR in_time())`;

/** The connection of the queries: what SQL of its own cannot do, temporary tables, and the end of statements that take too long. */
export class QueryConnection {
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #removed: RemovedTenants;
  #deadline: QueryDeadline | undefined = undefined;
  #tables = 0;

  constructor(path: string) {
    this.#path = path;
    this.#database = openForReading(path);
    this.#removed = new RemovedTenants(this.#database);
    this.#database.exec(`PRAGMA cache_size = -${QUERY_CACHE_KB}; PRAGMA mmap_size = ${QUERY_MAPPED_BYTES}; PRAGMA temp_store = MEMORY`);
    const pure = { deterministic: true };
    this.#database.function('fold_case', pure, (text) => (typeof text === 'string' ? text.toLowerCase() : null));
    this.#database.function('fits_like', pure, (text, pattern) => (typeof text === 'string' ? Number(fitsLike(text, String(pattern))) : null));
    this.#database.function('number_text', pure, (value) => (value === null ? null : String(value)));
    this.#database.function('in_time', () => {
      this.#deadline?.check();
      return 1;
    });
  }

  /** The rows of a statement, as lists of their columns; whole numbers are bigints. */
  all({ text, values }: Sql, deadline: QueryDeadline): readonly Row[] {
    return readCoded(this.#path, () => {
      this.#deadline = deadline;
      deadline.check();
      const statement = this.#database.prepare(text);
      statement.setReadBigInts(true);
      statement.setReturnArrays(true);
      return statement.all(...values) as unknown as readonly Row[];
    });
  }

  /** Whether a tenant was removed, whose rows go bit by bit. */
  isGone(tenantId: string): boolean {
    return readCoded(this.#path, () => this.#removed.has(tenantId));
  }

  /** Runs a statement once for each row of further values, in one transaction. @returns how many rows it changed */
  run({ text, values }: Sql, deadline: QueryDeadline, rows: readonly (readonly SqlValue[])[] = [[]]): number {
    return readCoded(this.#path, () => {
      this.#deadline = deadline;
      deadline.check();
      const statement = this.#database.prepare(text);
      let changes = 0;
      this.#database.exec('BEGIN');
      try {
        for (const row of rows) changes += Number(statement.run(...values, ...row).changes);
      } finally {
        // Rows of a statement that failed half way are in a temporary table, which goes with the query.
        if (this.#database.isTransaction) this.#database.exec('COMMIT');
      }
      return changes;
    });
  }

  /** Makes a temporary table for as long as `use` takes. @param columns what CREATE TABLE says between its parentheses */
  async withTable<T>(columns: string, use: (table: string) => Promise<T>, options = ''): Promise<T> {
    const table = `query_${(this.#tables += 1)}`;
    this.#database.exec(`CREATE TEMP TABLE ${table} (${columns}) ${options}`);
    try {
      return await use(table);
    } finally {
      this.#database.exec(`DROP TABLE temp.${table}`);
    }
  }

  close(): void {
    this.#database.close();
  }
}

/** When a query is given up. */
export class QueryDeadline {
  readonly #deadlineMs: number;
  readonly #endMs: number;

  constructor(deadlineMs: number) {
    this.#deadlineMs = deadlineMs;
    this.#endMs = performance.now() + deadlineMs;
  }

  /** @throws QUERY_TOO_SLOW */
  check(): void {
    if (performance.now() > this.#endMs) throw queryErrors.TOO_SLOW({ deadlineMs: this.#deadlineMs });
  }
}

/** What one query works with. */
export interface QueryRun {
  readonly connection: QueryConnection;
  readonly deadline: QueryDeadline;
}
