import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FRAME_BYTES_MAX } from '../limits.js';
import { FrameReader, frameOf } from './frame-stream.js';

test('frames come out as they went in, however the bytes were cut', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 5 }), fc.array(fc.nat(200), { maxLength: 20 }), (values, cuts) => {
      const found: unknown[] = [];
      const reader = new FrameReader((value) => found.push(value));
      const bytes = Buffer.concat(values.map(frameOf));
      const places = [...new Set([0, ...cuts.filter((cut) => cut < bytes.length), bytes.length])].sort((a, b) => a - b);
      places.slice(1).forEach((to, place) => reader.read(bytes.subarray(places[place], to)));
      expect(found).toEqual(JSON.parse(JSON.stringify(values)));
    }),
  );
});

test('a frame beyond the bound is refused by its head, before its bytes come', () => {
  const reader = new FrameReader(() => undefined);
  const head = Buffer.alloc(4);
  head.writeUInt32LE(FRAME_BYTES_MAX + 1);
  expect(() => reader.read(head)).toThrow('bytes');
  expect(() => new FrameReader(() => undefined).read(Buffer.from([1, 0, 0, 0, 0x7b]))).toThrow(SyntaxError);
});
