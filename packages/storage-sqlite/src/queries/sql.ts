import type { SqlValue } from '../writer/writer-link.js';

/** A piece of SQL with the values bound in it, in their order. */
export class Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];

  constructor(text: string, values: readonly SqlValue[] = []) {
    this.text = text;
    this.values = values;
  }
}

/** Pieces are put in as they are, everything else is bound: no text of a caller ever becomes SQL. */
export function sql(texts: TemplateStringsArray, ...parts: readonly (Sql | SqlValue)[]): Sql {
  let text = texts[0] ?? '';
  const values: SqlValue[] = [];
  for (const [at, part] of parts.entries()) {
    if (part instanceof Sql) values.push(...part.values);
    else values.push(part);
    text += (part instanceof Sql ? part.text : '?') + (texts[at + 1] ?? '');
  }
  return new Sql(text, values);
}

/** SQL of ours: names of tables and columns, constants. */
export const raw = (text: string): Sql => new Sql(text);

export const NONE = raw('');
export const NULL = raw('NULL');
export const FALSE = raw('0');

export function joined(pieces: readonly Sql[], separator: string): Sql {
  const text = pieces.map((piece) => piece.text).join(separator);
  return new Sql(
    text,
    pieces.flatMap(({ values }) => values),
  );
}

/** Texts put together: as a tree of halves, for SQLite refuses a chain of a thousand as too deep. */
export function together(texts: readonly Sql[]): Sql {
  const [first = NULL] = texts;
  if (texts.length <= 1) return first;
  const middle = texts.length >> 1;
  return sql`(${together(texts.slice(0, middle))} || ${together(texts.slice(middle))})`;
}

export function allOf(conditions: readonly Sql[]): Sql {
  if (conditions.includes(FALSE)) return FALSE;
  return conditions.length === 0 ? raw('1') : sql`(${joined(conditions, ' AND ')})`;
}

export function anyOf(conditions: readonly Sql[]): Sql {
  const possible = conditions.filter((condition) => condition !== FALSE);
  return possible.length === 0 ? FALSE : sql`(${joined(possible, ' OR ')})`;
}

/** True where the piece is one of the texts, however many they are. One alone is compared without a table of it. */
export const isIn = (piece: Sql, texts: readonly string[]): Sql =>
  texts.length === 1 ? sql`${piece} = ${texts[0] ?? ''}` : sql`${piece} IN (SELECT value FROM json_each(${JSON.stringify(texts)}))`;
