import { assert } from '@fieldline/kernel';
import {
  alarmStatus,
  pageOf,
  type Alarm,
  type Attribute,
  type AttributeScope,
  type DataPoint,
  type EntityId,
  type JsonValue,
  type Page,
  type PageQuery,
  type TenantId,
} from '@fieldline/model';
import {
  storageErrors,
  type AggregatedPoint,
  type AggregateQuery,
  type AlarmQuery,
  type AttributeWrite,
  type CommittedChanges,
  type CommitUnit,
  type DataStore,
  type DeadLetter,
  type HandOver,
  type RangeQuery,
} from '@fieldline/ports';
import { PACKETS_A_DEVICE } from './limits.js';
import { MemorySeries } from './memory-series.js';
import { MemoryUnit } from './memory-unit.js';
import { pageRows } from './page-rows.js';

/** A data store that lives as long as the process: the reference every other adapter is measured against. */
export function memoryDataStore(): DataStore {
  return new MemoryDataStore();
}

interface RememberedPacket {
  readonly packetId: number;
  readonly payloadHash: number;
  readonly tsMs: number;
}

const entityKey = (tenantId: TenantId, entity: EntityId): string => `${tenantId} ${entity.entityType} ${entity.id}`;
const attributesKey = (tenantId: TenantId, entity: EntityId, scope: AttributeScope): string => `${entityKey(tenantId, entity)} ${scope}`;
const nodeKey = (tenantId: TenantId, ruleNodeId: string): string => `${tenantId} ${ruleNodeId}`;

class MemoryDataStore implements DataStore {
  readonly durability = 'memory';
  readonly #series = new Map<string, Map<string, MemorySeries>>();
  readonly #attributes = new Map<string, Map<string, Attribute>>();
  readonly #alarms = new Map<string, Alarm>();
  readonly #nodeStates = new Map<string, Map<string, JsonValue>>();
  readonly #handOvers = new Map<string, HandOver>();
  readonly #deadLetters: DeadLetter[] = [];
  readonly #packets = new Map<string, RememberedPacket[]>();
  readonly #listeners: ((changes: CommittedChanges) => void)[] = [];
  readonly #committed = new WeakSet<CommitUnit>();
  #told: Promise<void> = Promise.resolve();
  #isClosed = false;

  begin(): MemoryUnit {
    return new MemoryUnit();
  }

