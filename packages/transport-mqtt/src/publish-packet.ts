import { allowedProperties, ByteReader, hasWildcard } from './byte-reader.js';
import { Reason } from './reason-codes.js';

/**
 * Reads PUBLISH packets where they lie in the socket's buffer, without making an object a packet: the one
 * packet type that comes hundreds of thousands of times a second (docs/adr/0001-mqtt-session-layer.md has the
 * figures). The fields describe the packet read last.
 */
export class PublishReader {
  qos = 0;
  isRedelivery = false;
  topicStart = 0;
  topicEnd = 0;
  /** 0 for QoS 0. */
  packetId = 0;
  /** -1 where the packet has none. */
  topicAlias = -1;
  payloadStart = 0;
  payloadEnd = 0;

  /**
   * Checks everything but the characters of the topic, which `checkTopic` does where the topic is not a known one.
   *
   * @param body first byte after the fixed header
   * @returns 0, or the reason code of what is wrong
   */
  read(bytes: Uint8Array, at: number, body: number, end: number, isVersion5: boolean): number {
    const header = bytes[at] as number;
    const qos = (header >> 1) & 3;
    const isRedelivery = (header & 8) !== 0;
    // MQTT 3.1.1 §3.3.1: QoS 3 does not exist, and DUP needs a QoS.
    if (qos === 3 || (isRedelivery && qos === 0)) return Reason.malformedPacket;
    if (body + 2 > end) return Reason.malformedPacket;
    const topicStart = body + 2;
    const topicEnd = topicStart + (((bytes[body] as number) << 8) | (bytes[body + 1] as number));
    let next = topicEnd;
    let packetId = 0;
    if (qos > 0) {
      next += 2;
      if (next > end) return Reason.malformedPacket;
      packetId = ((bytes[topicEnd] as number) << 8) | (bytes[topicEnd + 1] as number);
      if (packetId === 0) return Reason.protocolError;
    } else if (next > end) return Reason.malformedPacket;
    this.topicAlias = -1;
    if (isVersion5) {
      if (next >= end) return Reason.malformedPacket;
      if (bytes[next] === 0) next += 1;
      else {
        const reader = new ByteReader(bytes, next, end);
        reader.properties(allowedProperties.publish);
        if (reader.fault !== 0) return reader.fault;
        this.topicAlias = reader.topicAlias;
        next = reader.at;
      }
    }
    this.qos = qos;
    this.isRedelivery = isRedelivery;
    this.topicStart = topicStart;
    this.topicEnd = topicEnd;
    this.packetId = packetId;
    this.payloadStart = next;
    this.payloadEnd = end;
    return 0;
  }

  /** Checks the topic as text: UTF-8, no NUL, no wildcard; empty only beside an alias. */
  checkTopic(bytes: Uint8Array): number {
    const { topicStart, topicEnd } = this;
    if (topicStart === topicEnd) return this.topicAlias > 0 ? 0 : Reason.protocolError;
    const reader = new ByteReader(bytes, topicStart - 2, topicEnd);
    reader.text();
    if (reader.fault !== 0) return reader.fault;
    return hasWildcard(bytes, topicStart, topicEnd) ? Reason.topicNameInvalid : 0;
  }
}
