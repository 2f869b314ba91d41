import { BUFFERS_POOLED, POOLED_BUFFER_BYTES_MAX } from '../limits.js';
import { encodingBuffer, type EncodingBuffer } from '../log/point-encoder.js';

/** Buffers of finished units, for the next ones. */
export class BufferPool {
  readonly #buffers: EncodingBuffer[] = [];

  take(): EncodingBuffer {
    return this.#buffers.pop() ?? encodingBuffer();
  }

  giveBack(buffer: EncodingBuffer): void {
    if (this.#buffers.length < BUFFERS_POOLED && buffer.bytes.length <= POOLED_BUFFER_BYTES_MAX) this.#buffers.push(buffer);
  }
}
