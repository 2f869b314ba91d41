import type { AcceptedPacket } from '@fieldline/ports';
import { PACKETS_A_DEVICE } from '../limits.js';
import { packetKey } from './mongo-unit.js';

/** The last publishes of each device that are durable, which are asked about without waiting. */
export class PacketMemory {
  readonly #devices = new Map<string, Map<string, AcceptedPacket>>();

  /** @returns the keys of those that are forgotten for it */
  remember(packet: AcceptedPacket): readonly string[] {
    const { deviceId, packetId, payloadHash } = packet;
    const ofDevice = this.#devices.get(deviceId) ?? new Map<string, AcceptedPacket>();
    this.#devices.set(deviceId, ofDevice);
    const key = packetKey(deviceId, packetId, payloadHash);
    ofDevice.delete(key);
    ofDevice.set(key, packet);
    const forgotten = [...ofDevice.keys()].slice(0, Math.max(0, ofDevice.size - PACKETS_A_DEVICE));
    for (const old of forgotten) ofDevice.delete(old);
    return forgotten;
  }

  find(deviceId: string, key: string): AcceptedPacket | undefined {
    return this.#devices.get(deviceId)?.get(key);
  }

  removeWhere(isRemoved: (packet: AcceptedPacket) => boolean): void {
    for (const [deviceId, packets] of this.#devices) {
      const [first] = packets.values();
      if (first !== undefined && isRemoved(first)) this.#devices.delete(deviceId);
    }
  }
}
