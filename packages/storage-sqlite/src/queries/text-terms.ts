import { sql, type Sql } from './sql.js';

/** The text in lower case, for comparing it with `folded`: SQLite itself knows A to Z only, and is five times faster. */
export function lowerCase(text: Sql, folded: string): Sql {
  // eslint-disable-next-line no-control-regex -- all of ASCII is meant
  return /^[\u0000-\u007f]*$/.test(folded) ? sql`lower(${text})` : sql`fold_case(${text})`;
}

/** True where the text fits a pattern of LIKE. GLOB is what SQLite compares with case; for it a text ends at the character NUL. */
export function fitsPattern(text: Sql, pattern: string, ignoresCase: boolean): Sql {
  const folded = ignoresCase ? pattern.toLowerCase() : pattern;
  const compared = ignoresCase ? lowerCase(text, folded) : text;
  const toItsEnd = sql`fits_like(${compared}, ${folded})`;
  if (folded.includes(NUL)) return toItsEnd;
  return sql`iif(instr(${text}, ${NUL}), ${toItsEnd}, ${compared} GLOB ${globOf(folded)})`;
}

const NUL = '\u0000';

/** True where the text contains the other, without case. */
export function containsText(text: Sql, searched: string): Sql {
  const folded = searched.toLowerCase();
  return sql`instr(${lowerCase(text, folded)}, ${folded}) > 0`;
}

/** The text of a value as `queryText` gives it. */
export function textOf(kind: Sql, value: Sql): Sql {
  return sql`CASE ${kind} WHEN 4 THEN ${value} WHEN 1 THEN iif(${value}, 'true', 'false') WHEN 3 THEN number_text(${value}) ELSE CAST(${value} AS TEXT) END`;
}

function globOf(pattern: string): string {
  return pattern.replace(/[*?[]/g, '[$&]').replaceAll('%', '*').replaceAll('_', '?');
}
