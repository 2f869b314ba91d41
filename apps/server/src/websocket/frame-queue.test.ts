// Goal: frames wait within bounds, keep their order, and a socket that takes nothing is found out (websocket-api.md §2 and §12, row 14 of
// §15). Method: a socket whose buffer the test fills and empties, and a clock that it moves.
import type { WebSocket } from 'ws';
import { beforeEach, describe, expect, test } from 'vitest';
import { FrameQueue, type QueuedBytes } from './frame-queue.js';
import { QUEUED_BYTES_OF_ALL_MAX, QUEUED_BYTES_SMALL, QUEUED_FRAMES_MAX, SEND_TIMEOUT_MS, SOCKET_BYTES_MAX } from './limits.js';

/** A socket that keeps what it is given until the test lets it go. */
class SlowSocket {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  readonly sent: string[] = [];
  closed: readonly [number, string] | undefined;
  #leaving: (() => void)[] = [];

  send(text: string, left?: () => void): void {
    this.sent.push(text);
    this.bufferedAmount += text.length;
    if (left !== undefined) this.#leaving.push(left);
  }

  close(code: number, reason: string): void {
    this.closed = [code, reason];
    this.readyState = 2;
  }

  /** So many writes of what it was given have left. */
  letGo(count = Infinity): void {
    if (count === Infinity) this.bufferedAmount = 0;
    for (const left of this.#leaving.splice(0, count)) left();
  }
}

const clock = { nowMs: 0, monotonicMs: () => clock.nowMs };
let socket: SlowSocket;
let ofAll: QueuedBytes;
let queue: FrameQueue;
beforeEach(() => {
  clock.nowMs = 0;
  socket = new SlowSocket();
  ofAll = { bytes: 0 };
  queue = new FrameQueue(socket as unknown as WebSocket, clock, ofAll);
});
const flushed = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const overflow = [1008, 'Max pending updates limit reached!'] as const;

describe('row 14', () => {
  test('frames keep their order while the socket is busy sending, also those that are made when there is room', async () => {
    const large = 'x'.repeat(SOCKET_BYTES_MAX + 1);
    for (const frame of ['1', large, '3']) queue.send(frame);
    queue.send({ takeFrame: () => '4' });
    queue.send({ takeFrame: () => undefined });
    await flushed();
    expect(socket.sent).toEqual(['1', large]);
    queue.send('5');
    await flushed();
    expect(socket.sent).toHaveLength(2);
    socket.letGo();
    await flushed();
    expect(socket.sent.slice(2)).toEqual(['3', '4', '5']);
    expect(ofAll.bytes).toBe(0);
  });

  test('a queue that overflows closes its socket, and lets go of what waits', () => {
    socket.bufferedAmount = SOCKET_BYTES_MAX + 1;
    for (let n = 0; n < QUEUED_FRAMES_MAX; n += 1) queue.send('frame');
    expect(socket.closed).toBeUndefined();
    queue.send('one more');
    expect([socket.closed, ofAll.bytes]).toEqual([overflow, 0]);
  });
});

test('where all sockets together have too much waiting, those for which much waits are closed and others are not', () => {
  ofAll.bytes = QUEUED_BYTES_OF_ALL_MAX;
  queue.send('x'.repeat(QUEUED_BYTES_SMALL - 1));
  queue.send('y');
  expect(socket.closed).toBeUndefined();
  queue.send('z');
  expect([socket.closed, ofAll.bytes]).toEqual([overflow, QUEUED_BYTES_OF_ALL_MAX]);
});

test('a socket that takes nothing is stuck after its time, one that takes little at a time is not', async () => {
  for (let n = 0; n < 2; n += 1) {
    queue.send('frame');
    await flushed();
  }
  clock.nowMs = SEND_TIMEOUT_MS;
  expect(queue.isStuck).toBe(false);
  socket.letGo(1);
  clock.nowMs += SEND_TIMEOUT_MS;
  expect(queue.isStuck).toBe(false);
  clock.nowMs += 1;
  expect(queue.isStuck).toBe(true);
  socket.letGo();
  expect(queue.isStuck).toBe(false);
});

test('much to send may take longer', async () => {
  queue.send('x'.repeat(1_600_000));
  await flushed();
  clock.nowMs = SEND_TIMEOUT_MS + 99_000;
  expect(queue.isStuck).toBe(false);
  clock.nowMs += 2_000;
  expect(queue.isStuck).toBe(true);
});
