import type { Alarm, JsonValue } from '@fieldline/model';
import { alarmStatus, nullUuid } from '@fieldline/model';

/** The body of an alarm message: the alarm as ThingsBoard writes it (rule-nodes.md §5.1). */
export function alarmToJson(alarm: Alarm): JsonValue {
  return {
    id: { entityType: 'ALARM', id: alarm.id },
    createdTime: alarm.createdAtMs,
    tenantId: { entityType: 'TENANT', id: alarm.tenantId },
    customerId: { entityType: 'CUSTOMER', id: alarm.customerId ?? nullUuid },
    type: alarm.type,
    name: alarm.type,
    originator: { entityType: alarm.originator.entityType, id: alarm.originator.id },
    severity: alarm.severity,
    status: alarmStatus(alarm),
    acknowledged: alarm.acknowledgedAtMs !== undefined,
    cleared: alarm.clearedAtMs !== undefined,
    assigneeId: alarm.assigneeId === undefined ? null : { entityType: 'USER', id: alarm.assigneeId },
    startTs: alarm.startMs,
    endTs: alarm.endMs,
    ackTs: alarm.acknowledgedAtMs ?? 0,
    clearTs: alarm.clearedAtMs ?? 0,
    assignTs: alarm.assignedAtMs ?? 0,
    details: alarm.details,
    propagate: alarm.propagate,
    propagateToOwner: alarm.propagateToOwner,
    propagateToTenant: alarm.propagateToTenant,
    propagateRelationTypes: alarm.propagateRelationTypes,
  };
}
