// Goal: what counts as inside an area of several rings, on its border, in holes, overlaps and crossings, is what
// rule-nodes.md §1 says. Method: drawn cases; then random ones against something simpler that cannot be wrong in the same way:
// rectangles on squared paper, cell by cell, and the angle that a walk around a ring turns through.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areaOf, isInside } from './area.js';
import { covers } from './covers.js';
import { windingNumber, type Point, type Ring } from './ring.js';

const ring = (...corners: readonly (readonly [number, number])[]): Ring => corners.map(([x, y]) => ({ x, y }));
const box = (x: number, y: number, size: number, height = size): Ring => ring([x, y], [x + size, y], [x + size, y + height], [x, y + height]);
const inside = (rings: readonly Ring[], x: number, y: number): boolean => isInside(areaOf(rings), { x, y });

const bowTie = ring([0, 0], [4, 4], [4, 0], [0, 4]);
const star = ring(...[0, 2, 4, 1, 3].map((n): [number, number] => [Math.cos((2 * Math.PI * n) / 5), Math.sin((2 * Math.PI * n) / 5)]));
const slotted = ring([0, 0], [12, 0], [12, 10], [3, 10], [3, 1], [2, 1], [2, 10], [0, 10]);
const keyhole = ring([0, 0], [9, 0], [9, 9], [0, 9], [0, 4], [3, 4], [3, 6], [6, 6], [6, 3], [3, 3], [3, 4], [0, 4]);

describe('a place is inside', () => {
  test.each<[string, readonly Ring[], number, number, boolean]>([
    ['in a square', [box(0, 0, 4)], 2, 2, true],
    ['whichever way round it is drawn', [box(0, 0, 4).toReversed()], 2, 2, true],
    ['not beside it', [box(0, 0, 4)], 5, 2, false],
    ['not on its edge', [box(0, 0, 4)], 4, 2, false],
    ['not on its corner', [box(0, 0, 4)], 0, 0, false],
    ['level with a corner, outside', [ring([0, 0], [4, 4], [8, 0])], -3, 0, false],
    ['level with corners, inside', [ring([0, 2], [4, 4], [8, 2], [4, 0])], 4, 2, true],
    ['not in the notch of a ring', [ring([0, 0], [8, 0], [8, 8], [4, 2], [0, 8])], 4, 5, false],
    ['not in a hole', [box(0, 0, 9), box(3, 3, 3)], 4, 4, false],
    ['between border and hole', [box(3, 3, 3), box(0, 0, 9)], 1, 4, true],
    ['not on the border of a hole', [box(0, 0, 9), box(3, 3, 3)], 3, 4, false],
    ['not in a hole that touches the border', [box(0, 0, 9), box(0, 3, 3)], 1, 4, false],
    ['not where such a hole opens the border', [box(0, 0, 9), box(0, 3, 3)], 0, 4, false],
    ['not on an island in a hole: it lies in the outer ring as well', [box(0, 0, 9), box(2, 2, 5), box(3, 3, 2)], 4, 4, false],
    ['in either of two', [box(0, 0, 2), box(5, 0, 2)], 6, 1, true],
    ['where two overlap', [box(0, 0, 4), box(2, 2, 4)], 3, 3, true],
    ['on an edge inside the other', [box(0, 0, 4), box(2, 2, 4)], 2, 3, true],
    ['on an edge that two share', [box(0, 0, 2), box(2, 0, 2)], 2, 1, true],
    ['not at the end of an edge that two share', [box(0, 0, 2), box(2, 0, 2)], 2, 0, false],
    ['where four squares meet', [box(0, 0, 2), box(2, 0, 2), box(0, 2, 2), box(2, 2, 2)], 2, 2, true],
    ['not where two squares touch by a corner', [box(0, 0, 2), box(2, 2, 2)], 2, 2, false],
    ['in each of two equal rings', [box(0, 0, 4), box(0, 0, 4)], 2, 2, true],
    ['in equal rings that begin elsewhere', [box(0, 0, 4), ring([4, 4], [0, 4], [0, 0], [4, 0])], 2, 2, true],
    ['in one lobe of a ring that crosses itself', [bowTie], 3, 2, true],
    ['and in the other', [bowTie], 1, 2, true],
    ['not between the lobes', [bowTie], 2, 3, false],
    ['not where the lobes meet', [bowTie], 2, 2, false],
    ['in the middle of a star drawn in one line', [star], 0, 0, true],
    ['in a ring that runs around its own hole', [keyhole], 1, 8, true],
    ['not in that hole', [keyhole], 4.5, 4.5, false],
    ['on the cut that leads to it', [keyhole], 1, 4, true],
    ['on an island in that hole', [keyhole, box(4, 4, 1)], 4.5, 4.5, true],
    ['in what fills that hole and more', [keyhole, box(2, 2, 5)], 4.5, 4.5, true],
    ['in a bar that bridges a slot, which makes it no hole', [slotted, box(1, 1.5, 10, 0.5)], 5, 1.75, true],
    ['nowhere in a line', [ring([0, 0], [4, 4], [0, 0])], 2, 2, false],
    ['nowhere in nothing', [], 2, 2, false],
  ])('%s', (_, rings, x, y, expected) => expect(inside(rings, x, y)).toBe(expected));
});

