import { credentials, whenUnavailable, z } from '@fieldline/plugin-sdk';
import { TEMPLATE_LENGTH_MAX } from './limits.js';

const NAME_LENGTH_MAX = 1_000;

/** Settings of the MQTT node, as ThingsBoard writes them, and our `whenUnavailable`. */
export const mqttSettings = z.strictObject({
  topicPattern: z
    .string()
    .min(1, 'name the topic')
    .max(TEMPLATE_LENGTH_MAX)
    .describe('Topic to publish to. May have `${metadataKey}` and `$[dataKey]`.')
    .meta({ title: 'Topic pattern' }),
  host: z.string().min(1, 'name the host').max(NAME_LENGTH_MAX).describe('Host name or address of the broker.').meta({ title: 'Host' }),
  port: z.int().min(1).max(65_535).default(1_883).describe('Port of the broker.').meta({ title: 'Port' }),
  connectTimeoutSec: z
    .int()
    .min(1)
    .max(200)
    .default(10)
    .describe('How long connecting may take, in seconds.')
    .meta({ title: 'Connection timeout (s)' }),
  clientId: z
    .string()
    .max(NAME_LENGTH_MAX)
    .nullish()
    .describe('Id the node signs in with: at most 23 characters for MQTT 3.1, else 256. Empty: one that the node chooses.')
    .meta({ title: 'Client ID' }),
  appendClientIdSuffix: z
    .boolean()
    .default(false)
    .describe('Adds `_` and a text of its own for each server, so that several can be connected at once.')
    .meta({ title: 'Add a suffix to the client ID' }),
  retainedMessage: z
    .boolean()
    .default(false)
    .describe('The broker keeps the last message of each topic for later subscribers.')
    .meta({ title: 'Retained' }),
  cleanSession: z.boolean().default(true).describe('The broker forgets the session when the connection ends.').meta({ title: 'Clean session' }),
  ssl: z.boolean().default(false).describe('Encrypts the connection, and checks the certificate of the broker.').meta({ title: 'Enable SSL' }),
  parseToPlainText: z
    .boolean()
    .default(false)
    .describe('Sends a body that is a JSON string as the text in it, without quotes.')
    .meta({ title: 'Parse to plain text' }),
  protocolVersion: z
    .enum(['MQTT_3_1', 'MQTT_3_1_1', 'MQTT_5'])
    .nullish()
    .transform((value) => value ?? 'MQTT_3_1_1')
    .describe('Version of MQTT that the broker speaks.')
    .meta({ title: 'Protocol version' }),
  credentials,
  whenUnavailable,
});

export type MqttSettings = z.output<typeof mqttSettings>;

/** Settings of a freshly dropped node. */
export const mqttDefaults: MqttSettings = {
  topicPattern: 'my-topic',
  host: '',
  port: 1_883,
  connectTimeoutSec: 10,
  clientId: null,
  appendClientIdSuffix: false,
  retainedMessage: false,
  cleanSession: true,
  ssl: false,
  parseToPlainText: false,
  protocolVersion: 'MQTT_3_1_1',
  credentials: { type: 'anonymous' },
  whenUnavailable: 'WAIT',
};
