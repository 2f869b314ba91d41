import { cross, forEachEdge, minus, windingNumber, type Point, type Ring } from './ring.js';

/**
 * True where everything that `inner` encloses is enclosed by `outer` too. Differences thinner than about a
 * thousand-millionth of the size of the rings do not count.
 *
 * Both borders cut each other into pieces. Along a piece nothing changes, so it is enough to look at both sides of its middle.
 */
export function covers(outer: Ring, inner: Ring): boolean {
  const [frame, within] = [boxOf(outer), boxOf(inner)];
  const thin = thicknessOf(frame);
  if (within.minX < frame.minX - thin || within.minY < frame.minY - thin) return false;
  if (within.maxX > frame.maxX + thin || within.maxY > frame.maxY + thin) return false;
  let isCovered = true;
  const look = (at: Point): void => {
    isCovered &&= windingNumber(inner, at, east) === 0 || windingNumber(outer, at, east) !== 0;
  };
  for (const ring of [inner, outer]) {
    forEachEdge(ring, (a, b) => {
      if (isCovered) forEachPiece(a, b, [outer, inner], thin, look);
    });
  }
  return isCovered;
}

/** Calls `look` with a place beside each piece of an edge, on either side. */
function forEachPiece(a: Point, b: Point, rings: readonly Ring[], thin: number, look: (at: Point) => void): void {
  const along = minus(b, a);
  const length = Math.hypot(along.x, along.y);
  const aside = { x: (-along.y / length) * thin, y: (along.x / length) * thin };
  const cuts = cutsOf(a, b, rings, thin).sort((one, other) => one - other);
  for (let i = 1; i < cuts.length; i += 1) {
    const [from = 0, to = 1] = [cuts[i - 1], cuts[i]];
    if ((to - from) * length <= 2 * thin) continue;
    const middle = { x: a.x + (along.x * (from + to)) / 2, y: a.y + (along.y * (from + to)) / 2 };
    look({ x: middle.x + aside.x, y: middle.y + aside.y });
    look({ x: middle.x - aside.x, y: middle.y - aside.y });
  }
}

/** Where edges of the rings meet the edge from `a` to `b`, as parts of its length, with both ends. A cut too many does no harm. */
function cutsOf(a: Point, b: Point, rings: readonly Ring[], thin: number): number[] {
  const cuts = [0, 1];
  const along = minus(b, a);
  const add = (part: number): void => void (part > 0 && part < 1 && cuts.push(part));
  for (const ring of rings) {
    forEachEdge(ring, (c, d) => {
      if (isApart(a.x, b.x, c.x, d.x, thin) || isApart(a.y, b.y, c.y, d.y, thin)) return;
      const other = minus(d, c);
      // Parallel edges give none; where they overlap, the edges that follow them cut here.
      add(cross(minus(c, a), other) / cross(along, other));
    });
  }
  return cuts;
}

interface Box {
  minX: number;
  maxX: number;
  minY: number;
  maxY: number;
}

function boxOf(ring: Ring): Box {
  const box = { minX: Infinity, maxX: -Infinity, minY: Infinity, maxY: -Infinity };
  for (const { x, y } of ring) {
    box.minX = Math.min(box.minX, x);
    box.maxX = Math.max(box.maxX, x);
    box.minY = Math.min(box.minY, y);
    box.maxY = Math.max(box.maxY, y);
  }
  return box;
}

/** What counts as nothing: below a millimetre for a perimeter as large as a country, and always above what rounding does. */
function thicknessOf({ minX, maxX, minY, maxY }: Box): number {
  const farthest = Math.max(Math.abs(minX), Math.abs(maxX), Math.abs(minY), Math.abs(maxY));
  return RELATIVE_THICKNESS * Math.max(maxX - minX, maxY - minY) + ROUNDING * farthest;
}

function isApart(a: number, b: number, c: number, d: number, thin: number): boolean {
  return Math.max(a, b) + thin < Math.min(c, d) || Math.max(c, d) + thin < Math.min(a, b);
}

const east: Point = { x: 1, y: 0 };

const RELATIVE_THICKNESS = 1e-9;
/** Some ten times the distance of neighbouring doubles. */
const ROUNDING = 1e-14;
