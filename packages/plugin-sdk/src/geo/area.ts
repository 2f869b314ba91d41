import { covers } from './covers.js';
import { forEachEdge, isOnEdge, minus, windingNumber, type Point, type Ring } from './ring.js';

/** What several rings enclose together: the union of the polygons without the holes. */
export interface Area {
  readonly polygons: readonly Ring[];
  readonly holes: readonly Ring[];
}

/** A ring that lies inside another one is a hole, however deep it is nested; equal rings are none of each other. */
export function areaOf(rings: readonly Ring[]): Area {
  const isHole = (ring: Ring): boolean => rings.some((other) => other !== ring && covers(other, ring) && !covers(ring, other));
  const holes = rings.length < 2 ? [] : rings.filter(isHole);
  return { polygons: rings.filter((ring) => !holes.includes(ring)), holes };
}

/**
 * True where the point and everything around it belongs to the area. So a point on the border of the area is outside, and
 * one on an edge that two polygons share, or where a ring crosses itself, is inside.
 */
export function isInside({ polygons, holes }: Area, at: Point): boolean {
  const isIn = (rings: readonly Ring[], towards: Point): boolean => rings.some((ring) => windingNumber(ring, at, towards) !== 0);
  return directionsAround(at, [...polygons, ...holes]).every((towards) => isIn(polygons, towards) && !isIn(holes, towards));
}

/** One direction into each sector that the edges at the point divide its surroundings into; any direction where there are none. */
function directionsAround(at: Point, rings: readonly Ring[]): readonly Point[] {
  const angles: number[] = [];
  for (const ring of rings) {
    forEachEdge(ring, (a, b) => {
      if (!isOnEdge(at, a, b)) return;
      for (const end of [a, b]) if (end.x !== at.x || end.y !== at.y) angles.push(angleOf(minus(end, at)));
    });
  }
  if (angles.length === 0) return [{ x: 1, y: 0 }];
  angles.sort((a, b) => a - b);
  const first = angles[0] ?? 0;
  return angles.flatMap((angle, place) => {
    const next = angles[place + 1] ?? first + 2 * Math.PI;
    const middle = (angle + next) / 2;
    return next > angle ? [{ x: Math.cos(middle), y: Math.sin(middle) }] : [];
  });
}

const angleOf = ({ x, y }: Point): number => Math.atan2(y, x);
