import * as z from 'zod';

/** Mappings of a tenant. A message is compared with each in turn, so there are few. */
export const TOPIC_MAPPINGS_MAX = 100;

const level = z.number().int().min(1).max(32).describe('Level of the topic, counted from 1: in `plant/7/t` level 2 is `7`.');
const path = z.string().min(1).max(255).describe('Member of the JSON payload; points lead into objects: `meta.device`.');
const fixed = z.string().min(1).max(255);

/** Where the name of something comes from. */
const source = {
  level: z.strictObject({ from: z.literal('level'), level }),
  payload: z.strictObject({ from: z.literal('payload'), path }),
  fixed: z.strictObject({ from: z.literal('fixed'), name: fixed.describe('Always this name.') }),
};

export const topicMappingSchema = z.strictObject({
  topicFilter: z
    .string()
    .min(1)
    .max(1_024)
    .refine((filter) => filter.split('/').every((part, n, all) => part === '+' || (part === '#' && n === all.length - 1) || !/[+#]/.test(part)), {
      message: 'must be an MQTT topic filter: + fills a level, # is the last one',
    })
    .refine((filter) => !filter.startsWith('$'), { message: 'must not begin with $' })
    .describe('Messages on topics that this MQTT filter takes; the first mapping that takes a topic is the one.'),
  device: z.discriminatedUnion('from', [source.level, source.payload, source.fixed]).describe('Name of the device.'),
  createsDevice: z.boolean().default(false).describe('Whether a device is created that does not exist; otherwise its messages are only brokered.'),
  deviceProfile: fixed.optional().describe('Profile of created devices; absent is the default one.'),
  target: z.enum(['telemetry', 'attributes']).default('telemetry').describe('What the values become.'),
  value: z
    .discriminatedUnion('form', [
      z.strictObject({ form: z.literal('object'), path: path.optional() }),
      z.strictObject({ form: z.literal('raw'), key: z.discriminatedUnion('from', [source.level, source.fixed]) }),
    ])
    .default({ form: 'object' })
    .describe(
      '`object`: the payload, or the object at `path` in it, gives a value for each member. `raw`: the whole payload is the value of one key.',
    ),
  timestampPath: path
    .optional()
    .describe('Member that holds the time of the reading, in milliseconds since 1970 or as ISO 8601 text; absent is the time of arrival.'),
});
export type TopicMapping = z.infer<typeof topicMappingSchema>;

/** All mappings of a tenant, in their order. */
export const topicMappingsSchema = z.array(topicMappingSchema).max(TOPIC_MAPPINGS_MAX);
