import type { BatchContext, Delivery, Message, Outcome } from '@fieldline/plugin-sdk';
import { defineRuleNode, deliveryOutcome, failOutside, fillTemplate, waitOrFail } from '@fieldline/plugin-sdk';
import { clientProperties } from './client-properties.js';
import { kafkaErrors } from './errors.js';
import { encodeText } from './header-charset.js';
import { kafkaDefaults, type KafkaSettings, kafkaSettings } from './kafka-settings.js';
import { TOPIC_LENGTH_MAX } from './limits.js';
import type { OutgoingRecord, RecordSender } from './record.js';
import { serversOf } from './servers.js';

type Given = Pick<BatchContext<KafkaSettings, never, never, RecordSender>, 'config' | 'connection' | 'nowMs'>;

/** Sends messages to a topic of Apache Kafka and waits until the brokers have them. */
export const kafkaNode = defineRuleNode({
  type: 'kafka.kafka',
  version: 1,
  migrate: { 0: withoutSerializers },
  category: 'external',
  title: 'Kafka',
  summary: 'Sends messages to a topic of Apache Kafka.',
  docs: [
    'The body of the message becomes the value of a record. It leaves by `Success` when the brokers have confirmed it, with `topic`, `partition` and',
    '`offset` in the metadata; a message that Kafka refuses leaves by `Failure` with `error`. Records of one key keep their order.',
    '',
    'While no broker can be reached, messages wait on disk, or leave by `Failure`, as you choose. A message may arrive twice: after a crash, or when',
    'the confirmation was lost. With acknowledgement by all replicas the node is idempotent, so that tries within one send never double.',
    '',
    "**Other properties** are those of Kafka's own clients: `security.protocol` (`SSL`, `SASL_PLAINTEXT`, `SASL_SSL`), `sasl.mechanism` (`PLAIN`,",
    '`SCRAM-SHA-256`, `SCRAM-SHA-512`), `sasl.jaas.config`, PEM texts in `ssl.truststore.certificates`, `ssl.keystore.certificate.chain` and',
    '`ssl.keystore.key`, `compression.type`, `max.request.size`, `delivery.timeout.ms` and a few more. Others are left out and named in the log.',
  ].join('\n'),
  icon: 'stack-2',
  thingsboard: { className: 'org.thingsboard.rule.engine.kafka.TbKafkaNode', configurationVersion: 1, ownSettings: ['whenUnavailable'] },
  relationTypes: ['Success'],
  config: kafkaSettings,
  defaults: kafkaDefaults,
  examples: [
    {
      title: 'a topic for each device type, in order for each device',
      config: { topicPattern: 'telemetry-${deviceType}', keyPattern: '${deviceName}' },
      message: { type: 'POST_TELEMETRY_REQUEST', metadata: { deviceName: 'sensor-7' }, data: { temperature: 21.5 } },
      to: 'Success',
      result: { metadata: { topic: 'telemetry-default' }, data: { temperature: 21.5 } },
    },
  ],
  needs: ['network', 'log'],
  isExternal: true,
  onStart({ config, log }) {
    serversOf(config.bootstrapServers);
    const { ignored } = clientProperties(config.otherProperties);
    if (ignored.length > 0) log.info(`Properties without a meaning here: ${ignored.join(', ')}`);
  },
  connection: {
    async open(context): Promise<RecordSender> {
      // The client is loaded when a node needs it: servers without one save its memory and start faster.
      const { openSender } = await import('./kafka-sender.js');
      return await openSender(context);
    },
    close: (sender) => sender.close(),
    whenAway: (config) => waitOrFail(config),
  },
  onMessage: async (message, given) => (await sendAll([message], given))[0] as Outcome<'Success', never>,
  onBatch: sendAll,
});

/** Sends a batch as a whole. What cannot become a record fails and the others are sent. */
async function sendAll(messages: readonly Message[], given: Given): Promise<readonly Outcome<'Success', never>[]> {
  const records: OutgoingRecord[] = [];
  const failed = new Map<Message, Outcome<'Success', never>>();
  for (const message of messages) {
    try {
      records.push(recordOf(message, given.config));
    } catch (error) {
      failed.set(message, failOutside(error as Error, message));
    }
  }
  const deliveries = (await given.connection.send(records)).values();
  return messages.map((message) => failed.get(message) ?? deliveryOutcome(message, deliveries.next().value as Delivery, given));
}

function recordOf(message: Message, config: KafkaSettings): OutgoingRecord {
  const topic = fillTemplate(config.topicPattern, message);
  if (!/^[\w.-]+$/.test(topic) || topic.length > TOPIC_LENGTH_MAX || topic === '.' || topic === '..') {
    throw kafkaErrors.TOPIC_INVALID({ topic: topic.slice(0, 2 * TOPIC_LENGTH_MAX) });
  }
  const { keyPattern, addMetadataKeyValuesAsKafkaHeaders: hasHeaders, kafkaHeadersCharset: charset } = config;
  return {
    topic,
    key: keyPattern === null || keyPattern === undefined || keyPattern === '' ? undefined : fillTemplate(keyPattern, message),
    value: message.text,
    headers: hasHeaders ? Object.entries(message.metadata).map(([key, value]) => [`tb_msg_md_${key}`, encodeText(value, charset)] as const) : [],
  };
}

/** Version 0 named the serializers, which were always those of text. */
function withoutSerializers(old: unknown): unknown {
  const { keySerializer: _key, valueSerializer: _value, ...rest } = old as { keySerializer?: unknown; valueSerializer?: unknown };
  return rest;
}
