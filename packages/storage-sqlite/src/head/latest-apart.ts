import { ValueKind, type DataPoint, type OtherValue, type StoredValue } from '@fieldline/model';
import type { Chunk } from './chunk.js';

/** A latest point that is not the last in memory of its series, or a time of minus infinity where the series has none. */
export interface LatestApart {
  readonly tsMs: number;
  readonly kind: ValueKind;
  readonly number: number;
  readonly other: OtherValue | undefined;
}

/** Stands for the latest point of a series that has none. */
export const noLatest: LatestApart = { tsMs: Number.NEGATIVE_INFINITY, kind: ValueKind.double, number: 0, other: undefined };

export function latestAt(chunk: Chunk, place: number): LatestApart {
  return { tsMs: chunk.data[place] as number, kind: chunk.kindAt(place), number: chunk.numberAt(place), other: chunk.others?.[place] };
}

export function latestOfPoint({ tsMs, kind, value }: Omit<DataPoint, 'key'>): LatestApart {
  const isOther = typeof value === 'string' || typeof value === 'bigint';
  return { tsMs, kind, number: isOther ? 0 : Number(value), other: isOther ? value : undefined };
}

export function pointOfLatest(key: string, { tsMs, kind, number, other }: LatestApart): DataPoint {
  return { key, tsMs, kind, value: valueOf(kind, number, other) };
}

function valueOf(kind: ValueKind, number: number, other: OtherValue | undefined): StoredValue {
  if (other !== undefined) return other;
  return kind === ValueKind.boolean ? number === 1 : number;
}
