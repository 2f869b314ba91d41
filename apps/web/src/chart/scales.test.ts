import { expect, test } from 'vitest';
import { axesFor } from './scales.js';

const upTo = (value: number) => [
  { tsMs: 0, value: -value },
  { tsMs: 1, value: value / 2 },
];

test.each([
  { sizes: [22, 50], axes: ['left', 'left'], why: 'similar sizes share an axis' },
  { sizes: [22, 1013], axes: ['right', 'left'], why: 'the smaller ones go right' },
  { sizes: [1, 22, 50, 1013], axes: ['right', 'left', 'left', 'left'], why: 'the widest distance parts them' },
  { sizes: [0, 500], axes: ['left', 'left'], why: 'a series of zeros needs no axis of its own' },
  { sizes: [], axes: [], why: 'nothing to part' },
])('$why', ({ sizes, axes }) => {
  expect(axesFor(sizes.map(upTo))).toEqual(axes);
});
