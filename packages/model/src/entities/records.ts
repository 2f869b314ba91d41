import * as z from 'zod';
import { entityType, head, jsonObject, name, shortText } from './head.js';

// Records that are added and never changed, but for comments. They are found by time and by what they are about.

/** Who did what to which entity. */
export const auditLogSchema = z.strictObject({
  ...head,
  customerId: z.string().optional().describe('Customer of the entity or, if it has none, of the user.'),
  entityType: entityType.optional().describe('Entity type of what was changed.'),
  entityId: z.string().optional().describe('What was changed.'),
  entityName: shortText.describe('Its name at that time.'),
  userId: z.string().optional().describe('User who did it.'),
  userName: shortText.describe('Email of that user.'),
  actionType: name.describe('ADDED, UPDATED, DELETED and so on.'),
  actionData: jsonObject.describe('What was asked for; `diff` lists the changed fields with `from` and `to`.'),
  status: z.enum(['SUCCESS', 'FAILURE']).describe('Whether it was done.'),
  failure: z.string().max(4096).optional().describe('Why it was not.'),
});
export type AuditLog = z.infer<typeof auditLogSchema>;

export const eventTypes = ['DEBUG_RULE_NODE', 'DEBUG_RULE_CHAIN', 'LC_EVENT', 'ERROR', 'STATS', 'DEBUG_CALCULATED_FIELD'] as const;
export type EventType = (typeof eventTypes)[number];

/** Something that happened to an entity by itself, such as the start of a rule chain. */
export const eventSchema = z.strictObject({
  ...head,
  entityType: entityType.describe('Entity type of what it happened to.'),
  entityId: z.string().describe('What it happened to.'),
  type: z.enum(eventTypes).describe('What kind of event.'),
  body: jsonObject.describe('Members depend on the type (rest-api.md §22).'),
});
export type Event = z.infer<typeof eventSchema>;

export const alarmCommentSchema = z.strictObject({
  ...head,
  alarmId: z.string().describe('Alarm it is about.'),
  userId: z.string().optional().describe('Author; absent where we made it.'),
  type: z.enum(['OTHER', 'SYSTEM']).describe('SYSTEM where we made it.'),
  comment: jsonObject.describe('`text`, and what the compatible API adds to it.'),
});
export type AlarmComment = z.infer<typeof alarmCommentSchema>;
