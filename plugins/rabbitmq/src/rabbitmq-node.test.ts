// Goal: what the node makes of messages and settings, row by row of rule-nodes.md §6.2, without a broker.
// Method: the harness with a connection that records what it is given; a broker is the subject of rabbitmq-broker.test.ts.
import type { Delivery } from '@fieldline/plugin-sdk';
import { message, nodeHarness, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { expect, test } from 'vitest';
import { plugin } from './index.js';
import { messageProperties } from './message-properties.js';
import type { Publication, Publisher } from './publication.js';
import { rabbitmqNode } from './rabbitmq-node.js';
import type { RabbitmqSettings } from './rabbitmq-settings.js';

class RecordedPublisher implements Publisher {
  readonly publications: Publication[] = [];
  readonly #answer: Delivery;

  constructor(answer: Delivery = { isSent: true }) {
    this.#answer = answer;
  }

  publish(publications: readonly Publication[]): Promise<readonly Delivery[]> {
    this.publications.push(...publications);
    return Promise.resolve(publications.map(() => this.#answer));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const start = (config: Partial<RabbitmqSettings> = {}, connection = new RecordedPublisher()) => ({
  node: nodeHarness(rabbitmqNode, { config: { host: 'localhost', ...config }, connection }),
  published: connection.publications,
});
const away: Delivery = { isSent: false, error: new Error('connect ECONNREFUSED'), isAway: true };

test.each(ruleNodeConformance(rabbitmqNode, { config: { host: 'localhost' }, connection: new RecordedPublisher() }))('$name', ({ run }) => run());

test('exchange and routing key are templates, and the body goes as it came, with the id of the message', async () => {
  const { node, published } = start({ exchangeNamePattern: 'to-${deviceType}', routingKeyPattern: '$[serial]' });
  const reading = telemetry('d1', null, { text: '{ "serial": 42.0 }' });
  expect(await node.send(reading)).toEqual({ kind: 'routed', to: 'Success', message: reading });
  expect(published).toEqual([{ exchange: 'to-default', routingKey: '42.0', text: '{ "serial": 42.0 }', messageId: reading.id }]);
});

test('a name that AMQP cannot carry fails its message alone, counted in bytes', async () => {
  const { node, published } = start({ routingKeyPattern: '${key}' });
  const about = (key: string) => message('T', { entityType: 'DEVICE', id: 'd' }, {}, { metadata: { key } });
  const outcomes = await node.sendAll([about('é'.repeat(128)), about('é'.repeat(127))]);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['failed', 'routed']);
  expect(outcomes[0]).toMatchObject({
    problem: { code: 'RABBITMQ_NAME_TOO_LONG', details: { bytes: 256 } },
    message: { metadata: { error: expect.stringMatching(/^RABBITMQ_NAME_TOO_LONG: /) } },
  });
  expect(published).toHaveLength(1);
});

test.each([
  ['BASIC', { contentType: 'application/octet-stream', deliveryMode: 1, priority: 0 }],
  ['TEXT_PLAIN', { contentType: 'text/plain', deliveryMode: 1, priority: 0 }],
  ['MINIMAL_BASIC', {}],
  ['MINIMAL_PERSISTENT_BASIC', { deliveryMode: 2 }],
  ['PERSISTENT_BASIC', { contentType: 'application/octet-stream', deliveryMode: 2, priority: 0 }],
  ['PERSISTENT_TEXT_PLAIN', { contentType: 'text/plain', deliveryMode: 2, priority: 0 }],
] as const)('the properties %s are %j', (name, properties) => expect(messageProperties[name]).toEqual(properties));

test('while the broker is away messages wait or fail, and imported settings fail', async () => {
  expect(await start({}, new RecordedPublisher(away)).node.relation(telemetry('d', {}))).toBe('Deferred NODE_THREW');
  const failed = await start({ whenUnavailable: 'FAIL' }, new RecordedPublisher(away)).node.send(telemetry('d', {}));
  expect(failed).toMatchObject({ kind: 'failed', message: { metadata: { error: 'Error: connect ECONNREFUSED' } } });
  const { whenUnavailable: _ours, ...imported } = { ...rabbitmqNode.defaults, host: 'a' };
  expect(rabbitmqNode.config.parse(imported).whenUnavailable).toBe('FAIL');
  const whenAway = (whenUnavailable: 'WAIT' | 'FAIL') => rabbitmqNode.connection?.whenAway({ ...rabbitmqNode.defaults, whenUnavailable });
  expect([whenAway('WAIT'), whenAway('FAIL')]).toEqual(['wait', 'fail']);
});

test('settings as ThingsBoard exports them, with nulls, are taken', () => {
  const stored = {
    exchangeNamePattern: null,
    routingKeyPattern: null,
    messageProperties: null,
    host: 'localhost',
    port: 5672,
    virtualHost: null,
    username: null,
    password: null,
    automaticRecoveryEnabled: true,
    connectionTimeout: 0,
    handshakeTimeout: 0,
    clientProperties: null,
  };
  expect(rabbitmqNode.config.parse(stored)).toMatchObject({ exchangeNamePattern: '', virtualHost: '/', username: 'guest', clientProperties: {} });
});

test.each([{ host: '' }, { port: 0 }, { messageProperties: 'LOUD' as never }])('settings %j keep the node from starting', async (config) => {
  await expect(start(config).node.start()).rejects.toMatchObject({ code: 'NODE_SETTINGS_INVALID' });
});

test('the plugin has the node', () => expect(plugin.nodes.map(({ type }) => type)).toEqual(['rabbitmq.rabbitmq']));
