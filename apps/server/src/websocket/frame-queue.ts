import { liveErrorCodes, liveErrorFrame } from '@fieldline/api-contract';
import { RateLimiter } from '@fieldline/identity';
import type { Clock } from '@fieldline/kernel';
import type { RateLimit } from '@fieldline/model';
import type { WebSocket } from 'ws';
import {
  closeCodes,
  CLOSE_REASON_BYTES_MAX,
  QUEUED_BYTES_MAX,
  QUEUED_BYTES_OF_ALL_MAX,
  QUEUED_BYTES_SMALL,
  QUEUED_FRAMES_MAX,
  SEND_TIMEOUT_MS,
  SLOWEST_READER_BYTES_PER_MS,
  SOCKET_BYTES_MAX,
} from './limits.js';

/** Makes its frame only when the socket has room: a latest-only subscription that merges while it waits. */
export interface FrameSource {
  /** Undefined where there is nothing to send any more. */
  takeFrame(): string | undefined;
}

/** What waits for all sockets of the server together. */
export interface QueuedBytes {
  bytes: number;
}

/**
 * Frames on their way to one socket. What is produced within one turn of the event loop leaves in one write;
 * a socket that does not read keeps its frames here, bounded, and delays nobody else.
 */
export class FrameQueue {
  readonly #socket: WebSocket;
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #ofAll: QueuedBytes;
  #waiting: (string | FrameSource)[] = [];
  #waitingBytes = 0;
  #isScheduled = false;
  #framesMax = QUEUED_FRAMES_MAX;
  #rate: { readonly limiter: RateLimiter; readonly limits: readonly RateLimit[]; isExceeded: boolean } | undefined;
  /** Characters given to the socket that have not left, and since when nothing of them did. */
  #leaving = 0;
  #leftMs = 0;

  constructor(socket: WebSocket, clock: Pick<Clock, 'monotonicMs'>, ofAll: QueuedBytes) {
    this.#socket = socket;
    this.#clock = clock;
    this.#ofAll = ofAll;
  }

  /** What the tenant of the socket allows it; 0 and nothing are no limits. */
  limit({ framesMax, updateRates }: { readonly framesMax: number; readonly updateRates: readonly RateLimit[] }): void {
    if (framesMax > 0) this.#framesMax = Math.min(framesMax, QUEUED_FRAMES_MAX);
    if (updateRates.length > 0) this.#rate = { limiter: new RateLimiter(this.#clock), limits: updateRates, isExceeded: false };
  }

  send(frame: string | FrameSource): void {
    if (!this.isOpen) return;
    if (this.#isFull) {
      this.overflow();
      return;
    }
    this.#waiting.push(frame);
    this.#count(sizeOf(frame));
    this.#schedule();
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** True where the socket does not keep up: latest-only subscriptions then wait as a `FrameSource`. */
  get isBehind(): boolean {
    return this.#socket.bufferedAmount > SOCKET_BYTES_MAX;
  }

  /** True where nothing left the socket for so long that its other end must be taken for gone (websocket-api.md §2). */
  get isStuck(): boolean {
    const allowedMs = SEND_TIMEOUT_MS + this.#leaving / SLOWEST_READER_BYTES_PER_MS;
    return this.#leaving > 0 && this.#clock.monotonicMs() - this.#leftMs > allowedMs;
  }

  /** Ends a socket for which more waits than it will get. */
  overflow(): void {
    this.close(closeCodes.policy, 'Max pending updates limit reached!');
  }

  /** Closes the socket; what still waits is let go. */
  close(code: number, reason: string): void {
    this.drop();
    this.#socket.close(
      code,
      Buffer.from(reason)
        .subarray(0, CLOSE_REASON_BYTES_MAX)
        .toString()
        .replace(/\uFFFD+$/, ''),
    );
  }

  /** Lets go of what waits. */
  drop(): void {
    this.#waiting = [];
    this.#count(-this.#waitingBytes);
  }

  /** Where the server has little left, the sockets for which much waits go first. */
  get #isFull(): boolean {
    const { length } = this.#waiting;
    const isOneTooMuch = this.#ofAll.bytes >= QUEUED_BYTES_OF_ALL_MAX && this.#waitingBytes >= QUEUED_BYTES_SMALL;
    return length >= this.#framesMax || this.#waitingBytes >= QUEUED_BYTES_MAX || isOneTooMuch;
  }

  #count(bytes: number): void {
    this.#waitingBytes += bytes;
    this.#ofAll.bytes += bytes;
  }

  #schedule(): void {
    if (this.#isScheduled || this.#waiting.length === 0) return;
    this.#isScheduled = true;
    setImmediate(this.#flush);
  }

  readonly #flush = (): void => {
    this.#isScheduled = false;
    // ws writes the header and payload of each frame by themselves; corking makes one write of all of them.
    const stream = (this.#socket as unknown as { _socket?: { cork(): void; uncork(): void } })._socket;
    stream?.cork();
    let taken = 0;
    let bytes = 0;
    let last: string | undefined;
    for (const frame of this.#waiting) {
      if (!this.isOpen || this.#socket.bufferedAmount + (last?.length ?? 0) > SOCKET_BYTES_MAX) break;
      taken += 1;
      this.#count(-sizeOf(frame));
      const made = typeof frame === 'string' ? frame : frame.takeFrame();
      const text = made === undefined || this.#rate === undefined ? made : this.#withinRate(made);
      if (text === undefined) continue;
      if (last !== undefined) this.#socket.send(last);
      last = text;
      bytes += text.length;
    }
    if (last !== undefined) this.#finish(last, bytes);
    stream?.uncork();
    this.#waiting.splice(0, taken);
  };

  /** Gives the socket the last frame of a write. When it has left, all of them have, and there is room for what waits. */
  #finish(last: string, bytes: number): void {
    if (this.#leaving === 0) this.#leftMs = this.#clock.monotonicMs();
    this.#leaving += bytes;
    this.#socket.send(last, () => {
      this.#leaving -= bytes;
      this.#leftMs = this.#clock.monotonicMs();
      this.#schedule();
    });
  }

  /** The frame, or an error in the place of the first that is one too many; nothing in the place of those after it. */
  #withinRate(text: string): string | undefined {
    const rate = this.#rate;
    if (rate === undefined || rate.limiter.tryTake('', rate.limits)) {
      if (rate !== undefined) rate.isExceeded = false;
      return text;
    }
    if (rate.isExceeded) return undefined;
    rate.isExceeded = true;
    const id = Number(/^\{"(?:subscriptionId|cmdId)":(-?\d+)/.exec(text)?.[1] ?? 0);
    return liveErrorFrame(id, liveErrorCodes.tooManyUpdates, 'Too many updates!');
  }
}

/** Characters stand for bytes here: frames are nearly always ASCII. A source has made nothing yet. */
function sizeOf(frame: string | FrameSource): number {
  return typeof frame === 'string' ? frame.length : 0;
}
