// Goal: what the node says was sent is in the topic, once, in order, with what it said of it; and a broker that goes away costs
// neither messages nor memory. Method: the node in its harness against a real broker (KAFKA_BROKERS, KAFKA_JARS and SERVICES_URL of
// dev/services; skipped without them), read back with Kafka's own client for Java.
import { execFile, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { promisify } from 'node:util';
import type { Message, NetworkService, Outcome } from '@fieldline/plugin-sdk';
import { message, nodeHarness } from '@fieldline/plugin-sdk/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { kafkaNode } from './kafka-node.js';
import { openSender } from './kafka-sender.js';
import type { KafkaSettings } from './kafka-settings.js';
import type { RecordSender } from './record.js';

const { KAFKA_BROKERS: brokers = '', KAFKA_JARS: jars = '', KAFKA_LOGIN_BROKERS: loginUrl = '', SERVICES_URL: services = '' } = process.env;
const reader = new URL('topic-reader.fixture.java', import.meta.url).pathname;
const MINUTE_MS = 60_000;
const started: (() => Promise<void>)[] = [];

function start(config: Partial<KafkaSettings>) {
  const node = nodeHarness(kafkaNode, { config: { bootstrapServers: brokers, ...config } });
  started.push(() => node.stop());
  return node;
}
afterEach(async () => {
  await Promise.all(started.splice(0).map((stop) => stop()));
});

const about = (device: string, count: number): Message =>
  message('T', { entityType: 'DEVICE', id: device }, null, { text: `${count}`, metadata: { deviceName: device } });

interface Found {
  readonly partition: string;
  readonly offset: string;
  readonly ownPartition: string;
  readonly key: string;
  readonly value: string;
  readonly headers: readonly string[];
}

async function read(topic: string): Promise<Found[]> {
  const { stdout } = await promisify(execFile)('java', ['-cp', `${jars}/*`, reader, brokers, topic], { maxBuffer: 100_000_000 });
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const [partition = '', offset = '', ownPartition = '', key = '', value = '', ...headers] = line.split('\t');
    return { partition, offset, ownPartition, key, value, headers };
  });
}

function certificate(name: string): { readonly key: string; readonly cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'fieldline-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2', ...subject], {
    stdio: 'ignore',
  });
  const made = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  rmSync(folder, { recursive: true });
  return made;
}

const control = async (action: string): Promise<void> => {
  expect((await fetch(`${services}/kafka/${action}`, { method: 'POST' })).status).toBe(204);
};
const sentWith = (outcome: Outcome | undefined): Message => {
  if (outcome?.kind !== 'routed') throw new Error(`not sent: ${JSON.stringify(outcome)}`);
  return outcome.message;
};

