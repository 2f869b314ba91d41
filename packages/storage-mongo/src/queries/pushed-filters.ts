import { listedTexts, type KeyFilter, type NumericOperation, type Predicate } from '@fieldline/model';
import type { MongoFilter } from '../mongo-collection.js';
import { isDataKey, type QueriedFields } from './queried-fields.js';

/** What the database can say about the filters of a query, and what is left to look at here. */
export interface PushedFilters {
  /** On the documents that queries read; absent: nothing. */
  readonly filter?: MongoFilter | undefined;
  /** Those that what matches may still miss. */
  readonly left: readonly KeyFilter[];
  /** True where few entities will match, so that they are found before anything else is read. */
  readonly isSelective: boolean;
}

/** A condition that everything that fits matches; `isExact`: and nothing else does. */
interface Condition {
  readonly filter: MongoFilter;
  readonly isExact: boolean;
}

/** Servers compare values of the type of a predicate only, as predicates do. What they say of texts in other ways than by equality differs. */
export function pushedFilters(filters: readonly KeyFilter[], combine: 'AND' | 'OR', fields: QueriedFields): PushedFilters {
  const pushed = filters.map((filter) => ({ filter, condition: conditionOf(filter, fields) }));
  const conditions = pushed.flatMap(({ condition }) => condition ?? []);
  const isSelective = filters.some(({ predicate }) => comparesEqual(predicate)) && combine === 'AND';
  if (combine === 'AND') {
    const left = pushed.filter(({ condition }) => condition?.isExact !== true).map(({ filter }) => filter);
    return { filter: conditions.length === 0 ? undefined : all(conditions), left, isSelective };
  }
  if (conditions.length === 0 || conditions.length < filters.length) return { left: filters, isSelective };
  return { filter: any(conditions), left: conditions.every(({ isExact }) => isExact) ? [] : filters, isSelective };
}

function conditionOf({ key, predicate }: KeyFilter, fields: QueriedFields): Condition | undefined {
  const known = isDataKey(key) ? fields.of(key) : undefined;
  if (known === undefined) return undefined;
  if (known.length === 0) return never;
  const conditions = known.map((field) => predicateCondition(`v.${field}`, predicate));
  // Of several scopes the newest value counts, which is none that a filter can tell.
  return conditions.length === 1 ? conditions[0] : { filter: any(conditions), isExact: false };
}

const never: Condition = { filter: { _id: '' }, isExact: true };
const all = (conditions: readonly Condition[]): MongoFilter => ({ $and: conditions.map(({ filter }) => filter) });
const any = (conditions: readonly Condition[]): MongoFilter => ({ $or: conditions.map(({ filter }) => filter) });

const comparisons: Readonly<Record<Exclude<NumericOperation, 'EQUAL' | 'NOT_EQUAL'>, string>> = {
  GREATER: '$gt',
  LESS: '$lt',
  GREATER_OR_EQUAL: '$gte',
  LESS_OR_EQUAL: '$lte',
};

function predicateCondition(path: string, predicate: Predicate): Condition {
  switch (predicate.type) {
    case 'COMPLEX': {
      const parts = predicate.predicates.map((part) => predicateCondition(path, part));
      return { filter: predicate.operation === 'AND' ? all(parts) : any(parts), isExact: parts.every(({ isExact }) => isExact) };
    }
    case 'BOOLEAN':
      return { filter: { [path]: predicate.operation === 'EQUAL' ? predicate.value : !predicate.value }, isExact: true };
    case 'NUMERIC': {
      const { operation, value } = predicate;
      if (operation === 'EQUAL') return { filter: { [path]: { $gte: value, $lte: value } }, isExact: true };
      if (operation === 'NOT_EQUAL') return { filter: { $or: [{ [path]: { $lt: value } }, { [path]: { $gt: value } }] }, isExact: true };
      return { filter: { [path]: { [comparisons[operation]]: value } }, isExact: true };
    }
    case 'STRING': {
      const { operation, value, ignoreCase } = predicate;
      if (operation === 'EQUAL' && !ignoreCase) return { filter: { [path]: value }, isExact: true };
      if (operation === 'IN' && !ignoreCase) return { filter: { [path]: { $in: listedTexts(value) } }, isExact: true };
      return { filter: { [path]: { $exists: true } }, isExact: false };
    }
  }
}

function comparesEqual(predicate: Predicate): boolean {
  if (predicate.type === 'COMPLEX') return predicate.operation === 'AND' && predicate.predicates.some(comparesEqual);
  return predicate.type !== 'BOOLEAN' && (predicate.operation === 'EQUAL' || predicate.operation === 'IN');
}
