import type { EntityId } from '@fieldline/model';
import * as z from 'zod';
import { API_IDS_MAX } from './limits.js';
import { pageParametersSchema, timeParametersSchema } from './page.js';
import { plainEntityId, uuidSchema, wireEntityIdSchema } from './wire-id.js';

/** A message that failed for good, as the API shows it. */
export const wireDeadLetterSchema = z.strictObject({
  id: z.string().describe('Id of the dead letter.'),
  failedTime: z.int().describe('When it failed, in milliseconds since 1970.'),
  ruleChainId: z.string().nullable().describe('Rule chain it failed in; null where it came to none.'),
  ruleNodeId: z.string().nullable().describe('Rule node it failed in; null where it came to none.'),
  code: z.string().describe('Code of the error.'),
  error: z.string().describe('The error in words.'),
  remedy: z.string().nullable().describe('What can be done about it; null in letters of earlier versions.'),
  traceId: z.string().describe('Id of the trace that shows its path, where one was recorded.'),
  message: z
    .strictObject({
      id: z.string().describe('Id of the message; it keeps it when it is replayed.'),
      type: z.string().describe('Type of the message.'),
      originator: wireEntityIdSchema.describe('Entity the message is about.'),
      ts: z.int().describe('When it was created.'),
      metadata: z.record(z.string(), z.string()).describe('Its metadata.'),
      data: z.string().describe('Its body, as text.'),
    })
    .describe('The message as it came to the node.'),
});
export type WireDeadLetter = z.infer<typeof wireDeadLetterSchema>;

/** How many dead letters a rule chain has. */
export const wireDeadLetterCountSchema = z.strictObject({
  ruleChainId: z.string().nullable().describe('The rule chain; null for messages that came to none.'),
  count: z.int().describe('Its dead letters.'),
});

/** Query parameters of the list of dead letters; the text is looked for in code and error. */
export const deadLetterParametersSchema = z.object({
  ...pageParametersSchema.omit({ sortProperty: true, sortOrder: true }).shape,
  ...timeParametersSchema.shape,
  ruleChainId: uuidSchema.optional().describe('Only those of this rule chain.'),
  ruleNodeId: uuidSchema.optional().describe('Only those of this rule node.'),
  code: z.string().max(255).optional().describe('Only those with this code.'),
});

/** Body of `POST /api/deadLetters/replay`. */
export const deadLetterReplaySchema = z.object({
  ids: z.array(uuidSchema).min(1).max(API_IDS_MAX, `names at most ${API_IDS_MAX} ids`).describe('Dead letters to replay.'),
  from: z.enum(['CHAIN', 'NODE']).default('CHAIN').describe('CHAIN: at the start of the chain the message came to. NODE: at the node it failed in.'),
});
export const deadLetterReplayedSchema = z.strictObject({
  replayed: z.array(z.string()).describe('Those that are on their way; they are no dead letters any more.'),
  left: z.array(z.string()).describe('Those that are gone already, or whose chain or node is no more.'),
});

/** A dead letter as the store keeps it. */
interface StoredLetter {
  readonly id: string;
  readonly message: {
    readonly id: string;
    readonly type: string;
    readonly originator: EntityId;
    readonly tsMs: number;
    readonly metadata: Readonly<Record<string, string>>;
    readonly text: string;
  };
  readonly ruleChainId: string;
  readonly ruleNodeId?: string | undefined;
  readonly code: string;
  readonly error: string;
  readonly remedy?: string | undefined;
  readonly failedAtMs: number;
  readonly traceId?: string | undefined;
}

export function deadLetterToWire(letter: StoredLetter): WireDeadLetter {
  const { id, message, ruleChainId, ruleNodeId, code, error, remedy = null, failedAtMs, traceId } = letter;
  const { type, originator, tsMs, metadata, text } = message;
  return {
    id,
    failedTime: failedAtMs,
    ruleChainId: ruleChainId === '' ? null : ruleChainId,
    ruleNodeId: ruleNodeId ?? null,
    code,
    error,
    remedy,
    traceId: traceId ?? message.id,
    message: { id: message.id, type, originator: plainEntityId(originator), ts: tsMs, metadata, data: text },
  };
}
