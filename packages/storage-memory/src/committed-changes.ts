import type { Alarm } from '@fieldline/model';
import { ValueUse, type AttributeRemoval, type AttributeWrite, type CommittedChanges } from '@fieldline/ports';
import type { MemoryPoint } from './memory-unit.js';

/** What listeners are told of a unit. */
export function committedChanges(
  points: readonly MemoryPoint[],
  attributes: { readonly stored: readonly (AttributeWrite | AttributeRemoval)[]; readonly told: readonly AttributeWrite[] },
  alarms: readonly Alarm[],
): CommittedChanges {
  const last = new Map(attributes.stored.map((change) => [keyOf(change), change]));
  const isOfLastKind = (change: AttributeWrite | AttributeRemoval): boolean => 'value' in change === 'value' in (last.get(keyOf(change)) ?? change);
  const stored = attributes.stored.filter(isOfLastKind);
  return {
    points: (isWanted, visit) => {
      for (const { tenantId, entity, key, tsMs, kind, value, uses } of points) {
        if ((uses & ValueUse.push) !== 0 && isWanted(entity)) visit(tenantId, entity, key, tsMs, kind, value);
      }
    },
    attributes: [...stored.filter((change) => 'value' in change), ...attributes.told],
    removedAttributes: stored.filter((change) => !('value' in change)),
    alarms,
  };
}

const keyOf = ({ tenantId, entity, scope, key }: AttributeRemoval): string => `${tenantId} ${entity.entityType} ${entity.id} ${scope} ${key}`;