describe.skipIf(brokers === '' || jars === '')('a Kafka broker', () => {
  test.each(['none', 'gzip', 'zstd'])('has what was sent, as it was said, with compression %s', { timeout: MINUTE_MS }, async (compression) => {
    const topic = `all-${randomUUID()}`;
    const node = start({
      topicPattern: topic,
      keyPattern: '${deviceName}',
      addMetadataKeyValuesAsKafkaHeaders: true,
      otherProperties: { 'compression.type': compression },
    });
    const messages = Array.from({ length: 300 }, (_, count) => about(`device-${count % 7}-é`, count));
    const outcomes = await node.sendAll(messages);
    const found = await read(topic);
    expect(found).toHaveLength(300);
    for (const outcome of outcomes) {
      const { metadata, text } = sentWith(outcome);
      const { deviceName, partition, offset } = metadata;
      const record = found.find((one) => one.partition === partition && one.offset === offset);
      expect(record).toMatchObject({ key: deviceName, value: text, ownPartition: partition, headers: [`tb_msg_md_deviceName=${deviceName}`] });
      expect(metadata['topic']).toBe(topic);
    }
    for (let device = 0; device < 7; device += 1) {
      const values = found.filter(({ key }) => key === `device-${device}-é`).map(({ value }) => Number(value));
      expect(values).toEqual(values.toSorted((a, b) => a - b));
    }
  });

  test.each(['1', '0'] as const)('takes messages with acks %s', { timeout: MINUTE_MS }, async (acks) => {
    const topic = `acks-${randomUUID()}`;
    const outcomes = await start({ topicPattern: topic, acks }).sendAll([about('a', 1), about('b', 2)]);
    expect(outcomes.map((outcome) => Number(sentWith(outcome).metadata['offset']) >= 0)).toEqual([acks === '1', acks === '1']);
    await expect.poll(async () => (await read(topic)).length, { timeout: 20_000, interval: 500 }).toBe(2);
  });

  test('refuses a message that is too large and takes its neighbours', { timeout: MINUTE_MS }, async () => {
    const topic = `large-${randomUUID()}`;
    const node = start({ topicPattern: topic, otherProperties: { 'max.request.size': '10000000' } });
    const large = message('T', { entityType: 'DEVICE', id: 'a' }, 'x'.repeat(2_000_000));
    const outcomes = await node.sendAll([about('a', 1), large, about('a', 2)]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['routed', 'failed', 'routed']);
    expect(outcomes[1]).toMatchObject({ problem: { code: 'KAFKA_REFUSED' } });
    expect((await read(topic)).map(({ value }) => value)).toEqual(['1', '2']);
  });

  test.skipIf(services === '').each(['kill', 'stop'])(
    'has everything that left by Success, in order, after a %s',
    { timeout: 3 * MINUTE_MS },
    async (end) => {
      const topic = `killed-${randomUUID()}`;
      const node = start({ topicPattern: topic, keyPattern: '${deviceName}', otherProperties: { 'delivery.timeout.ms': '5000' } });
      const confirmed: string[] = [];
      let waiting = Array.from({ length: 2_000 }, (_, count) => about(`device-${count % 5}`, count));
      await node.sendAll(waiting.slice(0, 50)).then((outcomes) => confirmed.push(...outcomes.map((outcome) => sentWith(outcome).text)));
      waiting = waiting.slice(50);
      const disturbed = control(end).then(() => control('restart'));
      let deferrals = 0;
      // As the engine does: what was given back comes again, before what is behind it.
      while (waiting.length > 0) {
        const batch = waiting.slice(0, 50);
        const outcomes = await node.sendAll(batch);
        const back = batch.filter((_, place) => outcomes[place]?.kind === 'deferred');
        deferrals += back.length;
        confirmed.push(...outcomes.filter(({ kind }) => kind !== 'deferred').map((outcome) => sentWith(outcome).text));
        waiting = [...back, ...waiting.slice(50)];
      }
      await disturbed;
      expect(deferrals).toBeGreaterThan(0);
      const found = await read(topic);
      const values = new Set(found.map(({ value }) => value));
      expect(confirmed.filter((text) => !values.has(text))).toEqual([]);
      expect(confirmed).toHaveLength(2_000);
      for (let device = 0; device < 5; device += 1) {
        const first = [...new Set(found.filter(({ key }) => key === `device-${device}`).map(({ value }) => Number(value)))];
        expect(first).toEqual(first.toSorted((a, b) => a - b));
      }
    },
  );

  test.skipIf(services === '')('that is away fails messages, or lets them wait, and costs no memory', { timeout: 2 * MINUTE_MS }, async () => {
    const settings = { topicPattern: `away-${randomUUID()}`, otherProperties: { 'delivery.timeout.ms': '1000', 'retry.backoff.ms': '50' } };
    const waits = start(settings);
    const fails = start({ ...settings, whenUnavailable: 'FAIL' });
    expect([(await waits.send(about('a', 1))).kind, (await fails.send(about('a', 1))).kind]).toEqual(['routed', 'routed']);
    await control('kill');
    try {
      const batch = Array.from({ length: 500 }, () => message('T', { entityType: 'DEVICE', id: 'a' }, 'x'.repeat(1_000)));
      expect((await waits.sendAll(batch)).every(({ kind }) => kind === 'deferred')).toBe(true);
      const first = await fails.sendAll(batch);
      expect(first[0]).toMatchObject({ kind: 'failed', problem: { code: 'KAFKA_NOT_SENT' }, message: { metadata: { error: /^KAFKA_NOT_SENT: / } } });
      const next = await fails.send(about('a', 2));
      expect(next).toMatchObject({ problem: { code: 'ENGINE_NODE_NOT_CONNECTED' }, message: { metadata: { error: /ECONNREFUSED/ } } });
      const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
      for (let round = 0; round < 20; round += 1) await waits.sendAll(batch);
      expect(process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed - before).toBeLessThan(50_000_000);
    } finally {
      await control('restart');
    }
    expect((await waits.send(about('a', 3))).kind).toBe('routed');
  });

  test.skipIf(loginUrl === '')('lets in only who signs in, where it asks for a login', { timeout: MINUTE_MS }, async () => {
    const { username, password, host } = new URL(`kafka://${loginUrl}`);
    const relation = (secret: string) => {
      const jaas = `org.apache.kafka.common.security.plain.PlainLoginModule required username="${username}" password="${secret}";`;
      const otherProperties = { 'security.protocol': 'SASL_PLAINTEXT', 'sasl.mechanism': 'PLAIN', 'sasl.jaas.config': jaas };
      return start({ topicPattern: 'login', bootstrapServers: host, otherProperties, whenUnavailable: 'FAIL' }).relation(about('a', 1));
    };
    expect(await relation(password)).toBe('Success');
    expect(await relation('wrong')).toBe('Failure ENGINE_NODE_NOT_CONNECTED');
  });

  test('is reached over TLS only under the name of its certificate', { timeout: MINUTE_MS }, async () => {
    const { key, cert } = certificate('kafka.example');
    const [host = '', port] = brokers.split(':');
    const front = createServer({ key, cert }, (socket) => {
      const inner = connect(Number(port), host);
      socket
        .on('error', () => inner.destroy())
        .pipe(inner)
        .on('error', () => socket.destroy())
        .pipe(socket);
    });
    await once(front.listen(0, '127.0.0.1'), 'listening');
    started.push(() => Promise.resolve(void front.close()));
    const open = (name: string) =>
      openSender({
        config: {
          ...kafkaNode.defaults,
          bootstrapServers: `${name}:${(front.address() as AddressInfo).port}`,
          otherProperties: { 'security.protocol': 'SSL', 'ssl.truststore.certificates': cert, 'delivery.timeout.ms': '3000' },
        },
        network: { reach: () => Promise.resolve({ address: '127.0.0.1', family: 4 }) },
        nodeId: 'n',
        signal: new AbortController().signal,
        lost: () => undefined,
      } as unknown as Parameters<typeof openSender>[0]);
    await (await open('kafka.example')).close();
    await expect(open('other.example')).rejects.toThrow("Hostname/IP does not match certificate's altnames");
  });

  test('is connected to at the address that the network service gives, also where the cluster names itself', { timeout: MINUTE_MS }, async () => {
    const [, port] = brokers.split(':');
    const asked: string[] = [];
    const network = (allows: (host: string) => boolean): NetworkService => ({
      reach(host, at) {
        asked.push(`${host}:${at}`);
        return allows(host) ? Promise.resolve({ address: '127.0.0.1', family: 4 }) : Promise.reject(new Error(`${host} is not allowed`));
      },
    });
    const open = (service: NetworkService): Promise<RecordSender> =>
      openSender({
        config: { ...kafkaNode.defaults, bootstrapServers: `kafka.example:${port}`, otherProperties: { 'delivery.timeout.ms': '3000' } },
        network: service,
        nodeId: 'n',
        signal: new AbortController().signal,
        lost: () => undefined,
      } as unknown as Parameters<typeof openSender>[0]);
    await expect(open(network(() => false))).rejects.toThrow('kafka.example is not allowed');
    const sender = await open(network((host) => host === 'kafka.example'));
    const [delivery] = await sender.send([{ topic: `guarded-${randomUUID()}`, key: 'a', value: 'b', headers: [] }]);
    expect(delivery).toMatchObject({ isSent: false, error: { message: expect.stringContaining('127.0.0.1 is not allowed') } });
    expect(asked).toContain(`127.0.0.1:${port}`);
    await sender.close();
  });

  test('that was never there keeps no node from starting', { timeout: MINUTE_MS }, async () => {
    const node = start({ bootstrapServers: '127.0.0.1:1', whenUnavailable: 'FAIL', otherProperties: { 'delivery.timeout.ms': '1000' } });
    await node.start();
    expect(await node.relation(about('a', 1))).toBe('Failure ENGINE_NODE_NOT_CONNECTED');
  });
});
