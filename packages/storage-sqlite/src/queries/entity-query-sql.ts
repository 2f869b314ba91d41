import type { EntityCountQuery, EntityDataQuery, QueryKey, QuerySort } from '@fieldline/model';
import { SEARCHED_TABLES_MAX } from '../limits.js';
import { goesOn } from './query-connection.js';
import { predicateSql } from './predicate-sql.js';
import type { Selection } from './selection-sql.js';
import { allOf, anyOf, FALSE, joined, NONE, NULL, raw, sql, together, type Sql } from './sql.js';
import { containsText, textOf } from './text-terms.js';
import { fieldTerm, valueJoin, valueOfJoin, type TermSource, type ValueTerm } from './value-terms.js';

/** What decides which entities a query finds. */
export interface EntityConditions extends Pick<EntityCountQuery, 'filters' | 'combine'> {
  readonly columns?: readonly QueryKey[] | undefined;
  readonly textSearch?: string | undefined;
}

/** The tables and conditions of a query, to which a sort may add one more table. */
export class EntityStatement {
  readonly #tables: Sql[];
  readonly #where: Sql[];
  readonly #source: TermSource;
  readonly #joined = new Map<string, ValueTerm>();

  constructor(selection: Selection, source: TermSource, { filters, combine, columns = [], textSearch = '' }: EntityConditions) {
    this.#source = source;
    this.#tables = [selection.from];
    this.#where = [...selection.where, goesOn];
    const conditions = filters.map(({ key, predicate }) => {
      // An entity without the value fits no predicate, so where all must fit its row need not be looked at any further.
      const term = this.term(key, combine === 'AND' ? 'CROSS' : 'LEFT');
      return term === undefined ? FALSE : predicateSql(term, predicate);
    });
    if (filters.length > 0) this.#where.push(combine === 'AND' ? allOf(conditions) : anyOf(conditions));
    const searched = columns.filter(({ type, key }) => !(type === 'ENTITY_FIELD' && key === 'additionalInfo'));
    if (textSearch !== '' && searched.length > 0) {
      const texts = searched.map((key) => sql`coalesce(${this.#textOf(key)}, '')`);
      this.#where.push(containsText(together(texts), textSearch));
    }
  }

  /** The value of a key; joins its table unless that is there. Undefined where nothing has the key. */
  term(key: QueryKey, join: 'CROSS' | 'LEFT' = 'LEFT'): ValueTerm | undefined {
    const name = `${key.type} ${key.key}`;
    const known = this.#joined.get(name) ?? fieldTerm(key, this.#source);
    if (known !== undefined) return known;
    const found = valueJoin(key, `v${this.#joined.size}`, this.#source);
    if (found === undefined) return undefined;
    this.#tables.push(sql`${raw(join)} JOIN ${found.table} ON ${found.on}`);
    this.#joined.set(name, found.term);
    return found.term;
  }

  /** The text of a value; of those beyond what one statement joins, by a slower way. */
  #textOf(key: QueryKey): Sql {
    const isRoom = this.#joined.size < SEARCHED_TABLES_MAX;
    const term = isRoom ? this.term(key) : fieldTerm(key, this.#source);
    if (term !== undefined) return textOf(term.kind, term.value);
    const found = isRoom ? undefined : valueJoin(key, 's', this.#source);
    return found === undefined ? NULL : valueOfJoin(found, ({ kind, value }) => textOf(kind, value));
  }

  /** The value that a sort compares first; undefined where nothing has its key. */
  sortedBy(sort: QuerySort | undefined): Sql | undefined {
    return sort === undefined ? undefined : this.term(sort.key)?.value;
  }

  /** @param columns what to select of each entity `e` */
  select(columns: Sql): Sql {
    return sql`SELECT ${columns} FROM ${joined(this.#tables, ' ')} WHERE ${allOf(this.#where)}`;
  }

  /** `select` in the order of `QuerySort`. */
  sorted(columns: (sortedBy: Sql) => Sql, sort: QuerySort | undefined): Sql {
    const value = this.sortedBy(sort);
    const order = orderSql(value, 'e.entity_id', sort?.order ?? 'ASC');
    return sql`${this.select(columns(value ?? NULL))} ORDER BY ${order}`;
  }
}

/** Numbers before texts is how SQLite orders by itself; see `QuerySort` for the rest. */
export function orderSql(value: Sql | undefined, id: string, order: 'ASC' | 'DESC'): Sql {
  const byId = raw(`${id} ${order}`);
  if (value === undefined) return byId;
  return sql`${value} ${raw(order === 'ASC' ? 'ASC NULLS LAST' : 'DESC NULLS FIRST')}, ${byId}`;
}

/** The select list of columns that are read for a page of entities, and the tables they need. */
export function columnsSql(columns: readonly QueryKey[], source: TermSource): { readonly list: Sql; readonly tables: Sql } {
  const tables: Sql[] = [];
  const terms = columns.map((key, at) => {
    const field = fieldTerm(key, source);
    if (field !== undefined) return field;
    const found = valueJoin(key, `c${at}`, source);
    if (found !== undefined) tables.push(sql`LEFT JOIN ${found.table} ON ${found.on}`);
    return found?.term;
  });
  const list = terms.map((term) => (term === undefined ? raw('NULL, NULL, NULL') : sql`${term.kind}, ${term.value}, ${term.tsMs}`));
  return { list: joined(list, ', '), tables: tables.length === 0 ? NONE : joined(tables, ' ') };
}

/** The keys of a query whose latest values decide what it finds or in which order. */
export function latestKeys({ filters, sort, columns, textSearch = '' }: EntityConditions & Pick<EntityDataQuery, 'sort'>): readonly string[] {
  const keys = [...filters.map(({ key }) => key), ...(sort === undefined ? [] : [sort.key]), ...(textSearch === '' ? [] : (columns ?? []))];
  return [...new Set(keys.filter(({ type }) => type === 'TIME_SERIES').map(({ key }) => key))];
}