  commit(unit: CommitUnit): Promise<void> {
    assert(unit instanceof MemoryUnit, 'a unit is committed to the store that began it');
    assert(!this.#committed.has(unit), 'a unit is committed once');
    if (this.#isClosed) return Promise.reject(storageErrors.UNAVAILABLE({ reason: 'it is closed' }));
    this.#committed.add(unit);
    this.#apply(unit);
    // Listeners hear of it after the call returned, in the order of the calls, as from a store that waits for a disk.
    this.#told = this.#told.then(() => this.#tell(unit));
    return this.#told;
  }

  reading(unit: CommitUnit): Pick<DataStore, 'latest' | 'attributes' | 'activeAlarm' | 'alarm'> {
    assert(unit instanceof MemoryUnit, 'a unit is read through the store that began it');
    return {
      latest: async (tenantId, entity, keys) => {
        const latest = new Map((await this.latest(tenantId, entity, keys)).map((point) => [point.key, point]));
        for (const point of unit.points) {
          if (entityKey(point.tenantId, point.entity) !== entityKey(tenantId, entity)) continue;
          if (keys !== undefined && !keys.includes(point.key)) continue;
          const { key, tsMs, kind, value } = point;
          if (tsMs >= (latest.get(key)?.tsMs ?? Number.NEGATIVE_INFINITY)) latest.set(key, { key, tsMs, kind, value });
        }
        return [...latest.values()].sort(byKey);
      },
      attributes: async (tenantId, entity, scope, keys) => {
        const attributes = new Map((await this.attributes(tenantId, entity, scope, keys)).map((attribute) => [attribute.key, attribute]));
        for (const write of unit.attributes) {
          if (attributesKey(write.tenantId, write.entity, write.scope) !== attributesKey(tenantId, entity, scope)) continue;
          if (keys === undefined || keys.includes(write.key)) attributes.set(write.key, attributeOf(write));
        }
        return [...attributes.values()].sort(byKey);
      },
      alarm: async (tenantId, id) => {
        const inUnit = unit.alarms.findLast((alarm) => alarm.id === id && alarm.tenantId === tenantId);
        return inUnit === undefined ? this.alarm(tenantId, id) : structuredClone(inUnit);
      },
      activeAlarm: async (tenantId, originator, type) => {
        const alarms = new Map([...this.#alarms.values(), ...unit.alarms].map((alarm) => [alarm.id, alarm]));
        return findActive(alarms.values(), tenantId, originator, type);
      },
    };
  }

  onCommitted(listener: (changes: CommittedChanges) => void): void {
    this.#listeners.push(listener);
  }

  async keys(tenantId: TenantId, entity: EntityId): Promise<readonly string[]> {
    return [...(this.#series.get(entityKey(tenantId, entity))?.keys() ?? [])].sort();
  }

  async latest(tenantId: TenantId, entity: EntityId, keys?: readonly string[]): Promise<readonly DataPoint[]> {
    const ofEntity = this.#series.get(entityKey(tenantId, entity));
    const asked = keys === undefined ? await this.keys(tenantId, entity) : [...new Set(keys)].sort();
    return asked.map((key) => ofEntity?.get(key)?.latest).filter((point) => point !== undefined);
  }

  async range(tenantId: TenantId, entity: EntityId, query: RangeQuery): Promise<readonly DataPoint[]> {
    return this.#series.get(entityKey(tenantId, entity))?.get(query.key)?.range(query) ?? [];
  }

  async aggregate(tenantId: TenantId, entity: EntityId, query: AggregateQuery): Promise<readonly AggregatedPoint[]> {
    return this.#series.get(entityKey(tenantId, entity))?.get(query.key)?.aggregate(query) ?? [];
  }

  async attributes(tenantId: TenantId, entity: EntityId, scope: AttributeScope, keys?: readonly string[]): Promise<readonly Attribute[]> {
    const stored = [...(this.#attributes.get(attributesKey(tenantId, entity, scope))?.values() ?? [])];
    return stored.filter(({ key }) => keys === undefined || keys.includes(key)).sort(byKey);
  }

  async alarm(tenantId: TenantId, id: string): Promise<Alarm | undefined> {
    const alarm = this.#alarms.get(id);
    return alarm?.tenantId === tenantId ? structuredClone(alarm) : undefined;
  }

  async activeAlarm(tenantId: TenantId, originator: EntityId, type: string): Promise<Alarm | undefined> {
    return findActive(this.#alarms.values(), tenantId, originator, type);
  }

  async alarms(tenantId: TenantId, query: AlarmQuery): Promise<Page<Alarm>> {
    const rows = [...this.#alarms.values()].filter((alarm) => alarm.tenantId === tenantId && matches(alarm, query));
    const { sortBy = 'createdAtMs', sortOrder = query.sortBy === undefined ? 'DESC' : 'ASC' } = query;
    return structuredClone(pageRows(rows, { ...query, sortBy, sortOrder }, (alarm) => [alarm.type, alarm.severity, alarmStatus(alarm)]));
  }

  async nodeStates(tenantId: TenantId, ruleNodeId: string, limit: number): Promise<readonly { entityId: string; state: JsonValue }[]> {
    const states = [...(this.#nodeStates.get(nodeKey(tenantId, ruleNodeId)) ?? [])];
    return states.slice(0, limit).map(([entityId, state]) => ({ entityId, state }));
  }

  async openHandOvers(): Promise<readonly HandOver[]> {
    return [...this.#handOvers.values()];
  }

  async deadLetters(tenantId: TenantId, query: PageQuery): Promise<Page<DeadLetter>> {
    const rows = this.#deadLetters.filter(({ message }) => message.tenantId === tenantId).reverse();
    const searched = query.textSearch?.toLowerCase() ?? '';
    const found = rows.filter((letter) => `${letter.code}\n${letter.error}`.toLowerCase().includes(searched));
    return pageOf(found.slice(query.page * query.pageSize, (query.page + 1) * query.pageSize), query, found.length);
  }

  acceptedAt(deviceId: string, packetId: number, payloadHash: number): number | undefined {
    return this.#packets.get(deviceId)?.findLast((packet) => packet.packetId === packetId && packet.payloadHash === payloadHash)?.tsMs;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#told;
  }

  #tell({ points, attributes, alarms }: MemoryUnit): void {
    const changes: CommittedChanges = {
      points: (isWanted, visit) => {
        for (const { tenantId, entity, key, tsMs, kind, value } of points) {
          if (isWanted(entity)) visit(tenantId, entity, key, tsMs, kind, value);
        }
      },
      attributes,
      alarms,
    };
    for (const listener of this.#listeners) listener(changes);
  }

  #apply(unit: MemoryUnit): void {
    for (const { tenantId, entity, key, tsMs, kind, value } of unit.points) {
      const ofEntity = entry(this.#series, entityKey(tenantId, entity), () => new Map<string, MemorySeries>());
      entry(ofEntity, key, () => new MemorySeries()).put({ key, tsMs, kind, value });
    }
    for (const write of unit.attributes) {
      entry(this.#attributes, attributesKey(write.tenantId, write.entity, write.scope), () => new Map()).set(write.key, attributeOf(write));
    }
    for (const alarm of unit.alarms) this.#alarms.set(alarm.id, alarm);
    this.#deadLetters.push(...unit.deadLetters);
    for (const change of unit.handOverChanges) {
      if ('doneId' in change) this.#handOvers.delete(change.doneId);
      else this.#handOvers.set(change.id, change);
    }
    for (const { tenantId, ruleNodeId, entityId, state } of unit.nodeStates) {
      const ofNode = entry(this.#nodeStates, nodeKey(tenantId, ruleNodeId), () => new Map<string, JsonValue>());
      if (state === undefined) ofNode.delete(entityId);
      else ofNode.set(entityId, state);
    }
    for (const { deviceId, packetId, payloadHash, tsMs } of unit.packets) {
      const ofDevice = entry(this.#packets, deviceId, () => []);
      ofDevice.push({ packetId, payloadHash, tsMs });
      if (ofDevice.length > PACKETS_A_DEVICE) ofDevice.shift();
    }
  }
}

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

const byKey = (a: { readonly key: string }, b: { readonly key: string }): number => (a.key < b.key ? -1 : 1);
const attributeOf = ({ key, kind, value, lastUpdateMs }: AttributeWrite): Attribute => ({ key, kind, value, lastUpdateMs });
const sameEntity = (a: EntityId, b: EntityId): boolean => a.id === b.id && a.entityType === b.entityType;

function findActive(alarms: Iterable<Alarm>, tenantId: TenantId, originator: EntityId, type: string): Alarm | undefined {
  for (const alarm of alarms) {
    const isAsked = alarm.tenantId === tenantId && alarm.type === type && sameEntity(alarm.originator, originator);
    if (isAsked && alarm.clearedAtMs === undefined) return structuredClone(alarm);
  }
  return undefined;
}

function matches(alarm: Alarm, { originator, status = 'ANY', startMs, endMs }: AlarmQuery): boolean {
  if (originator !== undefined && !sameEntity(alarm.originator, originator)) return false;
  if (startMs !== undefined && alarm.createdAtMs < startMs) return false;
  if (endMs !== undefined && alarm.createdAtMs > endMs) return false;
  const [activity, acknowledgement] = alarmStatus(alarm).split('_');
  return status === 'ANY' || status === alarmStatus(alarm) || status === activity || status === acknowledgement;
}
