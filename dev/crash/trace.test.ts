import { expect, test } from 'vitest';
import { bytesOf } from './trace-text.js';
import { earlyAcknowledgements, hasEnded } from './trace.js';

const publish = '7 read(20<TCP:[1:2]>, "2)\\0\\27v1/devices/me/telemetry\\0\\1{}", 65536) = 43';
const write = '9 pwrite64(21</d/fieldline.db-wal>, "x", 4096, 0) = 4096';
const sync = '9 fsync(21</d/fieldline.db-wal>) = 0';
const puback = '7 write(20<TCP:[1:2]>, "@\\2\\0\\1", 4) = 4';

const early = (...lines: readonly string[]): number => earlyAcknowledgements(lines.join('\n')).early;

test('an acknowledgement after the fsync of the log write that followed its reading is in time', () => {
  expect(early(publish, write, sync, puback)).toBe(0);
});

test.each([
  { why: 'no fsync at all', lines: [publish, write, puback] },
  { why: 'an fsync of an earlier write', lines: [write, publish, sync, puback] },
  { why: 'an fsync that came before the write', lines: [publish, sync, write, puback] },
  { why: 'an fsync that failed', lines: [publish, write, sync.replace('= 0', '= -1 EIO'), puback] },
  { why: 'an fsync of another file', lines: [publish, write, '9 fsync(22</d/fieldline.db>) = 0', puback] },
  {
    why: 'an fsync that began in time and ended too late',
    lines: [publish, write, '9 fsync(21</d/fieldline.db-wal> <unfinished ...>', puback, '9 <... fsync resumed>) = 0'],
  },
])('$why does not count', ({ lines }) => {
  expect(early(...lines)).toBe(1);
});

test('a reading that arrives while an earlier one is being stored does not spoil the acknowledgement of that one', () => {
  expect(early(publish, write, sync, publish, puback)).toBe(0);
  expect(early(publish, write, sync, publish, puback, puback)).toBe(1);
});

test('several acknowledgements in one write take as many readings', () => {
  const two = '7 writev(20<TCP:[1:2]>, [{iov_base="@\\2\\0\\1", iov_len=4}, {iov_base="@\\2\\0\\2", iov_len=4}], 2) = 8';
  expect(earlyAcknowledgements([publish, publish, write, sync, two].join('\n')).acknowledgements.MQTT).toBe(2);
  expect(early(publish, write, sync, publish, two)).toBe(1);
});

test('strings of strace are read byte by byte', () => {
  expect(bytesOf('(1, "@\\2\\0\\1A\\n\\"\\\\\\377", 9)')).toEqual([0x40, 2, 0, 1, 0x41, 10, 34, 92, 255]);
});

test.each(['1234567 +++ exited with 0 +++', '12345 +++ killed by SIGKILL +++', '77    +++ exited with 0 +++'])(
  '%s ends the process of its id only',
  (line) => {
    const pid = Number.parseInt(line, 10);
    expect(hasEnded(`9 write(1</dev/null>, "x", 1) = 1\n${line}\n`, pid)).toBe(true);
    expect(hasEnded(line, pid + 1)).toBe(false);
    expect(hasEnded(line.replace('+++', '---'), pid)).toBe(false);
  },
);
