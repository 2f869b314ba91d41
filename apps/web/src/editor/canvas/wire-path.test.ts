import { expect, test } from 'vitest';
import { wirePath } from './wire-path.js';

const from = { sourceX: 0, sourceY: 0 };

test('chips sit on the straight part at the end where the wire runs alone', () => {
  expect(wirePath({ ...from, targetX: 260, targetY: 100 }, 'source')).toMatchObject({ labelX: 144, labelY: 100 });
  expect(wirePath({ ...from, targetX: 260, targetY: 100 }, 'target')).toMatchObject({ labelX: 116, labelY: 0 });
});

test('between near columns they sit on the part that goes up or down, one row from the end', () => {
  expect(wirePath({ ...from, targetX: 84, targetY: 120 }, 'source')).toMatchObject({ labelX: 28, labelY: 96 });
  expect(wirePath({ ...from, targetX: 84, targetY: -120 }, 'source')).toMatchObject({ labelX: 28, labelY: -96 });
});

test('between near nodes of one row they are as wide as the gap allows', () => {
  expect(wirePath({ ...from, targetX: 84, targetY: 0 }, 'source')).toMatchObject({ labelX: 42, labelY: 0, labelWidth: 68 });
});

test('a wire that leads back has its chips in the middle', () => {
  expect(wirePath({ ...from, targetX: -300, targetY: 200 }, 'source').labelY).toBe(100);
});
