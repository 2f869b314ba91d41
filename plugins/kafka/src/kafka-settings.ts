import { whenUnavailable, z } from '@fieldline/plugin-sdk';
import { openProperties } from './client-properties.js';
import { headerCharsets } from './header-charset.js';
import { LINGER_MS_MAX, RETRIES_MAX, TEMPLATE_LENGTH_MAX } from './limits.js';

const GIGABYTE = 1_073_741_824;

/** Settings of the Kafka node, as ThingsBoard writes them, and our `whenUnavailable`. */
export const kafkaSettings = z.strictObject({
  topicPattern: z
    .string()
    .min(1, 'name the topic')
    .max(TEMPLATE_LENGTH_MAX)
    .describe('Topic to send to. May have `${metadataKey}` and `$[dataKey]`.')
    .meta({ title: 'Topic pattern' }),
  keyPattern: z
    .string()
    .max(TEMPLATE_LENGTH_MAX)
    .nullish()
    .describe('Key of the record, with the same placeholders. Records of one key stay in order. Empty: no key, and the partitions take turns.')
    .meta({ title: 'Key pattern' }),
  bootstrapServers: z
    .string()
    .min(1, 'name a server')
    .max(TEMPLATE_LENGTH_MAX)
    .describe('One or more servers, host:port, separated by commas. They tell the node of the others.')
    .meta({ title: 'Bootstrap servers' }),
  retries: z
    .int()
    .min(0)
    .max(2_147_483_647)
    .default(0)
    .describe(
      `How often one send is tried again. With acknowledgement by all at least 2, since then nothing doubles; never more than ${RETRIES_MAX}.`,
    )
    .meta({ title: 'Retries' }),
  batchSize: z
    .int()
    .min(0)
    .max(GIGABYTE)
    .default(16_384)
    .describe('Bytes that need not wait for more: a batch with fewer waits for the time below.')
    .meta({ title: 'Batch size (bytes)' }),
  linger: z
    .int()
    .min(0)
    .max(LINGER_MS_MAX)
    .default(0)
    .describe('How long a smaller batch waits before it is sent, so that more gather behind it. Milliseconds.')
    .meta({ title: 'Linger (ms)' }),
  bufferMemory: z
    .int()
    .min(0)
    .max(GIGABYTE)
    .default(33_554_432)
    .describe('Bytes that are on the way to the brokers at once, at most.')
    .meta({ title: 'Buffer memory (bytes)' }),
  acks: z
    .enum(['all', '-1', '0', '1'])
    .nullish()
    .transform((value) => value ?? '-1')
    .describe('Who has to have a record before it counts as sent: all replicas (-1 or all), the leading one (1), nobody (0).')
    .meta({ title: 'Acknowledgements' }),
  otherProperties: z
    .record(z.string().max(200), z.string().max(100_000))
    .nullish()
    .transform((value) => value ?? {})
    .describe("More settings under the names that Kafka's own clients give them, such as security.protocol and sasl.jaas.config.")
    .meta({ title: 'Other properties', secret: true, secretExcept: openProperties }),
  addMetadataKeyValuesAsKafkaHeaders: z
    .boolean()
    .default(false)
    .describe('Sends the metadata along as headers, each named `tb_msg_md_` and its key.')
    .meta({ title: 'Add message metadata as headers' }),
  kafkaHeadersCharset: z
    .enum(headerCharsets)
    .nullish()
    .transform((value) => value ?? 'UTF-8')
    .describe('Character set of the values of these headers.')
    .meta({ title: 'Character set of headers' }),
  whenUnavailable,
});

export type KafkaSettings = z.output<typeof kafkaSettings>;

/** Settings of a freshly dropped node. */
export const kafkaDefaults: KafkaSettings = {
  topicPattern: 'my-topic',
  keyPattern: null,
  bootstrapServers: 'localhost:9092',
  retries: 0,
  batchSize: 16_384,
  linger: 0,
  bufferMemory: 33_554_432,
  acks: '-1',
  otherProperties: {},
  addMetadataKeyValuesAsKafkaHeaders: false,
  kafkaHeadersCharset: 'UTF-8',
  whenUnavailable: 'WAIT',
};
