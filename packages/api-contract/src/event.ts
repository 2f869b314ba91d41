import type { Event, EventType } from '@fieldline/model';
import { eventTypes } from '@fieldline/model';
import * as z from 'zod';
import { wireEntityIdSchema, wireId, wireIdSchema } from './wire-id.js';

/** An event as the API shows it. */
export const wireEventSchema = z.strictObject({
  id: z.strictObject({ id: z.string() }).describe('Id of the event.'),
  createdTime: z.int().describe('When it happened, in milliseconds since 1970.'),
  tenantId: wireIdSchema('TENANT').describe('Tenant of the entity.'),
  type: z.enum(eventTypes).describe('What kind of event.'),
  uid: z.string().describe('The id again.'),
  entityId: wireEntityIdSchema.describe('What it happened to.'),
  body: z.record(z.string(), z.json()).describe('What happened; members depend on the type.'),
});
export type WireEvent = z.infer<typeof wireEventSchema>;

/** A type of event in a path or body: in any case. */
export const eventTypeSchema = z
  .string()
  .transform((text, context): EventType => {
    const type = eventTypes.find((one) => one === text.toUpperCase());
    if (type !== undefined) return type;
    context.addIssue({ code: 'custom', message: `Event type: '${text}' is not supported!` });
    return z.NEVER;
  })
  .describe('Type of the events, such as LC_EVENT.');

const text = z.string().max(1_000).nullish().describe('Contained in that member of the body, in any case.');
const amount = z.number().nullish().describe('Bound of that member of the body.');

/** Body of `POST /api/events/…`: which members apply depends on the type; others find nothing. */
export const eventFilterSchema = z.object({
  eventType: eventTypeSchema,
  isError: z.boolean().nullish().describe('True: only events with an error.'),
  errorStr: text,
  msgDirectionType: z.enum(['IN', 'OUT']).nullish().describe('Whether the message entered or left the node.'),
  status: z.enum(['Success', 'Failure']).nullish().describe('How it ended.'),
  ...{ server: text, entityId: text, entityType: text, msgId: text, msgType: text, relationType: text, dataSearch: text, metadataSearch: text },
  ...{ message: text, event: text, method: text, arguments: text, result: text },
  ...{ minMessagesProcessed: amount, maxMessagesProcessed: amount, minErrorsOccurred: amount, maxErrorsOccurred: amount },
});

/** What a request looks for in the bodies of events. */
export function eventFilterOf({ eventType: _, ...members }: z.output<typeof eventFilterSchema>): Readonly<Record<string, string | number | boolean>> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null)) as Record<string, string>;
}

export function eventToWire(event: Event): WireEvent {
  const present = Object.entries(event.body).filter(([, value]) => value !== null);
  return {
    id: { id: event.id },
    createdTime: event.createdAtMs,
    tenantId: wireId('TENANT', event.tenantId),
    type: event.type,
    uid: event.id,
    entityId: { entityType: event.entityType, id: event.entityId },
    body: Object.fromEntries(present),
  };
}
