import type { SqlFormat } from './read-data-command.js';

/** A value of a row as it comes from the store. */
export type CellValue = null | boolean | number | bigint | string | Uint8Array;
export type Row = Readonly<Record<string, CellValue>>;

/** Longest text in a cell of a table on the screen. */
const CELL_CHARACTERS_MAX = 60;

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
  return cells.map((cell) => quoted(plain(cell))).join(',');
}

function quoted(text: string): string {
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

/** Rows in columns of equal width, for the screen; all of them are in memory for that. */
export function* tableLines(rows: Iterable<Row>): Iterable<string> {
  const cells: string[][] = [];
  for (const row of rows) {
    if (cells.length === 0) cells.push(Object.keys(row));
    cells.push(Object.values(row).map((cell) => onOneLine(plain(cell))));
  }
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
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

export const linesOf: Readonly<Record<SqlFormat, (rows: Iterable<Row>) => Iterable<string>>> = {
  table: tableLines,
  csv: csvLines,
  ndjson: jsonLines,
};
