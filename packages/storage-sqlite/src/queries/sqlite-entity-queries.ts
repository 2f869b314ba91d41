import { Turns } from '@fieldline/kernel';
import {
  ALARM_ENTITIES_MAX,
  pageOf,
  type AlarmCountQuery,
  type AlarmDataQuery,
  type EntityCountQuery,
  type EntityData,
  type EntityDataQuery,
  type EntityId,
  type EntitySelector,
  type Page,
  type QueryScope,
  type QuerySort,
} from '@fieldline/model';
import { queryErrors, type AlarmData, type EntityQueries } from '@fieldline/ports';
import { alarmOfDocument } from '../data/alarm-index.js';
import { PAGE_SAMPLE, QUERIES_AT_ONCE, QUERIES_WAITING_MAX, QUERY_DEADLINE_MS, QUERY_WAIT_MS_MAX } from '../limits.js';
import { alarmPageSql, alarmsSql } from './alarm-query-sql.js';
import { findPage, type PageSample } from './found-page.js';
import { numberedColumns, numberedEntity, type LatestReader } from './latest-table.js';
import { pageColumns } from './page-columns.js';
import { withPrepared, type PreparedQuery, type Run } from './prepared-query.js';
import { QueryConnection, QueryDeadline } from './query-connection.js';
import { raw, sql } from './sql.js';

export interface SqliteEntityQueriesOptions {
  /** The data folder (FIELDLINE_DATA_DIR); its writer must have opened it before. */
  readonly path: string;
  /** Where the latest values are, which no table holds, and history. */
  readonly latest: LatestReader;
  /** Bounds of limits.ts, for tests that reach them. */
  readonly limits?: { readonly deadlineMs?: number; readonly sample?: PageSample } | undefined;
}

/**
 * Queries over the data folder, beside the writer. They see what is on the disk, and latest values as `latest` knows them.
 * Statements run to their end in the calling thread: give them one of their own.
 *
 * @throws SQLITE_FOLDER_UNUSABLE, STORAGE_CORRUPT
 */
export function openSqliteEntityQueries(options: SqliteEntityQueriesOptions): EntityQueries & { close(): void } {
  return new SqliteEntityQueries(options);
}

const clock = { monotonicMs: () => performance.now() };
const busy = (): Error => queryErrors.BUSY({ waitingMax: QUERIES_WAITING_MAX, waitMsMax: QUERY_WAIT_MS_MAX });
const byCreation: QuerySort = { key: { type: 'ENTITY_FIELD', key: 'createdTime' }, order: 'ASC' };

class SqliteEntityQueries implements EntityQueries {
  readonly #connection: QueryConnection;
  readonly #latest: LatestReader;
  readonly #turns = new Turns({ atOnce: QUERIES_AT_ONCE, waitingMax: QUERIES_WAITING_MAX, wait: { maxMs: QUERY_WAIT_MS_MAX, clock } });
  readonly #deadlineMs: number;
  readonly #sample: PageSample;

  constructor({ path, latest, limits = {} }: SqliteEntityQueriesOptions) {
    this.#connection = new QueryConnection(path);
    this.#latest = latest;
    this.#deadlineMs = limits.deadlineMs ?? QUERY_DEADLINE_MS;
    this.#sample = limits.sample ?? PAGE_SAMPLE;
  }

  find(query: EntityDataQuery): Promise<Page<EntityData>> {
    return this.#run(query.scope, pageOf([], query, 0), (run) =>
      withPrepared(run, query, async (prepared) => {
        const { numbers, total } = findPage(run, prepared, query, this.#sample);
        const data = await pageColumns(run, numbers, query.columns, prepared.source);
        return pageOf(data.map(entityDataOf), query, total);
      }),
    );
  }

