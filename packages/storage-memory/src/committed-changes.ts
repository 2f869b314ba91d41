import type { Alarm } from '@fieldline/model';
import { ValueUse, type AlarmRemoval, type AttributeRemoval, type AttributeWrite, type CommittedChanges, type RemovedLatest } from '@fieldline/ports';
import { isRemoval, type PointChange } from './memory-unit.js';

/** What listeners are told of a unit. */
export function committedChanges(
  points: { readonly changes: readonly PointChange[]; readonly removedLatest: readonly RemovedLatest[] },
  attributes: { readonly stored: readonly (AttributeWrite | AttributeRemoval)[]; readonly told: readonly AttributeWrite[] },
  alarms: { readonly written: readonly Alarm[]; readonly removed: readonly AlarmRemoval[] },
): CommittedChanges {
  const last = new Map(attributes.stored.map((change) => [keyOf(change), change]));
  const isOfLastKind = (change: AttributeWrite | AttributeRemoval): boolean => 'value' in change === 'value' in (last.get(keyOf(change)) ?? change);
  const stored = attributes.stored.filter(isOfLastKind);
  return {
    points: (isWanted, visit) => {
      for (const change of points.changes) {
        if (isRemoval(change) || (change.uses & ValueUse.push) === 0 || !isWanted(change.entity)) continue;
        visit(change.tenantId, change.entity, change.key, change.tsMs, change.kind, change.value);
      }
    },
    attributes: [...stored.filter((change) => 'value' in change), ...attributes.told],
    removedAttributes: stored.filter((change) => !('value' in change)),
    alarms: alarms.written,
    removedAlarms: alarms.removed,
    removedLatest: points.removedLatest,
  };
}

const keyOf = ({ tenantId, entity, scope, key }: AttributeRemoval): string => `${tenantId} ${entity.entityType} ${entity.id} ${scope} ${key}`;
