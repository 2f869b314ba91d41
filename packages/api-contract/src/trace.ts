import * as z from 'zod';
import { pageParametersSchema, timeParametersSchema } from './page.js';
import { queryFlag } from './query-flag.js';
import { entityTypeSchema, uuidSchema, wireEntityIdSchema } from './wire-id.js';

export const traceReasons = ['SAMPLED', 'FIRST', 'FAILED'] as const;
export const hopOutcomes = ['ROUTED', 'EMITTED', 'FAILED', 'ENDED', 'RETURNED', 'HANDED_OVER', 'HELD', 'DEFERRED', 'CALLED'] as const;

/** Query parameters of the list of traces; the text is looked for in the type of the message. */
export const traceParametersSchema = z
  .object({
    ...pageParametersSchema.omit({ sortProperty: true, sortOrder: true }).shape,
    ...timeParametersSchema.shape,
    entityType: entityTypeSchema.optional().describe('With entityId: only traces of messages about this entity.'),
    entityId: uuidSchema.optional().describe('UUID of that entity.'),
    ruleChainId: uuidSchema.optional().describe('Only parts with a hop in this rule chain.'),
    reason: z
      .enum(traceReasons)
      .transform((reason) => reason.toLowerCase() as Lowercase<typeof reason>)
      .optional()
      .describe('Only those recorded for this reason.'),
    hasFailed: queryFlag().optional().describe('Only parts in which a message failed for good, or only the others.'),
  })
  .refine(({ entityType, entityId }) => (entityType === undefined) === (entityId === undefined), {
    message: 'entityType and entityId go together',
    path: ['entityId'],
  });

/** A part of a trace without its hops. */
export const wireTraceHeadSchema = z.strictObject({
  id: z.string().describe('Id of the part.'),
  traceId: z.string().describe('Id of the message that came from outside; all parts of a trace have it.'),
  originator: wireEntityIdSchema.describe('Entity the message is about.'),
  messageType: z.string().describe('Type of the message.'),
  ruleChainId: z.string().describe('Rule chain the part begins in.'),
  ruleChainName: z.string().nullable().describe('Its name; null where it is gone.'),
  startTime: z.int().describe('When the part began, in milliseconds since 1970.'),
  reason: z.enum(traceReasons).describe('SAMPLED: one of many. FIRST: the first of its entity in an hour. FAILED: recorded because it failed.'),
  hasFailed: z.boolean().describe('Whether a message failed in it for good.'),
  isStart: z.boolean().describe('True where the message came from outside; false where it goes on after a hand-over.'),
  isCut: z.boolean().describe('Whether hops were left out because there were too many.'),
  hopCount: z.int().describe('Hops the part has.'),
});
export type WireTraceHead = z.infer<typeof wireTraceHeadSchema>;

const wireTracedMessageSchema = z.strictObject({
  id: z.string().describe('Id of the message.'),
  type: z.string().describe('Type of the message.'),
  originator: wireEntityIdSchema.describe('Entity the message is about.'),
  metadata: z.string().describe('Its metadata, as the text of a JSON object.'),
  data: z.string().describe('Its body, as text.'),
  isCut: z.boolean().describe('Whether a text was too long and has lost its end.'),
});

const wireChainPositionSchema = z.strictObject({
  ruleChainId: z.string().describe('The rule chain.'),
  ruleNodeId: z.string().describe('The rule node in it.'),
});

const wireTraceHopSchema = z.strictObject({
  ...wireChainPositionSchema.shape,
  part: z.int().describe('Place in `parts` of the part it belongs to.'),
  chainVersion: z.int().describe('Version of the rule chain that ran.'),
  nodeName: z.string().describe('Name of the node then.'),
  nodeType: z.string().describe('Type of the node.'),
  callers: z.array(wireChainPositionSchema).describe('The nodes that called the chain, outermost first.'),
  startTime: z.int().describe('When the call of the node began, in milliseconds since 1970.'),
  durationUs: z.number().describe('How long the call took, in microseconds.'),
  calledWith: z.int().describe('How many messages the call took.'),
  in: z.int().describe('Place in `messages` of the message that came.'),
  outcome: z.enum(hopOutcomes).describe('What became of it. HANDED_OVER and HELD go on in a later part; RETURNED left a nested chain.'),
  out: z
    .array(
      z.strictObject({
        relationType: z.string().describe('By which relation type.'),
        message: z.int().describe('Place in `messages` of the message that left.'),
        isUnconnected: z.boolean().describe('True where the relation type leads nowhere.'),
      }),
    )
    .describe('What left the node.'),
  reason: z.string().nullable().describe('Of ENDED: why.'),
  error: z
    .strictObject({ code: z.string().describe('Code of the error.'), message: z.string().describe('The error in words.') })
    .nullable()
    .describe('What went wrong.'),
});

/** Everything recorded of one message and of what descends from it. */
export const wireTraceSchema = z.strictObject({
  traceId: z.string().describe('Id of the message that came from outside.'),
  hasFailed: z.boolean().describe('Whether a message failed in it for good.'),
  isCut: z.boolean().describe('Whether hops were left out because there were too many.'),
  parts: z.array(wireTraceHeadSchema).describe('Its parts, oldest first: one for each time it was taken up.'),
  ruleChains: z
    .array(z.strictObject({ id: z.string().describe('Id of the chain.'), name: z.string().nullable().describe('Its name; null where it is gone.') }))
    .describe('The rule chains that hops are in.'),
  messages: z.array(wireTracedMessageSchema).describe('Messages that hops name by their place.'),
  hops: z.array(wireTraceHopSchema).describe('Visits of messages to nodes, in the order of the parts and as they happened.'),
});
export type WireTrace = z.infer<typeof wireTraceSchema>;

/** What the recorder keeps (`GET /api/traces/usage`). */
export const wireTraceUsageSchema = z.strictObject({
  bytes: z.int().describe('Bytes of the traces of the tenant.'),
  parts: z.int().describe('Parts of traces there are.'),
  leftOut: z
    .strictObject({
      traces: z.int().describe('Parts of traces that would have been a sample, or the first of their entity in an hour.'),
      failures: z.int().describe('Parts of traces of messages that failed.'),
      debugEvents: z.int().describe('Events of rule nodes that somebody debugs.'),
    })
    .describe('What was not recorded since the server started, because too much came at once.'),
});
