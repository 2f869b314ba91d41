import type { WebSocket } from 'ws';
import { closeCodes, CLOSE_REASON_BYTES_MAX, QUEUED_BYTES_MAX, QUEUED_FRAMES_MAX, SOCKET_BYTES_MAX } from './limits.js';

/** Makes its frame only when the socket has room: a latest-only subscription that merges while it waits. */
export interface FrameSource {
  /** Undefined where there is nothing to send any more. */
  takeFrame(): string | undefined;
}

/**
 * Frames on their way to one socket. What is produced within one turn of the event loop leaves in one write;
 * a socket that does not read keeps its frames here, bounded, and delays nobody else.
 */
export class FrameQueue {
  readonly #socket: WebSocket;
  #waiting: (string | FrameSource)[] = [];
  #waitingBytes = 0;
  #isScheduled = false;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  send(frame: string | FrameSource): void {
    if (!this.isOpen) return;
    if (this.#waiting.length >= QUEUED_FRAMES_MAX || this.#waitingBytes >= QUEUED_BYTES_MAX) {
      this.overflow();
      return;
    }
    this.#waiting.push(frame);
    this.#waitingBytes += sizeOf(frame);
    this.#schedule();
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** True where the socket does not keep up: latest-only subscriptions then wait as a `FrameSource`. */
  get isBehind(): boolean {
    return this.#socket.bufferedAmount > SOCKET_BYTES_MAX;
  }

  /** Ends a socket for which more waits than it will get. */
  overflow(): void {
    this.close(closeCodes.policy, 'Max pending updates limit reached!');
  }

  /** Closes the socket; what still waits is let go. */
  close(code: number, reason: string): void {
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#socket.close(
      code,
      Buffer.from(reason)
        .subarray(0, CLOSE_REASON_BYTES_MAX)
        .toString()
        .replace(/\uFFFD+$/, ''),
    );
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
    let taken = 0;
    for (const frame of this.#waiting) {
      if (!this.isOpen || this.isBehind) break;
      taken += 1;
      this.#waitingBytes -= sizeOf(frame);
      const text = typeof frame === 'string' ? frame : frame.takeFrame();
      // The callback comes when the frame has left: then there is room for what waits.
      if (text !== undefined) socket.send(text, () => this.#schedule());
    }
    stream?.uncork();
    this.#waiting.splice(0, taken);
  };
}

/** Characters stand for bytes here: frames are nearly always ASCII. A source has made nothing yet. */
function sizeOf(frame: string | FrameSource): number {
  return typeof frame === 'string' ? frame.length : 0;
}
