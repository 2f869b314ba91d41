import type { Alarm, EntityId } from '@fieldline/model';
import { ValueUse, type AttributeRemoval, type AttributeWrite, type CommittedChanges } from '@fieldline/ports';
import { attributeId } from './data-documents.js';
import type { MongoUnit } from './mongo-unit.js';
import type { RemovedOwners } from './removed-owners.js';

/**
 * What listeners are told of a unit.
 *
 * @param alarms as each write left them
 */
export function toldChanges(unit: MongoUnit, removed: RemovedOwners, alarms: readonly Alarm[]): CommittedChanges {
  const isKept = (tenantId: string, entity: EntityId): boolean => !removed.has(tenantId, entity, unit.number);
  const changes = unit.attributeChanges.filter(({ tenantId, entity }) => isKept(tenantId, entity));
  const last = new Map(changes.map((change) => [attributeId(change), change]));
  const isOfLastKind = (change: AttributeWrite | AttributeRemoval): boolean =>
    'value' in change === 'value' in (last.get(attributeId(change)) ?? change);
  const told = changes.filter(isOfLastKind);
  return {
    points: (isWanted, visit) => {
      for (const { tenantId, entity, key, tsMs, kind, value, uses } of unit.points) {
        if ((uses & ValueUse.push) !== 0 && isWanted(entity) && isKept(tenantId, entity)) visit(tenantId, entity, key, tsMs, kind, value);
      }
    },
    attributes: [...told.filter((change) => 'value' in change), ...unit.toldAttributes.filter(({ tenantId, entity }) => isKept(tenantId, entity))],
    removedAttributes: told.filter((change) => !('value' in change)),
    alarms,
  };
}
