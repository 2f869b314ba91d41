import { alarmFlagsOf, alarmStatus, type Alarm, type EntityId } from '@fieldline/model';
import type { AlarmQuery } from '@fieldline/ports';

export const isSameEntity = (a: EntityId, b: EntityId): boolean => a.id === b.id && a.entityType === b.entityType;

/** True where the alarm fits everything a query asks besides its text: the tenant is no part of it. */
export function matchesAlarm(alarm: Alarm, query: Omit<AlarmQuery, 'page' | 'pageSize'>): boolean {
  const { originator, affected, customerId, status = 'ANY', statuses = [], severities, types, assigneeId } = query;
  if (originator !== undefined && !isSameEntity(alarm.originator, originator)) return false;
  if (affected !== undefined && ![alarm.originator, ...(alarm.propagatedTo ?? [])].some((entity) => isSameEntity(entity, affected))) return false;
  if (customerId !== undefined && alarm.customerId !== customerId) return false;
  if (assigneeId !== undefined && alarm.assigneeId !== assigneeId) return false;
  if (severities !== undefined && severities.length > 0 && !severities.includes(alarm.severity)) return false;
  if (types !== undefined && types.length > 0 && !types.includes(alarm.type)) return false;
  const from = Math.max(query.startMs ?? 0, query.createdFromMs ?? 0);
  const to = Math.min(query.endMs ?? Infinity, query.createdToMs ?? Infinity);
  if (alarm.createdAtMs < from || alarm.createdAtMs > to) return false;
  const [isCleared, isAcknowledged] = [alarm.clearedAtMs !== undefined, alarm.acknowledgedAtMs !== undefined];
  const asked = alarmFlagsOf(statuses);
  if ((asked.isCleared ?? isCleared) !== isCleared || (asked.isAcknowledged ?? isAcknowledged) !== isAcknowledged) return false;
  return status === 'ANY' || status === alarmStatus(alarm) || alarmStatus(alarm).split('_').includes(status);
}
