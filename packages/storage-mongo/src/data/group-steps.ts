import type { Alarm, EntityKind, EntityOf, TenantId } from '@fieldline/model';
import type { RemovedLatest } from '@fieldline/ports';
import { documentOf } from '../entities/entity-documents.js';
import { inCalls } from '../mongo-collection.js';
import { ChangedAlarms, changedId } from './alarm-changes.js';
import type { DataCollections } from './data-collections.js';
import { alarmDocument, alarmOf, attributeDocument, attributeId } from './data-documents.js';
import { storedBy, type DataStep } from './data-steps.js';
import type { Expiry } from './expiry.js';
import type { LatestTimes } from './latest-times.js';
import { leftToDoSteps, type IsKept, type LeftToDo } from './left-to-do.js';
import { entityKey, type MongoUnit } from './mongo-unit.js';
import { pointSteps } from './point-steps.js';
import { queriedSteps } from './queried-steps.js';
import type { QueriedKeys } from './queried-keys.js';
import { removalSteps } from './removal-steps.js';
import type { RemovedOwners } from './removed-owners.js';
import { traceSteps } from './trace-steps.js';

/** What a group of units means for the collections, and for those who listen. */
export interface GroupSteps {
  readonly steps: readonly DataStep[];
  /** Of each unit, the alarms it wrote as each write left them. */
  readonly alarms: readonly (readonly Alarm[])[];
  /** Of each unit, the latest values that its removals of points took. */
  readonly removedLatest: readonly (readonly RemovedLatest[])[];
}

/** What earlier groups left. */
export interface GroupState {
  readonly removed: RemovedOwners;
  readonly leftToDo: LeftToDo;
  readonly latestTimes: LatestTimes;
  readonly queriedKeys: QueriedKeys;
  readonly expiry: (tenantId: TenantId) => Expiry;
}

/**
 * Works out what a group of units makes of what is stored: points, then state, then what completes messages. Nothing is
 * added about what one of the group, or an earlier unit, removes.
 */
export async function groupSteps(
  collections: DataCollections,
  units: readonly MongoUnit[],
  { removed, leftToDo, latestTimes, queriedKeys, expiry }: GroupState,
): Promise<GroupSteps> {
  const group = new Group(collections, units, removed);
  const points = await pointSteps(collections, units, { removed, latestTimes, expiry });
  const attributes = group.attributeChanges();
  const alarms = await group.alarmSteps();
  const steps = [
    ...points.steps,
    ...attributeSteps(attributes),
    ...(await queriedSteps(queriedKeys, { latest: points.latest, goneLatest: points.goneLatest, attributes: [...attributes.values()] })),
    ...alarms.steps,
    ...(await removalSteps(collections, units)),
    ...(await traceSteps(collections, units, group.isKept)),
    ...leftToDoSteps(leftToDo, units, group.isKept),
  ];
  return { steps: steps.filter(isSomething), alarms: alarms.written, removedLatest: points.removedLatest };
}

type AttributeChange = MongoUnit['attributeChanges'][number];

class Group {
  readonly #collections: DataCollections;
  readonly #units: readonly MongoUnit[];
  readonly #removed: RemovedOwners;
  readonly #last: number;

  constructor(collections: DataCollections, units: readonly MongoUnit[], removed: RemovedOwners) {
    this.#collections = collections;
    this.#units = units;
    this.#removed = removed;
    this.#last = units.at(-1)?.number ?? 0;
  }

  /** False for what the group, or an earlier one, removes. */
  readonly isKept: IsKept = (tenantId, entity) => !this.#removed.has(tenantId, entity, this.#last);

  /** The last change of each attribute, by the id of its document. */
  attributeChanges(): ReadonlyMap<string, AttributeChange> {
    const last = new Map<string, AttributeChange>();
    for (const change of this.#units.flatMap((unit) => unit.attributeChanges)) {
      if (this.isKept(change.tenantId, change.entity)) last.set(attributeId(change), change);
    }
    return last;
  }

