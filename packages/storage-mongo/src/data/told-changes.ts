import type { Alarm, EntityId } from '@fieldline/model';
import { ValueUse, type AlarmRemoval, type AttributeRemoval, type AttributeWrite, type CommittedChanges, type RemovedLatest } from '@fieldline/ports';
import { attributeId } from './data-documents.js';
import { isRemoval, type MongoUnit } from './mongo-unit.js';
import type { RemovedOwners } from './removed-owners.js';

/**
 * What listeners are told of a unit.
 *
 * @param made what the store worked out: alarms as each write left them
 */
export function toldChanges(
  unit: MongoUnit,
  removed: RemovedOwners,
  made: { readonly alarms: readonly Alarm[]; readonly removedLatest: readonly RemovedLatest[] },
): CommittedChanges {
  const isKept = (tenantId: string, entity: EntityId): boolean => !removed.has(tenantId, entity, unit.number);
  const changes = unit.attributeChanges.filter(({ tenantId, entity }) => isKept(tenantId, entity));
  const last = new Map(changes.map((change) => [attributeId(change), change]));
  const isOfLastKind = (change: AttributeWrite | AttributeRemoval): boolean =>
    'value' in change === 'value' in (last.get(attributeId(change)) ?? change);
  const told = changes.filter(isOfLastKind);
  return {
    points: (isWanted, visit) => {
      for (const change of unit.pointChanges) {
        if (isRemoval(change) || (change.uses & ValueUse.push) === 0) continue;
        const { tenantId, entity, key, tsMs, kind, value } = change;
        if (isWanted(entity) && isKept(tenantId, entity)) visit(tenantId, entity, key, tsMs, kind, value);
      }
    },
    attributes: [...told.filter((change) => 'value' in change), ...unit.toldAttributes.filter(({ tenantId, entity }) => isKept(tenantId, entity))],
    removedAttributes: told.filter((change) => !('value' in change)),
    alarms: made.alarms,
    removedLatest: made.removedLatest,
    removedAlarms: removedAlarms(unit),
  };
}

function removedAlarms({ alarmChanges, removedOwners }: MongoUnit): readonly AlarmRemoval[] {
  const byThemselves = alarmChanges.flatMap((change) => ('removedId' in change ? [{ tenantId: change.tenantId, id: change.removedId }] : []));
  const withEntities = removedOwners.flatMap(({ tenantId, entity }) => (entity === undefined ? [] : [{ tenantId, originator: entity }]));
  return [...byThemselves, ...withEntities];
}
