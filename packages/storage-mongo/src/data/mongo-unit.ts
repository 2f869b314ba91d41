import type { Alarm, DataPoint, EntityId, StoredValue, TenantId, ValueKind } from '@fieldline/model';
import {
  isStoredWrite,
  ValueUse,
  type AcceptedPacket,
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

export interface UnitPoint extends DataPoint {
  readonly tenantId: TenantId;
  readonly entity: EntityId;
  /** Key of the entity, as `ownerKey` gives it. */
  readonly owner: string;
  /** 0: as long as the tenant says. */
  readonly ttlMs: number;
  /** Of `ValueUse`. */
  readonly uses: number;
}

export interface UnitRemoval extends PointRemoval {
  /** Key of the entity, as `ownerKey` gives it. */
  readonly owner: string;
}

export type PointChange = UnitPoint | UnitRemoval;
export const isRemoval = (change: PointChange): change is UnitRemoval => 'startMs' in change;

export type AlarmChange = { readonly alarm: Alarm; readonly base: Alarm | undefined } | { readonly removedId: string; readonly tenantId: TenantId };

/** An entity, or where it says none, everything of the tenant. */
export interface RemovedOwner {
  readonly tenantId: TenantId;
  readonly entity?: EntityId | undefined;
}

/** How documents name an entity. */
export const entityKey = ({ entityType, id }: EntityId): string => `${entityType} ${id}`;
export const ownerKey = (tenantId: string, entity: EntityId): string => `${tenantId} ${entityKey(entity)}`;
export const packetKey = (deviceId: string, packetId: number, payloadHash: number): string => `${deviceId} ${packetId} ${payloadHash}`;

/**
 * As it is read back: UTF-8 has no lone halves of surrogate pairs. Keys that differ in nothing else are one, and no update
 * may name the field of one twice.
 */
export function storedText<T>(value: T): T {
  return typeof value === 'string' ? (value.toWellFormed() as T) : value;
}

/** A commit unit as plain lists, in the order things were added. */
export class MongoUnit implements CommitUnit {
  readonly pointChanges: PointChange[] = [];
  readonly attributeChanges: (AttributeWrite | AttributeRemoval)[] = [];
  /** Attributes that are not stored. */
  readonly toldAttributes: AttributeWrite[] = [];
  readonly alarmChanges: AlarmChange[] = [];
  readonly removedOwners: RemovedOwner[] = [];
  readonly records: RecordInsert[] = [];
  readonly deadLetters: DeadLetter[] = [];
  readonly removedDeadLetters: { readonly tenantId: TenantId; readonly id: string }[] = [];
  readonly traces: TracePart[] = [];
  readonly traceTrims: { readonly tenantId: TenantId; readonly bounds: TraceBounds }[] = [];
  readonly handOverChanges: (HandOver | { readonly doneId: string })[] = [];
  readonly nodeStates: NodeStateWrite[] = [];
  readonly packets = new Map<string, AcceptedPacket>();
  /** Counts the units given to commit; 0 until then. */
  number = 0;
  readonly #latest = new Map<string, Map<string, DataPoint>>();
  readonly #removedFrom = new Set<string>();
  #given: EntityId | undefined;
  #entity: { readonly tenantId: TenantId; readonly entity: EntityId; readonly owner: string } | undefined;

  get isEmpty(): boolean {
    const changes = [this.pointChanges, this.attributeChanges, this.alarmChanges, this.removedOwners, this.records];
    const leftToDo = [this.toldAttributes, this.deadLetters, this.removedDeadLetters, this.handOverChanges, this.nodeStates];
    const lists = [...changes, ...leftToDo, this.traces, this.traceTrims];
    return this.packets.size === 0 && lists.every((list) => list.length === 0);
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
    if (entity !== this.#given || tenantId !== this.#entity?.tenantId) {
      this.#given = entity;
      this.#entity = { tenantId, entity: { ...entity }, owner: ownerKey(tenantId, entity) };
    }
    const { owner } = this.#entity;
    const point = { key: storedText(key), tsMs, kind, value: storedText(value) };
    this.pointChanges.push({ tenantId, entity: this.#entity.entity, owner, ...point, ttlMs, uses });
    if ((uses & ValueUse.latest) === 0) return;
    const ofOwner = this.#latest.get(owner) ?? new Map<string, DataPoint>();
    this.#latest.set(owner, ofOwner);
    if (tsMs >= (ofOwner.get(point.key)?.tsMs ?? Number.NEGATIVE_INFINITY)) ofOwner.set(point.key, point);
  }

  removePoints(removal: PointRemoval): void {
    const owner = ownerKey(removal.tenantId, removal.entity);
    this.pointChanges.push({ ...removal, key: storedText(removal.key), entity: { ...removal.entity }, owner });
    this.#removedFrom.add(owner);
  }

  attribute(write: AttributeWrite): void {
    const stored = { ...write, key: storedText(write.key), value: storedText(write.value) };
    if (isStoredWrite(write)) this.attributeChanges.push(stored);
    else this.toldAttributes.push(stored);
  }

  removeAttribute({ tenantId, entity, scope, key }: AttributeRemoval): void {
    this.attributeChanges.push({ tenantId, entity, scope, key: storedText(key) });
  }

  alarm(alarm: Alarm, base?: Alarm): void {
    this.alarmChanges.push({ alarm: structuredClone(alarm), base: structuredClone(base) });
  }

  removeAlarm(tenantId: TenantId, id: string): void {
    this.alarmChanges.push({ tenantId, removedId: id });
  }

  removeEntity(tenantId: TenantId, entity: EntityId): void {
    this.removedOwners.push({ tenantId, entity: { ...entity } });
  }

  removeTenant(tenantId: TenantId): void {
    this.removedOwners.push({ tenantId });
  }

  record(insert: RecordInsert): void {
    this.records.push(insert);
  }

  deadLetter(letter: DeadLetter): void {
    this.deadLetters.push(letter);
  }

  removeDeadLetters(tenantId: TenantId, ids: readonly string[]): void {
    this.removedDeadLetters.push(...ids.map((id) => ({ tenantId, id })));
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
    const key = packetKey(accepted.deviceId, accepted.packetId, accepted.payloadHash);
    // Taken out first, so that it becomes the last.
    this.packets.delete(key);
    this.packets.set(key, accepted);
  }

  /** True where points of the entity are removed. */
  removesPointsOf(owner: string): boolean {
    return this.#removedFrom.has(owner);
  }

  /** The latest points of an entity in this unit, by key, as if it removed none. */
  latestOf(owner: string): ReadonlyMap<string, DataPoint> | undefined {
    return this.#latest.get(owner);
  }
}