  /** Alarms, and the records of the control plane, among which are the comments that go with alarms. */
  async alarmSteps(): Promise<{ readonly steps: readonly DataStep[]; readonly written: readonly (readonly Alarm[])[] }> {
    const stored = await this.#storedAlarms();
    const alarms = new ChangedAlarms(stored);
    const touched = new Set<string>();
    const records: DataStep[] = [];
    const written = this.#units.map((unit) => {
      records.push(...recordSteps(unit));
      const isGone = ({ tenantId, originator }: Alarm): boolean => this.#removed.has(tenantId, originator, unit.number);
      for (const alarm of alarms.values().filter(isGone)) {
        alarms.delete(alarm.id);
        touched.add(alarm.id);
        records.push(...commentRemovals(alarm.tenantId, [alarm.id]));
      }
      const ofUnit: Alarm[] = [];
      for (const change of unit.alarmChanges) {
        if ('alarm' in change && isGone(change.alarm)) continue;
        touched.add(changedId(change));
        const alarm = alarms.apply(change);
        if (alarm !== undefined) ofUnit.push(alarm);
        if ('removedId' in change) records.push(...commentRemovals(change.tenantId, [change.removedId]));
      }
      for (const { tenantId, entity } of unit.removedOwners) if (entity === undefined) records.push({ to: 'alarmComment', remove: { tenantId } });
      return ofUnit.filter(({ id }) => alarms.get(id) !== undefined);
    });
    const put = [...touched].flatMap((id) => alarms.get(id) ?? []).map(alarmDocument);
    const gone = [...touched].filter((id) => alarms.get(id) === undefined);
    return { steps: [{ to: 'alarm', put }, ...removeByIds('alarm', gone), ...records], written };
  }

  /** The alarms that the group changes, and those of entities that it removes. */
  async #storedAlarms(): Promise<readonly Alarm[]> {
    const ids = [...new Set(this.#units.flatMap((unit) => unit.alarmChanges.map(changedId)))];
    const found = new Map<string, Alarm>();
    for (const part of inCalls(ids)) {
      for (const document of await this.#collections.alarm.find({ _id: { $in: part } })) found.set(document._id, alarmOf(document));
    }
    for (const { tenantId, entity } of this.#units.flatMap((unit) => unit.removedOwners)) {
      // Those of a tenant go by a filter.
      if (entity === undefined) continue;
      for (const document of await this.#collections.alarm.find({ tenantId, originator: entityKey(entity) }))
        found.set(document._id, alarmOf(document));
    }
    return [...found.values()];
  }
}

function attributeSteps(changes: ReadonlyMap<string, AttributeChange>): readonly DataStep[] {
  const put = [...changes.values()].flatMap((change) => ('value' in change ? [attributeDocument(change)] : []));
  const gone = [...changes].flatMap(([id, change]) => ('value' in change ? [] : [id]));
  return [{ to: 'attribute', put }, ...removeByIds('attribute', gone)];
}

function recordSteps({ records }: MongoUnit): readonly DataStep[] {
  return records.map(({ kind, entity }): DataStep => {
    const stored = { ...entity, version: 1 } as EntityOf<EntityKind>;
    return { to: kind, add: [documentOf(kind, stored)] };
  });
}

function commentRemovals(tenantId: string, alarmIds: readonly string[]): readonly DataStep[] {
  return [{ to: 'alarmComment', remove: { tenantId, alarmId: { $in: alarmIds } } }];
}

/** Documents by their ids, a list for each call. */
function removeByIds(to: DataStep['to'], ids: readonly string[]): readonly DataStep[] {
  return inCalls(ids).map((part) => ({ to, remove: { _id: { $in: part } } }));
}

function isSomething(step: DataStep): boolean {
  if ('remove' in step) return true;
  return 'change' in step ? step.change.length > 0 : storedBy(step).length > 0;
}
