import { isUtf8 } from 'node:buffer';
import { Reason } from './reason-codes.js';

/** Property identifiers that are looked at by name (MQTT 5 §2.2.2.2). */
export const Property = {
  subscriptionIdentifier: 0x0b,
  sessionExpiryInterval: 0x11,
  responseTopic: 0x08,
  receiveMaximum: 0x21,
  topicAlias: 0x23,
  userProperty: 0x26,
  maximumPacketSize: 0x27,
} as const;

/** Properties a client may send, by packet (MQTT 5 §2.2.2.2, table 2-4). */
export const allowedProperties = {
  connect: new Set([0x11, 0x15, 0x16, 0x17, 0x19, 0x21, 0x22, 0x26, 0x27]),
  will: new Set([0x01, 0x02, 0x03, 0x08, 0x09, 0x18, 0x26]),
  publish: new Set([0x01, 0x02, 0x03, 0x08, 0x09, 0x23, 0x26]),
  acknowledgement: new Set([0x1f, 0x26]),
  subscribe: new Set([0x0b, 0x26]),
  unsubscribe: new Set([0x26]),
  disconnect: new Set([0x11, 0x1f, 0x26]),
} as const;

type Width = 'boolean' | 'u16' | 'u32' | 'varint' | 'text' | 'binary' | 'pair';

const widths: ReadonlyMap<number, Width> = new Map<number, Width>([
  ...each('boolean', [0x01, 0x17, 0x19]),
  ...each('u16', [0x21, 0x22, 0x23]),
  ...each('u32', [0x02, 0x11, 0x18, 0x27]),
  ...each('varint', [0x0b]),
  ...each('text', [0x03, 0x08, 0x15, 0x1f]),
  ...each('binary', [0x09, 0x16]),
  ...each('pair', [0x26]),
]);

function each(width: Width, ids: readonly number[]): [number, Width][] {
  return ids.map((id) => [id, width]);
}

/**
 * Walks the bytes of one packet and checks what `mqtt-packet` does not: lengths inside the packet, UTF-8, no
 * NUL, properties that belong to the packet and come once. The first thing wrong is kept as `fault`, and
 * everything read after it is empty, so a caller checks once, at the end.
 */
export class ByteReader {
  /** Reason code of what is wrong; 0 while nothing is. */
  fault = 0;
  at: number;
  /** Last topic alias among the properties; -1 where there was none. */
  topicAlias = -1;
  readonly #bytes: Uint8Array;
  readonly #end: number;

  constructor(bytes: Uint8Array, from: number, end: number) {
    this.#bytes = bytes;
    this.at = from;
    this.#end = end;
  }

  get isAtEnd(): boolean {
    return this.at >= this.#end;
  }

  u8(): number {
    if (this.#lacks(1)) return 0;
    return this.#bytes[this.at++] as number;
  }

  u16(): number {
    if (this.#lacks(2)) return 0;
    const value = ((this.#bytes[this.at] as number) << 8) | (this.#bytes[this.at + 1] as number);
    this.at += 2;
    return value;
  }

  u32(): number {
    const high = this.u16();
    return high * 65_536 + this.u16();
  }

  varint(): number {
    let value = 0;
    for (let shift = 0; shift <= 21; shift += 7) {
      const byte = this.u8();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    this.fail(Reason.malformedPacket);
    return 0;
  }

  /** A length and that many bytes; returns where they begin, `at` is where they end. */
  binary(): number {
    const length = this.u16();
    if (this.#lacks(length)) return this.at;
    const start = this.at;
    this.at += length;
    return start;
  }

  /** As `binary`, and the bytes are UTF-8 without NUL (MQTT 5 §1.5.4). */
  text(): number {
    const start = this.binary();
    const part = this.#bytes.subarray(start, this.at);
    if (part.includes(0) || !isUtf8(part)) this.fail(Reason.malformedPacket);
    return start;
  }

  /** The properties of a packet or will: each allowed here and, but for user properties, there once. */
  properties(allowed: ReadonlySet<number>): void {
    const length = this.varint();
    if (this.#lacks(length)) return;
    const end = this.at + length;
    const seen = new Set<number>();
    while (this.at < end && this.fault === 0) {
      const id = this.varint();
      if (!widths.has(id)) this.fail(Reason.malformedPacket);
      else if (!allowed.has(id)) this.fail(Reason.protocolError);
      else if (seen.has(id) && id !== Property.userProperty) this.fail(Reason.protocolError);
      else {
        seen.add(id);
        this.#property(id);
      }
    }
    if (this.at !== end) this.fail(Reason.malformedPacket);
  }

  /** Nothing may be left over. */
  end(): void {
    if (this.at !== this.#end) this.fail(Reason.malformedPacket);
  }

  fail(reason: number): void {
    if (this.fault === 0) this.fault = reason;
    this.at = this.#end;
  }

  #property(id: number): void {
    const width = widths.get(id);
    if (width === 'boolean') {
      if (this.u8() > 1) this.fail(Reason.protocolError);
    } else if (width === 'u16') {
      const value = this.u16();
      if (id === Property.topicAlias) this.topicAlias = value;
      if (id === Property.receiveMaximum && value === 0) this.fail(Reason.protocolError);
    } else if (width === 'u32') {
      const value = this.u32();
      if (id === Property.maximumPacketSize && value === 0) this.fail(Reason.protocolError);
    } else if (width === 'varint') {
      // Only the subscription identifier, which may not be 0 (MQTT 5 §3.8.2.1.2).
      if (this.varint() === 0) this.fail(Reason.protocolError);
    } else if (width === 'text') this.#topicProperty(id);
    else if (width === 'binary') this.binary();
    else {
      this.text();
      this.text();
    }
  }

  #topicProperty(id: number): void {
    const start = this.text();
    if (id === Property.responseTopic && hasWildcard(this.#bytes, start, this.at)) this.fail(Reason.protocolError);
  }

  #lacks(count: number): boolean {
    if (this.fault === 0 && this.at + count <= this.#end) return false;
    this.fail(Reason.malformedPacket);
    return true;
  }
}

/** Whether bytes of a topic hold `+` or `#`. */
export function hasWildcard(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i += 1) {
    const byte = bytes[i];
    if (byte === 0x2b || byte === 0x23) return true;
  }
  return false;
}
