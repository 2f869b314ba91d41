// Goal: what the node makes of messages and settings, row by row of rule-nodes.md §6.2, without a broker.
// Method: the harness with a connection that records what it is given; brokers are the subject of kafka-broker.test.ts.
import type { Delivery } from '@fieldline/plugin-sdk';
import { message, nodeHarness, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { clientProperties } from './client-properties.js';
import { encodeText } from './header-charset.js';
import { plugin } from './index.js';
import { kafkaNode } from './kafka-node.js';
import type { KafkaSettings } from './kafka-settings.js';
import type { OutgoingRecord, RecordSender } from './record.js';
import { serversOf } from './servers.js';

class RecordedSender implements RecordSender {
  readonly records: OutgoingRecord[] = [];
  readonly #answer: (record: OutgoingRecord, place: number) => Delivery;

  constructor(
    answer: (record: OutgoingRecord, place: number) => Delivery = ({ topic }) => ({ isSent: true, metadata: { topic, partition: '0', offset: '7' } }),
  ) {
    this.#answer = answer;
  }

  send(records: readonly OutgoingRecord[]): Promise<readonly Delivery[]> {
    this.records.push(...records);
    return Promise.resolve(records.map(this.#answer));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const start = (config: Partial<KafkaSettings> = {}, connection = new RecordedSender()) => ({
  node: nodeHarness(kafkaNode, { config, connection }),
  sent: connection.records,
});
const away: Delivery = { isSent: false, error: new Error('connect ECONNREFUSED'), isAway: true };
const refused: Delivery = { isSent: false, error: new Error('too large'), isAway: false };

test.each(ruleNodeConformance(kafkaNode, { connection: new RecordedSender() }))('$name', ({ run }) => run());

test('topic and key are templates, and the value is the text of the body as it came', async () => {
  const { node, sent } = start({ topicPattern: 'a-${deviceName}', keyPattern: '$[serial]' });
  await node.send(telemetry('d1', null, { text: '{ "serial": 42.0 }' }));
  expect(sent).toEqual([{ topic: 'a-d1', key: '42.0', value: '{ "serial": 42.0 }', headers: [] }]);
});

test.each([null, undefined, ''])('without a key pattern (%j) a record has no key', async (keyPattern) => {
  const { node, sent } = start({ keyPattern });
  await node.send(telemetry('d1', {}));
  expect(sent).toMatchObject([{ topic: 'my-topic', key: undefined }]);
});

test('Success has offset, partition and topic in the metadata', async () => {
  expect(await start().node.send(telemetry('d1', {}))).toMatchObject({
    to: 'Success',
    message: { metadata: { deviceName: 'd1', topic: 'my-topic', partition: '0', offset: '7' } },
  });
});

test('metadata become headers where asked for, each named tb_msg_md_ and its key', async () => {
  const { node, sent } = start({ addMetadataKeyValuesAsKafkaHeaders: true, kafkaHeadersCharset: 'ISO-8859-1' });
  await node.send(message('T', { entityType: 'DEVICE', id: 'd1' }, {}, { metadata: { a: 'é€', b: '' } }));
  expect(sent[0]?.headers).toEqual([
    ['tb_msg_md_a', Uint8Array.of(0xe9, 0x3f)],
    ['tb_msg_md_b', Uint8Array.of()],
  ]);
});

test.each([
  ['UTF-8', [0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80]],
  ['US-ASCII', [0x3f, 0x3f]],
  ['ISO-8859-1', [0xe9, 0x3f]],
  ['UTF-16BE', [0x00, 0xe9, 0xd8, 0x3d, 0xde, 0x00]],
  ['UTF-16LE', [0xe9, 0x00, 0x3d, 0xd8, 0x00, 0xde]],
  ['UTF-16', [0xfe, 0xff, 0x00, 0xe9, 0xd8, 0x3d, 0xde, 0x00]],
] as const)('in %s a header is encoded as Java does', (charset, bytes) => expect([...encodeText('é😀', charset)]).toEqual(bytes));

test('messages that cannot be sent fail alone, and the others keep their order', async () => {
  const { node, sent } = start({ topicPattern: '${topic}' });
  const about = (topic: string) => message('T', { entityType: 'DEVICE', id: 'd1' }, { topic }, { metadata: { topic } });
  const outcomes = await node.sendAll(['a', 'not a topic', 'b', '..', 'c'.repeat(250), 'c'].map(about));
  expect(outcomes.map((one) => (one.kind === 'failed' ? one.problem.code : one.kind))).toEqual([
    'routed',
    'KAFKA_TOPIC_INVALID',
    'routed',
    'KAFKA_TOPIC_INVALID',
    'KAFKA_TOPIC_INVALID',
    'routed',
  ]);
  expect(sent.map(({ topic }) => topic)).toEqual(['a', 'b', 'c']);
  expect(outcomes[1]).toMatchObject({ message: { metadata: { error: 'KAFKA_TOPIC_INVALID: "not a topic" is no name of a Kafka topic.' } } });
});

test('a body that a template cannot look into fails with the code of the template', async () => {
  const { node } = start({ keyPattern: '$[a]' });
  expect(await node.relation(message('T', { entityType: 'DEVICE', id: 'd' }, null, { text: '{' }))).toBe('Failure TEMPLATE_BODY_INVALID');
});

describe('while the brokers are away', () => {
  test('WAIT gives messages back, and only those that could be sent later', async () => {
    const { node } = start({}, new RecordedSender((_record, place) => (place === 0 ? away : refused)));
    expect((await node.sendAll([telemetry('d1', {}), telemetry('d2', {})])).map(({ kind }) => kind)).toEqual(['deferred', 'failed']);
    expect(kafkaNode.connection?.whenAway({ ...kafkaNode.defaults })).toBe('wait');
  });

  test('FAIL sends them to Failure with the metadata key error', async () => {
    const { node } = start({ whenUnavailable: 'FAIL' }, new RecordedSender(() => away));
    expect(await node.send(telemetry('d1', {}))).toMatchObject({ kind: 'failed', message: { metadata: { error: 'Error: connect ECONNREFUSED' } } });
    expect(kafkaNode.connection?.whenAway({ ...kafkaNode.defaults, whenUnavailable: 'FAIL' })).toBe('fail');
  });

  test('imported settings fail as ThingsBoard does', () => {
    const { whenUnavailable: _ours, ...imported } = kafkaNode.defaults;
    expect(kafkaNode.config.parse(imported).whenUnavailable).toBe('FAIL');
    expect(kafkaNode.thingsboard?.ownSettings).toEqual(['whenUnavailable']);
  });
});

describe('settings', () => {
  test('version 0 named the serializers', () => {
    const { whenUnavailable: _ours, ...imported } = kafkaNode.defaults;
    const old = { ...imported, keySerializer: 'StringSerializer', valueSerializer: 'StringSerializer' };
    expect(kafkaNode.migrate?.[0]?.(old)).toEqual(imported);
  });

  test.each([
    ['localhost', [{ host: 'localhost', port: 9092 }]],
    [
      'a:1, b.example:65535',
      [
        { host: 'a', port: 1 },
        { host: 'b.example', port: 65_535 },
      ],
    ],
    [
      '[::1]:9093,10.0.0.1:9094',
      [
        { host: '::1', port: 9093 },
        { host: '10.0.0.1', port: 9094 },
      ],
    ],
  ])('%s are the servers %j', (list, servers) => expect(serversOf(list)).toEqual(servers));

  test.each([',', 'a:0', 'a:65536', 'a:b', 'a b', 'http://a:1', '::1', Array.from({ length: 33 }, () => 'a').join()])(
    'servers %s keep the node from starting',
    async (bootstrapServers) => {
      await expect(start({ bootstrapServers }).node.start()).rejects.toMatchObject({ code: 'KAFKA_SERVERS_INVALID' });
    },
  );

  test('properties of Kafka clients are obeyed, with bounds, and the others named in the log', async () => {
    const jaas = 'org.apache.kafka.common.security.scram.ScramLoginModule required username="u" password="a\\"b";';
    expect(
      clientProperties({
        'security.protocol': 'SASL_SSL',
        'sasl.mechanism': 'SCRAM-SHA-512',
        'sasl.jaas.config': jaas,
        'ssl.truststore.type': 'PEM',
        'ssl.truststore.certificates': 'CA',
        'ssl.endpoint.identification.algorithm': '',
        'compression.type': 'zstd',
        'delivery.timeout.ms': '999999999',
        'max.request.size': '2000000',
        'client.id': 'me',
        'acks.extra': 'x',
      }),
    ).toMatchObject({
      clientId: 'me',
      tls: { ca: 'CA', checksHost: false },
      sasl: { mechanism: 'SCRAM-SHA-512', username: 'u', password: 'a"b' },
      compression: 'zstd',
      deliveryMs: 300_000,
      requestBytesMax: 2_000_000,
      ignored: ['acks.extra'],
    });
    const { node } = start({ otherProperties: { 'partitioner.class': 'X' } });
    await node.start();
    expect(node.recorded.logged).toEqual(['Properties without a meaning here: partitioner.class']);
  });

  test('without a security protocol there is neither TLS nor a login', () => {
    expect(clientProperties({ 'sasl.mechanism': 'PLAIN' })).toMatchObject({
      tls: undefined,
      sasl: undefined,
      deliveryMs: 30_000,
      isIdempotent: true,
    });
  });

  test.each([
    [{ 'ssl.truststore.location': '/x.jks' }, 'KAFKA_PROPERTY_UNSUPPORTED'],
    [{ 'sasl.login.callback.handler.class': 'X' }, 'KAFKA_PROPERTY_UNSUPPORTED'],
    [{ 'ssl.truststore.type': 'JKS' }, 'KAFKA_PROPERTY_INVALID'],
    [{ 'sasl.mechanism': 'GSSAPI' }, 'KAFKA_PROPERTY_INVALID'],
    [{ 'request.timeout.ms': 'soon' }, 'KAFKA_PROPERTY_INVALID'],
  ])('properties %j keep the node from starting', async (otherProperties, code) => {
    await expect(start({ otherProperties: otherProperties as unknown as Record<string, string> }).node.start()).rejects.toMatchObject({ code });
  });
});

test('the plugin has the node', () => expect(plugin.nodes.map(({ type }) => type)).toEqual(['kafka.kafka']));
