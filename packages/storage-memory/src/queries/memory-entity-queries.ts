import {
  compareSorted,
  fitsPredicate,
  pageOf,
  type AlarmCountQuery,
  type AlarmDataQuery,
  type EntityCountQuery,
  type EntityData,
  type EntityDataQuery,
  type EntityId,
  type EntitySelector,
  type Page,
  type QueryKey,
  type QueryScope,
} from '@fieldline/model';
import type { AlarmData, AlarmReader, EntityQueries } from '@fieldline/ports';
import { alarmPage, matchingAlarms } from './query-alarms.js';
import { selectedRows, type QueryRow } from './query-rows.js';
import { columnOf, valueOf, type Found, type QueriedStores } from './query-values.js';

/** An entity that passed the filters of a query, with the values asked about. */
export interface FoundRow {
  readonly row: QueryRow;
  readonly id: string;
  readonly values: readonly (Found | undefined)[];
  readonly sortedBy: Found | undefined;
}

type MemoryStores = QueriedStores & { readonly data: AlarmReader };

/** Entity queries over the memory stores, one entity after the other: the reference every other adapter is measured against. */
export function memoryEntityQueries(stores: MemoryStores): EntityQueries {
  return {
    async find(query): Promise<Page<EntityData>> {
      const found = (await foundRows(stores, query)).filter(({ values }) => containsText(query, values));
      const data = found.slice(query.page * query.pageSize, (query.page + 1) * query.pageSize).map(({ row, values }) => ({
        entity: row.entity,
        values: query.columns.map((key, at) => columnOf(key, values[at])),
      }));
      return pageOf(data, query, found.length);
    },
    async count(query): Promise<number> {
      return (await filteredRows(stores, query)).length;
    },
    async select(scope: QueryScope, selector: EntitySelector, limit: number): Promise<readonly EntityId[]> {
      const rows = [...(await selectedRows(stores.entities, scope, selector))];
      rows.sort((a, b) => Number(a.fields['createdAtMs']) - Number(b.fields['createdAtMs']));
      return rows.slice(0, limit).map(({ entity }) => entity);
    },
    async findAlarms(query: AlarmDataQuery): Promise<Page<AlarmData>> {
      const { scope, sort } = query;
      const byEntity = sort?.key.type === 'ALARM_FIELD' ? undefined : sort;
      const rows = await foundRows(stores, { ...query.entities, scope, columns: query.columns, sort: byEntity ?? byCreation });
      return alarmPage(stores, query, rows);
    },
    async countAlarms(query: AlarmCountQuery): Promise<number> {
      const { scope, entities } = query;
      const rows = entities === undefined ? undefined : await foundRows(stores, { ...entities, scope, columns: [], sort: byCreation });
      return (await matchingAlarms(stores, query, rows)).length;
    },
  };
}

const byCreation = { key: { type: 'ENTITY_FIELD', key: 'createdTime' }, order: 'ASC' } as const;

async function foundRows(stores: QueriedStores, query: EntityCountQuery & Pick<EntityDataQuery, 'columns' | 'sort'>): Promise<readonly FoundRow[]> {
  const { columns, sort } = query;
  const rows = await filteredRows(stores, query);
  const found = await Promise.all(
    rows.map(async (row) => ({
      row,
      id: row.entity.id,
      values: await Promise.all(columns.map((key) => valueOf(stores, row, key))),
      sortedBy: sort === undefined ? undefined : await valueOf(stores, row, sort.key),
    })),
  );
  return found.sort(compareSorted(sort?.order ?? 'ASC'));
}

async function filteredRows(stores: QueriedStores, { scope, selector, filters, combine }: EntityCountQuery): Promise<readonly QueryRow[]> {
  const rows = await selectedRows(stores.entities, scope, selector);
  if (filters.length === 0) return rows;
  const fitting = await Promise.all(
    rows.map(async (row) => {
      const fits = await Promise.all(
        filters.map(async ({ key, predicate }) => {
          const found = await valueOf(stores, row, key);
          return found !== undefined && fitsPredicate(found, predicate);
        }),
      );
      return fits[combine === 'AND' ? 'every' : 'some'](Boolean);
    }),
  );
  return rows.filter((_, at) => fitting[at]);
}

function containsText({ textSearch = '', columns }: EntityDataQuery, values: readonly (Found | undefined)[]): boolean {
  const isSearched = (key: QueryKey): boolean => !(key.type === 'ENTITY_FIELD' && key.key === 'additionalInfo');
  if (textSearch === '' || !columns.some(isSearched)) return true;
  const texts = columns.map((key, at) => (isSearched(key) ? columnOf(key, values[at]).text : ''));
  return texts.join('').toLowerCase().includes(textSearch.toLowerCase());
}
