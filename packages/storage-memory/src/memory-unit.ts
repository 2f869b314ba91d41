import type { Alarm, EntityId, StoredValue, TenantId, ValueKind } from '@fieldline/model';
import type { AcceptedPacket, AttributeWrite, CommitUnit, DeadLetter, HandOver, NodeStateWrite } from '@fieldline/ports';

export interface MemoryPoint {
  readonly tenantId: TenantId;
  readonly entity: EntityId;
  readonly key: string;
  readonly tsMs: number;
  readonly kind: ValueKind;
  readonly value: StoredValue;
}

/** A commit unit as plain lists, in the order things were added. */
export class MemoryUnit implements CommitUnit {
  readonly points: MemoryPoint[] = [];
  readonly attributes: AttributeWrite[] = [];
  readonly alarms: Alarm[] = [];
  readonly deadLetters: DeadLetter[] = [];
  readonly handOverChanges: (HandOver | { readonly doneId: string })[] = [];
  readonly nodeStates: NodeStateWrite[] = [];
  readonly packets: AcceptedPacket[] = [];

  get isEmpty(): boolean {
    const lists = [this.points, this.attributes, this.alarms, this.deadLetters, this.handOverChanges, this.nodeStates, this.packets];
    return lists.every((list) => list.length === 0);
  }

  // The time to live is not kept: nothing here outlives the process.
  point(tenantId: TenantId, entity: EntityId, key: string, tsMs: number, kind: ValueKind, value: StoredValue): void {
    this.points.push({ tenantId, entity: { ...entity }, key, tsMs, kind, value });
  }

  attribute(write: AttributeWrite): void {
    this.attributes.push(write);
  }

  alarm(alarm: Alarm): void {
    this.alarms.push(structuredClone(alarm));
  }

  deadLetter(letter: DeadLetter): void {
    this.deadLetters.push(letter);
  }

  handOver(work: HandOver): void {
    this.handOverChanges.push(work);
  }

  handOverDone(id: string): void {
    this.handOverChanges.push({ doneId: id });
  }

  nodeState(write: NodeStateWrite): void {
    this.nodeStates.push(write);
  }

  packet(accepted: AcceptedPacket): void {
    this.packets.push(accepted);
  }
}
