import type { BatchContext, Delivery, Message, Outcome } from '@fieldline/plugin-sdk';
import { defineRuleNode, deliveryOutcome, failOutside, fillTemplate, waitOrFail } from '@fieldline/plugin-sdk';
import { rabbitmqErrors } from './errors.js';
import { NAME_BYTES_MAX } from './limits.js';
import type { Publication, Publisher } from './publication.js';
import { rabbitmqDefaults, type RabbitmqSettings, rabbitmqSettings } from './rabbitmq-settings.js';

type Given = Pick<BatchContext<RabbitmqSettings, never, never, Publisher>, 'config' | 'connection' | 'nowMs'>;

/** Publishes messages to an exchange of RabbitMQ and waits until the broker has confirmed them. */
export const rabbitmqNode = defineRuleNode({
  type: 'rabbitmq.rabbitmq',
  version: 0,
  category: 'external',
  title: 'RabbitMQ',
  summary: 'Publishes messages to an exchange of RabbitMQ.',
  docs: [
    'The body of the message is published as it is. It leaves by `Success`, unchanged, when the broker has confirmed it; what the broker refuses (an',
    'exchange that does not exist, a queue that is full) leaves by `Failure` with `error` in the metadata. A message that no queue wants counts as',
    'confirmed, as the broker says it is.',
    '',
    'While the broker is away, messages wait on disk, or leave by `Failure`, as you choose. A message may arrive twice: after a crash, or when the',
    'confirmation was lost. Its id is the property `message_id`, so that a receiver can recognise it. Choose persistent properties and a durable queue',
    'where messages must outlive a restart of the broker.',
  ].join('\n'),
  icon: 'transfer-out',
  thingsboard: { className: 'org.thingsboard.rule.engine.rabbitmq.TbRabbitMqNode', configurationVersion: 0, ownSettings: ['whenUnavailable'] },
  relationTypes: ['Success'],
  config: rabbitmqSettings,
  defaults: rabbitmqDefaults,
  examples: [
    {
      title: 'one routing key for each device type',
      config: { exchangeNamePattern: 'telemetry', routingKeyPattern: 'device.${deviceType}', messageProperties: 'PERSISTENT_TEXT_PLAIN' },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } },
      to: 'Success',
      result: { data: { temperature: 21.5 } },
    },
  ],
  needs: ['network'],
  isExternal: true,
  connection: {
    async open(context): Promise<Publisher> {
      // The client is loaded when a node needs it: servers without one save its memory and start faster.
      const { openPublisher } = await import('./rabbitmq-publisher.js');
      return await openPublisher(context);
    },
    close: (publisher) => publisher.close(),
    whenAway: (config) => waitOrFail(config),
  },
  onMessage: async (message, given) => (await publishAll([message], given))[0] as Outcome<'Success', never>,
  onBatch: publishAll,
});

/** Publishes a batch as a whole. What cannot be published fails and the others are. */
async function publishAll(messages: readonly Message[], given: Given): Promise<readonly Outcome<'Success', never>[]> {
  const publications: Publication[] = [];
  const failed = new Map<Message, Outcome<'Success', never>>();
  for (const message of messages) {
    try {
      publications.push(publicationOf(message, given.config));
    } catch (error) {
      failed.set(message, failOutside(error as Error, message));
    }
  }
  const deliveries = (await given.connection.publish(publications)).values();
  return messages.map((message) => failed.get(message) ?? deliveryOutcome(message, deliveries.next().value as Delivery, given));
}

function publicationOf(message: Message, config: RabbitmqSettings): Publication {
  const exchange = fillTemplate(config.exchangeNamePattern, message);
  const routingKey = fillTemplate(config.routingKeyPattern, message);
  for (const [what, text] of [
    ['exchange name', exchange],
    ['routing key', routingKey],
  ] as const) {
    const bytes = new TextEncoder().encode(text).length;
    if (bytes > NAME_BYTES_MAX) throw rabbitmqErrors.NAME_TOO_LONG({ what, bytes, limit: NAME_BYTES_MAX });
  }
  return { exchange, routingKey, text: message.text, messageId: message.id };
}
