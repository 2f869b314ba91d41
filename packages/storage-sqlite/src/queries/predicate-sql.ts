import { listedTexts, predicatePattern, ValueKind, type NumericOperation, type Predicate, type StringOperation } from '@fieldline/model';
import { allOf, anyOf, isIn, raw, sql, type Sql } from './sql.js';
import { fitsPattern, lowerCase } from './text-terms.js';
import type { ValueTerm } from './value-terms.js';

/** The condition of a predicate on a value. Of a value that is absent or of another type it is not true. */
export function predicateSql(term: ValueTerm, predicate: Predicate): Sql {
  const { kind, value } = term;
  switch (predicate.type) {
    case 'COMPLEX': {
      const parts = predicate.predicates.map((part) => predicateSql(term, part));
      return predicate.operation === 'AND' ? allOf(parts) : anyOf(parts);
    }
    case 'BOOLEAN':
      return sql`(${kind} = ${ValueKind.boolean} AND ${value} = ${predicate.value === (predicate.operation === 'EQUAL') ? 1 : 0})`;
    case 'NUMERIC':
      return sql`(${kind} IN (${ValueKind.long}, ${ValueKind.double}) AND ${value} ${raw(compares[predicate.operation])} ${predicate.value})`;
    case 'STRING':
      return sql`(${kind} = ${ValueKind.string} AND ${textCondition(value, predicate)})`;
  }
}

const compares: Readonly<Record<NumericOperation, string>> = {
  EQUAL: '=',
  NOT_EQUAL: '<>',
  GREATER: '>',
  LESS: '<',
  GREATER_OR_EQUAL: '>=',
  LESS_OR_EQUAL: '<=',
};

interface TextPredicate {
  readonly operation: StringOperation;
  readonly value: string;
  readonly ignoreCase: boolean;
}

function textCondition(value: Sql, { operation, value: asked, ignoreCase }: TextPredicate): Sql {
  const not = raw(operation.startsWith('NOT_') ? 'NOT' : '');
  const pattern = predicatePattern(operation, asked);
  if (pattern !== undefined) return sql`${not} ${fitsPattern(value, pattern, ignoreCase)}`;
  const folded = ignoreCase ? asked.toLowerCase() : asked;
  const compared = ignoreCase ? lowerCase(value, folded) : value;
  if (operation === 'IN' || operation === 'NOT_IN') return sql`${not} ${isIn(compared, listedTexts(folded))}`;
  return sql`${compared} ${raw(operation === 'EQUAL' ? '=' : '<>')} ${folded}`;
}
