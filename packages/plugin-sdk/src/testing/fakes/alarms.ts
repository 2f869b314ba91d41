import type { IdSource } from '@fieldline/kernel';
import type { Alarm, EntityId } from '@fieldline/model';
import { alarmToJson } from './alarm-json.js';
import type { AlarmsService, AlarmSpecification } from '../../services/index.js';

/** Keeps alarms in `alarms`, oldest first; at most one uncleared for each originator and type. */
export function recordedAlarms(alarms: Alarm[], nowMs: () => number, ids: IdSource): AlarmsService {
  const same = (alarm: Alarm, originator: EntityId): boolean =>
    alarm.originator.id === originator.id && alarm.originator.entityType === originator.entityType;
  const replace = (next: Alarm): Alarm => {
    const place = alarms.findIndex((alarm) => alarm.id === next.id);
    if (place < 0) alarms.push(next);
    else alarms[place] = next;
    return next;
  };
  const active = (originator: EntityId, type: string): Alarm | undefined =>
    alarms.find((alarm) => alarm.type === type && alarm.clearedAtMs === undefined && same(alarm, originator));

  return {
    active: (message, type) => Promise.resolve(active(message.originator, type)),
    byId: (_message, id) => Promise.resolve(alarms.find((alarm) => alarm.id === id)),
    raise(message, specification) {
      const originator = specification.originator ?? message.originator;
      const known = active(originator, specification.type);
      const wanted = fieldsOf(specification);
      if (known === undefined) {
        const created: Alarm = {
          ...wanted,
          id: ids.next(),
          tenantId: message.tenantId,
          createdAtMs: nowMs(),
          ...(message.customerId === undefined ? {} : { customerId: message.customerId }),
          originator: { ...originator },
          startMs: specification.startMs,
          endMs: specification.startMs,
        };
        return Promise.resolve({ alarm: replace(created), change: 'created' as const });
      }
      const next: Alarm = { ...known, ...wanted, endMs: nowMs() };
      const change = JSON.stringify(next) === JSON.stringify(known) ? 'unchanged' : 'updated';
      return Promise.resolve({ alarm: change === 'updated' ? replace(next) : known, change } as const);
    },
    clear(_message, alarm, details) {
      const known = alarms.find((other) => other.id === alarm.id);
      if (known === undefined || known.clearedAtMs !== undefined) return Promise.resolve(undefined);
      return Promise.resolve(replace({ ...known, clearedAtMs: nowMs(), ...(details === undefined ? {} : { details }) }));
    },
    toJson: alarmToJson,
  };
}

function fieldsOf(
  s: AlarmSpecification,
): Pick<Alarm, 'type' | 'severity' | 'details' | 'propagate' | 'propagateToOwner' | 'propagateToTenant' | 'propagateRelationTypes'> {
  const { type, severity, details, propagate, propagateToOwner, propagateToTenant } = s;
  return { type, severity, details, propagate, propagateToOwner, propagateToTenant, propagateRelationTypes: [...s.propagateRelationTypes] };
}
