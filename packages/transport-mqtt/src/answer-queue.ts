const CAPACITY_FIRST = 16;
const PACKET_ID = 0xffff;
const REASON_SHIFT = 16;
const IS_LOCAL = 1 << 24;
const IS_KAA = 1 << 25;

/** Entry taken from an answer queue; fields of the entry taken last. */
export interface Answer {
  /** Place of the uplink in its batch; meaningless where the answer was known without the gateway. */
  readonly place: number;
  /** 0 for QoS 0: nothing to acknowledge. */
  readonly packetId: number;
  /** Reason code to acknowledge with, where the gateway has nothing against it. */
  readonly reason: number;
  /** True where the packet went to no gateway. */
  readonly isLocal: boolean;
  /** True where a 1/KP reply belongs to it. */
  readonly isKaa: boolean;
}

/**
 * The PUBLISH packets of a session that wait for their answer, in order of arrival. A ring of numbers, made when
 * the first packet comes: ten thousand idle connections cost nothing, and a busy one makes no garbage.
 */
export class AnswerQueue implements Answer {
  place = 0;
  packetId = 0;
  reason = 0;
  isLocal = false;
  isKaa = false;
  #ring: Uint32Array | undefined;
  #head = 0;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Appends a packet that the gateway will judge. */
  pushUplink(place: number, packetId: number, isKaa: boolean): void {
    this.#push(place, isKaa ? packetId | IS_KAA : packetId);
  }

  /** Appends a packet whose answer is known, but which must not overtake earlier ones. */
  pushLocal(packetId: number, reason: number, isKaa: boolean): void {
    this.#push(0, packetId | (reason << REASON_SHIFT) | IS_LOCAL | (isKaa ? IS_KAA : 0));
  }

  /** Takes the oldest entry; its values are then in the fields. */
  take(): void {
    const ring = this.#ring as Uint32Array;
    const at = this.#head * 2;
    const word = ring[at + 1] as number;
    this.place = ring[at] as number;
    this.packetId = word & PACKET_ID;
    this.reason = (word >> REASON_SHIFT) & 0xff;
    this.isLocal = (word & IS_LOCAL) !== 0;
    this.isKaa = (word & IS_KAA) !== 0;
    this.#head = (this.#head + 1) & (ring.length / 2 - 1);
    this.#count -= 1;
  }

  #push(place: number, word: number): void {
    const ring = this.#roomyRing();
    const at = ((this.#head + this.#count) & (ring.length / 2 - 1)) * 2;
    ring[at] = place;
    ring[at + 1] = word;
    this.#count += 1;
  }

  #roomyRing(): Uint32Array {
    const ring = this.#ring;
    if (ring === undefined) return (this.#ring = new Uint32Array(CAPACITY_FIRST * 2));
    if (this.#count * 2 < ring.length) return ring;
    // Doubled, with the oldest entry first again, so that the index stays a mask.
    const grown = new Uint32Array(ring.length * 2);
    grown.set(ring.subarray(this.#head * 2));
    grown.set(ring.subarray(0, this.#head * 2), ring.length - this.#head * 2);
    this.#head = 0;
    return (this.#ring = grown);
  }
}
