import type { EntityDataQuery, QuerySort } from '@fieldline/model';
import type { SqlValue } from '../writer/writer-link.js';
import { EntityStatement, orderSql } from './entity-query-sql.js';
import type { PreparedQuery, Run } from './prepared-query.js';
import { raw, sql, type Sql } from './sql.js';

/** How entities are sampled to find a page in one pass. */
export interface PageSample {
  /** Below this highest number of an entity nothing is sampled. */
  readonly numbersMin: number;
  /** Of each `step` numbers the first `length` are in the sample; steps grow where there would be more than `stepsMax`. */
  readonly step: number;
  readonly length: number;
  readonly stepsMax: number;
  /** By how many standard deviations the sample must promise more than the page needs. */
  readonly deviations: number;
  /** The share of all that fits which may come first: beyond it, sorting everything is as quick. */
  readonly shareMax: number;
}

/** The entities of a page by their numbers, in its order, and how many entities fit in all. */
export interface FoundPage {
  readonly numbers: readonly number[];
  readonly total: number;
}

/**
 * Finds the page of a query, with its total.
 *
 * To count and to sort are two passes over all entities. Where a sample promises that a value divides those of the page, and
 * a few more, from the rest, one pass counts all and lists the former. The sample decides how long it takes, never what is
 * found: where too few are listed, all are sorted.
 */
export function findPage(run: Run, prepared: PreparedQuery, query: EntityDataQuery, sample: PageSample): FoundPage {
  const isFirst = prepared.selection.isScan ? dividingSql(run, prepared, query, sample) : undefined;
  if (isFirst === undefined) return sortedPage(run, prepared.statement, query);
  const { statement, selection, values } = prepared;
  const value = sortedValue(statement, query.sort);
  const columns = sql`count(*), group_concat(iif(${isFirst(value)}, e.number, NULL))`;
  const [counted, list] = run.connection.all(statement.select(columns), run.deadline)[0] ?? [];
  const total = Number(counted);
  const listed = list === null ? [] : String(list).split(',');
  if (listed.length < Math.min(total, (query.page + 1) * query.pageSize)) return sortedPage(run, statement, query);
  const from = sql`json_each(${`[${listed.join(',')}]`}) j CROSS JOIN numbered_entity e ON e.number = j.value`;
  const first = new EntityStatement({ ...selection, from, where: [] }, values, { filters: [], combine: 'AND' });
  return {
    numbers: rowsOfPage(
      run,
      first.sorted(() => raw('e.number'), query.sort),
      query,
    ).map(([number]) => Number(number)),
    total,
  };
}

/** Sorts all that fits, and counts it on the way. */
function sortedPage(run: Run, statement: EntityStatement, query: EntityDataQuery): FoundPage {
  const counted = statement.select(raw('count(*)'));
  const rows = rowsOfPage(
    run,
    statement.sorted(() => raw('e.number, count(*) OVER ()'), query.sort),
    query,
  );
  const isPast = rows.length === 0 && query.page > 0;
  const total = isPast ? run.connection.all(counted, run.deadline)[0]?.[0] : rows[0]?.[1];
  return { numbers: rows.map(([number]) => Number(number)), total: Number(total ?? 0) };
}

const rowsOfPage = (run: Run, sorted: Sql, { page, pageSize }: EntityDataQuery): readonly (readonly (SqlValue | bigint)[])[] =>
  run.connection.all(sql`${sorted} LIMIT ${pageSize} OFFSET ${page * pageSize}`, run.deadline);

/** Entities without another value to sort by are in the order of their ids. */
const sortedValue = (statement: EntityStatement, sort: QuerySort | undefined): Sql => statement.sortedBy(sort) ?? raw('e.entity_id');

/** The condition on the value to sort by that holds for a page and those before it; undefined where the sample promises none. */
function dividingSql(
  run: Run,
  { selection, values }: PreparedQuery,
  query: EntityDataQuery,
  { numbersMin, stepsMax, length, deviations, shareMax, ...sample }: PageSample,
): ((value: Sql) => Sql) | undefined {
  const highest = Number(run.connection.all(sql`SELECT max(number) FROM numbered_entity`, run.deadline)[0]?.[0]);
  if (!(highest >= numbersMin)) return undefined;
  const step = Math.max(sample.step, Math.ceil(highest / stepsMax));
  const starts = JSON.stringify(Array.from({ length: Math.ceil(highest / step) }, (_, n) => n * step + 1));
  const from = sql`json_each(${starts}) j CROSS JOIN numbered_entity e ON e.number BETWEEN j.value AND j.value + ${length - 1}`;
  const statement = new EntityStatement({ ...selection, from }, values, query);
  const { order = 'ASC' } = query.sort ?? {};
  const value = sortedValue(statement, query.sort);
  const inOrder = sql`${statement.select(sql`${value}, e.entity_id`)} ORDER BY ${orderSql(value, 'e.entity_id', order)}`;
  const sampled = run.connection.all(inOrder, run.deadline);
  // As many of the sample as stand for the page by chance, and so many more that it would take bad luck to list too few.
  const expected = ((query.page + 1) * query.pageSize * length) / step;
  const rank = Math.ceil(((deviations + Math.sqrt(deviations ** 2 + 4 * expected)) / 2) ** 2);
  const [last, lastId] = sampled[rank - 1] ?? [];
  if (last === undefined || lastId === undefined || rank > sampled.length * shareMax) return undefined;
  return (ofEntity) => comesFirst(ofEntity, order, last, lastId);
}

/** The condition that an entity `e` of a value is the one with the last value and id, or before it: see `QuerySort`. */
function comesFirst(value: Sql, order: 'ASC' | 'DESC', last: SqlValue | bigint, lastId: SqlValue | bigint): Sql {
  const isNotAfter = order === 'ASC' ? sql`e.entity_id <= ${lastId}` : sql`e.entity_id >= ${lastId}`;
  if (last === null) return order === 'ASC' ? sql`(${value} IS NOT NULL OR ${isNotAfter})` : sql`(${value} IS NULL AND ${isNotAfter})`;
  if (order === 'ASC') return sql`(${value} < ${last} OR (${value} = ${last} AND ${isNotAfter}))`;
  return sql`(${value} IS NULL OR ${value} > ${last} OR (${value} = ${last} AND ${isNotAfter}))`;
}
