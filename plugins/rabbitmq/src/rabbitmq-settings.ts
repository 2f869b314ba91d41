import { whenUnavailable, z } from '@fieldline/plugin-sdk';
import { TEMPLATE_LENGTH_MAX } from './limits.js';
import { messageProperties, type MessagePropertiesName } from './message-properties.js';

const NAME_LENGTH_MAX = 1_000;
const template = z.string().max(TEMPLATE_LENGTH_MAX).nullish();
const durationMs = z.int().min(0).max(2_147_483_647);

/** Settings of the RabbitMQ node, as ThingsBoard writes them, and our `whenUnavailable`. */
export const rabbitmqSettings = z.strictObject({
  exchangeNamePattern: template
    .transform((value) => value ?? '')
    .describe('Exchange to publish to. May have `${metadataKey}` and `$[dataKey]`. Empty: the default exchange, which leads to queues by their name.')
    .meta({ title: 'Exchange name pattern' }),
  routingKeyPattern: template
    .transform((value) => value ?? '')
    .describe('Routing key, with the same placeholders. For the default exchange the name of the queue.')
    .meta({ title: 'Routing key pattern' }),
  messageProperties: z
    .enum(Object.keys(messageProperties) as [MessagePropertiesName, ...MessagePropertiesName[]])
    .nullish()
    .describe('What is said about the message: type of its content, and whether the broker keeps it on disk. Empty: nothing.')
    .meta({ title: 'Message properties' }),
  host: z.string().min(1, 'name the host').max(NAME_LENGTH_MAX).describe('Host name or address of the broker.').meta({ title: 'Host' }),
  port: z.int().min(1).max(65_535).default(5_672).describe('Port of the broker.').meta({ title: 'Port' }),
  virtualHost: z
    .string()
    .max(NAME_LENGTH_MAX)
    .nullish()
    .transform((value) => (value === null || value === undefined || value === '' ? '/' : value))
    .describe('Virtual host.')
    .meta({ title: 'Virtual host' }),
  username: z
    .string()
    .max(NAME_LENGTH_MAX)
    .nullish()
    .transform((value) => value ?? 'guest')
    .describe('User name.')
    .meta({ title: 'User name' }),
  password: z
    .string()
    .max(10_000)
    .nullish()
    .transform((value) => value ?? 'guest')
    .describe('Password.')
    .meta({ title: 'Password', secret: true }),
  automaticRecoveryEnabled: z
    .boolean()
    .default(false)
    .describe('Kept for ThingsBoard: this node opens a broken connection again in any case.')
    .meta({ title: 'Automatic recovery', hidden: true }),
  connectionTimeout: durationMs.default(60_000).describe('How long connecting may take, in milliseconds.').meta({ title: 'Connection timeout (ms)' }),
  handshakeTimeout: durationMs
    .default(10_000)
    .describe('How long signing in may take after that, in milliseconds.')
    .meta({ title: 'Handshake timeout (ms)' }),
  clientProperties: z
    .record(z.string().max(NAME_LENGTH_MAX), z.string().max(NAME_LENGTH_MAX))
    .nullish()
    .transform((value) => value ?? {})
    .describe('What the broker shows about this client.')
    .meta({ title: 'Client properties' }),
  whenUnavailable,
});

export type RabbitmqSettings = z.output<typeof rabbitmqSettings>;

/** Settings of a freshly dropped node. */
export const rabbitmqDefaults: RabbitmqSettings = {
  exchangeNamePattern: '',
  routingKeyPattern: '',
  messageProperties: null,
  host: '',
  port: 5_672,
  virtualHost: '/',
  username: 'guest',
  password: 'guest',
  automaticRecoveryEnabled: false,
  connectionTimeout: 60_000,
  handshakeTimeout: 10_000,
  clientProperties: {},
  whenUnavailable: 'WAIT',
};
