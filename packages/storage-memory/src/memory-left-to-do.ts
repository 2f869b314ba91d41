import { pageOf, type JsonValue, type Page, type TenantId } from '@fieldline/model';
import type { AcceptedPacket, DeadLetter, DeadLetterQuery, HandOver, HandOverCount } from '@fieldline/ports';
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
    if (unit.removedDeadLetters.size > 0) {
      this.#deadLetters = this.#deadLetters.filter(({ id, message }) => !unit.removedDeadLetters.has(`${message.tenantId} ${id}`));
    }
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

  handOverCounts(): HandOverCount[] {
    const ofNodes = Map.groupBy(this.#handOvers.values(), ({ at }) => at.ruleNodeId);
    return [...ofNodes].map(([ruleNodeId, works]) => {
      const ready = works.filter(({ dueMs }) => dueMs === undefined).length;
      return { ruleNodeId, ready, held: works.length - ready };
    });
  }

  readyHandOvers(ruleNodeId: string, limit: number): HandOver[] {
    return this.openHandOvers()
      .filter(({ at, dueMs }) => dueMs === undefined && at.ruleNodeId === ruleNodeId)
      .slice(0, limit);
  }

  heldHandOvers(limit: number): HandOver[] {
    const held = this.openHandOvers().filter(({ dueMs }) => dueMs !== undefined);
    return held.sort((one, other) => (one.dueMs ?? 0) - (other.dueMs ?? 0)).slice(0, limit);
  }

  deadLetters(tenantId: TenantId, query: DeadLetterQuery): Page<DeadLetter> {
    const found = this.#deadLetters.filter((letter) => letter.message.tenantId === tenantId && isAskedFor(letter, query)).reverse();
    return pageOf(found.slice(query.page * query.pageSize, (query.page + 1) * query.pageSize), query, found.length);
  }

  deadLetterCounts(tenantId: TenantId): { ruleChainId: string; count: number }[] {
    const counts = new Map<string, number>();
    for (const { message, ruleChainId } of this.#deadLetters) {
      if (message.tenantId === tenantId) counts.set(ruleChainId, (counts.get(ruleChainId) ?? 0) + 1);
    }
    return [...counts].map(([ruleChainId, count]) => ({ ruleChainId, count }));
  }

  acceptedAt(deviceId: string, packetId: number, payloadHash: number): number | undefined {
    return this.#packets.get(deviceId)?.findLast((packet) => packet.packetId === packetId && packet.payloadHash === payloadHash)?.tsMs;
  }
}

function isAskedFor(
  letter: DeadLetter,
  { textSearch = '', ids, ruleChainId, ruleNodeId, code, createdFromMs, createdToMs }: DeadLetterQuery,
): boolean {
  if (!`${letter.code}\n${letter.error}`.toLowerCase().includes(textSearch.toLowerCase())) return false;
  if (ids !== undefined && !ids.includes(letter.id)) return false;
  if (ruleChainId !== undefined && letter.ruleChainId !== ruleChainId) return false;
  if (ruleNodeId !== undefined && letter.ruleNodeId !== ruleNodeId) return false;
  if (code !== undefined && letter.code !== code) return false;
  return letter.failedAtMs >= (createdFromMs ?? -Infinity) && letter.failedAtMs <= (createdToMs ?? Infinity);
}
