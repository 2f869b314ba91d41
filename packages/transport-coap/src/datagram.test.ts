import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBlock } from './block-transfers.js';
import { decodeDatagram, encodeDatagram, optionNumberValue } from './datagram.js';

const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
const datagram = fc.record({
  type: fc.integer({ min: 0, max: 3 }),
  code: fc.integer({ min: 1, max: 255 }),
  messageId: fc.integer({ min: 0, max: 65_535 }),
  token: bytes(8),
  options: fc
    .array(fc.record({ number: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 250, max: 65_535 })), value: bytes(300) }), {
      maxLength: 5,
    })
    .map((options) => options.sort((a, b) => a.number - b.number)),
  payload: bytes(40),
});

test('what was put together comes apart the same', () => {
  fc.assert(
    fc.property(datagram, (message) => {
      expect(decodeDatagram(Uint8Array.from(encodeDatagram(message)))).toEqual(message);
    }),
  );
});

test('any bytes give a message within the datagram, or nothing', () => {
  fc.assert(
    fc.property(bytes(40), (input) => {
      const message = decodeDatagram(input);
      if (message === undefined) return;
      const length = message.options.reduce((sum, { value }) => sum + value.length, message.token.length + message.payload.length);
      expect(length).toBeLessThanOrEqual(input.length);
    }),
    { numRuns: 5000 },
  );
});

test('cutting a message anywhere never gives more than it had', () => {
  fc.assert(
    fc.property(datagram, fc.nat(400), (message, cut) => {
      const whole = Uint8Array.from(encodeDatagram(message));
      const part = decodeDatagram(whole.subarray(0, Math.min(cut, whole.length)));
      if (part !== undefined) expect(part.options.length).toBeLessThanOrEqual(message.options.length);
    }),
  );
});

test.each([
  ['too short', [0x40, 1, 0]],
  ['version 2', [0x80, 1, 0, 1]],
  ['a token of 9 bytes', [0x49, 1, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ['a token cut off', [0x44, 1, 0, 1, 1]],
  ['an empty message with a tail', [0x40, 0, 0, 1, 1]],
  ['a reserved option delta', [0x40, 1, 0, 1, 0xf0]],
  ['a reserved option length', [0x40, 1, 0, 1, 0x0f]],
  ['an option cut off', [0x40, 1, 0, 1, 0x05, 1]],
  ['an option number beyond 16 bits', [0x40, 1, 0, 1, 0xe0, 0xff, 0xff]],
  ['a marker without payload', [0x40, 1, 0, 1, 0xff]],
])('%s is no message', (_name, input) => expect(decodeDatagram(Uint8Array.from(input))).toBeUndefined());

test('numbers in options', () => {
  expect(optionNumberValue(Uint8Array.of())).toBe(0);
  expect(optionNumberValue(Uint8Array.of(1, 0, 1))).toBe(65_537);
  expect(optionNumberValue(Uint8Array.of(255, 255, 255, 255))).toBe(4_294_967_295);
  expect(optionNumberValue(new Uint8Array(5))).toBeUndefined();
  expect(readBlock(Uint8Array.of())).toEqual({ number: 0, hasMore: false, sizeExponent: 0 });
  expect(readBlock(Uint8Array.of(0xff, 0xff, 0xfe))).toEqual({ number: 0xfffff, hasMore: true, sizeExponent: 6 });
  expect(readBlock(new Uint8Array(4))).toBeUndefined();
});
