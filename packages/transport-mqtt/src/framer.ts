/** Takes whole packets. `at` is the first byte of the packet, `body` the first one after its fixed header. */
export interface PacketSink {
  /** @returns false to stop the framer behind this packet */
  packet(bytes: Buffer, at: number, body: number, end: number): boolean;
}

/** Answer of `cut` where the bytes are no MQTT packet, or one that is too large. */
export const UNREADABLE = -1;

const INCOMPLETE = -2;
const HEADER_BYTES_MAX = 5;
const PARTIAL_BYTES_FIRST = 256;

/**
 * Cuts a byte stream into MQTT packets. A packet that lies whole in one chunk is passed on as it lies there;
 * only one that is spread over chunks is copied together, into a buffer that grows with what has arrived and
 * not with what the header announces.
 */
export class Framer {
  readonly #bodyBytesMax: number;
  #partial: Buffer | undefined;
  #have = 0;
  /** Of the packet last measured. */
  #headerBytes = 0;
  /** Whether the sink stopped the framer at the packet last completed. */
  #isStopped = false;

  constructor(bodyBytesMax: number) {
    this.#bodyBytesMax = bodyBytesMax;
  }

  /** @returns how far it came: the length of the chunk, less where the sink stopped it, or UNREADABLE */
  cut(chunk: Buffer, from: number, sink: PacketSink): number {
    let at = from;
    if (this.#have > 0) {
      at = this.#complete(chunk, at, sink);
      if (at < 0) return at === INCOMPLETE ? chunk.length : UNREADABLE;
      if (this.#isStopped) return at;
    }
    const end = chunk.length;
    while (at < end) {
      // Fixed header of one length byte, the usual case: no call.
      const first = at + 1 < end ? (chunk[at + 1] as number) : 0x80;
      let body = at + 2;
      let packetEnd = body + first;
      if (first >= 0x80) {
        const size = this.#sizeOf(chunk, at, end);
        if (size === UNREADABLE) return UNREADABLE;
        if (size === INCOMPLETE) break;
        body = at + this.#headerBytes;
        packetEnd = at + size;
      } else if (first > this.#bodyBytesMax) return UNREADABLE;
      if (packetEnd > end) break;
      if (!sink.packet(chunk, at, body, packetEnd)) return packetEnd;
      at = packetEnd;
    }
    if (at < end) this.#keep(chunk, at, end);
    return end;
  }

  /** Fills up the packet that earlier chunks began. */
  #complete(chunk: Buffer, from: number, sink: PacketSink): number {
    let at = from;
    this.#isStopped = false;
    for (;;) {
      const size = this.#partial === undefined ? INCOMPLETE : this.#sizeOf(this.#partial, 0, this.#have);
      if (size === UNREADABLE) return UNREADABLE;
      const wanted = size === INCOMPLETE ? this.#have + 1 : size;
      const until = Math.min(chunk.length, at + wanted - this.#have);
      this.#keep(chunk, at, until);
      at = until;
      if (this.#partial !== undefined && size === this.#have) {
        const bytes = this.#partial;
        this.#partial = undefined;
        this.#have = 0;
        this.#isStopped = !sink.packet(bytes, 0, this.#headerBytes, size);
        return at;
      }
      if (at === chunk.length && wanted > this.#have) return INCOMPLETE;
    }
  }

  /** Size of the packet at `at` with its header, as far as the bytes tell. */
  #sizeOf(bytes: Buffer, at: number, end: number): number {
    let length = 0;
    for (let i = 1; i < HEADER_BYTES_MAX; i += 1) {
      if (at + i >= end) return INCOMPLETE;
      const byte = bytes[at + i] as number;
      length |= (byte & 0x7f) << (7 * (i - 1));
      if (byte < 0x80) {
        this.#headerBytes = i + 1;
        return length > this.#bodyBytesMax ? UNREADABLE : length + i + 1;
      }
    }
    return UNREADABLE;
  }

  #keep(chunk: Buffer, from: number, until: number): void {
    const needed = this.#have + until - from;
    if (this.#partial === undefined || this.#partial.length < needed) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.#have * 2, PARTIAL_BYTES_FIRST));
      if (this.#partial !== undefined) this.#partial.copy(grown, 0, 0, this.#have);
      this.#partial = grown;
    }
    chunk.copy(this.#partial, this.#have, from, until);
    this.#have = needed;
  }
}
