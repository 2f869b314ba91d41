import type { Alarm, Attribute, AttributeScope, DataPoint, EntityId, TenantId } from '@fieldline/model';
import { ChangedAlarms, changedId, isActive } from './alarm-changes.js';
import type { DataCollections } from './data-collections.js';
import { alarmOf, attributeId, attributeOf, pointOf, seriesName } from './data-documents.js';
import type { Expiry } from './expiry.js';
import { entityKey, isRemoval, ownerKey, packetKey, type MongoUnit } from './mongo-unit.js';
import { isRemovedIn, type RemovedOwners } from './removed-owners.js';
import { ReplayedSeries } from './replayed-series.js';
import { pointsBefore } from './stored-points.js';

export interface LiveReadsOptions {
  readonly collections: DataCollections;
  readonly removed: RemovedOwners;
  readonly expiry: (tenantId: TenantId) => Expiry;
  /** Resolves when every unit given so far is in the collections, or failed. */
  readonly settled: () => Promise<void>;
}

interface Owner {
  readonly tenantId: TenantId;
  readonly entity: EntityId;
}

/**
 * What the collections hold together with units that are not in them yet, each on top of the one before. That a unit is
 * put there while this reads does no harm: to do what it says a second time changes nothing.
 */
export class LiveReads {
  readonly #collections: DataCollections;
  readonly #removed: RemovedOwners;
  readonly #expiry: (tenantId: TenantId) => Expiry;
  readonly #settled: () => Promise<void>;

  constructor({ collections, removed, expiry, settled }: LiveReadsOptions) {
    this.#collections = collections;
    this.#removed = removed;
    this.#expiry = expiry;
    this.#settled = settled;
  }

  async latest(
    tenantId: TenantId,
    entity: EntityId,
    keys: readonly string[] | undefined,
    units: readonly MongoUnit[],
  ): Promise<readonly DataPoint[]> {
    if (this.#isGone(tenantId, entity, units)) return [];
    const owner = ownerKey(tenantId, entity);
    const removing = units.filter((unit) => unit.removesPointsOf(owner));
    if (removing.some(({ number }) => number > 0)) return this.#settledLatest({ tenantId, entity }, keys, units);
    if (removing.length > 0) return this.#replayedLatest({ tenantId, entity }, keys, units);
    const byId = keys && { _id: { $in: keys.map((key) => seriesName(owner, key)) } };
    const stored = await this.#collections.latest.find(byId ?? { tenantId, entity: entityKey(entity) });
    const latest = new Map(stored.map((document) => [document.key, pointOf(document.key, document)]));
    const asked = keys === undefined ? undefined : new Set(keys);
    for (const unit of units) {
      for (const [key, point] of unit.latestOf(owner) ?? []) {
        const isLater = point.tsMs >= (latest.get(key)?.tsMs ?? Number.NEGATIVE_INFINITY);
        if (isLater && (asked?.has(key) ?? true)) latest.set(key, point);
      }
    }
    return [...latest.values()].sort(byKey);
  }

  /** A removal that is under way may have taken what it would look for a second time: it is waited for, as there are few. */
  async #settledLatest({ tenantId, entity }: Owner, keys: readonly string[] | undefined, units: readonly MongoUnit[]): Promise<readonly DataPoint[]> {
    await this.#settled();
    const begun = units.filter(({ number }) => number === 0);
    return this.latest(tenantId, entity, keys, begun);
  }

