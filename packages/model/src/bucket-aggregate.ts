import type { Aggregation } from './aggregation.js';
import { valueInColumns, type PointColumns } from './point-columns.js';
import { ValueKind, type StoredValue, type TypedValue } from './value.js';

/** What is known of points that are all of one kind; of what are no numbers, and of numbers that are not asked for, the count is enough. */
export interface PointSummary {
  readonly count: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly sum: number;
}

/**
 * Reduces the points of one bucket to one value, typed as rest-api.md §6.5 says. Add the points in any order,
 * then ask for the results.
 */
export class BucketAggregate {
  #longs = 0;
  #doubles = 0;
  #booleans = 0;
  #strings = 0;
  #jsons = 0;
  #longSum: number | bigint = 0;
  #doubleSum = 0;
  #minLong: number | bigint = 0;
  #maxLong: number | bigint = 0;
  #minDouble = Number.POSITIVE_INFINITY;
  #maxDouble = Number.NEGATIVE_INFINITY;
  #minString = '';
  #maxString = '';

  add(kind: ValueKind, value: StoredValue): void {
    if (kind === ValueKind.double) this.addDouble(value as number);
    else if (kind === ValueKind.long) this.addLong(value as number | bigint);
    else if (kind === ValueKind.boolean) this.#booleans += 1;
    else if (kind === ValueKind.string) this.#addString(value as string);
    else this.#jsons += 1;
  }

  addDouble(value: number): void {
    this.#doubles += 1;
    this.#doubleSum += value;
    if (value < this.#minDouble) this.#minDouble = value;
    if (value > this.#maxDouble) this.#maxDouble = value;
  }

  addLong(value: number | bigint): void {
    if (this.#longs === 0 || value < this.#minLong) this.#minLong = value;
    if (this.#longs === 0 || value > this.#maxLong) this.#maxLong = value;
    this.#longs += 1;
    this.#longSum = addExactly(this.#longSum, value);
  }

  /** Adds the points from place `start` to before `end`. */
  addColumns(points: PointColumns, start: number, end: number): void {
    const { kinds, numbers } = points;
    for (let place = start; place < end; place += 1) {
      const kind = kinds[place] as ValueKind;
      if (kind === ValueKind.double) this.addDouble(numbers[place] as number);
      else this.add(kind, valueInColumns(points, place));
    }
  }

  /** Adds at least one point of which a summary is known. A sum of doubles may differ in its last digit from that of the points one by one. */
  addSummary(kind: ValueKind, { count, minimum, maximum, sum }: PointSummary): void {
    if (kind === ValueKind.double) {
      this.#doubles += count;
      this.#doubleSum += sum;
      if (minimum < this.#minDouble) this.#minDouble = minimum;
      if (maximum > this.#maxDouble) this.#maxDouble = maximum;
    } else if (kind === ValueKind.long) {
      if (this.#longs === 0 || minimum < this.#minLong) this.#minLong = minimum;
      if (this.#longs === 0 || maximum > this.#maxLong) this.#maxLong = maximum;
      this.#longs += count;
      this.#longSum = addExactly(this.#longSum, sum);
    } else if (kind === ValueKind.boolean) this.#booleans += count;
    else if (kind === ValueKind.string) this.#strings += count;
    else this.#jsons += count;
  }

  /** The value of the bucket, or undefined where it holds nothing that the aggregation can speak about. */
  result(aggregation: Exclude<Aggregation, 'NONE'>): TypedValue | undefined {
    const others = this.#booleans + this.#strings + this.#jsons;
    const numbers = this.#longs + this.#doubles;
    if (numbers + others === 0) return undefined;
    if (aggregation === 'COUNT') return long(this.#booleans || this.#strings || this.#jsons || numbers);
    if (aggregation === 'AVG') return double(numbers === 0 ? 0 : (Number(this.#longSum) + this.#doubleSum) / numbers);
    if (aggregation === 'SUM') return this.#doubles === 0 ? longOrDouble(this.#longSum) : double(Number(this.#longSum) + this.#doubleSum);
    if (numbers > 0) return aggregation === 'MIN' ? this.#minNumber() : this.#maxNumber();
    if (this.#strings === 0) return undefined;
    return { kind: ValueKind.string, value: aggregation === 'MIN' ? this.#minString : this.#maxString };
  }

  #addString(value: string): void {
    if (this.#strings === 0 || value < this.#minString) this.#minString = value;
    if (this.#strings === 0 || value > this.#maxString) this.#maxString = value;
    this.#strings += 1;
  }

  #minNumber(): TypedValue {
    if (this.#doubles === 0) return long(this.#minLong);
    return double(this.#longs === 0 ? this.#minDouble : Math.min(Number(this.#minLong), this.#minDouble));
  }

  #maxNumber(): TypedValue {
    if (this.#doubles === 0) return long(this.#maxLong);
    return double(this.#longs === 0 ? this.#maxDouble : Math.max(Number(this.#maxLong), this.#maxDouble));
  }
}

const long = (value: number | bigint): TypedValue => ({ kind: ValueKind.long, value });
const double = (value: number): TypedValue => ({ kind: ValueKind.double, value });

/** A sum beyond 64 bits has no exact place to go; as a double it is at least of the right size. */
function longOrDouble(sum: number | bigint): TypedValue {
  return typeof sum === 'bigint' && BigInt.asIntN(64, sum) !== sum ? double(Number(sum)) : long(sum);
}

/** Adds whole numbers without rounding: a number while it is exact, else a bigint. */
function addExactly(a: number | bigint, b: number | bigint): number | bigint {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  const sum = BigInt(a) + BigInt(b);
  return sum >= Number.MIN_SAFE_INTEGER && sum <= Number.MAX_SAFE_INTEGER ? Number(sum) : sum;
}
