// Goal: what the nodes make of messages and settings, row by row of rule-nodes.md §6.2, without a broker.
// Method: the harness with a connection that records what it is given; a broker is the subject of mqtt-broker.test.ts.
import type { Delivery } from '@fieldline/plugin-sdk';
import { message, nodeHarness, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { clientIdOf } from './client-id.js';
import { plugin } from './index.js';
import { mqttNode } from './mqtt-node.js';
import type { MqttSettings } from './mqtt-settings.js';
import type { Publication, Publisher } from './publication.js';
import { publishToBrokerNode } from './publish-to-broker-node.js';

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

const start = (config: Partial<MqttSettings> = {}, connection = new RecordedPublisher()) => ({
  node: nodeHarness(mqttNode, { config: { host: 'localhost', ...config }, connection }),
  published: connection.publications,
});
const about = (topic: string) => message('T', { entityType: 'DEVICE', id: 'd' }, 'text', { metadata: { topic } });
const away: Delivery = { isSent: false, error: new Error('connect ECONNREFUSED'), isAway: true };
const topics = ['a', '', 'a/+', '#', 'x'.repeat(65_536), 'b\0', '/a b/é'];
const answers = ['routed', 'failed', 'failed', 'failed', 'failed', 'failed', 'routed'];

describe('mqtt', () => {
  test.each(ruleNodeConformance(mqttNode, { config: { host: 'localhost' }, connection: new RecordedPublisher() }))('$name', ({ run }) => run());

  test('the topic is a template, and the body goes as it came', async () => {
    const { node, published } = start({ topicPattern: 'to/${deviceName}', retainedMessage: true });
    const reading = telemetry('d1', null, { text: '{ "a": 42.0 }' });
    expect(await node.send(reading)).toEqual({ kind: 'routed', to: 'Success', message: reading });
    expect(published).toEqual([{ topic: 'to/d1', payload: '{ "a": 42.0 }', isRetained: true }]);
  });

  test('parseToPlainText takes the quotes off a JSON string', async () => {
    const { node, published } = start({ parseToPlainText: true });
    await node.send(about('a'));
    expect(published).toMatchObject([{ payload: 'text' }]);
  });

  test('a topic that cannot be published to fails its message alone', async () => {
    const { node, published } = start({ topicPattern: '${topic}' });
    const outcomes = await node.sendAll(topics.map(about));
    expect(outcomes.map(({ kind }) => kind)).toEqual(answers);
    expect(outcomes[1]).toMatchObject({
      problem: { code: 'MQTT_NODE_TOPIC_INVALID' },
      message: { metadata: { error: expect.stringMatching(/^MQTT_NODE_TOPIC_INVALID: /) } },
    });
    expect(published).toHaveLength(2);
  });

  test('while the broker is away messages wait or fail, and imported settings fail', async () => {
    expect((await start({}, new RecordedPublisher(away)).node.send(about('a'))).kind).toBe('deferred');
    const failed = await start({ whenUnavailable: 'FAIL' }, new RecordedPublisher(away)).node.send(about('a'));
    expect(failed).toMatchObject({ kind: 'failed', message: { metadata: { error: 'Error: connect ECONNREFUSED' } } });
    const { whenUnavailable: _ours, ...imported } = { ...mqttNode.defaults, host: 'a' };
    expect(mqttNode.config.parse(imported).whenUnavailable).toBe('FAIL');
    const whenAway = (whenUnavailable: 'WAIT' | 'FAIL') => mqttNode.connection?.whenAway({ ...mqttNode.defaults, whenUnavailable });
    expect([whenAway('WAIT'), whenAway('FAIL')]).toEqual(['wait', 'fail']);
  });

  test('version 0 had no plain text, version 1 spoke MQTT 3.1', () => {
    expect(mqttNode.migrate?.[0]?.({ host: 'a' })).toEqual({ host: 'a', parseToPlainText: false });
    expect(mqttNode.migrate?.[1]?.({ host: 'a' })).toEqual({ host: 'a', protocolVersion: 'MQTT_3_1' });
  });

  test.each([
    { clientId: 'me', appendClientIdSuffix: false, protocolVersion: 'MQTT_3_1', id: /^me$/ },
    { clientId: 'me', appendClientIdSuffix: true, protocolVersion: 'MQTT_3_1', id: /^me_[\da-z]{6}$/ },
    { clientId: null, appendClientIdSuffix: true, protocolVersion: 'MQTT_3_1', id: /^fl[\da-z]{20}$/ },
    { clientId: '', appendClientIdSuffix: false, protocolVersion: 'MQTT_5', id: /^fl[\da-z]{20}$/ },
    { clientId: 'x'.repeat(23), appendClientIdSuffix: false, protocolVersion: 'MQTT_3_1', id: /^x{23}$/ },
    { clientId: 'x'.repeat(256), appendClientIdSuffix: false, protocolVersion: 'MQTT_3_1_1', id: /^x{256}$/ },
  ] as const)('client id $clientId, suffix $appendClientIdSuffix in $protocolVersion', ({ id, ...named }) => {
    expect(clientIdOf(named, () => 0.99)).toMatch(id);
  });

  test.each([
    { clientId: 'x'.repeat(24), protocolVersion: 'MQTT_3_1' },
    { clientId: 'x'.repeat(17), appendClientIdSuffix: true, protocolVersion: 'MQTT_3_1' },
    { clientId: 'x'.repeat(257), protocolVersion: 'MQTT_5' },
  ] as const)('a client id that is too long for its version keeps the node from starting', async (config) => {
    await expect(start(config).node.start()).rejects.toMatchObject({ code: 'MQTT_NODE_CLIENT_ID_TOO_LONG' });
  });

  test.each([{ host: '' }, { port: 70_000 }, { connectTimeoutSec: 0 }, { connectTimeoutSec: 201 }])(
    'settings %j keep the node from starting',
    async (config) => {
      await expect(start(config).node.start()).rejects.toMatchObject({ code: 'NODE_SETTINGS_INVALID' });
    },
  );
});

describe('publish to broker', () => {
  test.each(ruleNodeConformance(publishToBrokerNode))('$name', ({ run }) => run());

  test('publishes to the broker of the server, as told', async () => {
    const node = nodeHarness(publishToBrokerNode, { config: { topicPattern: 'to/${topic}', qos: 2, retainedMessage: true, parseToPlainText: true } });
    expect(await node.relation(about('a'))).toBe('Success');
    expect(node.recorded.published).toEqual([{ topic: 'to/a', payload: 'text', qos: 2, isRetained: true }]);
  });

  test('a topic that cannot be published to goes to Failure', async () => {
    const node = nodeHarness(publishToBrokerNode, { config: { topicPattern: '${topic}' } });
    expect((await node.sendAll(topics.map(about))).map(({ kind }) => kind)).toEqual(answers);
  });

  test('is none of ThingsBoard', () => expect(publishToBrokerNode.thingsboard).toBeUndefined());
});

test('the plugin has both nodes', () => expect(plugin.nodes.map(({ type }) => type)).toEqual(['mqtt.mqtt', 'mqtt.publish-to-broker']));
