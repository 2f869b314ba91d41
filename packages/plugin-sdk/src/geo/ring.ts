// Planar geometry of closed lines. Coordinates are taken as they are: no sphere, no wrap at 180 degrees.

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Corners in order; the last is joined to the first. It may cross and touch itself. */
export type Ring = readonly Point[];

/**
 * How often the ring runs around the place that lies just beside `at` in the direction `towards`: above 0 counter-clockwise,
 * below 0 clockwise, 0 where that place is outside. Right for points on the ring too, as long as no edge at that point
 * runs in the same direction.
 */
export function windingNumber(ring: Ring, at: Point, towards: Point): number {
  let turns = 0;
  let a = ring.at(-1) ?? at;
  // Side of the ray on which an end lies; a corner on the ray counts as left of it, always, so no crossing counts twice.
  let isRightA = isRight(a, at, towards);
  for (const b of ring) {
    const isRightB = isRight(b, at, towards);
    if (isRightA !== isRightB) {
      const sideOfAt = (b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x);
      if (isRightA && sideOfAt > 0) turns += 1;
      if (isRightB && sideOfAt < 0) turns -= 1;
    }
    a = b;
    isRightA = isRightB;
  }
  return turns;
}

// Written out, as the line above: finding holes asks this hundreds of millions of times at worst.
function isRight(point: Point, at: Point, towards: Point): boolean {
  return towards.x * (point.y - at.y) - towards.y * (point.x - at.x) < 0;
}

/** Calls `visit` for each edge that has a length. */
export function forEachEdge(ring: Ring, visit: (a: Point, b: Point) => void): void {
  let a = ring.at(-1);
  for (const b of ring) {
    if (a !== undefined && (a.x !== b.x || a.y !== b.y)) visit(a, b);
    a = b;
  }
}

export function isOnEdge(at: Point, a: Point, b: Point): boolean {
  const isBetween = Math.min(a.x, b.x) <= at.x && at.x <= Math.max(a.x, b.x) && Math.min(a.y, b.y) <= at.y && at.y <= Math.max(a.y, b.y);
  return isBetween && cross(minus(b, a), minus(at, a)) === 0;
}

export const minus = (a: Point, b: Point): Point => ({ x: a.x - b.x, y: a.y - b.y });

/** Above 0 where `b` points to the left of `a`, 0 where they are parallel. */
export const cross = (a: Point, b: Point): number => a.x * b.y - a.y * b.x;
