import type { TenantId } from '@fieldline/model';
import type { Head, Replaced } from '../head/head.js';
import type { SeriesEntity } from '../head/series-entity.js';
import type { Series } from '../head/series.js';
import type { AlarmIndex, AlarmUndo } from './alarm-index.js';
import type { AttributeCache, AttributeUndo } from './attribute-cache.js';
import type { SqliteUnit } from './sqlite-unit.js';

/** What a unit changed in the live state: enough to take it back. */
export interface Applied {
  readonly unit: SqliteUnit;
  readonly replaced: Replaced;
  readonly attributes: readonly AttributeUndo[];
  readonly alarms: readonly AlarmUndo[];
  /** Entities and series whose names go to the disk with this unit. */
  readonly named: { readonly entities: SeriesEntity[]; readonly series: Series[] };
}

/** What reads see: the disk and everything given to commit. */
export class LiveState {
  readonly head: Head;
  readonly attributes: AttributeCache;
  readonly alarms: AlarmIndex;

  constructor(head: Head, attributes: AttributeCache, alarms: AlarmIndex) {
    this.head = head;
    this.attributes = attributes;
    this.alarms = alarms;
  }

  /** Reads what `apply` will need from the disk, so that a disk which cannot be read fails here, before anything changed. */
  prepare(unit: SqliteUnit): void {
    for (const { tenantId, entity, scope } of unit.attributes) this.attributes.read(tenantId, entity, scope);
    for (const { tenantId, id } of unit.alarms) this.alarms.byId(tenantId as TenantId, id);
  }

  apply(unit: SqliteUnit): Applied {
    const named = this.head.unwritten;
    this.head.unwritten = { entities: [], series: [] };
    const { replaced } = this.head.apply(unit.encoder.written);
    const attributes = unit.attributes.map((write) => this.attributes.apply(write));
    const alarms = unit.alarms.map((alarm) => this.alarms.apply(alarm));
    return { unit, replaced, attributes, alarms, named };
  }

  /** The unit is on the disk. */
  settled({ attributes, alarms }: Applied): void {
    for (const undo of attributes) this.attributes.settled(undo);
    for (const undo of alarms) this.alarms.settled(undo);
  }

  /** The unit was not kept. Units are taken back in the reverse of the order in which they were applied. */
  takeBack({ unit, replaced, attributes, alarms, named }: Applied): void {
    this.head.takeBack(unit.encoder.written, replaced);
    for (const undo of [...attributes].reverse()) this.attributes.takeBack(undo);
    for (const undo of [...alarms].reverse()) this.alarms.takeBack(undo);
    // Units in the making may already use these names, so the next commit writes them instead.
    const { entities, series } = this.head.unwritten;
    this.head.unwritten = { entities: [...named.entities, ...entities], series: [...named.series, ...series] };
  }
}
