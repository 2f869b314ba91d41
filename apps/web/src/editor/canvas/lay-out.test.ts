import { expect, test } from 'vitest';
import { layOut } from './lay-out.js';

const size = { width: 216, height: 56 };

test('nodes follow each other from left to right, on the grid, from the corner where they were', () => {
  const nodes = ['a', 'b', 'c'].map((key, index) => ({ key, x: 40 + index, y: 80 }));
  const placed = layOut({
    nodes,
    connections: [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
    ],
    ...size,
  });
  const [a, b, c] = ['a', 'b', 'c'].map((key) => placed.get(key));
  expect(a).toEqual({ x: 40, y: 80 });
  expect(b?.x).toBeGreaterThan((a?.x ?? 0) + size.width);
  expect(c?.x).toBeGreaterThan((b?.x ?? 0) + size.width);
  expect((b?.x ?? 1) % 8).toBe(0);
});

test('a thousand nodes are laid out within the bound', () => {
  const nodes = Array.from({ length: 1_000 }, (_, index) => ({ key: `n${index}`, x: 0, y: index }));
  const connections = Array.from({ length: 1_500 }, (_, index) => ({
    from: `n${(index * 7) % 900}`,
    to: `n${((index * 7) % 900) + 1 + (index % 90)}`,
  }));
  expect(layOut({ nodes, connections, ...size }).size).toBe(1_000);
});