type Turn = (point: Point) => Point;
const exact: readonly Turn[] = [
  (point) => point,
  ({ x, y }) => ({ x: -y, y: x }),
  ({ x, y }) => ({ x: x + y, y: y - x }),
  ({ x, y }) => ({ x: 40 + x / 8, y: -70 - y / 8 }),
  ({ x, y }) => ({ x: 52.5 + x * 1e-7, y: 13.4 + y * 1e-7 }),
];
const rounded: readonly Turn[] = [1e-7, 1e-3, 20].map((size) => ({ x, y }) => ({ x: 52.5 + size * (x + y / 3), y: 13.4 + size * (y - x / 3) }));

/** Rectangles on squared paper, given by cells. */
const rectangle = fc.record({ x: fc.nat(5), y: fc.nat(5), width: fc.integer({ min: 1, max: 5 }), height: fc.integer({ min: 1, max: 5 }) });
const drawn = fc.array(rectangle, { minLength: 1, maxLength: 5 });
interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const lies = (a: Rectangle, b: Rectangle): boolean => b.x <= a.x && b.y <= a.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;
const isSame = (a: Rectangle, b: Rectangle): boolean => lies(a, b) && lies(b, a);

function cellIsInside(rectangles: readonly Rectangle[], x: number, y: number): boolean {
  const cell = { x, y, width: 1, height: 1 };
  const isHole = (one: Rectangle): boolean => rectangles.some((other) => lies(one, other) && !isSame(one, other));
  const around = rectangles.filter((one) => lies(cell, one));
  return around.length > 0 && !around.some(isHole);
}

test('rectangles cover what they cover cell by cell, and a point of the paper where all four cells around it are covered', () => {
  fc.assert(
    fc.property(drawn, fc.nat(10), fc.nat(10), fc.constantFrom(...exact), (rectangles, x, y, turn) => {
      const area = areaOf(rectangles.map((one) => box(one.x, one.y, one.width, one.height).map(turn)));
      expect(isInside(area, turn({ x: x + 0.5, y: y + 0.5 }))).toBe(cellIsInside(rectangles, x, y));
      const cells = [-1, 0].flatMap((dx) => [-1, 0].map((dy) => cellIsInside(rectangles, x + dx, y + dy)));
      expect(isInside(area, turn({ x, y }))).toBe(cells.every(Boolean));
    }),
    { numRuns: 500 },
  );
});

test('they do so as well where rounding takes their corners off the paper, large and small', () => {
  fc.assert(
    fc.property(drawn, fc.nat(10), fc.nat(10), fc.constantFrom(...rounded), (rectangles, x, y, turn) => {
      const area = areaOf(rectangles.map((one) => box(one.x, one.y, one.width, one.height).map(turn)));
      expect(isInside(area, turn({ x: x + 0.5, y: y + 0.5 }))).toBe(cellIsInside(rectangles, x, y));
    }),
    { numRuns: 500 },
  );
});

const corner = fc.record({ x: fc.nat(6), y: fc.nat(6) });
const anyRing = fc.array(corner, { minLength: 3, maxLength: 8 });
const east = { x: 1, y: 0 };

test('a ring runs around a place as often as a walker on it turns around that place', () => {
  fc.assert(
    fc.property(anyRing, fc.nat(6), fc.nat(6), (corners, x, y) => {
      // On none of the edges: their slopes are fractions of numbers up to 6.
      const at = { x: x + 0.123_456, y: y + 0.345_678 };
      const angles = [...corners, corners[0] as Point].map((point) => Math.atan2(point.y - at.y, point.x - at.x));
      const turned = angles.slice(1).reduce((sum, angle, place) => {
        const step = angle - (angles[place] as number);
        return sum + step - 2 * Math.PI * Math.round(step / (2 * Math.PI));
      }, 0);
      expect(windingNumber(corners, at, east) - Math.round(turned / (2 * Math.PI))).toBe(0);
    }),
  );
});

test('where a ring begins, which way it runs and corners on its edges change nothing', () => {
  fc.assert(
    fc.property(anyRing, fc.nat(7), fc.nat(12), fc.nat(12), (corners, start, x, y) => {
      const at = { x: x / 2, y: y / 2 };
      const expected = isInside(areaOf([corners]), at);
      const first = start % corners.length;
      const shifted = [...corners.slice(first), ...corners.slice(0, first)];
      const split = corners.flatMap((point, place) => {
        const next = corners[(place + 1) % corners.length] as Point;
        return [point, { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 }];
      });
      for (const same of [shifted, corners.toReversed(), split]) expect(isInside(areaOf([same]), at)).toBe(expected);
    }),
  );
});

test('a ring around the middle covers itself when it is made smaller, whatever its form and place, and not the other way', () => {
  const reach = fc.array(fc.integer({ min: 20, max: 100 }), { minLength: 3, maxLength: 12 });
  fc.assert(
    fc.property(reach, fc.integer({ min: -170, max: 170 }), fc.constantFrom(1e-8, 1e-5, 0.1), (reaches, centre, size) => {
      const at = (scale: number): Ring =>
        reaches.map((distance, place) => {
          const angle = (2 * Math.PI * place) / reaches.length;
          return { x: centre / 2 + size * scale * distance * Math.cos(angle), y: centre + size * scale * distance * Math.sin(angle) };
        });
      expect([covers(at(1), at(0.9)), covers(at(0.9), at(1)), covers(at(1), at(1))]).toEqual([true, false, true]);
    }),
  );
});