  /** The same where a unit that is not committed removes points, which takes a look at each change in its turn. */
  async #replayedLatest(
    { tenantId, entity }: Owner,
    keys: readonly string[] | undefined,
    units: readonly MongoUnit[],
  ): Promise<readonly DataPoint[]> {
    const owner = ownerKey(tenantId, entity);
    const stored = new Map((await this.latest(tenantId, entity, keys, [])).map((point) => [point.key, point]));
    const series = new Map<string, ReplayedSeries>();
    for (const change of units.flatMap((unit) => unit.pointChanges)) {
      const { key } = change;
      if (change.owner !== owner || keys?.includes(key) === false) continue;
      const replayed = series.get(key) ?? new ReplayedSeries(seriesName(owner, key), change, stored.get(key)?.tsMs);
      series.set(key, replayed);
      if (isRemoval(change)) await replayed.remove(change, this.#expiry(tenantId), pointsBefore(this.#collections.point));
      else replayed.put(change);
    }
    for (const [key, { latest }] of series) {
      if (latest === undefined) stored.delete(key);
      else if (latest !== 'stored') stored.set(key, latest);
    }
    return [...stored.values()].sort(byKey);
  }

  async attributes(
    tenantId: TenantId,
    entity: EntityId,
    { scope, keys }: { readonly scope: AttributeScope; readonly keys: readonly string[] | undefined },
    units: readonly MongoUnit[],
  ): Promise<readonly Attribute[]> {
    if (this.#isGone(tenantId, entity, units)) return [];
    const owner = ownerKey(tenantId, entity);
    const byId = keys && { _id: { $in: keys.map((key) => attributeId({ tenantId, entity, scope, key })) } };
    const stored = await this.#collections.attribute.find(byId ?? { tenantId, entity: entityKey(entity), scope });
    const found = new Map(stored.map((document) => [document.key, attributeOf(document)]));
    for (const change of units.flatMap((unit) => unit.attributeChanges)) {
      if (change.scope !== scope || ownerKey(change.tenantId, change.entity) !== owner || keys?.includes(change.key) === false) continue;
      if ('value' in change) found.set(change.key, attributeOf(change));
      else found.delete(change.key);
    }
    return [...found.values()].sort(byKey);
  }

  async alarm(tenantId: TenantId, id: string, units: readonly MongoUnit[]): Promise<Alarm | undefined> {
    const alarms = await this.#alarms({ _id: id }, units, (changed) => changed === id);
    const alarm = alarms.get(id);
    return alarm?.tenantId === tenantId && !this.#isGone(tenantId, alarm.originator, units) ? alarm : undefined;
  }

  async activeAlarm(tenantId: TenantId, originator: EntityId, type: string, units: readonly MongoUnit[]): Promise<Alarm | undefined> {
    if (this.#isGone(tenantId, originator, units)) return undefined;
    const filter = { tenantId, originator: entityKey(originator), type, isCleared: false };
    const alarms = await this.#alarms(filter, units, () => true);
    return alarms.values().find((alarm) => isActive(alarm, tenantId, originator, type));
  }

  /** Without waiting: what is durable is in `packets`. */
  acceptedAt(deviceId: string, packet: { readonly packetId: number; readonly payloadHash: number }, from: AcceptedFrom): number | undefined {
    const key = packetKey(deviceId, packet.packetId, packet.payloadHash);
    const found = from.units.findLast((unit) => unit.packets.has(key))?.packets.get(key) ?? from.packets.find(deviceId, key);
    return found === undefined || this.#removed.has(found.tenantId, { entityType: 'DEVICE', id: deviceId }) ? undefined : found.tsMs;
  }

  /** The stored alarms that match and those that units change. */
  async #alarms(filter: object, units: readonly MongoUnit[], isAsked: (id: string) => boolean): Promise<ChangedAlarms> {
    const changes = units.flatMap((unit) => unit.alarmChanges).filter((change) => isAsked(changedId(change)));
    const ids = [...new Set(changes.map(changedId))];
    const stored = await this.#collections.alarm.find(ids.length === 0 ? { ...filter } : { $or: [filter, { _id: { $in: ids } }] });
    const alarms = new ChangedAlarms(stored.map(alarmOf));
    for (const change of changes) alarms.apply(change);
    return alarms;
  }

  #isGone(tenantId: TenantId, entity: EntityId, units: readonly MongoUnit[]): boolean {
    return this.#removed.has(tenantId, entity) || units.some((unit) => isRemovedIn(unit, tenantId, entity));
  }
}

interface AcceptedFrom {
  readonly units: readonly MongoUnit[];
  readonly packets: { find(deviceId: string, key: string): { readonly tenantId: string; readonly tsMs: number } | undefined };
}

const byKey = (a: { readonly key: string }, b: { readonly key: string }): number => (a.key < b.key ? -1 : 1);
