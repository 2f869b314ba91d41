import { expect, test } from 'vitest';
import { ReplyBuffer } from './reply-buffer.js';

test('a PUBACK has four bytes, and a fifth where MQTT 5 has a reason to give', () => {
  const replies = new ReplyBuffer();
  replies.puback(0x1234, 0, true);
  replies.puback(0x1235, 0x90, true);
  replies.puback(0xffff, 0x90, false);
  expect(replies.take()).toEqual(Buffer.of(0x40, 2, 0x12, 0x34, 0x40, 3, 0x12, 0x35, 0x90, 0x40, 2, 0xff, 0xff));
});

test('what was taken is gone, and is not overwritten by what comes next', () => {
  const replies = new ReplyBuffer();
  expect(replies.take()).toBeUndefined();
  replies.raw(Buffer.of(1, 2));
  const taken = replies.take();
  replies.raw(Buffer.of(3, 4));
  expect(taken).toEqual(Buffer.of(1, 2));
  expect(replies.take()).toEqual(Buffer.of(3, 4));
});

test('it grows with what is written', () => {
  const replies = new ReplyBuffer();
  for (let id = 1; id <= 5_000; id += 1) replies.puback(id, 0, false);
  replies.raw(Buffer.alloc(100_000, 7));
  const taken = replies.take();
  expect(taken?.length).toBe(120_000);
  expect(taken?.readUInt16BE(4_999 * 4 + 2)).toBe(5_000);
  expect(taken?.at(-1)).toBe(7);
});
