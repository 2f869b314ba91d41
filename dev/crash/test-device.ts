import { connect, type Socket } from 'node:net';
import { generate, parser, type IPublishPacket } from 'mqtt-packet';

/** Keys that readings without a time rotate over, so that two of one millisecond never share a key. */
export const BARE_KEYS = 64;
const IN_FLIGHT = 10;

interface Sent {
  readonly sequence: number;
  readonly packet: IPublishPacket;
}

/**
 * A device as MQTT 3.1.1 wants it: ten messages in flight, and after a lost connection every message that
 * was not acknowledged is sent again with the same packet id and DUP. Even sequences carry a time of their
 * own, odd ones none.
 */
export class TestDevice {
  readonly token: string;
  readonly baseMs: number;
  readonly acknowledged = new Set<number>();
  readonly #unacknowledged = new Map<number, Sent>();
  #next = 0;
  #nextPacketId = 1;
  #socket: Socket | undefined;
  #isSending = false;

  constructor(token: string, baseMs: number) {
    this.token = token;
    this.baseMs = baseMs;
  }

  /** Connects, resends what is open and keeps sending. Resolves when the connection is accepted. */
  start(port: number): Promise<void> {
    this.#isSending = true;
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      this.#socket = socket;
      const packets = parser();
      packets.on('packet', (packet) => {
        if (packet.cmd === 'connack') {
          if (packet.returnCode !== 0) return reject(new Error(`refused with code ${packet.returnCode}`));
          this.#resend(socket);
          this.#fill(socket);
          resolve();
        } else if (packet.cmd === 'puback') {
          this.#puback(packet.messageId ?? 0);
          this.#fill(socket);
        }
      });
      socket.on('connect', () =>
        socket.write(
          generate({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, clientId: this.token, keepalive: 0, username: this.token }),
        ),
      );
      socket.on('data', (chunk) => packets.parse(chunk));
      socket.on('error', reject);
      socket.on('close', () => (this.#socket = undefined));
    });
  }

  /** No new messages; waits until all that were sent are acknowledged, or the time is up. */
  async finish(timeoutMs: number): Promise<void> {
    this.#isSending = false;
    const until = performance.now() + timeoutMs;
    while (this.#unacknowledged.size > 0 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
    this.#socket?.destroy();
  }

  /** Drops the connection without a word. */
  drop(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  get openCount(): number {
    return this.#unacknowledged.size;
  }

  get sentCount(): number {
    return this.#next;
  }

  #fill(socket: Socket): void {
    while (this.#isSending && this.#unacknowledged.size < IN_FLIGHT && !socket.destroyed) {
      const sequence = this.#next++;
      const packetId = this.#nextPacketId;
      this.#nextPacketId = (this.#nextPacketId % 65_535) + 1;
      const packet: IPublishPacket = {
        cmd: 'publish',
        topic: 'v1/devices/me/telemetry',
        qos: 1,
        dup: false,
        retain: false,
        messageId: packetId,
        payload: this.#payload(sequence),
      };
      this.#unacknowledged.set(packetId, { sequence, packet });
      socket.write(generate(packet));
    }
  }

  /** `n` is the sequence in every reading, for the rule chain that watches the order. */
  #payload(sequence: number): string {
    if (sequence % 2 === 0) return `{"ts":${this.baseMs + sequence},"values":{"timed":${sequence},"n":${sequence}}}`;
    return `{"bare${sequence % BARE_KEYS}":${sequence},"n":${sequence}}`;
  }

  #resend(socket: Socket): void {
    for (const { packet } of this.#unacknowledged.values()) socket.write(generate({ ...packet, dup: true }));
  }

  #puback(packetId: number): void {
    const sent = this.#unacknowledged.get(packetId);
    if (sent === undefined) return;
    this.#unacknowledged.delete(packetId);
    this.acknowledged.add(sent.sequence);
  }
}
