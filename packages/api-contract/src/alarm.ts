import type { Alarm, User } from '@fieldline/model';
import { alarmSeverities, alarmStatus } from '@fieldline/model';
import * as z from 'zod';
import { pageParametersSchema } from './page.js';
import { plainEntityId, optionalWireId, uuidSchema, wireEntityIdSchema, wireId, wireIdSchema } from './wire-id.js';

/** An alarm as the API and alarm messages show it (rest-api.md §17.1). */
export const wireAlarmSchema = z.strictObject({
  id: wireIdSchema('ALARM').describe('Id of the alarm.'),
  createdTime: z.int().describe('When it was first raised, by our clock.'),
  tenantId: wireIdSchema('TENANT').describe('Tenant of the alarm.'),
  customerId: wireIdSchema('CUSTOMER').nullable().describe('Customer of the originator when it was created.'),
  type: z.string().describe('What is wrong.'),
  originator: wireEntityIdSchema.describe('Entity the alarm is about.'),
  severity: z.enum(alarmSeverities).describe('How bad it is.'),
  acknowledged: z.boolean().describe('Whether somebody acknowledged it.'),
  cleared: z.boolean().describe('Whether it is over.'),
  assigneeId: wireIdSchema('USER').nullable().describe('User who takes care of it.'),
  startTs: z.int().describe('Time of the first reading that raised it.'),
  endTs: z.int().describe('Time of the last reading that confirmed it.'),
  ackTs: z.int().describe('When it was acknowledged; 0 while it is not.'),
  clearTs: z.int().describe('When it was cleared; 0 while it is not.'),
  assignTs: z.int().describe('When it was last assigned or unassigned; 0 if never.'),
  details: z.json().describe('Whatever the rule chain tells the operator.'),
  propagate: z.boolean().describe('Shown at entities related to the originator.'),
  propagateToOwner: z.boolean().describe('Shown at the owner of the originator.'),
  propagateToTenant: z.boolean().describe('Shown at the tenant.'),
  propagateRelationTypes: z.array(z.string()).describe('Entity relations to follow; empty means all.'),
  name: z.string().describe('Always the type.'),
  status: z.enum(['ACTIVE_UNACK', 'ACTIVE_ACK', 'CLEARED_UNACK', 'CLEARED_ACK']).describe('Derived from acknowledged and cleared.'),
});
export type WireAlarm = z.infer<typeof wireAlarmSchema>;

/** An alarm with the names a list shows. */
export const wireAlarmInfoSchema = z.strictObject({
  ...wireAlarmSchema.shape,
  originatorName: z.string().describe('Name of the originator; "Deleted" where it is gone.'),
  originatorLabel: z.string().nullable().describe('Its label.'),
  originatorDisplayName: z.string().describe('Label, or name where there is none.'),
  assignee: z
    .strictObject({ id: wireIdSchema('USER'), firstName: z.string().nullable(), lastName: z.string().nullable(), email: z.string() })
    .nullable()
    .describe('Who takes care of it.'),
});
export type WireAlarmInfo = z.infer<typeof wireAlarmInfoSchema>;

const instant = z.coerce.number<string>('must be a number').int();

/** Query parameters of alarm lists. */
export const alarmParametersSchema = z.object({
  ...pageParametersSchema.shape,
  searchStatus: z.enum(['ANY', 'ACTIVE', 'CLEARED', 'ACK', 'UNACK']).optional().describe('Part of the status.'),
  status: z.enum(['ACTIVE_UNACK', 'ACTIVE_ACK', 'CLEARED_UNACK', 'CLEARED_ACK']).optional().describe('Exact status.'),
  startTime: instant.optional().describe('Created at or after this instant.'),
  endTime: instant.optional().describe('Created at or before this instant.'),
  assigneeId: uuidSchema.optional().describe('Only those this user takes care of.'),
  fetchOriginator: z.string().optional().describe('Ignored: names are always filled.'),
});
export type AlarmParameters = z.output<typeof alarmParametersSchema>;

export function alarmToWire(alarm: Alarm): WireAlarm {
  return {
    id: wireId('ALARM', alarm.id),
    createdTime: alarm.createdAtMs,
    tenantId: wireId('TENANT', alarm.tenantId),
    customerId: optionalWireId('CUSTOMER', alarm.customerId),
    type: alarm.type,
    originator: plainEntityId(alarm.originator),
    severity: alarm.severity,
    acknowledged: alarm.acknowledgedAtMs !== undefined,
    cleared: alarm.clearedAtMs !== undefined,
    assigneeId: optionalWireId('USER', alarm.assigneeId),
    startTs: alarm.startMs,
    endTs: alarm.endMs,
    ackTs: alarm.acknowledgedAtMs ?? 0,
    clearTs: alarm.clearedAtMs ?? 0,
    assignTs: alarm.assignedAtMs ?? 0,
    details: alarm.details as WireAlarm['details'],
    propagate: alarm.propagate,
    propagateToOwner: alarm.propagateToOwner,
    propagateToTenant: alarm.propagateToTenant,
    propagateRelationTypes: [...alarm.propagateRelationTypes],
    name: alarm.type,
    status: alarmStatus(alarm),
  };
}

/** What a list shows of the user who takes care of an alarm. */
export type AlarmAssignee = Pick<User, 'id' | 'email' | 'firstName' | 'lastName'>;

/** @param originator name and label of the entity, undefined where it is gone */
export function alarmInfoToWire(
  alarm: Alarm,
  originator: { readonly name: string; readonly label?: string | undefined } | undefined,
  assignee?: AlarmAssignee,
): WireAlarmInfo {
  const originatorName = originator?.name ?? 'Deleted';
  return {
    ...alarmToWire(alarm),
    originatorName,
    originatorLabel: originator?.label ?? null,
    originatorDisplayName: originator?.label ?? originatorName,
    assignee: assignee === undefined ? null : assigneeToWire(assignee),
  };
}

function assigneeToWire({ id, firstName, lastName, email }: AlarmAssignee): NonNullable<WireAlarmInfo['assignee']> {
  return { id: wireId('USER', id), firstName: firstName ?? null, lastName: lastName ?? null, email };
}
