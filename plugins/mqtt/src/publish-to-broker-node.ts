import { defineRuleNode, failOutside, payloadOf, route, z } from '@fieldline/plugin-sdk';
import { TEMPLATE_LENGTH_MAX } from './limits.js';
import { topicOf } from './topic.js';

/** Publishes messages to the MQTT clients of the server's own broker listener. */
export const publishToBrokerNode = defineRuleNode({
  type: 'mqtt.publish-to-broker',
  version: 1,
  category: 'external',
  title: 'Publish to broker',
  summary: "Publishes messages to the clients of this server's own MQTT broker.",
  docs: [
    'The body of the message goes to all clients of the tenant that are subscribed to the topic at the broker listener (`FIELDLINE_BROKER_PORT`). The',
    'message leaves by `Success`, unchanged; where the listener is off, or the topic is not one to publish to, by `Failure` with `error` in the',
    'metadata.',
    '',
    'It is published after everything else that the message caused was stored, and again after a crash: a client may get it twice.',
  ].join('\n'),
  icon: 'access-point',
  relationTypes: ['Success'],
  config: z.strictObject({
    topicPattern: z
      .string()
      .min(1, 'name the topic')
      .max(TEMPLATE_LENGTH_MAX)
      .describe('Topic to publish to. May have `${metadataKey}` and `$[dataKey]`.')
      .meta({ title: 'Topic pattern' }),
    qos: z
      .union([z.literal(0), z.literal(1), z.literal(2)])
      .default(1)
      .describe('How surely a subscriber gets it: at most once (0), at least once (1), exactly once (2).')
      .meta({ title: 'QoS' }),
    retainedMessage: z
      .boolean()
      .default(false)
      .describe('The broker keeps the last message of each topic for later subscribers.')
      .meta({ title: 'Retained' }),
    parseToPlainText: z
      .boolean()
      .default(false)
      .describe('Sends a body that is a JSON string as the text in it, without quotes.')
      .meta({ title: 'Parse to plain text' }),
  }),
  defaults: { topicPattern: 'my-topic', qos: 1, retainedMessage: false, parseToPlainText: false },
  examples: [
    {
      title: 'the state of a device for whoever watches it',
      config: { topicPattern: 'state/${deviceName}', retainedMessage: true },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { running: true } },
      to: 'Success',
      result: { data: { running: true } },
    },
  ],
  needs: ['broker'],
  isExternal: true,
  async onMessage(message, { config, broker }) {
    try {
      const topic = topicOf(config.topicPattern, message);
      await broker.publish({ topic, payload: payloadOf(message, config.parseToPlainText), qos: config.qos, isRetained: config.retainedMessage });
      return route('Success', message);
    } catch (error) {
      return failOutside(error as Error, message);
    }
  },
});
