import { pointColumns, type PointColumns } from '@fieldline/model';
import { ValueUse } from '@fieldline/ports';
import type { LogRecords } from './log-records.js';
import { TimeSpans } from './time-spans.js';

/** What a stretch of the log does to the history of one series: first times are removed, then points put. */
export interface SeriesChanges {
  readonly removed: TimeSpans;
  /** One for each time to live; no time is in two of them. */
  readonly put: readonly PutPoints[];
}

/** Points in ascending order of time, one a time. */
export interface PutPoints {
  readonly ttlMs: number;
  readonly points: PointColumns;
}

/** What the records from place `from` to before `to`, which are those of one series, do to its history in the end. */
export function changesOf(records: LogRecords, from: number, to: number): SeriesChanges {
  const removed = new TimeSpans();
  if (isPlain(records, from, to)) return { removed, put: [{ ttlMs: records.ttls?.[from] ?? 0, points: columnsAt(records, from, to) }] };
  const places = lastOfEachTime(inOrderOfTime(survivors(records, from, to, removed), records.times), records.times);
  return { removed, put: byTimeToLive(records, places) };
}

/** True of nearly all series: points for the history, each later than the one before, of one time to live. */
function isPlain({ kinds, uses, times, ttls }: LogRecords, from: number, to: number): boolean {
  let beforeMs = Number.NEGATIVE_INFINITY;
  for (let at = from; at < to; at += 1) {
    const tsMs = times[at] as number;
    if (kinds[at] === 0 || ((uses[at] as number) & ValueUse.history) === 0 || tsMs <= beforeMs) return false;
    beforeMs = tsMs;
  }
  if (ttls !== undefined) for (let at = from + 1; at < to; at += 1) if (ttls[at] !== ttls[from]) return false;
  return true;
}

function columnsAt({ times, kinds, numbers, others }: LogRecords, from: number, to: number): PointColumns {
  return {
    count: to - from,
    times: times.subarray(from, to),
    kinds: kinds.subarray(from, to),
    numbers: numbers.subarray(from, to),
    others: others?.slice(from, to),
  };
}

/** Places of the points for the history that no later record removes, in the order of the log; adds what is removed to `removed`. */
function survivors({ kinds, uses, times, numbers }: LogRecords, from: number, to: number, removed: TimeSpans): Uint32Array<ArrayBuffer> {
  const places = new Uint32Array(to - from);
  let start = places.length;
  for (let at = to - 1; at >= from; at -= 1) {
    const tsMs = times[at] as number;
    if (kinds[at] === 0) removed.add({ startMs: tsMs, endMs: numbers[at] as number });
    else if (((uses[at] as number) & ValueUse.history) !== 0 && !removed.has(tsMs)) places[(start -= 1)] = at;
  }
  return places.subarray(start);
}

/** The places by their times, those of equal times in the order they had: runs that are in order already are merged by twos. */
function inOrderOfTime(places: Uint32Array<ArrayBuffer>, times: Float64Array): Uint32Array<ArrayBuffer> {
  const timeOf = (n: number): number => times[places[n] as number] as number;
  let starts = [0];
  for (let n = 1; n < places.length; n += 1) if (timeOf(n) < timeOf(n - 1)) starts.push(n);
  let merged = new Uint32Array(places.length);
  while (starts.length > 1) {
    const next: number[] = [];
    for (let run = 0; run < starts.length; run += 2) {
      const start = starts[run] as number;
      const middle = starts[run + 1] ?? places.length;
      mergeRuns({ places, merged, times, start, middle, end: starts[run + 2] ?? places.length });
      next.push(start);
    }
    [places, merged] = [merged, places];
    starts = next;
  }
  return places;
}

interface Runs {
  readonly places: Uint32Array;
  readonly merged: Uint32Array;
  readonly times: Float64Array;
  readonly start: number;
  readonly middle: number;
  readonly end: number;
}

function mergeRuns({ places, merged, times, start, middle, end }: Runs): void {
  let left = start;
  let right = middle;
  for (let to = start; to < end; to += 1) {
    const isLeft = right >= end || (left < middle && (times[places[left] as number] as number) <= (times[places[right] as number] as number));
    merged[to] = places[isLeft ? left++ : right++] as number;
  }
}

/** Where a time comes more than once, the last of its places counts. */
function lastOfEachTime(places: Uint32Array<ArrayBuffer>, times: Float64Array): Uint32Array<ArrayBuffer> {
  let count = 0;
  for (let n = 0; n < places.length; n += 1) {
    const place = places[n] as number;
    if (n + 1 < places.length && times[places[n + 1] as number] === times[place]) continue;
    places[count++] = place;
  }
  return places.subarray(0, count);
}

function byTimeToLive(records: LogRecords, places: Uint32Array): PutPoints[] {
  const { ttls } = records;
  if (places.length === 0) return [];
  const counts = new Map<number, number>();
  for (const place of places) counts.set(ttls?.[place] ?? 0, (counts.get(ttls?.[place] ?? 0) ?? 0) + 1);
  const put = new Map([...counts].map(([ttlMs, count]) => [ttlMs, pointColumns(count)]));
  for (const place of places) addPoint(put.get(ttls?.[place] ?? 0) as PointColumns, records, place);
  return [...put].map(([ttlMs, points]) => ({ ttlMs, points }));
}

function addPoint(points: PointColumns, { times, kinds, numbers, others }: LogRecords, at: number): void {
  const place = points.count;
  points.times[place] = times[at] as number;
  points.kinds[place] = kinds[at] as number;
  points.numbers[place] = numbers[at] as number;
  if (others?.[at] !== undefined) {
    points.others ??= new Array<undefined>(points.times.length).fill(undefined);
    points.others[place] = others[at];
  }
  points.count = place + 1;
}
