import { compareText } from './compare-text.js';
import type { QuerySort } from './entity-query.js';
import { queryText } from './query-text.js';
import { ValueKind, type TypedValue } from './value.js';

/** Orders values as `QuerySort` says; equals by id. */
export function compareSorted(order: QuerySort['order']): (a: SortedRow, b: SortedRow) => number {
  const direction = order === 'DESC' ? -1 : 1;
  return (a, b) => direction * (compareValues(a.sortedBy, b.sortedBy) || compareText(a.id, b.id));
}

export interface SortedRow {
  readonly id: string;
  readonly sortedBy: TypedValue | undefined;
}

function compareValues(a: TypedValue | undefined, b: TypedValue | undefined): number {
  const ranks = [rankOf(a), rankOf(b)] as const;
  if (ranks[0] !== ranks[1]) return ranks[0] - ranks[1];
  if (a === undefined || b === undefined) return 0;
  if (ranks[0] === 1) return compareText(queryText(a), queryText(b));
  const [x, y] = [a, b].map(({ value }) => (typeof value === 'boolean' ? Number(value) : (value as number | bigint))) as [
    number | bigint,
    number | bigint,
  ];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Numbers, then texts, then nothing. */
function rankOf(typed: TypedValue | undefined): 0 | 1 | 2 {
  if (typed === undefined) return 2;
  return typed.kind === ValueKind.string || typed.kind === ValueKind.json ? 1 : 0;
}
