import { expect, test } from 'vitest';
import { axesFor, scalesFor } from './scales.js';

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

test.each([
  { kinds: [true, false], scales: ['lane', 'left'], why: 'beside a number they have a lane' },
  { kinds: [true, true], scales: ['left', 'left'], why: 'alone they have the axis' },
  { kinds: [false], scales: ['left'], why: 'without them nothing changes' },
])('booleans: $why', ({ kinds, scales }) => {
  expect(scalesFor(kinds.map((isTruth) => ({ isTruth, points: [{ tsMs: 1, value: isTruth ? 1 : 2_000 }] })))).toEqual(scales);
});
