import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Framer, UNREADABLE } from './framer.js';

const frame = (header: number, body: Uint8Array): Buffer => {
  const length: number[] = [];
  let left = body.length;
  do {
    length.push((left & 0x7f) | (left > 0x7f ? 0x80 : 0));
    left >>= 7;
  } while (left > 0);
  return Buffer.concat([Buffer.of(header, ...length), body]);
};

/** Feeds chunks and collects packets; the sink stops after every `stopEvery`th, and the rest is fed again, as a connection does. */
function cutAll(chunks: readonly Buffer[], stopEvery: number, bodyBytesMax = 70_000): { packets: string[]; isReadable: boolean } {
  const framer = new Framer(bodyBytesMax);
  const packets: string[] = [];
  const sink = {
    packet(bytes: Buffer, at: number, body: number, end: number): boolean {
      packets.push(`${String(bytes[at])}:${bytes.toString('hex', body, end)}`);
      return packets.length % stopEvery !== 0;
    },
  };
  for (const chunk of chunks) {
    let from = 0;
    do {
      from = framer.cut(chunk, from, sink);
      if (from === UNREADABLE) return { packets, isReadable: false };
    } while (from < chunk.length);
  }
  return { packets, isReadable: true };
}

function splitAt(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...places, bytes.length].map((place, i) => bytes.subarray(i === 0 ? 0 : (places[i - 1] as number), place));
}

// Lengths around the places where the length field grows a byte.
const body = fc
  .oneof(fc.nat(3), fc.integer({ min: 126, max: 129 }), fc.integer({ min: 16_382, max: 16_386 }), fc.integer({ min: 250, max: 260 }))
  .map((length) => new Uint8Array(length).fill(length & 0xff));

test('packets are the same wherever the stream was split and wherever the sink stopped', () => {
  const stream = fc.array(fc.tuple(fc.integer({ min: 0, max: 255 }), body), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(stream, fc.array(fc.nat(40_000), { maxLength: 12 }), fc.integer({ min: 1, max: 3 }), (packets, cuts, stopEvery) => {
      const expected = packets.map(([header, bytes]) => `${String(header)}:${Buffer.from(bytes).toString('hex')}`);
      const bytes = Buffer.concat(packets.map(([header, part]) => frame(header, part)));
      expect(cutAll(splitAt(bytes, cuts), stopEvery)).toEqual({ packets: expected, isReadable: true });
    }),
  );
});

test('a stream that comes byte by byte gives its packets', () => {
  const bytes = Buffer.concat([frame(0x30, new Uint8Array(300)), frame(0xc0, new Uint8Array(0)), frame(0x30, Uint8Array.of(1))]);
  const single = cutAll(
    Array.from(bytes, (byte) => Buffer.of(byte)),
    99,
  );
  expect(single).toEqual(cutAll([bytes], 99));
  expect(single.packets).toHaveLength(3);
});

test.each([
  { title: 'a length of five bytes', bytes: Buffer.of(0x30, 0x80, 0x80, 0x80, 0x80, 0x01) },
  { title: 'a packet one byte too long', bytes: Buffer.of(0x30, 101) },
  { title: 'a packet far too long', bytes: Buffer.of(0x30, 0xff, 0xff, 0xff, 0x7f) },
])('$title is unreadable, whole and byte by byte', ({ bytes }) => {
  expect(cutAll([bytes], 99, 100).isReadable).toBe(false);
  expect(
    cutAll(
      Array.from(bytes, (byte) => Buffer.of(byte)),
      99,
      100,
    ).isReadable,
  ).toBe(false);
});

test('the longest packet is taken', () => {
  expect(cutAll([frame(0x30, new Uint8Array(100))], 99, 100).packets).toHaveLength(1);
});

test('any bytes give packets or are unreadable', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.array(fc.nat(400), { maxLength: 6 }), (bytes, cuts) => {
      const whole = cutAll([Buffer.from(bytes)], 99, 100);
      expect(cutAll(splitAt(Buffer.from(bytes), cuts), 99, 100)).toEqual(whole);
    }),
  );
});
