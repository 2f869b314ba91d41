import { FRAME_BYTES_MAX } from '../limits.js';

const HEAD_BYTES = 4;

/** One frame: its length in four bytes, then JSON as UTF-8. */
export function frameOf(value: unknown): Buffer {
  const text = JSON.stringify(value);
  const bytes = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(HEAD_BYTES + bytes);
  frame.writeUInt32LE(bytes, 0);
  frame.write(text, HEAD_BYTES);
  return frame;
}

/**
 * Puts frames together from what a socket reads. A frame longer than the bound is never collected: the other end may be
 * hostile, and its length is known before its bytes.
 */
export class FrameReader {
  readonly #onFrame: (value: unknown) => void;
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** Bytes of the frame that is being read, its head included; undefined until the head is there. */
  #wanted: number | undefined;

  constructor(onFrame: (value: unknown) => void) {
    this.#onFrame = onFrame;
  }

  /** @throws Error where the bytes are no frame, or one beyond the bound; nothing after it can be read */
  read(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    for (;;) {
      this.#wanted ??= this.#head();
      if (this.#wanted === undefined || this.#bytes < this.#wanted) return;
      const frame = this.#take(this.#wanted);
      this.#wanted = undefined;
      this.#onFrame(JSON.parse(frame.toString('utf8', HEAD_BYTES)));
    }
  }

  #head(): number | undefined {
    if (this.#bytes < HEAD_BYTES) return undefined;
    const bytes = this.#joined().readUInt32LE(0);
    if (bytes > FRAME_BYTES_MAX) throw new Error(`a frame of ${bytes} bytes, and ${FRAME_BYTES_MAX} are the most`);
    return HEAD_BYTES + bytes;
  }

  #take(bytes: number): Buffer {
    const all = this.#joined();
    this.#chunks = all.length === bytes ? [] : [all.subarray(bytes)];
    this.#bytes -= bytes;
    return all.subarray(0, bytes);
  }

  #joined(): Buffer {
    const [first] = this.#chunks;
    if (this.#chunks.length === 1 && first !== undefined) return first;
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }
}
