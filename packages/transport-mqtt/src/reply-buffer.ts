import { encodePacket } from './control-packet.js';

const BYTES_FIRST = 4_096;
const PUBACK = 0x40;

/**
 * Where the answers to one connection are put together, so that they leave in one write. One buffer serves all
 * connections in turn: `take` copies out what was written.
 */
export class ReplyBuffer {
  #bytes = Buffer.allocUnsafeSlow(BYTES_FIRST);
  #used = 0;

  /** A PUBACK: four bytes, or five where MQTT 5 has something to say (MQTT 5 §3.4.2.1). */
  puback(packetId: number, reason: number, isVersion5: boolean): void {
    const hasReason = isVersion5 && reason !== 0;
    this.#reserve(5);
    const bytes = this.#bytes;
    let at = this.#used;
    bytes[at++] = PUBACK;
    bytes[at++] = hasReason ? 3 : 2;
    bytes[at++] = packetId >> 8;
    bytes[at++] = packetId & 0xff;
    if (hasReason) bytes[at++] = reason;
    this.#used = at;
  }

  /** Any packet already encoded. */
  raw(packet: Uint8Array): void {
    this.#reserve(packet.length);
    this.#bytes.set(packet, this.#used);
    this.#used += packet.length;
  }

  /** What was written since the last call; undefined where that is nothing. */
  take(): Buffer | undefined {
    if (this.#used === 0) return undefined;
    const taken = Buffer.allocUnsafe(this.#used);
    this.#bytes.copy(taken, 0, 0, this.#used);
    this.#used = 0;
    return taken;
  }

  #reserve(more: number): void {
    const needed = this.#used + more;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#used);
    this.#bytes = grown;
  }
}

/** A PUBLISH to a client. */
export function encodePublish(message: { topic: string; payload: string; packetId: number }, version: number): Buffer {
  const { topic, payload, packetId } = message;
  const common = { cmd: 'publish', topic, payload, dup: false, retain: false } as const;
  return encodePacket(packetId === 0 ? { ...common, qos: 0 } : { ...common, qos: 1, messageId: packetId }, version);
}

/** A DISCONNECT with its reason, which only MQTT 5 clients get (MQTT 5 §3.14). */
export function disconnectPacket(reason: number): Buffer {
  return Buffer.of(0xe0, 0x01, reason);
}

/** PINGRESP. */
export const pingResponse = Buffer.of(0xd0, 0x00);
