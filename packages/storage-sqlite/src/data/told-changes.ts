import type { AlarmRemoval, CommittedChanges } from '@fieldline/ports';
import type { Head } from '../head/head.js';
import { decidedChanges } from './attribute-changes.js';
import type { Applied } from './live-state.js';

/** What listeners are told of a unit that is on the disk. */
export function toldChanges({ unit, lostLatest, attributes, alarms }: Applied, head: Head): CommittedChanges {
  const { writes, removals } = decidedChanges(attributes);
  const last = new Map(alarms.map(({ id, after }) => [id, after]));
  return {
    points: (isWanted, visit) => unit.points(isWanted, visit),
    attributes: [...writes.map(({ change }) => change), ...unit.toldAttributes.filter(({ tenantId, entity }) => !head.isGone(tenantId, entity))],
    removedAttributes: removals.map(({ change }) => change),
    removedLatest: lostLatest
      .filter(({ series }) => !series.entity.isGone)
      .map(({ series, latest }) => ({ tenantId: series.entity.tenantId, entity: series.entity.entity, key: series.key, latest })),
    alarms: alarms.flatMap(({ id, after }) => (after === undefined || last.get(id) === undefined ? [] : [after])),
    removedAlarms: removedAlarms(unit),
  };
}

function removedAlarms({ alarmChanges, removedEntities }: Applied['unit']): readonly AlarmRemoval[] {
  const byThemselves = alarmChanges.flatMap((change) => ('removedId' in change ? [{ tenantId: change.tenantId, id: change.removedId }] : []));
  return [...byThemselves, ...removedEntities.map(({ tenantId, entity }) => ({ tenantId, originator: entity }))];
}
