import type { NumericOperation, Predicate } from './entity-query.js';
import { fitsLike, listedTexts, predicatePattern } from './query-text.js';
import { ValueKind, type TypedValue } from './value.js';

/** True where the value has the type of the predicate and fits. */
export function fitsPredicate(typed: TypedValue, predicate: Predicate): boolean {
  const { kind, value } = typed;
  switch (predicate.type) {
    case 'COMPLEX':
      return predicate.predicates[predicate.operation === 'AND' ? 'every' : 'some']((part) => fitsPredicate(typed, part));
    case 'BOOLEAN':
      return kind === ValueKind.boolean && (value === predicate.value) === (predicate.operation === 'EQUAL');
    case 'NUMERIC':
      return (kind === ValueKind.long || kind === ValueKind.double) && compares[predicate.operation](value as number | bigint, predicate.value);
    case 'STRING':
      return kind === ValueKind.string && fitsText(String(value), predicate);
  }
}

const compares: Readonly<Record<NumericOperation, (a: number | bigint, b: number) => boolean>> = {
  // A bigint is never ===, but may be as large as.
  EQUAL: (a, b) => a >= b && a <= b,
  NOT_EQUAL: (a, b) => a < b || a > b,
  GREATER: (a, b) => a > b,
  LESS: (a, b) => a < b,
  GREATER_OR_EQUAL: (a, b) => a >= b,
  LESS_OR_EQUAL: (a, b) => a <= b,
};

function fitsText(text: string, { operation, value, ignoreCase }: Extract<Predicate, { readonly type: 'STRING' }>): boolean {
  const [stored, asked] = ignoreCase ? [text.toLowerCase(), value.toLowerCase()] : [text, value];
  const isNegated = operation.startsWith('NOT_');
  const pattern = predicatePattern(operation, asked);
  if (pattern !== undefined) return fitsLike(stored, pattern) !== isNegated;
  if (operation === 'IN' || operation === 'NOT_IN') return listedTexts(asked).includes(stored) !== isNegated;
  return (stored === asked) !== isNegated;
}
