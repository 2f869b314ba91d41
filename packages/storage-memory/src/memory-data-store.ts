import { assert, epochMs } from '@fieldline/kernel';
import type {
  Alarm,
  AlarmSeverity,
  Attribute,
  AttributeScope,
  DataPoint,
  EntityId,
  JsonValue,
  Page,
  PageQuery,
  PointColumns,
  TenantId,
} from '@fieldline/model';
import {
  historyErrors,
  storageErrors,
  type AggregatedPoint,
  type AggregateQuery,
  type AlarmQuery,
  type CommittedChanges,
  type CommitUnit,
  type DataStore,
  type DeadLetter,
  type DeadLetterQuery,
  type EntityChange,
  type EntityStore,
  type HandOver,
  type HandOverCount,
  type RangeQuery,
  type TraceHead,
  type TracePart,
  type TraceQuery,
} from '@fieldline/ports';
import { committedChanges } from './committed-changes.js';
import { MemoryAlarms } from './memory-alarms.js';
import { MemoryAttributes } from './memory-attributes.js';
import { memoryEntityStore } from './memory-entity-store.js';
import { MemoryLeftToDo } from './memory-left-to-do.js';
import { MemoryPoints, type MemoryClock } from './memory-points.js';
import { MemoryTraces } from './memory-traces.js';
import { MemoryUnit } from './memory-unit.js';
import { RemovedOwners } from './removed-owners.js';

export interface MemoryDataStoreOptions {
  /** The memory store of the control plane, which takes the records of units; one of its own if absent. */
  readonly entities?: EntityStore | undefined;
  /** Says which points have outlived their time to live; that of the system if absent. */
  readonly clock?: MemoryClock | undefined;
}

/** A data store that lives as long as the process: the reference every other adapter is measured against. */
export function memoryDataStore({ entities = memoryEntityStore(), clock = systemClock }: MemoryDataStoreOptions = {}): DataStore {
  return new MemoryDataStore(entities, clock);
}

const systemClock: MemoryClock = { nowMs: () => epochMs(Date.now()), monotonicMs: () => performance.now() };

