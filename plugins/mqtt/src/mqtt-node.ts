import type { BatchContext, Delivery, Message, Outcome } from '@fieldline/plugin-sdk';
import { defineRuleNode, deliveryOutcome, failOutside, payloadOf, waitOrFail } from '@fieldline/plugin-sdk';
import { clientIdOf } from './client-id.js';
import { mqttDefaults, type MqttSettings, mqttSettings } from './mqtt-settings.js';
import type { Publication, Publisher } from './publication.js';
import { topicOf } from './topic.js';

type Given = Pick<BatchContext<MqttSettings, never, never, Publisher>, 'config' | 'connection' | 'nowMs'>;

/** Publishes messages to an MQTT broker and waits until it has confirmed them. */
export const mqttNode = defineRuleNode({
  type: 'mqtt.mqtt',
  version: 2,
  migrate: {
    0: (old) => ({ parseToPlainText: false, ...(old as object) }),
    1: (old) => ({ protocolVersion: 'MQTT_3_1', ...(old as object) }),
  },
  category: 'external',
  title: 'MQTT',
  summary: 'Publishes messages to an MQTT broker.',
  docs: [
    'The body of the message is published with QoS 1. It leaves by `Success`, unchanged, when the broker has confirmed it; a message that cannot be',
    'published leaves by `Failure` with `error` in the metadata. Messages keep their order. MQTT 5 brokers say when they refuse one; older versions',
    'cannot, so a message to a topic that the user may not use counts as confirmed there.',
    '',
    'While the broker is away, messages wait on disk, or leave by `Failure`, as you choose. A message may arrive twice: after a crash, or when the',
    'confirmation was lost. To publish to the broker listener of this server, *publish to broker* needs no connection.',
  ].join('\n'),
  icon: 'broadcast',
  thingsboard: { className: 'org.thingsboard.rule.engine.mqtt.TbMqttNode', configurationVersion: 2, ownSettings: ['whenUnavailable'] },
  relationTypes: ['Success'],
  config: mqttSettings,
  defaults: mqttDefaults,
  examples: [
    {
      title: 'a topic for each device, as plain text',
      config: { topicPattern: 'plant/${deviceName}', parseToPlainText: true },
      message: { type: 'POST_TELEMETRY_REQUEST', metadata: { deviceName: 'pump-3' }, data: 'running' },
      to: 'Success',
      result: { data: 'running' },
    },
  ],
  needs: ['network'],
  isExternal: true,
  onStart: (context) => void clientIdOf(context.config, () => context.random()),
  connection: {
    async open(context): Promise<Publisher> {
      // The client is loaded when a node needs it: servers without one save its memory and start faster.
      const { openPublisher } = await import('./mqtt-publisher.js');
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
  const { topicPattern, parseToPlainText, retainedMessage: isRetained } = given.config;
  const publications: Publication[] = [];
  const failed = new Map<Message, Outcome<'Success', never>>();
  for (const message of messages) {
    try {
      publications.push({ topic: topicOf(topicPattern, message), payload: payloadOf(message, parseToPlainText), isRetained });
    } catch (error) {
      failed.set(message, failOutside(error as Error, message));
    }
  }
  const deliveries = (await given.connection.publish(publications)).values();
  return messages.map((message) => failed.get(message) ?? deliveryOutcome(message, deliveries.next().value as Delivery, given));
}
