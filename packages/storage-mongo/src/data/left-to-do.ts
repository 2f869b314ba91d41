import type { EntityId } from '@fieldline/model';
import type { AcceptedPacket, HandOver } from '@fieldline/ports';
import type { DataCollections } from './data-collections.js';
import { deadLetterDocument, handOverDocument, nodeStateDocument, nodeStateId, packetDocument, type HandOverDocument } from './data-documents.js';
import { storedBy, type DataStep } from './data-steps.js';
import type { MongoUnit } from './mongo-unit.js';
import { PacketMemory } from './packet-memory.js';
import type { RemovedOwners } from './removed-owners.js';

/** What must be known of hand-overs, dead letters and publishes to write the next ones: their order, and which are the last. */
export class LeftToDo {
  readonly packets = new PacketMemory();
  /** Ids of publishes that newer ones pushed out of the memory; the next group removes them. */
  forgotten: string[] = [];
  readonly #places = new Map<string, number>();
  #seq = 0;

  static async read({ packet, handOver, deadLetter }: DataCollections): Promise<LeftToDo> {
    const leftToDo = new LeftToDo();
    for await (const { _id: _, seq, ...remembered } of packet.stream({}, { sort: { seq: 1 } })) {
      leftToDo.forgotten.push(...leftToDo.packets.remember(remembered));
      leftToDo.#seq = Math.max(leftToDo.#seq, seq);
    }
    for await (const { _id, seq } of handOver.stream({}, { fields: ['seq'] })) {
      leftToDo.#places.set(_id, seq);
      leftToDo.#seq = Math.max(leftToDo.#seq, seq);
    }
    const [newest] = await deadLetter.find({}, { sort: { seq: -1 }, limit: 1 });
    leftToDo.#seq = Math.max(leftToDo.#seq, newest?.seq ?? 0);
    return leftToDo;
  }

  nextSeq(): number {
    this.#seq += 1;
    return this.#seq;
  }

  /** The place of a hand-over that is open, or of a new one. */
  placeOf(id: string): number {
    return this.#places.get(id) ?? this.nextSeq();
  }

  /** The units are durable. */
  settled(units: readonly MongoUnit[], steps: readonly DataStep[], removed: RemovedOwners): void {
    this.forgotten = [];
    for (const change of units.flatMap((unit) => unit.handOverChanges)) if ('doneId' in change) this.#places.delete(change.doneId);
    for (const step of steps) {
      if (step.to !== 'handOver') continue;
      for (const { _id, seq } of storedBy(step) as readonly HandOverDocument[]) this.#places.set(_id, seq);
    }
    const isRemoved = ({ tenantId, deviceId }: AcceptedPacket): boolean => removed.has(tenantId, deviceOf(deviceId), units.at(-1)?.number);
    for (const packet of packetsOf(units)) if (!isRemoved(packet)) this.forgotten.push(...this.packets.remember(packet));
    if (units.some((unit) => unit.removedOwners.length > 0)) this.packets.removeWhere(isRemoved);
  }
}

export const deviceOf = (id: string): EntityId => ({ entityType: 'DEVICE', id });

/** Tells whether a group keeps what is about an entity, or without one, about a tenant. */
export type IsKept = (tenantId: string, entity: EntityId | undefined) => boolean;

/** Node state, hand-overs, dead letters and remembered publishes of a group. */
export function leftToDoSteps(leftToDo: LeftToDo, units: readonly MongoUnit[], isKept: IsKept): readonly DataStep[] {
  const letters = units.flatMap((unit) => unit.deadLetters).filter(({ message }) => isKept(message.tenantId, undefined));
  return [
    ...nodeStateSteps(units, isKept),
    ...handOverSteps(leftToDo, units, isKept),
    { to: 'deadLetter', add: letters.map((letter) => deadLetterDocument(letter, leftToDo.nextSeq())) },
    ...letterRemovals(units),
    ...packetSteps(leftToDo, units, isKept),
  ];
}

function letterRemovals(units: readonly MongoUnit[]): readonly DataStep[] {
  const byTenant = Map.groupBy(
    units.flatMap((unit) => unit.removedDeadLetters),
    ({ tenantId }) => tenantId,
  );
  return [...byTenant].map(([tenantId, removed]) => ({ to: 'deadLetter', remove: { tenantId, _id: { $in: removed.map(({ id }) => id) } } }));
}

function nodeStateSteps(units: readonly MongoUnit[], isKept: IsKept): readonly DataStep[] {
  const last = new Map(units.flatMap((unit) => unit.nodeStates).map((write) => [nodeStateId(write), write]));
  const kept = [...last.values()].filter(({ tenantId }) => isKept(tenantId, undefined));
  const gone = kept.filter(({ state }) => state === undefined).map(nodeStateId);
  const removal: readonly DataStep[] = gone.length === 0 ? [] : [{ to: 'nodeState', remove: { _id: { $in: gone } } }];
  return [{ to: 'nodeState', put: kept.filter(({ state }) => state !== undefined).map(nodeStateDocument) }, ...removal];
}

function handOverSteps(leftToDo: LeftToDo, units: readonly MongoUnit[], isKept: IsKept): readonly DataStep[] {
  const open = new Map<string, HandOver>();
  const done = new Set<string>();
  /** Made again after they were done, at the end. */
  const again = new Set<string>();
  for (const change of units.flatMap((unit) => unit.handOverChanges)) {
    if ('doneId' in change) {
      open.delete(change.doneId);
      done.add(change.doneId);
    } else if (isKept(change.message.tenantId, undefined)) {
      open.set(change.id, change);
      if (done.delete(change.id)) again.add(change.id);
    }
  }
  const placeOf = ({ id }: HandOver): number => (again.has(id) ? leftToDo.nextSeq() : leftToDo.placeOf(id));
  const removal: readonly DataStep[] = done.size === 0 ? [] : [{ to: 'handOver', remove: { _id: { $in: [...done] } } }];
  return [{ to: 'handOver', put: [...open.values()].map((work) => handOverDocument(work, placeOf(work))) }, ...removal];
}

function packetSteps(leftToDo: LeftToDo, units: readonly MongoUnit[], isKept: IsKept): readonly DataStep[] {
  const kept = packetsOf(units).filter(({ tenantId, deviceId }) => isKept(tenantId, deviceOf(deviceId)));
  const removal: readonly DataStep[] = leftToDo.forgotten.length === 0 ? [] : [{ to: 'packet', remove: { _id: { $in: [...leftToDo.forgotten] } } }];
  return [...removal, { to: 'packet', put: kept.map((packet) => packetDocument(packet, leftToDo.nextSeq())) }];
}

/** The last of each packet id and payload, in the order in which they were accepted. */
function packetsOf(units: readonly MongoUnit[]): readonly AcceptedPacket[] {
  const packets = new Map<string, AcceptedPacket>();
  for (const [key, packet] of units.flatMap((unit) => [...unit.packets])) {
    packets.delete(key);
    packets.set(key, packet);
  }
  return [...packets.values()];
}
