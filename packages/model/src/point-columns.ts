import { ValueKind, type DataPoint, type StoredValue } from './value.js';

/** A value that is no number: an int64 beyond 2^53, a string or JSON text. */
export type OtherValue = bigint | string;

/**
 * Points of one key as parallel lists, of which the first `count` places count: how stores read and pass on long runs
 * of points, at a tenth of what objects cost.
 */
export interface PointColumns {
  count: number;
  /** Milliseconds since 1970. */
  times: Float64Array<ArrayBuffer>;
  /** Of `ValueKind`. */
  kinds: Uint8Array<ArrayBuffer>;
  /** Value of a boolean (0 or 1), a long that is no bigint, or a double. */
  numbers: Float64Array<ArrayBuffer>;
  /** Every other value, by place; absent where there is none. */
  others: (OtherValue | undefined)[] | undefined;
}

export function pointColumns(capacity: number): PointColumns {
  return { count: 0, times: new Float64Array(capacity), kinds: new Uint8Array(capacity), numbers: new Float64Array(capacity), others: undefined };
}

/** The value at a place. */
export function valueInColumns({ kinds, numbers, others }: PointColumns, place: number): StoredValue {
  const other = others?.[place];
  if (other !== undefined) return other;
  return kinds[place] === ValueKind.boolean ? numbers[place] === 1 : (numbers[place] as number);
}

/** The points as objects, in their order. */
export function pointsOfColumns(columns: PointColumns, key: string): DataPoint[] {
  const { count, times, kinds } = columns;
  return Array.from({ length: count }, (_, place) => ({
    key,
    tsMs: times[place] as number,
    kind: kinds[place] as ValueKind,
    value: valueInColumns(columns, place),
  }));
}

/** Columns with the points, whose key is left out, in their order. */
export function columnsOfPoints(points: readonly Omit<DataPoint, 'key'>[]): PointColumns {
  const columns = pointColumns(points.length);
  for (const { tsMs, kind, value } of points) {
    const place = columns.count;
    columns.times[place] = tsMs;
    columns.kinds[place] = kind;
    if (typeof value === 'string' || typeof value === 'bigint') {
      columns.others ??= new Array<undefined>(points.length).fill(undefined);
      columns.others[place] = value;
    } else columns.numbers[place] = Number(value);
    columns.count = place + 1;
  }
  return columns;
}
