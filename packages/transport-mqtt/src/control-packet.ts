import { generate, parser, type IConnectPacket, type ISubscribePacket, type IUnsubscribePacket, type Packet } from 'mqtt-packet';
import { allowedProperties, ByteReader, hasWildcard } from './byte-reader.js';
import { Reason } from './reason-codes.js';

/** Packet types of the fixed header that a client may send (MQTT 3.1.1 §2.2.1). */
export const PacketType = {
  connect: 1,
  publish: 3,
  puback: 4,
  pubrec: 5,
  pubrel: 6,
  pubcomp: 7,
  subscribe: 8,
  unsubscribe: 10,
  pingreq: 12,
  disconnect: 14,
  auth: 15,
} as const;

/** What is wrong with a packet: the reason code for the client, and for CONNECT the return code where one is due. */
export interface Fault {
  readonly reason: number;
  readonly unacceptableVersion?: true;
}

/** Everything but PUBLISH: one whole packet, checked against the specification, then decoded by `mqtt-packet`. */
export const decodeControl = {
  connect(bytes: Buffer, at: number, body: number, end: number): IConnectPacket | Fault {
    const fault = checkConnect(bytes, at, body, end);
    return fault ?? decoded<IConnectPacket>('connect', bytes, at, end, 4);
  },

  subscribe(bytes: Buffer, at: number, body: number, end: number, version: number): ISubscribePacket | Fault {
    const reader = new ByteReader(bytes, body, end);
    if (reader.u16() === 0) reader.fail(Reason.protocolError);
    if (version === 5) reader.properties(allowedProperties.subscribe);
    if (reader.isAtEnd) reader.fail(Reason.protocolError);
    while (!reader.isAtEnd) {
      reader.text();
      const options = reader.u8();
      // MQTT 5 §3.8.3.1: QoS 3, retain handling 3 and reserved bits; in 3.1.1 all but the QoS is reserved.
      if ((options & 3) === 3 || (options & (version === 5 ? 0xc0 : 0xfc)) !== 0 || ((options >> 4) & 3) === 3) reader.fail(Reason.protocolError);
    }
    return faultOf(reader, bytes, at, 2) ?? decoded<ISubscribePacket>('subscribe', bytes, at, end, version);
  },

  unsubscribe(bytes: Buffer, at: number, body: number, end: number, version: number): IUnsubscribePacket | Fault {
    const reader = new ByteReader(bytes, body, end);
    if (reader.u16() === 0) reader.fail(Reason.protocolError);
    if (version === 5) reader.properties(allowedProperties.unsubscribe);
    if (reader.isAtEnd) reader.fail(Reason.protocolError);
    while (!reader.isAtEnd) reader.text();
    return faultOf(reader, bytes, at, 2) ?? decoded<IUnsubscribePacket>('unsubscribe', bytes, at, end, version);
  },

  /** PUBACK, PUBREC, PUBREL or PUBCOMP: the packet id is all that is used of them. */
  acknowledgement(bytes: Buffer, at: number, body: number, end: number, version: number): { readonly packetId: number } | Fault {
    const reader = new ByteReader(bytes, body, end);
    const packetId = reader.u16();
    if (packetId === 0) reader.fail(Reason.protocolError);
    if (version === 5 && !reader.isAtEnd) reader.u8();
    if (version === 5 && !reader.isAtEnd) reader.properties(allowedProperties.acknowledgement);
    reader.end();
    return faultOf(reader, bytes, at, (bytes[at] as number) >> 4 === PacketType.pubrel ? 2 : 0) ?? { packetId };
  },

  /** PINGREQ and DISCONNECT: nothing in them matters, so they are only checked. */
  plain(bytes: Buffer, at: number, body: number, end: number, version: number): Fault | undefined {
    const reader = new ByteReader(bytes, body, end);
    if ((bytes[at] as number) >> 4 === PacketType.disconnect && version === 5) {
      if (!reader.isAtEnd) reader.u8();
      if (!reader.isAtEnd) reader.properties(allowedProperties.disconnect);
    }
    reader.end();
    return faultOf(reader, bytes, at, 0);
  },
};

/** True for a fault, false for a packet. */
export function isFault(value: object): value is Fault {
  return 'reason' in value;
}

/** Encodes a packet for a client of that version. */
export function encodePacket(packet: Packet, version: number): Buffer {
  return generate(packet, { protocolVersion: version });
}

function checkConnect(bytes: Buffer, at: number, body: number, end: number): Fault | undefined {
  const reader = new ByteReader(bytes, body, end);
  const nameStart = reader.text();
  const name = bytes.toString('latin1', nameStart, reader.at);
  const version = reader.u8();
  if (name === 'MQTT' && version !== 4 && version !== 5) return { reason: Reason.malformedPacket, unacceptableVersion: true };
  if (name !== 'MQTT' && (name !== 'MQIsdp' || version !== 3)) reader.fail(Reason.malformedPacket);
  const flags = reader.u8();
  const hasWill = (flags & 0x04) !== 0;
  // MQTT 3.1.1 §3.1.2.3 to §3.1.2.9.
  if ((flags & 0x01) !== 0 || (flags & 0x18) === 0x18 || (!hasWill && (flags & 0x38) !== 0)) reader.fail(Reason.malformedPacket);
  if (version !== 5 && (flags & 0xc0) === 0x40) reader.fail(Reason.malformedPacket);
  reader.u16();
  if (version === 5) reader.properties(allowedProperties.connect);
  reader.text();
  if (hasWill) {
    if (version === 5) reader.properties(allowedProperties.will);
    const topicStart = reader.text();
    if (topicStart === reader.at || hasWildcard(bytes, topicStart, reader.at)) reader.fail(Reason.malformedPacket);
    reader.binary();
  }
  if ((flags & 0x80) !== 0) reader.text();
  if ((flags & 0x40) !== 0) reader.binary();
  reader.end();
  return faultOf(reader, bytes, at, 0);
}

function faultOf(reader: ByteReader, bytes: Buffer, at: number, flags: number): Fault | undefined {
  if (((bytes[at] as number) & 0x0f) !== flags) return { reason: Reason.malformedPacket };
  return reader.fault === 0 ? undefined : { reason: reader.fault };
}

/** Lets `mqtt-packet` decode a packet that was checked; a parser lives for one packet, so it keeps nothing of it. */
function decoded<P extends Packet>(cmd: P['cmd'], bytes: Buffer, at: number, end: number, version: number): P | Fault {
  let packet: Packet | undefined;
  const once = parser({ protocolVersion: version });
  once.on('packet', (read) => (packet = read));
  once.on('error', () => undefined);
  once.parse(bytes.subarray(at, end));
  return packet?.cmd === cmd ? (packet as P) : { reason: Reason.malformedPacket };
}
