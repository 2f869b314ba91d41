import type { AuditLog } from '@fieldline/model';
import { actionTypes, type ActionType } from '@fieldline/model';
import * as z from 'zod';
import { customerWireId, wireEntityIdSchema, wireId, wireIdSchema } from './wire-id.js';

const names = Object.keys(actionTypes) as [ActionType, ...ActionType[]];

/** A record of the audit log as the API shows it. */
export const wireAuditLogSchema = z.strictObject({
  id: z.strictObject({ id: z.string() }).describe('Id of the record.'),
  createdTime: z.int().describe('When it was done, in milliseconds since 1970.'),
  tenantId: wireIdSchema('TENANT').describe('Tenant of what was changed.'),
  customerId: wireIdSchema('CUSTOMER').describe('Customer of what was changed; the null UUID for none.'),
  entityId: wireEntityIdSchema.nullable().describe('What was changed.'),
  entityName: z.string().nullable().describe('Its name at that time.'),
  userId: wireIdSchema('USER').nullable().describe('User who did it; null where the system did.'),
  userName: z.string().nullable().describe('Email of that user.'),
  actionType: z.string().describe('What was done.'),
  actionData: z.record(z.string(), z.json()).describe('What was asked for; `diff` lists the changed fields with `from` and `to`.'),
  actionStatus: z.enum(['SUCCESS', 'FAILURE']).describe('Whether it was done.'),
  actionFailureDetails: z.string().describe('Why it was not; empty where it was.'),
});
export type WireAuditLog = z.infer<typeof wireAuditLogSchema>;

/** A query parameter with types of actions separated by commas; it arrives as an array. */
export const actionTypesSchema = z
  .string()
  .transform((text) => text.split(',').filter((part) => part !== ''))
  .pipe(z.array(z.enum(names)).max(names.length))
  .optional()
  .describe('Only these actions, separated by commas.');

export function auditLogToWire(record: AuditLog): WireAuditLog {
  const { entityType, entityId, userId } = record;
  return {
    id: { id: record.id },
    createdTime: record.createdAtMs,
    tenantId: wireId('TENANT', record.tenantId),
    customerId: customerWireId(record.customerId),
    entityId: entityType === undefined || entityId === undefined ? null : { entityType, id: entityId },
    entityName: record.entityName ?? null,
    userId: userId === undefined ? null : wireId('USER', userId),
    userName: record.userName ?? null,
    actionType: record.actionType,
    actionData: record.actionData,
    actionStatus: record.status,
    actionFailureDetails: record.failure ?? '',
  };
}