  count({ scope, selector, filters, combine }: EntityCountQuery): Promise<number> {
    return this.#run(scope, 0, (run) =>
      withPrepared(run, { scope, selector, filters, combine }, async ({ statement }) =>
        Number(run.connection.all(statement.select(raw('count(*)')), run.deadline)[0]?.[0]),
      ),
    );
  }

  select(scope: QueryScope, selector: EntitySelector, limit: number): Promise<readonly EntityId[]> {
    return this.#run(scope, [], (run) =>
      withPrepared(run, { scope, selector, filters: [], combine: 'AND' }, async ({ statement }) => {
        const rows = run.connection.all(sql`${statement.sorted(() => numberedColumns, byCreation)} LIMIT ${limit}`, run.deadline);
        return rows.map(numberedEntity).map(({ entityType, id }) => ({ entityType, id }));
      }),
    );
  }

  findAlarms(query: AlarmDataQuery): Promise<Page<AlarmData>> {
    const { scope, columns } = query;
    const sort = query.sort?.key.type === 'ALARM_FIELD' ? byCreation : (query.sort ?? byCreation);
    return this.#run(scope, pageOf([], query, 0), (run) =>
      withPrepared(run, { ...query.entities, scope, sort }, (prepared) =>
        withPicked(run, prepared, sort, async (picked) => {
          const { count, page } = alarmPageSql(query, picked);
          const rows = run.connection.all(page, run.deadline);
          const numbers = [...new Set(rows.map(([, number]) => Number(number)))];
          const entities = new Map((await pageColumns(run, numbers, columns, prepared.source)).map((row) => [row.entity.number, row]));
          const data = rows.flatMap(([document, number]): AlarmData[] => {
            const found = entities.get(Number(number));
            return found === undefined ? [] : [{ alarm: alarmOfDocument(String(document)), ...entityDataOf(found) }];
          });
          return pageOf(data, query, Number(run.connection.all(count, run.deadline)[0]?.[0]));
        }),
      ),
    );
  }

  countAlarms(query: AlarmCountQuery): Promise<number> {
    const { scope, entities } = query;
    const counted = async (run: Run, picked?: string): Promise<number> => {
      const { tables, where } = alarmsSql(query, picked);
      return Number(run.connection.all(sql`SELECT count(*) FROM ${tables} WHERE ${where}`, run.deadline)[0]?.[0]);
    };
    return this.#run(scope, 0, (run) => {
      if (entities === undefined) return counted(run);
      return withPrepared(run, { ...entities, scope, sort: byCreation }, (prepared) =>
        withPicked(run, prepared, byCreation, (picked) => counted(run, picked)),
      );
    });
  }

  close(): void {
    this.#connection.close();
  }

  /** Answers a query when it is its turn; with `none` where the tenant was removed. */
  #run<T>({ tenantId }: QueryScope, none: T, answer: (run: Run) => Promise<T>): Promise<T> {
    return this.#turns.take(async () => {
      const found = await answer({ connection: this.#connection, latest: this.#latest, deadline: new QueryDeadline(this.#deadlineMs) });
      return this.#connection.isGone(tenantId) ? none : found;
    }, busy);
  }
}

const entityDataOf = ({ entity: { entityType, id }, values }: { readonly entity: EntityId; readonly values: EntityData['values'] }): EntityData => ({
  entity: { entityType, id },
  values,
});

/** Calls `use` with the table of the first entities of a query, at whose alarms it may look. */
function withPicked<T>(run: Run, { statement }: PreparedQuery, sort: QuerySort, use: (picked: string) => Promise<T>): Promise<T> {
  const columns = 'position INTEGER PRIMARY KEY, number INTEGER, entity_type TEXT, entity_id TEXT';
  return run.connection.withTable(columns, (table) => {
    const first = statement.sorted(() => raw('e.number, e.entity_type, e.entity_id'), sort);
    const insert = raw(`INSERT INTO temp.${table} (number, entity_type, entity_id)`);
    run.connection.run(sql`${insert} ${first} LIMIT ${ALARM_ENTITIES_MAX}`, run.deadline);
    return use(table);
  });
}