class MemoryDataStore implements DataStore {
  readonly durability = 'memory';
  readonly #entities: EntityStore;
  readonly #points: MemoryPoints;
  readonly #attributes = new MemoryAttributes();
  readonly #alarms = new MemoryAlarms();
  readonly #leftToDo = new MemoryLeftToDo();
  readonly #traces = new MemoryTraces();
  readonly #removed = new RemovedOwners();
  readonly #listeners: ((changes: CommittedChanges) => void)[] = [];
  readonly #committed = new WeakSet<CommitUnit>();
  #told: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(entities: EntityStore, clock: MemoryClock) {
    this.#entities = entities;
    this.#points = new MemoryPoints(clock);
  }

  begin(): MemoryUnit {
    return new MemoryUnit();
  }

  commit(unit: CommitUnit): Promise<void> {
    assert(unit instanceof MemoryUnit, 'a unit is committed to the store that began it');
    assert(!this.#committed.has(unit), 'a unit is committed once');
    if (this.#isClosed) return Promise.reject(storageErrors.UNAVAILABLE({ reason: 'it is closed' }));
    this.#committed.add(unit);
    const { changes, recorded } = this.#apply(unit);
    // Listeners hear of it after the call returned, in the order of the calls, as from a store that waits for a disk.
    const done = this.#told.then(() => {
      for (const listener of this.#listeners) listener(changes);
      return recorded;
    });
    this.#told = done.catch(() => undefined);
    return done;
  }

  reading(unit: CommitUnit): Pick<DataStore, 'latest' | 'attributes' | 'activeAlarm' | 'alarm'> {
    assert(unit instanceof MemoryUnit, 'a unit is read through the store that began it');
    const isGone = (tenantId: TenantId, entity: EntityId): boolean => this.#removed.with(unit).has(tenantId, entity);
    const alarms = (): MemoryAlarms => {
      const changed = this.#alarms.with(unit.alarmChanges);
      changed.remove((alarm) => isGone(alarm.tenantId as TenantId, alarm.originator));
      return changed;
    };
    return {
      latest: async (tenantId, entity, keys) => (isGone(tenantId, entity) ? [] : this.#points.latest({ tenantId, entity }, keys, unit.pointChanges)),
      attributes: async (tenantId, entity, scope, keys) =>
        isGone(tenantId, entity) ? [] : this.#attributes.read(tenantId, entity, scope, keys, unit.attributeChanges),
      alarm: async (tenantId, id) => alarms().byId(tenantId, id),
      activeAlarm: async (tenantId, originator, type) => alarms().active(tenantId, originator, type),
    };
  }

  onCommitted(listener: (changes: CommittedChanges) => void): void {
    this.#listeners.push(listener);
  }

  async keys(tenantId: TenantId, entity: EntityId): Promise<readonly string[]> {
    return this.keysOfMany(tenantId, [entity]);
  }

  async latest(tenantId: TenantId, entity: EntityId, keys?: readonly string[]): Promise<readonly DataPoint[]> {
    return this.#points.latest({ tenantId, entity }, keys);
  }

  async range(tenantId: TenantId, entity: EntityId, query: RangeQuery, signal?: AbortSignal): Promise<readonly DataPoint[]> {
    if (signal?.aborted === true) throw historyErrors.ABANDONED();
    return this.#points.range({ tenantId, entity }, query);
  }

  columns(tenantId: TenantId, entity: EntityId, query: RangeQuery, signal?: AbortSignal): AsyncIterable<PointColumns> {
    return this.#points.columns({ tenantId, entity }, query, signal);
  }

  async aggregate(tenantId: TenantId, entity: EntityId, query: AggregateQuery, signal?: AbortSignal): Promise<readonly AggregatedPoint[]> {
    if (signal?.aborted === true) throw historyErrors.ABANDONED();
    return this.#points.aggregate({ tenantId, entity }, query);
  }

  async setDefaultTtl(tenantId: TenantId, ttlMs: number): Promise<void> {
    this.#points.setDefaultTtl(tenantId, ttlMs);
  }

  async attributes(tenantId: TenantId, entity: EntityId, scope: AttributeScope, keys?: readonly string[]): Promise<readonly Attribute[]> {
    return this.#attributes.read(tenantId, entity, scope, keys);
  }

  async keysOfMany(tenantId: TenantId, entities: readonly EntityId[]): Promise<readonly string[]> {
    return this.#points.keys(tenantId, entities);
  }

  async attributeKeysOfMany(tenantId: TenantId, entities: readonly EntityId[]): Promise<Readonly<Record<AttributeScope, readonly string[]>>> {
    return this.#attributes.keysOfMany(tenantId, entities);
  }

  async latestOfMany(tenantId: TenantId, entities: readonly EntityId[], keys: readonly string[]): Promise<readonly (readonly DataPoint[])[]> {
    return Promise.all(entities.map((entity) => this.latest(tenantId, entity, keys)));
  }

  async everyAttribute(
    scope: AttributeScope,
    key: string,
  ): Promise<readonly { readonly tenantId: TenantId; readonly entity: EntityId; readonly attribute: Attribute }[]> {
    return this.#attributes.every(scope, key);
  }

  async alarm(tenantId: TenantId, id: string): Promise<Alarm | undefined> {
    return this.#alarms.byId(tenantId, id);
  }

  async tenantOfAlarm(id: string): Promise<TenantId | undefined> {
    return this.#alarms.tenantOf(id);
  }

  async activeAlarm(tenantId: TenantId, originator: EntityId, type: string): Promise<Alarm | undefined> {
    return this.#alarms.active(tenantId, originator, type);
  }

  async alarms(tenantId: TenantId, query: AlarmQuery): Promise<Page<Alarm>> {
    return this.#alarms.page(tenantId, query);
  }

  async alarmTypes(tenantId: TenantId, query: PageQuery & { readonly customerId?: string | undefined }): Promise<Page<string>> {
    return this.#alarms.types(tenantId, query);
  }

  async highestSeverity(tenantId: TenantId, query: Omit<AlarmQuery, keyof PageQuery>): Promise<AlarmSeverity | undefined> {
    return this.#alarms.highestSeverity(tenantId, query);
  }

  async nodeStates(tenantId: TenantId, ruleNodeId: string, limit: number): Promise<readonly { entityId: string; state: JsonValue }[]> {
    return this.#leftToDo.nodeStates(tenantId, ruleNodeId, limit);
  }

  async openHandOvers(): Promise<readonly HandOver[]> {
    return this.#leftToDo.openHandOvers();
  }

  async handOverCounts(): Promise<readonly HandOverCount[]> {
    return this.#leftToDo.handOverCounts();
  }

  async readyHandOvers(ruleNodeId: string, limit: number): Promise<readonly HandOver[]> {
    return this.#leftToDo.readyHandOvers(ruleNodeId, limit);
  }

  async heldHandOvers(limit: number): Promise<readonly HandOver[]> {
    return this.#leftToDo.heldHandOvers(limit);
  }

  async deadLetters(tenantId: TenantId, query: DeadLetterQuery): Promise<Page<DeadLetter>> {
    return this.#leftToDo.deadLetters(tenantId, query);
  }

  async deadLetterCounts(tenantId: TenantId): Promise<readonly { ruleChainId: string; count: number }[]> {
    return this.#leftToDo.deadLetterCounts(tenantId);
  }

  async traces(tenantId: TenantId, query: TraceQuery): Promise<Page<TraceHead>> {
    return this.#traces.page(tenantId, query);
  }

  async traceParts(tenantId: TenantId, traceId: string): Promise<readonly TracePart[]> {
    return this.#traces.parts(tenantId, traceId);
  }

  async traceUsage(tenantId: TenantId): Promise<{ readonly bytes: number; readonly parts: number }> {
    return this.#traces.usage(tenantId);
  }

  acceptedAt(deviceId: string, packetId: number, payloadHash: number): number | undefined {
    return this.#leftToDo.acceptedAt(deviceId, packetId, payloadHash);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#told;
  }

  #apply(unit: MemoryUnit): { readonly changes: CommittedChanges; readonly recorded: Promise<void> } {
    this.#removed.add(unit);
    const recordChanges: EntityChange[] = [...unit.records, ...this.#remove(unit)];
    const isKept = ({ tenantId, entity }: { readonly tenantId: TenantId; readonly entity: EntityId }): boolean =>
      !this.#removed.has(tenantId, entity);
    const points = unit.pointChanges.filter(isKept);
    const removedLatest = this.#points.apply(points);
    const attributeChanges = unit.attributeChanges.filter(isKept);
    for (const change of attributeChanges) this.#attributes.apply(change);
    const alarms: Alarm[] = [];
    for (const change of unit.alarmChanges) {
      if ('alarm' in change && this.#removed.has(change.alarm.tenantId as TenantId, change.alarm.originator)) continue;
      const alarm = this.#alarms.apply(change);
      if (alarm !== undefined) alarms.push(alarm);
      if ('removedId' in change) recordChanges.push(commentsOf(change.tenantId, [change.removedId]));
    }
    this.#leftToDo.apply(unit, this.#removed);
    for (const part of unit.traces) if (!this.#removed.has(part.tenantId, part.originator)) this.#traces.add(part);
    for (const { tenantId, bounds } of unit.traceTrims) this.#traces.trim(tenantId, bounds);
    const left = alarms.filter(({ tenantId, id }) => this.#alarms.byId(tenantId as TenantId, id) !== undefined);
    // The memory store of the control plane changes before this call returns. It refuses only when it is closed.
    const recorded = recordChanges.length === 0 ? Promise.resolve() : this.#entities.write(recordChanges);
    const attributes = { stored: attributeChanges, told: unit.toldAttributes.filter(isKept) };
    return { changes: committedChanges({ changes: points, removedLatest }, attributes, { written: left, removed: unit.removedAlarms }), recorded };
  }

  /** Takes out everything about removed entities and tenants. Returns what that means for the control plane. */
  #remove(unit: MemoryUnit): EntityChange[] {
    if (unit.removedEntities.length === 0 && unit.removedTenants.length === 0) return [];
    const removed = this.#removed;
    this.#points.removeWhere((tenantId, entity) => removed.has(tenantId, entity));
    this.#attributes.removeWhere((tenantId, entity) => removed.has(tenantId, entity));
    this.#traces.removeWhere((tenantId, originator) => removed.has(tenantId, originator));
    this.#leftToDo.removePackets(({ tenantId, deviceId }) => removed.has(tenantId, { entityType: 'DEVICE', id: deviceId }));
    for (const tenantId of unit.removedTenants) this.#leftToDo.removeTenant(tenantId);
    const alarms = this.#alarms.remove((alarm) => removed.has(alarm.tenantId as TenantId, alarm.originator));
    const ofEntities = alarms.map(({ tenantId, id }) => commentsOf(tenantId as TenantId, [id]));
    return [...ofEntities, ...unit.removedTenants.map((tenantId) => commentsOf(tenantId))];
  }
}

/** Removes the comments of alarms; of all of a tenant if none are given. */
function commentsOf(tenantId: TenantId, alarmIds?: readonly string[]): EntityChange {
  return { change: 'remove-where', kind: 'alarmComment', tenantId, filter: alarmIds === undefined ? {} : { alarmId: alarmIds } };
}
