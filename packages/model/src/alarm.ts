import * as z from 'zod';
import { entityTypes } from './entity-id.js';
import type { JsonValue } from './value.js';

/** Most severe first. */
export const alarmSeverities = ['CRITICAL', 'MAJOR', 'MINOR', 'WARNING', 'INDETERMINATE'] as const;
export type AlarmSeverity = (typeof alarmSeverities)[number];
/** Entities an alarm is shown at besides its originator: far above any tree people build, and a bound for a row. */
export const PROPAGATED_MAX = 1_000;
export type AlarmStatus = 'ACTIVE_UNACK' | 'ACTIVE_ACK' | 'CLEARED_UNACK' | 'CLEARED_ACK';

export const alarmSchema = z.strictObject({
  id: z.string().describe('UUID.'),
  tenantId: z.string().describe('Tenant that owns the alarm.'),
  createdAtMs: z.number().describe('When the alarm was first raised, by our clock.'),
  customerId: z.string().optional().describe('Customer of the originator when the alarm was created.'),
  type: z.string().min(1).max(255).describe('What is wrong, for example "High temperature".'),
  originator: z.strictObject({ entityType: z.enum(entityTypes), id: z.string() }).describe('Entity the alarm is about.'),
  severity: z.enum(alarmSeverities).describe('How bad it is.'),
  acknowledgedAtMs: z.number().optional().describe('When somebody acknowledged it; absent while nobody has.'),
  clearedAtMs: z.number().optional().describe('When it was cleared; absent while it is active.'),
  startMs: z.number().describe('Time of the first reading that raised it.'),
  endMs: z.number().describe('Time of the last reading that confirmed it.'),
  assigneeId: z.string().optional().describe('User who takes care of it.'),
  assignedAtMs: z.number().optional().describe('When it was last assigned or unassigned.'),
  details: z.json().describe('Whatever the rule chain wants to tell the operator.'),
  propagate: z.boolean().describe('Shown at entities related to the originator.'),
  propagateToOwner: z.boolean().describe('Shown at the owner of the originator.'),
  propagateToTenant: z.boolean().describe('Shown at the tenant.'),
  propagateRelationTypes: z.array(z.string()).describe('Entity relations to follow; empty means all.'),
  propagatedTo: z
    .array(z.strictObject({ entityType: z.enum(entityTypes), id: z.string() }))
    .max(PROPAGATED_MAX)
    .optional()
    .describe('Entities besides the originator at which the alarm is shown; worked out when it is created or its propagation changes.'),
});

/** A condition of an originator with type, severity and life cycle. At most one uncleared per originator and type. */
export type Alarm = Omit<z.infer<typeof alarmSchema>, 'details'> & { details: JsonValue };

/** Derived from the two flags, never stored. */
export function alarmStatus(alarm: Alarm): AlarmStatus {
  const state = alarm.clearedAtMs === undefined ? 'ACTIVE' : 'CLEARED';
  return `${state}_${alarm.acknowledgedAtMs === undefined ? 'UNACK' : 'ACK'}`;
}

/**
 * What becomes of an alarm that two wrote at the same time: the fields that `changed` has otherwise than `base`, which
 * its writer had read, on top of what is stored by now.
 */
export function mergeAlarm(stored: Alarm, base: Alarm, changed: Alarm): Alarm {
  if (stored === base) return changed;
  const merged: Record<string, unknown> = { ...stored };
  for (const field of new Set([...Object.keys(base), ...Object.keys(changed)]) as Set<keyof Alarm>) {
    if (JSON.stringify(base[field]) === JSON.stringify(changed[field])) continue;
    if (changed[field] === undefined) delete merged[field];
    else merged[field] = changed[field];
  }
  return merged as Alarm;
}
