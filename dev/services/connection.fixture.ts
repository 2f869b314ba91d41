import { once } from 'node:events';
import { createConnection } from 'node:net';
import type { Socket } from 'node:net';

const ANSWER_TIMEOUT_MS = 10_000;

/** A loopback connection whose bytes are taken as they are asked for. */
export class Connection {
  readonly #socket: Socket;
  #bytes = Buffer.alloc(0);

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async open(port: number): Promise<Connection> {
    const socket = createConnection({ port, host: '127.0.0.1' });
    await once(socket, 'connect');
    return new Connection(socket);
  }

  write(bytes: Uint8Array | string): void {
    this.#socket.write(bytes);
  }

  async take(length: number): Promise<Buffer> {
    while (this.#bytes.length < length) {
      const [chunk] = (await once(this.#socket, 'data', { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) })) as [Buffer];
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
    }
    const taken = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    return taken;
  }

  async line(): Promise<string> {
    let line = '';
    while (!line.endsWith('\r\n')) line += String(await this.take(1));
    return line.trimEnd();
  }

  close(): void {
    this.#socket.destroy();
  }
}
