import { alarmStatus, type Alarm } from './alarm.js';
import type { TypedValue } from './value.js';
import { ValueKind } from './value.js';

/** What an alarm does not say itself about those it names. */
export interface AlarmNames {
  readonly originatorName?: string | undefined;
  readonly originatorLabel?: string | undefined;
  readonly assigneeEmail?: string | undefined;
}

/** An alarm field of queries (rest-api.md §24), which search and sort by it; undefined where the alarm has none. */
export function alarmField(alarm: Alarm, names: AlarmNames, key: string): TypedValue | undefined {
  const read = Object.hasOwn(fields, key) ? fields[key] : undefined;
  const value = read?.(alarm, names);
  if (value === undefined) return undefined;
  if (typeof value === 'string') return { kind: ValueKind.string, value };
  return typeof value === 'boolean' ? { kind: ValueKind.boolean, value } : { kind: ValueKind.long, value };
}

const named = ({ originatorName, originatorLabel }: AlarmNames): string | undefined =>
  (originatorLabel === '' ? undefined : originatorLabel) ?? originatorName;

const fields: Readonly<Record<string, (alarm: Alarm, names: AlarmNames) => string | number | boolean | undefined>> = {
  createdTime: ({ createdAtMs }) => createdAtMs,
  ackTs: ({ acknowledgedAtMs }) => acknowledgedAtMs,
  ackTime: ({ acknowledgedAtMs }) => acknowledgedAtMs,
  clearTs: ({ clearedAtMs }) => clearedAtMs,
  clearTime: ({ clearedAtMs }) => clearedAtMs,
  assignTime: ({ assignedAtMs }) => assignedAtMs,
  startTs: ({ startMs }) => startMs,
  startTime: ({ startMs }) => startMs,
  endTs: ({ endMs }) => endMs,
  endTime: ({ endMs }) => endMs,
  type: ({ type }) => type,
  severity: ({ severity }) => severity,
  status: alarmStatus,
  originator: (_, { originatorName }) => originatorName,
  originatorLabel: (_, { originatorLabel }) => originatorLabel,
  originatorDisplayName: (_, names) => named(names),
  originatorId: ({ originator }) => originator.id,
  originatorType: ({ originator }) => originator.entityType,
  acknowledged: ({ acknowledgedAtMs }) => acknowledgedAtMs !== undefined,
  cleared: ({ clearedAtMs }) => clearedAtMs !== undefined,
  assignee: (_, { assigneeEmail }) => assigneeEmail,
  assigneeId: ({ assigneeId }) => assigneeId,
  details: ({ details }) => (details === null ? undefined : JSON.stringify(details)),
};
