import type { SqlFormat } from './read-data-command.js';

/** A value of a row as it comes from the store. */
export type CellValue = null | boolean | number | bigint | string | Uint8Array;
export type Row = Readonly<Record<string, CellValue>>;

/** Longest text in a cell of a table on the screen. */
const CELL_CHARACTERS_MAX = 60;
/** So many rows say how wide the columns of a table are; they are in memory for that. */
const ROWS_MEASURED = 1_000;

/** Rows as lines of CSV (RFC 4180), the first of them with the names of the columns. */
export function* csvLines(rows: Iterable<Row>): Iterable<string> {
  let isFirst = true;
  for (const row of rows) {
    if (isFirst) yield csvLine(Object.keys(row));
    isFirst = false;
    yield csvLine(Object.values(row));
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
export function* jsonLines(rows: Iterable<Row>): Iterable<string> {
  for (const row of rows) yield jsonLine(row);
}

export function jsonLine(row: Row): string {
  const members = Object.entries(row).map(([name, value]) => `${JSON.stringify(name)}:${jsonValue(value)}`);
  return `{${members.join(',')}}`;
}

function jsonValue(value: CellValue): string {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Uint8Array) return JSON.stringify(plain(value));
  return JSON.stringify(value);
}

/** Rows in columns, for the screen, as wide as the first rows need them. */
export function* tableLines(rows: Iterable<Row>): Iterable<string> {
  let waiting: string[][] = [];
  let widths: readonly number[] | undefined;
  for (const row of rows) {
    if (widths === undefined && waiting.length === 0) waiting.push(Object.keys(row));
    waiting.push(Object.values(row).map((cell) => onOneLine(plain(cell))));
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

function onOneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > CELL_CHARACTERS_MAX ? `${line.slice(0, CELL_CHARACTERS_MAX - 1)}…` : line;
}

function plain(cell: CellValue): string {
  if (cell === null) return '';
  return cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : String(cell);
}

/** The answers of several statements one after the other, a blank line between those with headings. */
export function* linesOfAnswers(format: SqlFormat, answers: Iterable<Iterable<Row>>): Iterable<string> {
  let isBehindLines = false;
  for (const rows of answers) {
    let isFirst = true;
    for (const line of linesOf[format](rows)) {
      if (isFirst && isBehindLines && format !== 'ndjson') yield '';
      isFirst = false;
      yield line;
    }
    isBehindLines ||= !isFirst;
  }
}

const linesOf: Readonly<Record<SqlFormat, (rows: Iterable<Row>) => Iterable<string>>> = {
  table: tableLines,
  csv: csvLines,
  ndjson: jsonLines,
};
