import { valueText } from '@fieldline/api-contract';
import { type PointColumns, valueInColumns, ValueKind } from '@fieldline/model';
import { HISTORY_SLICE_CHARACTERS } from './limits.js';

/**
 * History as the JSON text of its answer, in slices: `{"key":[{"ts":1,"value":"2"}]}`. Keys come in their order, those without
 * points are left out. A slice takes about a millisecond to make, however long the history is; the next piece is not asked
 * for before the slices of the last one were taken.
 *
 * @param read the points of a key; called for one key after the other
 * @param isStrict values as JSON of their own type instead of text
 */
export async function* historyText(
  keys: readonly string[],
  read: (key: string) => AsyncIterable<PointColumns>,
  isStrict: boolean,
): AsyncGenerator<string, void, undefined> {
  let text = '{';
  let keysWritten = 0;
  for (const key of keys) {
    let isFirst = true;
    for await (const columns of read(key)) {
      for (let place = 0; place < columns.count; place += 1) {
        if (!isFirst) text += ',';
        else text += `${keysWritten === 0 ? '' : ','}${JSON.stringify(key)}:[`;
        isFirst = false;
        text += `{"ts":${columns.times[place]},"value":${valueAt(columns, place, isStrict)}}`;
        if (text.length < HISTORY_SLICE_CHARACTERS) continue;
        yield text;
        text = '';
      }
    }
    if (isFirst) continue;
    text += ']';
    keysWritten += 1;
  }
  yield `${text}}`;
}

/** The JSON text of a value. Texts of numbers and booleans have nothing that must be escaped. */
function valueAt(columns: PointColumns, place: number, isStrict: boolean): string {
  const kind = columns.kinds[place] as ValueKind;
  const value = valueInColumns(columns, place);
  if (kind === ValueKind.string) return JSON.stringify(value);
  if (isStrict) return String(value);
  return kind === ValueKind.json ? JSON.stringify(value) : `"${valueText({ kind, value })}"`;
}
