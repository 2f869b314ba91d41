import type { Alarm, EntityId, StoredValue, TenantId, ValueKind } from '@fieldline/model';
import {
  isStoredWrite,
  ValueUse,
  type AcceptedPacket,
  type AlarmRemoval,
  type AttributeRemoval,
  type AttributeWrite,
  type CommitUnit,
  type DeadLetter,
  type HandOver,
  type NodeStateWrite,
  type PointRemoval,
  type RecordInsert,
  type TraceBounds,
  type TracePart,
} from '@fieldline/ports';

export interface MemoryPoint {
  readonly tenantId: TenantId;
  readonly entity: EntityId;
  readonly key: string;
  readonly tsMs: number;
  readonly kind: ValueKind;
  readonly value: StoredValue;
  /** 0: as long as the tenant says. */
  readonly ttlMs: number;
  /** Of `ValueUse`. */
  readonly uses: number;
}

export type PointRange = Pick<PointRemoval, 'startMs' | 'endMs' | 'latest'>;
export type PointChange = MemoryPoint | PointRemoval;
export const isRemoval = (change: PointChange): change is PointRemoval => 'startMs' in change;

export type AlarmChange = { readonly alarm: Alarm; readonly base: Alarm | undefined } | { readonly removedId: string; readonly tenantId: TenantId };

/** A commit unit as plain lists, in the order things were added. */
export class MemoryUnit implements CommitUnit {
  readonly pointChanges: PointChange[] = [];
  readonly attributeChanges: (AttributeWrite | AttributeRemoval)[] = [];
  /** Attributes that are not stored. */
  readonly toldAttributes: AttributeWrite[] = [];
  readonly alarmChanges: AlarmChange[] = [];
  readonly removedEntities: { readonly tenantId: TenantId; readonly entity: EntityId }[] = [];
  readonly removedTenants: TenantId[] = [];
  readonly records: RecordInsert[] = [];
  readonly deadLetters: DeadLetter[] = [];
  readonly removedDeadLetters = new Set<string>();
  readonly traces: TracePart[] = [];
  readonly traceTrims: { readonly tenantId: TenantId; readonly bounds: TraceBounds }[] = [];
  readonly handOverChanges: (HandOver | { readonly doneId: string })[] = [];
  readonly nodeStates: NodeStateWrite[] = [];
  readonly packets: AcceptedPacket[] = [];

  get isEmpty(): boolean {
    const changes = [this.pointChanges, this.attributeChanges, this.alarmChanges, this.removedEntities, this.removedTenants, this.records];
    const leftToDo = [this.toldAttributes, this.deadLetters, this.traces, this.traceTrims, this.handOverChanges, this.nodeStates, this.packets];
    return this.removedDeadLetters.size === 0 && [...changes, ...leftToDo].every((list) => list.length === 0);
  }

  point(
    tenantId: TenantId,
    entity: EntityId,
    key: string,
    tsMs: number,
    kind: ValueKind,
    value: StoredValue,
    ttlMs: number,
    uses: number = ValueUse.all,
  ): void {
    this.pointChanges.push({ tenantId, entity: { ...entity }, key, tsMs, kind, value, ttlMs, uses });
  }

  removePoints(removal: PointRemoval): void {
    this.pointChanges.push({ ...removal, entity: { ...removal.entity } });
  }

  attribute(write: AttributeWrite): void {
    if (isStoredWrite(write)) this.attributeChanges.push(write);
    else this.toldAttributes.push(write);
  }

  removeAttribute(removal: AttributeRemoval): void {
    this.attributeChanges.push(removal);
  }

  alarm(alarm: Alarm, base?: Alarm): void {
    this.alarmChanges.push({ alarm: structuredClone(alarm), base: structuredClone(base) });
  }

  removeAlarm(tenantId: TenantId, id: string): void {
    this.alarmChanges.push({ tenantId, removedId: id });
  }

  get removedAlarms(): readonly AlarmRemoval[] {
    const byThemselves = this.alarmChanges.flatMap((change) => ('removedId' in change ? [{ tenantId: change.tenantId, id: change.removedId }] : []));
    return [...byThemselves, ...this.removedEntities.map(({ tenantId, entity }) => ({ tenantId, originator: entity }))];
  }

  removeEntity(tenantId: TenantId, entity: EntityId): void {
    this.removedEntities.push({ tenantId, entity: { ...entity } });
  }

  removeTenant(tenantId: TenantId): void {
    this.removedTenants.push(tenantId);
  }

  record(insert: RecordInsert): void {
    this.records.push(insert);
  }

  deadLetter(letter: DeadLetter): void {
    this.deadLetters.push(letter);
  }

  removeDeadLetters(tenantId: TenantId, ids: readonly string[]): void {
    for (const id of ids) this.removedDeadLetters.add(`${tenantId} ${id}`);
  }

  trace(part: TracePart): void {
    this.traces.push(part);
  }

  trimTraces(tenantId: TenantId, bounds: TraceBounds): void {
    this.traceTrims.push({ tenantId, bounds });
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
