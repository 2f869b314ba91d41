import { ValueKind, type PointColumns } from '@fieldline/model';

/** What the row of a block says of its points, so that an aggregate need not read them. */
export interface BlockSummary {
  readonly count: number;
  /** The kind of all values; 0 where they differ, and then nothing below is known. */
  readonly kind: ValueKind | 0;
  /** Of doubles, and of longs where none is beyond 2^53; null where it is not known, or there is no such thing. */
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** As they; null also where the sum of longs may be beyond 2^53, or that of doubles is no number. */
  readonly sum: number | null;
}

/** The summary of the points from place `start` to before `end`, which are at least one. */
export function summaryOf(points: PointColumns, start = 0, end = points.count): BlockSummary {
  const { kinds, numbers } = points;
  const count = end - start;
  const kind = kinds[start] as ValueKind;
  for (let place = start + 1; place < end; place += 1) if (kinds[place] !== kind) return { ...unknown, count, kind: 0 };
  if (kind !== ValueKind.double && kind !== ValueKind.long) return { ...unknown, count, kind };
  if (kind === ValueKind.long && hasLarge(points, start, end)) return { ...unknown, count, kind };
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (let place = start; place < end; place += 1) {
    const number = numbers[place] as number;
    if (number < minimum) minimum = number;
    if (number > maximum) maximum = number;
    sum += number;
  }
  // No sum on the way can have been beyond this either.
  const isExact = kind === ValueKind.long ? Math.max(-minimum, maximum) * count <= Number.MAX_SAFE_INTEGER : !Number.isNaN(sum);
  return { count, kind, minimum, maximum, sum: isExact ? sum : null };
}

const unknown = { minimum: null, maximum: null, sum: null } as const;

function hasLarge({ others }: PointColumns, start: number, end: number): boolean {
  if (others === undefined) return false;
  for (let place = start; place < end; place += 1) if (others[place] !== undefined) return true;
  return false;
}
