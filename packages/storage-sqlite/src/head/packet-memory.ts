import { PACKETS_A_DEVICE } from '../limits.js';

/**
 * The last publishes of one device, as a ring of pairs: packet id and payload hash as one number of 48 bits,
 * and the time the publish was given.
 */
export class PacketMemory {
  #ring = new Float64Array(2 * 4);
  #count = 0;
  /** Where the next one goes, once the ring is full. */
  #next = 0;

  remember(packetId: number, payloadHash: number, tsMs: number): void {
    if (this.#count < PACKETS_A_DEVICE) {
      if (this.#ring.length === 2 * this.#count) this.#grow();
      this.#set(this.#count, packetId, payloadHash, tsMs);
      this.#count += 1;
      return;
    }
    this.#set(this.#next, packetId, payloadHash, tsMs);
    this.#next = (this.#next + 1) % PACKETS_A_DEVICE;
  }

  /** The time of the last publish with this packet id and payload. */
  find(packetId: number, payloadHash: number): number | undefined {
    const wanted = identity(packetId, payloadHash);
    for (let back = 1; back <= this.#count; back += 1) {
      const place = 2 * ((this.#next + this.#count - back) % this.#count);
      if (this.#ring[place] === wanted) return this.#ring[place + 1];
    }
    return undefined;
  }

  /** Forgets the publish that was remembered last; what it pushed out stays forgotten. */
  forgetLast(): void {
    if (this.#count === 0) return;
    // Rotate so that the oldest comes first, then drop the last.
    const pairs = [...this.#ring.subarray(0, 2 * this.#count)];
    const ordered = [...pairs.slice(2 * this.#next), ...pairs.slice(0, 2 * this.#next)];
    this.#ring.set(ordered);
    this.#next = 0;
    this.#count -= 1;
  }

  #set(place: number, packetId: number, payloadHash: number, tsMs: number): void {
    this.#ring[2 * place] = identity(packetId, payloadHash);
    this.#ring[2 * place + 1] = tsMs;
  }

  #grow(): void {
    const ring = new Float64Array(Math.min(this.#ring.length * 2, 2 * PACKETS_A_DEVICE));
    ring.set(this.#ring);
    this.#ring = ring;
  }
}

const identity = (packetId: number, payloadHash: number): number => packetId * 2 ** 32 + payloadHash;
