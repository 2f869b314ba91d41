import { pageOf, type JsonValue, type Page, type PageQuery, type TenantId } from '@fieldline/model';
import type { AcceptedPacket, DeadLetter, HandOver } from '@fieldline/ports';
import { PACKETS_A_DEVICE } from './limits.js';
import type { MemoryUnit } from './memory-unit.js';
import type { RemovedOwners } from './removed-owners.js';

const nodeKey = (tenantId: string, ruleNodeId: string): string => `${tenantId} ${ruleNodeId}`;

/** What the engine needs to go on after a restart: node state, hand-overs, dead letters, remembered publishes. */
export class MemoryLeftToDo {
  readonly #nodeStates = new Map<string, Map<string, JsonValue>>();
  readonly #handOvers = new Map<string, HandOver>();
  #deadLetters: DeadLetter[] = [];
  readonly #packets = new Map<string, AcceptedPacket[]>();

  apply(unit: MemoryUnit, removed: RemovedOwners): void {
    this.#deadLetters.push(...unit.deadLetters.filter(({ message }) => !removed.hasTenant(message.tenantId)));
    for (const change of unit.handOverChanges) {
      if ('doneId' in change) this.#handOvers.delete(change.doneId);
      else if (!removed.hasTenant(change.message.tenantId)) this.#handOvers.set(change.id, change);
    }
    for (const { tenantId, ruleNodeId, entityId, state } of unit.nodeStates) {
      if (removed.hasTenant(tenantId)) continue;
      const key = nodeKey(tenantId, ruleNodeId);
      const ofNode = this.#nodeStates.get(key) ?? new Map<string, JsonValue>();
      this.#nodeStates.set(key, ofNode);
      if (state === undefined) ofNode.delete(entityId);
      else ofNode.set(entityId, state);
    }
    for (const packet of unit.packets) {
      if (removed.has(packet.tenantId, { entityType: 'DEVICE', id: packet.deviceId })) continue;
      const ofDevice = this.#packets.get(packet.deviceId) ?? [];
      this.#packets.set(packet.deviceId, ofDevice);
      ofDevice.push(packet);
      if (ofDevice.length > PACKETS_A_DEVICE) ofDevice.shift();
    }
  }

  removeTenant(tenantId: string): void {
    this.#deadLetters = this.#deadLetters.filter(({ message }) => message.tenantId !== tenantId);
    for (const [id, { message }] of this.#handOvers) if (message.tenantId === tenantId) this.#handOvers.delete(id);
    for (const key of this.#nodeStates.keys()) if (key.startsWith(nodeKey(tenantId, ''))) this.#nodeStates.delete(key);
  }

  removePackets(isRemoved: (packet: AcceptedPacket) => boolean): void {
    for (const [deviceId, [first]] of this.#packets) if (first !== undefined && isRemoved(first)) this.#packets.delete(deviceId);
  }

  nodeStates(tenantId: TenantId, ruleNodeId: string, limit: number): { entityId: string; state: JsonValue }[] {
    const states = [...(this.#nodeStates.get(nodeKey(tenantId, ruleNodeId)) ?? [])];
    return states.slice(0, limit).map(([entityId, state]) => ({ entityId, state }));
  }

  openHandOvers(): HandOver[] {
    return [...this.#handOvers.values()];
  }

  deadLetters(tenantId: TenantId, query: PageQuery): Page<DeadLetter> {
    const rows = this.#deadLetters.filter(({ message }) => message.tenantId === tenantId).reverse();
    const searched = query.textSearch?.toLowerCase() ?? '';
    const found = rows.filter((letter) => `${letter.code}\n${letter.error}`.toLowerCase().includes(searched));
    return pageOf(found.slice(query.page * query.pageSize, (query.page + 1) * query.pageSize), query, found.length);
  }

  acceptedAt(deviceId: string, packetId: number, payloadHash: number): number | undefined {
    return this.#packets.get(deviceId)?.findLast((packet) => packet.packetId === packetId && packet.payloadHash === payloadHash)?.tsMs;
  }
}
