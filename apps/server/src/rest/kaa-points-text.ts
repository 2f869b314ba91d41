import { valueJson, type KaaPoints } from '@fieldline/api-contract';
import type { HistoryPiece, LastPoints, SeriesPoint } from '@fieldline/kaa';
import { ValueKind, type JsonValue, type TypedValue } from '@fieldline/model';
import { HISTORY_SLICE_CHARACTERS } from './limits.js';

/** The last points as their answer has them (kaa.md §5.4). */
export function lastPointsToWire(last: LastPoints): KaaPoints {
  const points: KaaPoints = {};
  for (const [endpointId, series] of last) {
    points[endpointId] = Object.fromEntries([...series].map(([name, point]) => [name, [pointToWire(point)]]));
  }
  return points;
}

function pointToWire({ tsMs, values }: SeriesPoint): KaaPoints[string][string][number] {
  const told = values.map(([name, value]): [string, JsonValue] => [name, valueJson(value)]);
  return { timestamp: timeText(tsMs), values: Object.fromEntries(told) as KaaPoints[string][string][number]['values'] };
}

/**
 * History as the JSON text of its answer, in slices: `[{"<endpoint>":{"<series>":[…]}}]`, one element for each series of an
 * endpoint. A piece is asked for when those before it were taken.
 */
export async function* kaaHistoryText(pieces: AsyncIterable<HistoryPiece>): AsyncGenerator<string, void, undefined> {
  let text = '[';
  let open: HistoryPiece | undefined;
  for await (const piece of pieces) {
    const goesOn = open?.endpointId === piece.endpointId && open.series === piece.series;
    if (!goesOn) text += `${open === undefined ? '' : ']}},'}{${JSON.stringify(piece.endpointId)}:{${JSON.stringify(piece.series)}:[`;
    open = piece;
    for (const [place, { tsMs, values }] of piece.points.entries()) {
      if (goesOn || place > 0) text += ',';
      text += `{"timestamp":"${timeText(tsMs)}","values":{${values.map(memberText).join(',')}}}`;
      if (text.length < HISTORY_SLICE_CHARACTERS) continue;
      yield text;
      text = '';
    }
  }
  yield `${text}${open === undefined ? '' : ']}}'}]`;
}

/** Numbers, booleans and JSON have their text already. */
function memberText([name, { kind, value }]: readonly [string, TypedValue]): string {
  return `${JSON.stringify(name)}:${kind === ValueKind.string ? JSON.stringify(value) : String(value)}`;
}

function timeText(tsMs: number): string {
  return new Date(tsMs).toISOString();
}
