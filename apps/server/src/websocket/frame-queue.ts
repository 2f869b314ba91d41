import type { WebSocket } from 'ws';
import { closeCodes, QUEUED_FRAMES_MAX, SOCKET_BYTES_MAX } from './limits.js';

/** Makes its frame only when the socket has room: a latest-only subscription that merges while it waits. */
export interface FrameSource {
  takeFrame(): string;
}

/**
 * Frames on their way to one socket. What is produced within one turn of the event loop leaves in one write;
 * a socket that does not read keeps its frames here, bounded, and delays nobody else.
 */
export class FrameQueue {
  readonly #socket: WebSocket;
  #waiting: (string | FrameSource)[] = [];
  #isScheduled = false;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  send(frame: string | FrameSource): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#waiting.length >= QUEUED_FRAMES_MAX) {
      this.#waiting = [];
      this.#socket.close(closeCodes.policy, 'Max pending updates limit reached!');
      return;
    }
    this.#waiting.push(frame);
    this.#schedule();
  }

  /** True where the socket does not keep up: latest-only subscriptions then wait as a `FrameSource`. */
  get isBehind(): boolean {
    return this.#socket.bufferedAmount > SOCKET_BYTES_MAX;
  }

  #schedule(): void {
    if (this.#isScheduled || this.#waiting.length === 0) return;
    this.#isScheduled = true;
    setImmediate(this.#flush);
  }

  readonly #flush = (): void => {
    this.#isScheduled = false;
    const socket = this.#socket;
    // ws writes the header and payload of each frame by themselves; corking makes one write of all of them.
    const stream = (socket as unknown as { _socket?: { cork(): void; uncork(): void } })._socket;
    stream?.cork();
    let sent = 0;
    for (const frame of this.#waiting) {
      if (socket.readyState !== socket.OPEN || this.isBehind) break;
      sent += 1;
      // The callback comes when the frame has left: then there is room for what waits.
      socket.send(typeof frame === 'string' ? frame : frame.takeFrame(), () => this.#schedule());
    }
    stream?.uncork();
    this.#waiting.splice(0, sent);
  };
}
