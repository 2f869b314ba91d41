import { contractErrors } from './errors.js';

/** One record of a table, with the line of the text it starts on, counted from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

export interface CsvLimits {
  readonly recordsMax: number;
  readonly fieldsMax: number;
}

const QUOTE = '"';

/**
 * Reads a table of separated values (RFC 4180): fields in quotes may hold delimiters, line ends and doubled quotes;
 * lines end with LF, CRLF or CR; empty lines and a byte order mark are passed over.
 *
 * @param delimiter one character that is no quote and no line end
 * @throws CONTRACT_CSV_*
 */
export function parseCsv(text: string, delimiter: string, { recordsMax, fieldsMax }: CsvLimits): readonly CsvRecord[] {
  const plain = new RegExp(`[^\\r\\n${/[\\\]^-]/.test(delimiter) ? `\\${delimiter}` : delimiter}]*`, 'y');
  const records: CsvRecord[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const startLine = line;
    const fields: string[] = [];
    for (let isDone = false; !isDone;) {
      const isQuoted = text[at] === QUOTE;
      const end = isQuoted ? quotedEnd(text, at, line) : plainEnd(text, at, plain);
      const value = isQuoted ? text.slice(at + 1, end - 1).replaceAll('""', QUOTE) : text.slice(at, end);
      if (isQuoted) line += lineEndsIn(value);
      fields.push(value);
      if (fields.length > fieldsMax) throw contractErrors.CSV_TOO_WIDE({ line: startLine, fieldsMax });
      const next = text[end];
      isDone = next === undefined || next === '\n' || next === '\r';
      if (!isDone && next !== delimiter) throw contractErrors.CSV_TEXT_AFTER_QUOTE({ line });
      at = end + (text.startsWith('\r\n', end) ? 2 : 1);
    }
    line += 1;
    if (fields.length === 1 && fields[0] === '') continue;
    if (records.length === recordsMax) throw contractErrors.CSV_TOO_LONG({ recordsMax });
    records.push({ line: startLine, fields });
  }
  return records;
}

/** Where the field that starts with a quote at `start` ends: behind its last quote. */
function quotedEnd(text: string, start: number, line: number): number {
  for (let at = start + 1; ; at += 2) {
    at = text.indexOf(QUOTE, at);
    if (at < 0) throw contractErrors.CSV_QUOTE_OPEN({ line });
    if (text[at + 1] !== QUOTE) return at + 1;
  }
}

function plainEnd(text: string, start: number, plain: RegExp): number {
  plain.lastIndex = start;
  plain.test(text);
  return plain.lastIndex;
}

const lineEndsIn = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;
