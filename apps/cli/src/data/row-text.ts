import type { SqlFormat } from './read-data-command.js';

/** A value of a row as it comes from the store. */
export type CellValue = null | boolean | number | bigint | string | Uint8Array;
export type Row = Readonly<Record<string, CellValue>>;

/** Longest text in a cell of a table on the screen. */
const CELL_CHARACTERS_MAX = 60;
/** So many rows say how wide the columns of a table are; they are in memory for that. */
const ROWS_MEASURED = 1_000;

/** Rows with the names of their columns, of which several may be alike. */
export interface Answer {
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly CellValue[]>;
}

/** Rows as lines of CSV (RFC 4180), the first of them with the names of the columns. */
export function* csvLines({ columns, rows }: Answer): Iterable<string> {
  let isFirst = true;
  for (const row of rows) {
    if (isFirst) yield csvLine(columns);
    isFirst = false;
    yield csvLine(row);
  }
}

export function csvLine(cells: readonly CellValue[]): string {
  return cells.map(csvCell).join(',');
}

export function csvCell(cell: CellValue): string {
  const text = plain(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as lines of JSON. Whole numbers beyond 2^53 keep all their digits. */
export function* jsonLines({ columns, rows }: Answer): Iterable<string> {
  const names = distinct(columns);
  for (const row of rows) yield jsonObject(names, row);
}

export function jsonLine(row: Row): string {
  return jsonObject(Object.keys(row), Object.values(row));
}

function jsonObject(names: readonly string[], row: readonly CellValue[]): string {
  return `{${names.map((name, place) => `${JSON.stringify(name)}:${jsonValue(row[place] ?? null)}`).join(',')}}`;
}

/** Names of which no two are alike, made as SQLite makes them for the columns of a subquery: `a`, `a:1`. */
function distinct(columns: readonly string[]): readonly string[] {
  const given = new Set<string>();
  for (const column of columns) {
    let name = column;
    for (let n = 1; given.has(name); n += 1) name = `${column}:${n}`;
    given.add(name);
  }
  return [...given];
}

function jsonValue(value: CellValue): string {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Uint8Array) return JSON.stringify(plain(value));
  return JSON.stringify(value);
}

/** Rows in columns, for the screen, as wide as the first rows need them. */
export function* tableLines({ columns, rows }: Answer): Iterable<string> {
  let waiting: string[][] = [];
  let widths: readonly number[] | undefined;
  for (const row of rows) {
    if (widths === undefined && waiting.length === 0) waiting.push(columns.map(onOneLine));
    waiting.push(row.map((cell) => onOneLine(plain(cell))));
    if (widths === undefined && waiting.length <= ROWS_MEASURED) continue;
    widths ??= widthsOf(waiting);
    yield* inColumns(waiting, widths);
    waiting = [];
  }
  yield* inColumns(waiting, widthsOf(waiting));
}

function widthsOf(cells: readonly (readonly string[])[]): readonly number[] {
  return (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
}

function* inColumns(cells: readonly (readonly string[])[], widths: readonly number[]): Iterable<string> {
  for (const row of cells)
    yield row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
}

/** Without what a terminal would obey: texts come from devices. */
function onOneLine(text: string): string {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ');
  if (line.length <= CELL_CHARACTERS_MAX) return line;
  // A character takes up to two places of a text; only as many are looked at as say whether it is too long.
  const characters = Array.from(line.slice(0, 2 * (CELL_CHARACTERS_MAX + 1)));
  return characters.length > CELL_CHARACTERS_MAX ? `${characters.slice(0, CELL_CHARACTERS_MAX - 1).join('')}…` : line;
}

function plain(cell: CellValue): string {
  if (cell === null) return '';
  return cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : String(cell);
}

/** The answers of several statements one after the other, a blank line between those with headings. */
export function* linesOfAnswers(format: SqlFormat, answers: Iterable<Answer>): Iterable<string> {
  let isBehindLines = false;
  for (const answer of answers) {
    let isFirst = true;
    for (const line of linesOf[format](answer)) {
      if (isFirst && isBehindLines && format !== 'ndjson') yield '';
      isFirst = false;
      yield line;
    }
    isBehindLines ||= !isFirst;
  }
}

const linesOf: Readonly<Record<SqlFormat, (answer: Answer) => Iterable<string>>> = {
  table: tableLines,
  csv: csvLines,
  ndjson: jsonLines,
};
