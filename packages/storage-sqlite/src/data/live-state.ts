import { mergeAlarm, type DataPoint, type Alarm, type Attribute, type AttributeScope, type EntityId, type TenantId } from '@fieldline/model';
import { applyPoints, rewriteLatest, takeBackPoints, type AppliedPoints, type Replaced } from '../head/head-points.js';
import type { Head, Hidden } from '../head/head.js';
import type { SeriesEntity } from '../head/series-entity.js';
import type { Series } from '../head/series.js';
import { ENTITIES_FORGOTTEN_AT_ONCE } from '../limits.js';
import type { AlarmIndex, AlarmUndo } from './alarm-index.js';
import type { AttributeCache, AttributeUndo } from './attribute-cache.js';
import { onTrial, type StoredHistory } from './latest-replacements.js';
import type { AlarmChange, SqliteUnit } from './sqlite-unit.js';

/**
 * What a unit changed in the live state: enough to write it down and to take it back. It holds alarms as they are
 * after merging, and nothing about entities that are gone.
 */
export interface Applied {
  readonly unit: SqliteUnit;
  readonly replaced: Replaced;
  /** Series that lost a latest value by a removal, and what they have after the unit. */
  readonly lostLatest: readonly { readonly series: Series; readonly latest: DataPoint | undefined }[];
  readonly hidden: Hidden;
  readonly attributes: readonly AttributeUndo[];
  readonly alarms: readonly AlarmUndo[];
  /** Entities and series whose names go to the disk with this unit. */
  readonly named: { readonly entities: SeriesEntity[]; readonly series: Series[] };
}

/** What reads see: the disk and everything given to commit. */
export class LiveState {
  readonly head: Head;
  readonly history: StoredHistory;
  readonly #attributes: AttributeCache;
  readonly #alarms: AlarmIndex;

  constructor(head: Head, history: StoredHistory, attributes: AttributeCache, alarms: AlarmIndex) {
    this.head = head;
    this.history = history;
    this.#attributes = attributes;
    this.#alarms = alarms;
  }

  attributes(tenantId: TenantId, entity: EntityId, scope: AttributeScope): ReadonlyMap<string, Attribute> {
    return this.head.isGone(tenantId, entity) ? noAttributes : this.#attributes.read(tenantId, entity, scope);
  }

  alarm(tenantId: TenantId, id: string): Alarm | undefined {
    const alarm = this.#alarms.byId(tenantId, id);
    return alarm === undefined || this.head.isGone(tenantId, alarm.originator) ? undefined : alarm;
  }

  tenantOfAlarm(id: string): TenantId | undefined {
    const tenantId = this.#alarms.tenantOf(id);
    return tenantId === undefined || this.alarm(tenantId, id) === undefined ? undefined : tenantId;
  }

  activeAlarm(tenantId: TenantId, originator: EntityId, type: string): Alarm | undefined {
    return this.head.isGone(tenantId, originator) ? undefined : this.#alarms.active(tenantId, originator, type);
  }

  /** What becomes of an alarm by one change, on top of what is there by now. `stored` is a change that does nothing. */
  changedAlarm(stored: Alarm | undefined, change: AlarmChange): Alarm | undefined {
    if ('removedId' in change) return undefined;
    const { alarm, base } = change;
    if (this.head.isGone(alarm.tenantId as TenantId, alarm.originator)) return stored;
    if (base === undefined) return alarm;
    return stored === undefined ? undefined : Object.freeze(mergeAlarm(stored, base, alarm));
  }

  /** Reads what `apply` will need from the disk, so that a disk which cannot be read fails here, before anything changed. */
  prepare(unit: SqliteUnit): void {
    for (const change of unit.attributeChanges) this.#attributes.prepare(change);
    for (const change of unit.alarmChanges) this.#alarms.byId(...ownerAndId(change));
    if (unit.hasRemovals) onTrial(this.head, unit.encoder.written, this.history, (replacements) => (unit.replacements = replacements));
  }

  apply(unit: SqliteUnit): Applied {
    const hidden = this.head.hide(unit.removedEntities, unit.removedTenants);
    const named = this.head.unwritten;
    this.head.unwritten = { entities: [], series: [] };
    const applied = applyPoints(this.head, unit.encoder.written, (_series, _startMs, place) => unit.replacements.get(place));
    const lostLatest = this.#settleLatest(unit, applied);
    const attributeChanges = unit.attributeChanges.filter(({ tenantId, entity }) => !this.head.isGone(tenantId, entity));
    const attributes = attributeChanges.map((change) => this.#attributes.apply(change));
    const alarms: AlarmUndo[] = [];
    for (const change of unit.alarmChanges) {
      const [tenantId, id] = ownerAndId(change);
      const before = this.alarm(tenantId, id);
      const after = this.changedAlarm(before, change);
      if (after !== before) alarms.push(this.#alarms.apply(id, after));
    }
    return { unit, replaced: applied.replaced, lostLatest, hidden, attributes, alarms, named };
  }

  /** The unit is on the disk. */
  settled({ attributes, alarms, hidden }: Applied): void {
    for (const undo of attributes) this.#attributes.settled(undo);
    for (const undo of alarms) this.#alarms.settled(undo);
    for (const tenantId of hidden.tenants) {
      this.#alarms.forgetTenant(tenantId);
      this.history.retention.set(tenantId, 0);
    }
    this.#forget(hidden);
  }

  /** The unit was not kept. Units are taken back in the reverse of the order in which they were applied. */
  takeBack({ unit, replaced, hidden, attributes, alarms, named }: Applied): void {
    takeBackPoints(this.head, unit.encoder.written, replaced);
    for (const undo of [...attributes].reverse()) this.#attributes.takeBack(undo);
    for (const undo of [...alarms].reverse()) this.#alarms.takeBack(undo);
    this.head.show(hidden);
    // Units in the making may already use these names, so the next commit writes them instead.
    const { entities, series } = this.head.unwritten;
    this.head.unwritten = { entities: [...named.entities, ...entities], series: [...named.series, ...series] };
  }

  /** Looks at what the series have that lost a latest value, and writes down what those have that were to get another. */
  #settleLatest(unit: SqliteUnit, applied: AppliedPoints): Applied['lostLatest'] {
    return [...applied.lostLatest].map(([series, isRewritten]) => {
      const latest = isRewritten ? rewriteLatest(series, applied) : series.latest();
      if (isRewritten) unit.rewriteLatest(series.id, latest);
      return { series, latest };
    });
  }

  /** Lets go of some entities now and of the others in later turns: readings of other tenants are taken in between. */
  #forget(hidden: Hidden): void {
    for (const { tenantId, entity } of this.head.forget(hidden, ENTITIES_FORGOTTEN_AT_ONCE)) {
      this.#attributes.forget(tenantId, entity);
      this.#alarms.forget(tenantId, entity);
    }
    if (hidden.entities.length > 0) setImmediate(() => this.#forget(hidden));
  }
}

const noAttributes: ReadonlyMap<string, Attribute> = new Map();

/** The tenant and the id of the alarm that a change is about. */
export function ownerAndId(change: AlarmChange): readonly [TenantId, string] {
  return 'removedId' in change ? [change.tenantId, change.removedId] : [change.alarm.tenantId as TenantId, change.alarm.id];
}
