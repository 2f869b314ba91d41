import type { ISubscribePacket, IUnsubscribePacket } from 'mqtt-packet';
import type { ConnectRequest } from './connect-request.js';
import { decodeControl, encodePacket, isFault, PacketType, type Fault } from './control-packet.js';
import { Reason } from './reason-codes.js';
import { pingResponse } from './reply-buffer.js';
import type { SentWindow } from './sent-window.js';
import type { SessionLink } from './session-context.js';
import { Subscriptions, type SubscriptionRules } from './subscriptions.js';

/** Answers every packet of a session but PUBLISH. */
export class ControlAnswers {
  readonly #request: ConnectRequest;
  readonly #link: SessionLink;
  readonly #sent: SentWindow;
  readonly #subscriptions: Subscriptions;

  constructor(request: ConnectRequest, link: SessionLink, sent: SentWindow, rules: SubscriptionRules) {
    this.#request = request;
    this.#link = link;
    this.#sent = sent;
    this.#subscriptions = new Subscriptions(rules);
  }

  /** @returns what is wrong with the packet, for which the connection must be closed */
  answer(bytes: Buffer, at: number, body: number, end: number): Fault | undefined {
    const { version } = this.#request;
    const type = (bytes[at] as number) >> 4;
    switch (type) {
      case PacketType.pingreq: {
        const fault = decodeControl.plain(bytes, at, body, end, version);
        if (fault === undefined) this.#link.write(pingResponse);
        return fault;
      }
      case PacketType.subscribe: {
        const packet = decodeControl.subscribe(bytes, at, body, end, version);
        return isFault(packet) ? packet : this.#subscribe(packet);
      }
      case PacketType.unsubscribe: {
        const packet = decodeControl.unsubscribe(bytes, at, body, end, version);
        return isFault(packet) ? packet : this.#unsubscribe(packet);
      }
      case PacketType.puback:
      case PacketType.pubrel: {
        const packet = decodeControl.acknowledgement(bytes, at, body, end, version);
        if (isFault(packet)) return packet;
        if (type === PacketType.puback) this.#sent.answered(packet.packetId);
        // QoS 2 is answered by PUBACK (device-api.md §3.7), so a PUBREL can only be a client's late memory.
        else this.#send({ cmd: 'pubcomp', messageId: packet.packetId, reasonCode: Reason.packetIdentifierNotFound });
        return undefined;
      }
      case PacketType.disconnect: {
        const fault = decodeControl.plain(bytes, at, body, end, version);
        if (fault === undefined) this.#link.closeQuietly();
        return fault;
      }
      default:
        // A second CONNECT, AUTH without a method, or what only a server sends (MQTT 5 §3.1.0, §4.12).
        return { reason: Reason.protocolError };
    }
  }

  #subscribe(packet: ISubscribePacket): undefined {
    this.#send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: this.#subscriptions.subscribe(packet.subscriptions) });
  }

  #unsubscribe(packet: IUnsubscribePacket): undefined {
    this.#send({ cmd: 'unsuback', messageId: packet.messageId ?? 0, granted: this.#subscriptions.unsubscribe(packet.unsubscriptions) });
  }

  #send(packet: Parameters<typeof encodePacket>[0]): void {
    const bytes = encodePacket(packet, this.#request.version);
    if (bytes.length <= this.#request.packetBytesMax) this.#link.write(bytes);
  }
}
