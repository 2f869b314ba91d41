import { expect, test } from 'vitest';
import { openingView } from './opening-view.js';
import type { FlowNode } from './view.js';

const at = (x: number, y: number): FlowNode => ({ id: `${x} ${y}`, type: 'input-point', position: { x, y }, data: {} });
const frame = { width: 800, height: 600 };

test('a small chain is shown whole, not enlarged, in the middle', () => {
  const view = openingView([at(0, 0), at(184, 44)], frame);
  expect(view).toEqual({ zoom: 1, x: 200, y: 282 });
});

test('a large chain opens readable at the place where messages enter', () => {
  const view = openingView([at(100, 1_000), at(9_000, 0), at(9_000, 5_000)], frame);
  expect(view.zoom).toBe(0.72);
  expect(100 * view.zoom + view.x).toBeCloseTo(48);
  expect(1_000 * view.zoom + view.y).toBeCloseTo(332);
});

test('a large chain opens at the node that is selected, in the middle', () => {
  const view = openingView([at(100, 1_000), at(9_000, 0), { ...at(5_000, 300), selected: true }, at(9_000, 5_000)], frame);
  expect((5_000 + 108) * view.zoom + view.x).toBeCloseTo(400);
  expect((300 + 28) * view.zoom + view.y).toBeCloseTo(332);
});
