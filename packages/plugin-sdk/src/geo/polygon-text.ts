import { perimeterErrors } from '../errors.js';
import { PERIMETERS_KEPT_MAX, POLYGON_CORNERS_MAX, POLYGONS_CORNERS_MAX } from '../limits.js';
import { parseDecimal } from '../parse-decimal.js';
import { areaOf, type Area } from './area.js';
import type { Point, Ring } from './ring.js';

const kept = new Map<string, Area>();

/**
 * The area that a text describes: `[[latitude, longitude], …]` or lists of such lists, however deep (rule-nodes.md §1). Two
 * points are opposite corners of a rectangle.
 *
 * @throws PERIMETER_POLYGON_INVALID, PERIMETER_TOO_LARGE
 */
export function areaFrom(text: string): Area {
  const area = kept.get(text) ?? areaOf(ringsFrom(text));
  kept.delete(text);
  kept.set(text, area);
  const [oldest] = kept.keys();
  if (kept.size > PERIMETERS_KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  return area;
}

function ringsFrom(text: string): readonly Ring[] {
  const rings: Ring[] = [];
  let corners = 0;
  // A list of what is still to be looked at instead of recursion: the depth is the sender's to choose.
  const open: unknown[] = [parsed(text)];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (!Array.isArray(value)) throw perimeterErrors.POLYGON_INVALID({ reason: 'there is something that is no list' });
    if (!value.every(isPosition)) {
      open.push(...(value as unknown[]).toReversed());
      continue;
    }
    corners += value.length;
    const limit = rings.length === 0 ? POLYGON_CORNERS_MAX : POLYGONS_CORNERS_MAX;
    if (corners > limit) throw perimeterErrors.TOO_LARGE({ limit, polygons: rings.length + 1 });
    if (value.length > 0) rings.push(ringFrom(value.map(pointFrom)));
  }
  return rings;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw perimeterErrors.POLYGON_INVALID({ reason: 'it is not JSON' }, { cause });
  }
}

/** A list whose first element is a single value: what else it holds is for `pointFrom` to judge. */
const isPosition = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.length > 0 && typeof value[0] !== 'object';

function pointFrom(position: readonly unknown[]): Point {
  const [x, y] = position.slice(0, 2).map(coordinate);
  if (x === undefined || y === undefined) {
    throw perimeterErrors.POLYGON_INVALID({ reason: `${JSON.stringify(position).slice(0, 100)} is no pair of numbers` });
  }
  return { x, y };
}

function coordinate(value: unknown): number | undefined {
  if (typeof value === 'string') return parseDecimal(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function ringFrom(points: readonly Point[]): Ring {
  const [a, c] = points;
  if (a === undefined || c === undefined) throw perimeterErrors.POLYGON_INVALID({ reason: 'one point encloses nothing' });
  return points.length === 2 ? [a, { x: a.x, y: c.y }, c, { x: c.x, y: a.y }] : points;
}
