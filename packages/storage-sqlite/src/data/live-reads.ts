import type { Alarm, Attribute, AttributeScope, DataPoint, EntityId, TenantId } from '@fieldline/model';
import { attributeOf } from './attribute-cache.js';
import { isWrite } from './attribute-changes.js';
import { onTrial } from './latest-replacements.js';
import { ownerAndId, type LiveState } from './live-state.js';
import type { SqliteUnit } from './sqlite-unit.js';

// Reads of the live state, and of what a unit would make of it: a batch meets what its own messages did.

/** The latest points of an entity, sorted by key. */
export function latestPoints(
  state: LiveState,
  tenantId: TenantId,
  entity: EntityId,
  keys: readonly string[] | undefined,
  unit?: SqliteUnit,
): readonly DataPoint[] {
  const found = state.head.find(tenantId, entity);
  if (found === undefined || unit?.removes(tenantId, entity) === true) return [];
  // Only the head knows what a removal leaves.
  if (unit?.hasRemovals === true) return onTrial(state.head, unit.encoder.written, state.history, () => latestPoints(state, tenantId, entity, keys));
  const asked = keys === undefined ? found.series : [...new Set(keys)].map((key) => found.find(key));
  const points: DataPoint[] = [];
  for (const series of asked) {
    if (series === undefined) continue;
    const stored = series.latest();
    const inUnit = unit?.latestOf(series.id);
    const latest = stored === undefined || (inUnit !== undefined && inUnit.tsMs >= stored.tsMs) ? inUnit : stored;
    if (latest !== undefined) points.push(latest);
  }
  return points.sort(byKey);
}

/** The attributes of an entity, sorted by key. */
export function readAttributes(
  state: LiveState,
  asked: { readonly tenantId: TenantId; readonly entity: EntityId; readonly scope: AttributeScope; readonly keys: readonly string[] | undefined },
  unit?: SqliteUnit,
): readonly Attribute[] {
  const { tenantId, entity, scope, keys } = asked;
  if (unit?.removes(tenantId, entity) === true) return [];
  let ofScope = state.attributes(tenantId, entity, scope);
  const changes = unit?.attributesOf(tenantId, entity).filter((change) => change.scope === scope) ?? [];
  if (changes.length > 0 && !state.head.isGone(tenantId, entity)) {
    const changed = new Map(ofScope);
    for (const change of changes) {
      if (isWrite(change)) changed.set(change.key, attributeOf(change));
      else changed.delete(change.key);
    }
    ofScope = changed;
  }
  const found = keys === undefined ? [...ofScope.values()] : [...new Set(keys)].map((key) => ofScope.get(key));
  return found.filter((attribute) => attribute !== undefined).sort(byKey);
}

export function readAlarm(state: LiveState, tenantId: TenantId, id: string, unit: SqliteUnit): Alarm | undefined {
  let alarm = state.alarm(tenantId, id);
  for (const change of unit.alarmChanges) {
    const [owner, changedId] = ownerAndId(change);
    if (changedId === id && owner === tenantId) alarm = state.changedAlarm(alarm, change);
  }
  return alarm === undefined || unit.removes(tenantId, alarm.originator) ? undefined : alarm;
}

/** The uncleared alarm of originator and type. */
export function readActiveAlarm(
  state: LiveState,
  asked: { readonly tenantId: TenantId; readonly originator: EntityId; readonly type: string },
  unit: SqliteUnit,
): Alarm | undefined {
  const { tenantId, originator, type } = asked;
  const stored = state.activeAlarm(tenantId, originator, type);
  const ids = new Set(stored === undefined ? [] : [stored.id]);
  for (const change of unit.alarmChanges) {
    if ('alarm' in change && change.alarm.originator.id === originator.id) ids.add(change.alarm.id);
  }
  for (const id of unit.alarmChanges.length === 0 ? [] : ids) {
    const alarm = readAlarm(state, tenantId, id, unit);
    const isAsked = alarm?.type === type && alarm.originator.entityType === originator.entityType && alarm.originator.id === originator.id;
    if (isAsked && alarm.clearedAtMs === undefined) return alarm;
  }
  return unit.alarmChanges.length === 0 && !unit.removes(tenantId, originator) ? stored : undefined;
}

const byKey = (a: { readonly key: string }, b: { readonly key: string }): number => (a.key < b.key ? -1 : 1);
