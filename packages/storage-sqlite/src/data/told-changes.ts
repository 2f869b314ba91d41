import type { CommittedChanges } from '@fieldline/ports';
import { decidedChanges } from './attribute-changes.js';
import type { Applied } from './live-state.js';

/** What listeners are told of a unit that is on the disk. */
export function toldChanges({ unit, attributes, alarms }: Applied): CommittedChanges {
  const { writes, removals } = decidedChanges(attributes);
  const last = new Map(alarms.map(({ id, after }) => [id, after]));
  return {
    points: (isWanted, visit) => unit.points(isWanted, visit),
    attributes: writes.map(({ change }) => change),
    removedAttributes: removals.map(({ change }) => change),
    alarms: alarms.flatMap(({ id, after }) => (after === undefined || last.get(id) === undefined ? [] : [after])),
  };
}
