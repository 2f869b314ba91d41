import { Turns, type Clock } from '@fieldline/kernel';
import {
  ALARM_ENTITIES_MAX,
  pageOf,
  queriedKinds,
  type AlarmCountQuery,
  type AlarmDataQuery,
  type EntityCountQuery,
  type EntityData,
  type EntityDataQuery,
  type EntityId,
  type EntityKind,
  type EntitySelector,
  type Page,
  type QueryKey,
  type QueryScope,
  type QuerySort,
} from '@fieldline/model';
import { queryErrors, type AlarmData, type EntityQueries, type TimeSeriesReader } from '@fieldline/ports';
import { openDataCollections } from '../data/data-collections.js';
import { openEntityCollections } from '../entities/entity-collections.js';
import {
  QUERIED_ALARMS_MAX,
  QUERIED_ENTITIES_MAX,
  QUERIES_AT_ONCE,
  QUERIES_WAITING_MAX,
  QUERY_DEADLINE_MS,
  QUERY_WAIT_MS_MAX,
  READ_BY_KEY_FROM,
} from '../limits.js';
import type { MongoDatabase } from '../mongo-database.js';
import { alarmsAt, countAlarms, searchedAlarms } from './found-alarms.js';
import { columnOf, foundRows, searchedColumns, searchedRows, sortedRows } from './found-rows.js';
import { countAll, pageInOrder, type ShownRows } from './pages-in-order.js';
import { QueryRun, type QueriedCollections, type QueryLimits } from './query-run.js';
import { RowValues } from './row-values.js';
import { rowsWithFields, type QueryRow } from './selected-rows.js';

export interface MongoEntityQueriesOptions {
  readonly database: MongoDatabase;
  /** The data store of the database, of which queries read what entity views showed before their time ended. */
  readonly history: Pick<TimeSeriesReader, 'range'>;
  readonly clock: Clock;
  /** Bounds of limits.ts, for tests that reach them. */
  readonly limits?: Partial<QueryLimits & { readonly atOnce: number; readonly waitingMax: number }> | undefined;
}

/**
 * Opens queries over a database. They see what is durable. Entities are found by an index (of their type, owner, ids or
 * relations); what they are filtered and sorted by is read for a thousand of them at a time and joined here, because not
 * every server can. So a query costs what the entities it names cost, up to `QUERIED_ENTITIES_MAX`.
 *
 * @throws MONGO_INDEX_WRONG, STORAGE_UNAVAILABLE
 */
export async function openMongoEntityQueries({ database, history, clock, limits = {} }: MongoEntityQueriesOptions): Promise<EntityQueries> {
  const kinds: readonly EntityKind[] = [...new Set<EntityKind>([...Object.values(queriedKinds), 'relation'])];
  const collections = { entities: await openEntityCollections(database, kinds), data: await openDataCollections(database), history };
  const {
    entitiesMax = QUERIED_ENTITIES_MAX,
    alarmsMax = QUERIED_ALARMS_MAX,
    deadlineMs = QUERY_DEADLINE_MS,
    readByKeyFrom = READ_BY_KEY_FROM,
  } = limits;
  const { atOnce = QUERIES_AT_ONCE, waitingMax = QUERIES_WAITING_MAX } = limits;
  const turns = new Turns({ atOnce, waitingMax, wait: { maxMs: QUERY_WAIT_MS_MAX, clock } });
  return new MongoEntityQueries(collections, turns, { limits: { entitiesMax, alarmsMax, deadlineMs, readByKeyFrom }, clock });
}

const busy = (): Error => queryErrors.BUSY({ waitingMax: QUERIES_WAITING_MAX, waitMsMax: QUERY_WAIT_MS_MAX });
const byCreation: QuerySort = { key: { type: 'ENTITY_FIELD', key: 'createdTime' }, order: 'ASC' };

class MongoEntityQueries implements EntityQueries {
  readonly #collections: QueriedCollections;
  readonly #turns: Turns;
  readonly #limits: QueryLimits;
  readonly #clock: Clock;

