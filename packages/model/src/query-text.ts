import type { NameFilter, StringOperation } from './entity-query.js';
import type { TypedValue } from './value.js';

// Texts in queries (rest-api.md §23.3 and §23.5), in the form of SQL's LIKE: % is any text, _ any one character.

/** A value as queries search and give it: numbers as JavaScript prints them, JSON as it is stored. */
export function queryText({ value }: TypedValue): string {
  return String(value);
}

/** The pattern of a name filter; without case. */
export function namePattern(filter: NameFilter): string {
  return filter.startsWith('%') || filter.endsWith('%') ? filter : `${filter}%`;
}

/** The pattern of an operation that has one. */
export function predicatePattern(operation: StringOperation, value: string): string | undefined {
  switch (operation) {
    case 'STARTS_WITH':
      return `${value}%`;
    case 'ENDS_WITH':
      return `%${value}`;
    case 'CONTAINS':
    case 'NOT_CONTAINS':
      return `%${value}%`;
    default:
      return undefined;
  }
}

/**
 * Whether the whole text fits the pattern. Only the last % before a mismatch is ever moved, so that it takes at most as long as
 * both lengths multiplied, whatever the pattern.
 */
export function fitsLike(text: string, pattern: string): boolean {
  let [at, place] = [0, 0];
  /** Where the last % stands, and how far it reached when it was last tried. */
  let [anyAt, reached] = [-1, 0];
  while (at < text.length) {
    const wanted = pattern[place];
    if (wanted === '%') [anyAt, reached, place] = [place, at, place + 1];
    else if (wanted === '_') [at, place] = [at + characterLength(text, at), place + 1];
    else if (wanted === text[at]) [at, place] = [at + 1, place + 1];
    else if (anyAt < 0) return false;
    else {
      reached += characterLength(text, reached);
      [at, place] = [reached, anyAt + 1];
    }
  }
  while (pattern[place] === '%') place += 1;
  return place === pattern.length;
}

/** Characters outside the first plane take two places of a text. */
const characterLength = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

/**
 * The texts of a list separated by commas. Where each of them stands in the same quotes, ' or ", the quotes are taken
 * off.
 */
export function listedTexts(list: string): readonly string[] {
  const items = list.split(',').map((item) => item.trim());
  const [quote] = items[0] ?? '';
  const isQuoted = (item: string): boolean => item.length >= 2 && item.startsWith(quote as string) && item.endsWith(quote as string);
  return (quote === "'" || quote === '"') && items.every(isQuoted) ? items.map((item) => item.slice(1, -1)) : items;
}
