import type { Span } from '../api/telemetry-api.js';
import { csvLine, isoTime } from './csv.js';
import { EXPORT_CHARACTERS_MAX, EXPORT_PIECE_CHARACTERS } from './limits.js';
import { type ReadPage, SeriesReader } from './series-reader.js';

/** `columns`: a column for each key, a row for each time. `rows`: a row for each reading, one key after the other. */
export type ExportLayout = 'columns' | 'rows';

export interface ExportChoice extends Span {
  readonly keys: readonly string[];
  readonly layout: ExportLayout;
}

/** A part of the file, and how many readings are in the file with it. */
export interface ExportPiece {
  readonly text: string;
  readonly readings: number;
}

/**
 * The readings of some keys as CSV, piece by piece. Only a page of each key is in memory; the next piece is not made
 * before the last was taken.
 *
 * @throws ExportTooLarge, and what `read` throws
 */
export async function* exportReadings(choice: ExportChoice, read: ReadPage): AsyncGenerator<ExportPiece, void, undefined> {
  let text = '';
  let readings = 0;
  let characters = 0;
  for await (const line of linesOf(choice, read)) {
    text += line.text;
    readings += line.readings;
    if (text.length < EXPORT_PIECE_CHARACTERS) continue;
    characters += text.length;
    if (characters > EXPORT_CHARACTERS_MAX) throw new ExportTooLarge(`more than ${EXPORT_CHARACTERS_MAX / 1_000_000} MB`);
    yield { text, readings };
    text = '';
  }
  yield { text, readings };
}

/** The file would be larger than a browser should hold. */
export class ExportTooLarge extends Error {
  /** @param size as a sentence says it: "2,000,000 readings" */
  constructor(size: string) {
    super(`That would be ${size}. Choose a shorter time or fewer keys, or run “fieldline export” on the server, which has no such limit.`);
    this.name = 'ExportTooLarge';
  }
}

/** The fields of a row, from the values that the series have at a time; empty where one has none. */
type RowOf = (ts: number, values: readonly string[]) => readonly string[];

async function* linesOf({ keys, layout, ...span }: ExportChoice, read: ReadPage): AsyncGenerator<ExportPiece> {
  const reader = (key: string) => new SeriesReader(key, span, read);
  if (layout === 'columns') {
    yield { text: csvLine(['ts', 'time', ...keys]), readings: 0 };
    yield* rowsOf(keys.map(reader), (ts, values) => [String(ts), isoTime(ts), ...values]);
    return;
  }
  yield { text: csvLine(['key', 'ts', 'time', 'value']), readings: 0 };
  for (const key of keys) yield* rowsOf([reader(key)], (ts, values) => [key, String(ts), isoTime(ts), ...values]);
}

async function* rowsOf(all: readonly SeriesReader[], rowOf: RowOf): AsyncGenerator<ExportPiece> {
  for (;;) {
    await Promise.all(all.filter((series) => series.needsLoad).map((series) => series.load()));
    if (all.every(({ head }) => head === undefined)) return;
    yield loadedRows(all, rowOf);
  }
}

/** Rows until a page is at its end: then nobody knows what comes next. Without waiting, as there may be a million. */
function loadedRows(all: readonly SeriesReader[], rowOf: RowOf): ExportPiece {
  let text = '';
  let readings = 0;
  while (text.length < EXPORT_PIECE_CHARACTERS && !all.some((series) => series.needsLoad)) {
    const ts = all.reduce((least, { head }) => Math.min(least, head?.ts ?? Infinity), Infinity);
    if (ts === Infinity) break;
    const values = all.map((series) => {
      const { head } = series;
      if (head?.ts !== ts) return '';
      readings += 1;
      series.take();
      return head.value;
    });
    text += csvLine(rowOf(ts, values));
  }
  return { text, readings };
}