  constructor(collections: QueriedCollections, turns: Turns, { limits, clock }: { readonly limits: QueryLimits; readonly clock: Clock }) {
    this.#collections = collections;
    this.#turns = turns;
    this.#limits = limits;
    this.#clock = clock;
  }

  find(query: EntityDataQuery): Promise<Page<EntityData>> {
    const { columns } = query;
    return this.#answer(async (run) => {
      const { shown, total } = (await pageInOrder(run, query)) ?? (await this.#foundPage(run, query));
      const valuesOf = await columnsOf(run, shown, columns);
      return pageOf(
        shown.map((row) => ({ entity: row.entity, values: valuesOf(row) })),
        query,
        total,
      );
    });
  }

  count(query: EntityCountQuery): Promise<number> {
    return this.#answer(async (run) => (await countAll(run, query)) ?? (await foundRows(run, query, [])).rows.length);
  }

  select(scope: QueryScope, selector: EntitySelector, limit: number): Promise<readonly EntityId[]> {
    return this.#answer(async (run) => {
      const found = await foundRows(run, { scope, selector, filters: [], combine: 'AND' }, [byCreation.key]);
      return sortedRows(found, byCreation, limit).map(({ entity }) => entity);
    });
  }

  findAlarms(query: AlarmDataQuery): Promise<Page<AlarmData>> {
    const { scope, columns, page, pageSize } = query;
    const sort = query.sort?.key.type === 'ALARM_FIELD' ? byCreation : (query.sort ?? byCreation);
    return this.#answer(async (run) => {
      const rows = sortedRows(await foundRows(run, { ...query.entities, scope }, [sort.key]), sort, ALARM_ENTITIES_MAX);
      const sorted = await searchedAlarms(run, await alarmsAt(run, query, rows), query);
      const shown = sorted.slice(page * pageSize, (page + 1) * pageSize);
      const valuesOf = await columnsOf(
        run,
        shown.map(({ row }) => row),
        columns,
      );
      return pageOf(
        shown.map(({ alarm, row }) => ({ alarm, entity: row.entity, values: valuesOf(row) })),
        query,
        sorted.length,
      );
    });
  }

  countAlarms(query: AlarmCountQuery): Promise<number> {
    const { scope, entities } = query;
    return this.#answer(async (run) => {
      if (entities === undefined) return countAlarms(run, query, undefined);
      const found = await foundRows(run, { ...entities, scope }, [byCreation.key]);
      return countAlarms(run, query, sortedRows(found, byCreation, ALARM_ENTITIES_MAX));
    });
  }

  /** A page of what has to be filtered, searched or sorted here. */
  async #foundPage(run: QueryRun, query: EntityDataQuery): Promise<ShownRows> {
    const { sort, page, pageSize } = query;
    const found = searchedRows(await foundRows(run, query, [...searchedColumns(query), ...(sort === undefined ? [] : [sort.key])]), query);
    const sorted = sortedRows(found, sort, (page + 1) * pageSize);
    return { shown: sorted.slice(page * pageSize), total: found.rows.length };
  }

  #answer<T>(answer: (run: QueryRun) => Promise<T>): Promise<T> {
    return this.#turns.take(() => answer(new QueryRun(this.#collections, this.#limits, this.#clock)), busy);
  }
}

/** Reads columns of the rows of a page. */
async function columnsOf(run: QueryRun, rows: readonly QueryRow[], columns: readonly QueryKey[]): Promise<(row: QueryRow) => EntityData['values']> {
  const whole = await rowsWithFields(run, rows, columns);
  const values = await RowValues.read(run, whole, { keys: columns, withTimes: true });
  const wholeOf = new Map(rows.map((row, place) => [row, whole[place] ?? row]));
  return (row) => columns.map((key) => columnOf(key, values.of(wholeOf.get(row) ?? row, key)));
}
