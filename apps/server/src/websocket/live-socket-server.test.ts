import { epochMs, silentLog, type Clock } from '@fieldline/kernel';
import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import type { LiveDeps } from './live-deps.js';
import { LiveSocketServer } from './live-socket-server.js';

const clock: Clock = { nowMs: () => epochMs(0), monotonicMs: () => 0, after: () => () => undefined };

/** A socket whose first `close` fails, as a socket may whose connection broke meanwhile. */
class FailingSocket extends EventEmitter {
  readonly OPEN = 1;
  readonly readyState = 1;
  readonly bufferedAmount = 0;
  readonly closed: [number, string][] = [];
  #failures = 1;

  close(code: number, reason: string): void {
    if (this.#failures-- > 0) throw new Error('secret of the frame');
    this.closed.push([code, reason]);
  }
}

test('an error while a frame is handled closes the socket, says nothing of the frame, and is logged', () => {
  const logged: string[] = [];
  const log = { ...silentLog, error: (event: string) => void logged.push(event) };
  const refuse = () => Promise.reject(new Error('not asked'));
  const refusing = { admit: refuse, admitKey: refuse };
  const server = new LiveSocketServer({ clock, log } as unknown as LiveDeps, refusing);
  const socket = new FailingSocket();
  server.opened(socket as unknown as WebSocket, { url: '/api/ws' });
  server.received(socket as unknown as WebSocket, '{"cmds":[]}');
  expect(socket.closed).toEqual([[1011, 'Internal error']]);
  expect(logged).toEqual(['websocket-frame-failed']);
});
