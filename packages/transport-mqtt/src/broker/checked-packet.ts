import type { TenantId } from '@fieldline/model';
import { isTopicFilter } from '@fieldline/protocol';
import { decodeControl, encodePacket, isFault, PacketType } from '../control-packet.js';
import { PublishReader } from '../publish-packet.js';
import { innerTopic } from './topic-names.js';

const VERSION = 4;
const reader = new PublishReader();

/** Whether a CONNECT is one by the specification; any version, because the broker answers those that it does not speak. */
export function isConnect(bytes: Buffer, at: number, body: number, end: number): boolean {
  return (bytes[at] as number) >> 4 === PacketType.connect && !isFault(decodeControl.connect(bytes, at, body, end));
}

/**
 * Checks a packet after the CONNECT, because `mqtt-packet` in the broker reads leniently. Filters get the level of the tenant
 * here, of SUBSCRIBE and UNSUBSCRIBE alike: the broker asks about the former only.
 *
 * @returns the bytes for the broker; undefined where the packet is none
 */
export function checkedPacket(bytes: Buffer, at: number, body: number, end: number, tenantId: TenantId): Buffer | undefined {
  switch ((bytes[at] as number) >> 4) {
    case PacketType.publish:
      return reader.read(bytes, at, body, end, false) === 0 && reader.checkTopic(bytes) === 0 ? bytes.subarray(at, end) : undefined;
    case PacketType.subscribe: {
      const packet = decodeControl.subscribe(bytes, at, body, end, VERSION);
      if (isFault(packet) || !packet.subscriptions.every(({ topic }) => isTopicFilter(topic))) return undefined;
      const subscriptions = packet.subscriptions.map(({ topic, qos }) => ({ topic: innerTopic(tenantId, topic), qos }));
      return encodePacket({ cmd: 'subscribe', messageId: packet.messageId ?? 0, subscriptions }, VERSION);
    }
    case PacketType.unsubscribe: {
      const packet = decodeControl.unsubscribe(bytes, at, body, end, VERSION);
      if (isFault(packet) || !packet.unsubscriptions.every(isTopicFilter)) return undefined;
      const unsubscriptions = packet.unsubscriptions.map((filter) => innerTopic(tenantId, filter));
      return encodePacket({ cmd: 'unsubscribe', messageId: packet.messageId ?? 0, unsubscriptions }, VERSION);
    }
    case PacketType.puback:
    case PacketType.pubrec:
    case PacketType.pubrel:
    case PacketType.pubcomp:
      return isFault(decodeControl.acknowledgement(bytes, at, body, end, VERSION)) ? undefined : bytes.subarray(at, end);
    case PacketType.pingreq:
    case PacketType.disconnect:
      return decodeControl.plain(bytes, at, body, end, VERSION) === undefined ? bytes.subarray(at, end) : undefined;
    default:
      return undefined;
  }
}
