import type { Alarm } from '@fieldline/model';
import type { AttributeRemoval, AttributeWrite, CommittedChanges } from '@fieldline/ports';
import type { MemoryPoint } from './memory-unit.js';

/** What listeners are told of a unit. */
export function committedChanges(
  points: readonly MemoryPoint[],
  attributeChanges: readonly (AttributeWrite | AttributeRemoval)[],
  alarms: readonly Alarm[],
): CommittedChanges {
  const last = new Map(attributeChanges.map((change) => [keyOf(change), change]));
  const isOfLastKind = (change: AttributeWrite | AttributeRemoval): boolean => 'value' in change === 'value' in (last.get(keyOf(change)) ?? change);
  const told = attributeChanges.filter(isOfLastKind);
  return {
    points: (isWanted, visit) => {
      for (const { tenantId, entity, key, tsMs, kind, value } of points) {
        if (isWanted(entity)) visit(tenantId, entity, key, tsMs, kind, value);
      }
    },
    attributes: told.filter((change) => 'value' in change),
    removedAttributes: told.filter((change) => !('value' in change)),
    alarms,
  };
}

const keyOf = ({ tenantId, entity, scope, key }: AttributeRemoval): string => `${tenantId} ${entity.entityType} ${entity.id} ${scope} ${key}`;
