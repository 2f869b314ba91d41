import { z } from '@fieldline/plugin-sdk';

const json = z.record(z.string(), z.json());
const entity = z.strictObject({ entityType: z.string(), id: z.string() });

/** What there is before the messages come. */
const worldSchema = z.strictObject({
  entities: z
    .array(z.strictObject({ entity, name: z.string(), fields: json.optional(), customer: entity.optional(), profile: z.string().optional() }))
    .default([]),
  relations: z.array(z.strictObject({ from: entity, to: entity, type: z.string() })).default([]),
  /** Latest values and attributes: by key, of the entity. */
  points: z.array(z.strictObject({ entity, values: json })).default([]),
  attributes: z.array(z.strictObject({ entity, scope: z.enum(['CLIENT_SCOPE', 'SERVER_SCOPE', 'SHARED_SCOPE']), values: json })).default([]),
  /** What every HTTP request is answered; without it nothing answers. */
  http: z.strictObject({ status: z.int(), body: z.string(), headers: z.record(z.string(), z.string()).default({}) }).optional(),
});

const messageSchema = z.strictObject({
  type: z.string().default('POST_TELEMETRY_REQUEST'),
  originator: entity.default({ entityType: 'DEVICE', id: '00000000-0000-7000-8000-00000000d001' }),
  metadata: z.record(z.string(), z.string()).default({}),
  data: z.json(),
});

const caseSchema = z.strictObject({
  name: z.string(),
  /** Name of the chain the messages enter; the first of the file without it. */
  chain: z.string().optional(),
  world: worldSchema.prefault({}),
  messages: z.array(messageSchema).default([]),
  /** How far the clock moves after the messages, in milliseconds. */
  waitMs: z.int().default(0),
  expect: z.strictObject({
    /** Every way a message left a node, as `Node -> Relation`, in any order. */
    route: z.array(z.string()),
    /** What left nodes; members that are not named may be anything. */
    outputs: z
      .array(
        z.strictObject({
          node: z.string(),
          to: z.string().optional(),
          type: z.string().optional(),
          metadata: json.optional(),
          data: z.json().optional(),
        }),
      )
      .default([]),
    /** Latest values, attributes and alarms of the first message's originator. */
    points: json.optional(),
    attributes: z.record(z.string(), json).optional(),
    alarms: z.array(json).optional(),
    /** Requests and mails that went out. */
    requests: z.array(json).optional(),
    mails: z.array(json).optional(),
    /** Codes of messages that failed for good. */
    failed: z.array(z.string()).default([]),
  }),
});

/** `<name>.cases.json` beside `<name>.json`. */
export const caseFileSchema = z.strictObject({ cases: z.array(caseSchema) });
export type CaseFile = z.infer<typeof caseFileSchema>;
export type ChainCase = CaseFile['cases'][number];
export type CaseWorld = ChainCase['world'];
