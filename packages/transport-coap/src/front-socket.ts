import type { Socket } from 'node:dgram';
import { EventEmitter } from 'node:events';

/**
 * The socket as the library sees it: it receives only what the guard lets through, and what it sends is
 * shown to `sent` first. Not being a dgram socket, it also keeps the library from answering repeats itself
 * and from sending the text of its own errors.
 */
export class FrontSocket extends EventEmitter {
  readonly #socket: Socket;
  readonly #sent: (message: Buffer, port: number, address: string) => void;
  #isClosed = false;

  constructor(socket: Socket, sent: (message: Buffer, port: number, address: string) => void) {
    super();
    this.#socket = socket;
    this.#sent = sent;
  }

  send(message: Buffer, offset: number, length: number, port: number, address: string, callback?: (error: Error | null) => void): void {
    this.#sent(message, port, address);
    if (!this.#isClosed) this.#socket.send(message, offset, length, port, address, callback);
  }

  /** Repeats of answers that come after this go nowhere. */
  close(): void {
    this.#isClosed = true;
  }
}
