import { queryText, ValueKind, type QueryKey, type QueryValue, type StoredValue } from '@fieldline/model';
import { COLUMNS_A_STATEMENT } from '../limits.js';
import { columnsSql } from './entity-query-sql.js';
import { latestPoints, numberedColumns, numberedEntity, type NumberedEntity } from './latest-table.js';
import type { Run } from './prepared-query.js';
import { NONE, raw, sql } from './sql.js';
import type { TermSource } from './value-terms.js';

/** An entity of a page with its columns. */
export interface PageEntity {
  readonly entity: NumberedEntity;
  readonly values: readonly QueryValue[];
}

/** Reads the columns of some entities, in the order of the numbers. */
export async function pageColumns(
  run: Run,
  numbers: readonly number[],
  columns: readonly QueryKey[],
  source: TermSource,
): Promise<readonly PageEntity[]> {
  const found = new Map<number, { readonly entity: NumberedEntity; readonly values: QueryValue[] }>();
  // Without columns the entities themselves are still to be read.
  for (let start = 0; start === 0 || start < columns.length; start += COLUMNS_A_STATEMENT) {
    const piece = columns.slice(start, start + COLUMNS_A_STATEMENT);
    const { list, tables } = columnsSql(piece, source);
    const roots = source.roots === undefined ? NONE : raw(`LEFT JOIN temp.${source.roots} f ON f.number = e.number`);
    const selected = piece.length === 0 ? NONE : sql`, ${list}`;
    const statement = sql`SELECT ${numberedColumns} ${selected}
      FROM json_each(${JSON.stringify(numbers)}) j CROSS JOIN numbered_entity e ON e.number = j.value ${roots} ${tables}`;
    for (const row of run.connection.all(statement, run.deadline)) {
      const entity = numberedEntity(row);
      const known = found.get(entity.number) ?? { entity, values: [] };
      found.set(entity.number, known);
      known.values.push(...piece.map((key, at) => valueOfRow(key, row, 4 + at * 3)));
    }
  }
  const entities = numbers.flatMap((number) => found.get(number) ?? []);
  await fillLatest(run, entities, columns);
  return entities;
}

/** Puts latest values into their columns. */
async function fillLatest(
  run: Run,
  page: readonly { readonly entity: NumberedEntity; readonly values: QueryValue[] }[],
  columns: readonly QueryKey[],
): Promise<void> {
  const keys = [...new Set(columns.filter(({ type }) => type === 'TIME_SERIES').map(({ key }) => key))];
  if (keys.length === 0) return;
  const byNumber = new Map(page.map((row) => [row.entity.number, row]));
  const entities = page.map((row) => row.entity);
  for await (const piece of latestPoints(run, entities, keys)) {
    for (const { entity, points } of piece) {
      const values = byNumber.get(entity.number)?.values ?? [];
      for (const [at, key] of columns.entries()) {
        const point = key.type === 'TIME_SERIES' ? points.find((each) => each.key === key.key) : undefined;
        if (point !== undefined) values[at] = { key, tsMs: point.tsMs, text: queryText(point) };
      }
    }
  }
}

function valueOfRow(key: QueryKey, row: readonly unknown[], at: number): QueryValue {
  const [kind, value, tsMs] = row.slice(at, at + 3) as [bigint | null, StoredValue | null, bigint | null];
  if (kind === null || value === null) return { key, tsMs: 0, text: '' };
  const typed = { kind: Number(kind) as ValueKind, value };
  return { key, tsMs: Number(tsMs), text: queryText(typed.kind === ValueKind.boolean ? { ...typed, value: value === 1n } : typed) };
}
