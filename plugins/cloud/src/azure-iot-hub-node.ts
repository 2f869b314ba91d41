import { z } from '@fieldline/plugin-sdk';
import { declaredNode } from './declared-node.js';
import { optionalText, template, text } from './fields.js';
import { TEXT_LENGTH_MAX } from './limits.js';

const pem = z.string().max(TEXT_LENGTH_MAX).nullish().describe('PEM text.');
const secret = pem.meta({ secret: true });

/** Publishes to Azure IoT Hub as a device. */
export const azureIotHubNode = declaredNode({
  type: 'cloud.azure-iot-hub',
  version: 1,
  migrate: { 0: (old) => ({ protocolVersion: 'MQTT_3_1_1', ...(old as object) }) },
  category: 'external',
  title: 'Azure IoT Hub',
  summary: 'Publishes messages to Azure IoT Hub.',
  docs: 'Publishes the body of the message over MQTT, as the device that the client id names.',
  icon: 'brand-azure',
  thingsboard: { className: 'org.thingsboard.rule.engine.mqtt.azure.TbAzureIotHubNode', configurationVersion: 1 },
  needsPlugin: 'azure',
  config: z.strictObject({
    topicPattern: template('Topic', 'Topic to publish to.'),
    host: text('Host name', 'Host name of the hub.'),
    port: z.int().min(1).max(65_535).default(8_883).describe('Port of the hub.').meta({ title: 'Port' }),
    connectTimeoutSec: z
      .int()
      .min(1)
      .max(200)
      .default(10)
      .describe('How long connecting may take, in seconds.')
      .meta({ title: 'Connection timeout (s)' }),
    clientId: optionalText('Device ID', 'The device to publish as.'),
    appendClientIdSuffix: z.boolean().default(false).describe('Without a meaning here.').meta({ hidden: true }),
    retainedMessage: z.boolean().default(false).describe('Marks messages as retained.').meta({ title: 'Retained' }),
    cleanSession: z.boolean().default(true).describe('The hub forgets the session when the connection ends.').meta({ title: 'Clean session' }),
    ssl: z.boolean().default(true).describe('Encrypts the connection.').meta({ title: 'Enable SSL' }),
    parseToPlainText: z.boolean().default(false).describe('Sends a JSON string as the text in it.').meta({ title: 'Parse to plain text' }),
    protocolVersion: z
      .enum(['MQTT_3_1', 'MQTT_3_1_1', 'MQTT_5'])
      .nullish()
      .transform((value) => value ?? 'MQTT_3_1_1')
      .describe('Version of MQTT.')
      .meta({ title: 'Protocol version' }),
    credentials: z
      .discriminatedUnion('type', [
        z.object({ type: z.literal('sas'), sasKey: secret, caCert: pem }),
        z.object({ type: z.literal('cert.PEM'), caCert: pem, cert: pem, privateKey: secret, password: secret }),
      ])
      .describe('A shared access key, or a certificate (PEM texts).')
      .meta({ title: 'Credentials' }),
  }),
  defaults: {
    topicPattern: 'devices/<device_id>/messages/events/',
    host: '<iot-hub-name>.azure-devices.net',
    port: 8_883,
    connectTimeoutSec: 10,
    clientId: null,
    appendClientIdSuffix: false,
    retainedMessage: false,
    cleanSession: true,
    ssl: true,
    parseToPlainText: false,
    protocolVersion: 'MQTT_3_1_1',
    credentials: { type: 'sas' },
  },
});
