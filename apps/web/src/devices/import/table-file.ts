import { firstRecords, guessColumns, guessDelimiter, plainColumns } from './import-columns.js';
import type { ImportColumn } from '../../api/wire.js';

/** The longest request the server takes, less the room that quoting needs. */
const FILE_BYTES_MAX = 15_000_000;

/** A file that was chosen, with what its first lines suggest. */
export interface TableFile {
  readonly text: string;
  readonly delimiter: string;
  /** Fields of the first two lines. */
  readonly first: readonly string[];
  readonly second: readonly string[];
}

/** @throws an error for the person where the file is no table that can be imported */
export async function readTable(file: File): Promise<TableFile> {
  if (file.size > FILE_BYTES_MAX) throw new Error('The file has more than 15 MB. Import it in parts.');
  const text = await file.text();
  if (text.includes('\uFFFD')) throw new Error('The file is not in UTF-8. Save it as "CSV UTF-8" and choose it again.');
  const delimiter = guessDelimiter(text);
  const [first, second] = firstRecords(text, delimiter);
  if (first === undefined) throw new Error('The file is empty.');
  return { text, delimiter, first: first.fields, second: second?.fields ?? [] };
}

/** The columns to begin with. */
export function suggestedColumns({ first }: TableFile, hasHeader: boolean): ImportColumn[] {
  return hasHeader ? guessColumns(first) : plainColumns(first.length);
}
