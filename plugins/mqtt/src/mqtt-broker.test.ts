// Goal: what left by Success reaches subscribers, in order; logins, versions and refusals are as the settings say; a broker that goes
// away costs neither messages nor memory. Method: the node in its harness against a real mosquitto (MQTT_BROKER_URL,
// MQTT_LOGIN_BROKER_URL and SERVICES_URL of dev/services; skipped without them), read by mosquitto's own command line client.
import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createServer } from 'node:tls';
import type { Message, Outcome } from '@fieldline/plugin-sdk';
import { message, nodeHarness } from '@fieldline/plugin-sdk/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { mqttNode } from './mqtt-node.js';
import type { MqttSettings } from './mqtt-settings.js';

const { MQTT_BROKER_URL: url = '', MQTT_LOGIN_BROKER_URL: loginUrl = '', SERVICES_URL: services = '' } = process.env;
const MINUTE_MS = 60_000;
const started: (() => Promise<unknown>)[] = [];

function start(config: Partial<MqttSettings>, at = url) {
  const { hostname, port } = new URL(at === '' ? 'mqtt://127.0.0.1:1' : at);
  const node = nodeHarness(mqttNode, { config: { host: hostname, port: Number(port), connectTimeoutSec: 2, ...config }, random: Math.random });
  started.push(() => node.stop());
  return node;
}
afterEach(async () => {
  await Promise.all(started.splice(0).map((stop) => stop()));
});

/** Payloads that a durable subscriber has got, as they come; mosquitto_sub connects again by itself. */
async function subscriber(topic: string): Promise<string[]> {
  const { hostname, port } = new URL(url);
  // Line by line: it would keep what it prints to a pipe for a while.
  const args = ['-oL', 'mosquitto_sub', '-h', hostname, '-p', port, '-i', randomUUID(), '-c', '-q', '1', '-t', topic, '-d'];
  const child: ChildProcessByStdio<null, Readable, null> = spawn('stdbuf', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  started.push(() => Promise.all([once(child, 'exit'), Promise.resolve(child.kill())]));
  const payloads: string[] = [];
  const { promise: isSubscribed, resolve } = Promise.withResolvers<void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('Subscribed')) resolve();
    // With -d it also prints what it does; payloads of these tests are numbers.
    if (/^\d+$/.test(line)) payloads.push(line);
  });
  await isSubscribed;
  return payloads;
}

function certificate(address: string): { readonly key: string; readonly cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'fieldline-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=broker', '-addext', `subjectAltName=IP:${address}`];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2', ...subject], {
    stdio: 'ignore',
  });
  const made = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  rmSync(folder, { recursive: true });
  return made;
}

const about = (count: number, metadata = {}): Message =>
  message('T', { entityType: 'DEVICE', id: 'd' }, null, { text: `${count}`, metadata: { deviceName: 'd', ...metadata } });
const control = async (action: string): Promise<void> => {
  expect((await fetch(`${services}/mosquitto/${action}`, { method: 'POST' })).status).toBe(204);
};
const kinds = (outcomes: readonly Outcome[]): string[] => outcomes.map((one) => (one.kind === 'failed' ? one.problem.code : one.kind));

describe.skipIf(url === '')('mosquitto', () => {
  test.each(['MQTT_3_1', 'MQTT_3_1_1', 'MQTT_5'] as const)(
    'gives subscribers what was published with %s, in order',
    { timeout: MINUTE_MS },
    async (version) => {
      const topic = `all/${randomUUID()}`;
      const payloads = await subscriber(topic);
      const messages = Array.from({ length: 500 }, (_, count) => about(count));
      const outcomes = await start({ topicPattern: topic, protocolVersion: version }).sendAll(messages);
      expect(new Set(kinds(outcomes))).toEqual(new Set(['routed']));
      await expect.poll(() => payloads.length).toBe(500);
      expect(payloads).toEqual(messages.map(({ text }) => text));
    },
  );

  test('keeps the last message of a topic where it is retained', { timeout: MINUTE_MS }, async () => {
    const topic = `kept/${randomUUID()}`;
    await start({ topicPattern: topic, retainedMessage: true }).sendAll([about(1), about(2)]);
    const payloads = await subscriber(topic);
    await expect.poll(() => payloads).toEqual(['2']);
  });

  test.skipIf(loginUrl === '')('lets in only who signs in, where it asks for a login', { timeout: MINUTE_MS }, async () => {
    const { username, password } = new URL(loginUrl);
    const relation = (credentials: MqttSettings['credentials']) =>
      start({ credentials, whenUnavailable: 'FAIL', topicPattern: 'a' }, loginUrl).relation(about(1));
    expect(await relation({ type: 'basic', username, password })).toBe('Success');
    expect(await relation({ type: 'basic', username, password: 'wrong' })).toBe('Failure ENGINE_NODE_NOT_CONNECTED');
    expect(await relation({ type: 'anonymous' })).toBe('Failure ENGINE_NODE_NOT_CONNECTED');
  });

  test('is reached over TLS with a certificate that the node trusts', { timeout: MINUTE_MS }, async () => {
    const { key, cert } = certificate('127.0.0.1');
    const { hostname, port } = new URL(url);
    const front = createServer({ key, cert, requestCert: true, rejectUnauthorized: true, ca: cert }, (socket) => {
      const inner = connect(Number(port), hostname);
      socket
        .on('error', () => inner.destroy())
        .pipe(inner)
        .on('error', () => socket.destroy())
        .pipe(socket);
    });
    await once(front.listen(0, '127.0.0.1'), 'listening');
    started.push(() => Promise.resolve(void front.close()));
    const at = { host: '127.0.0.1', port: (front.address() as AddressInfo).port, ssl: true, topicPattern: 'tls' };
    const relation = (caCert: string) =>
      start({ ...at, credentials: { type: 'cert.PEM', caCert, cert, privateKey: key }, whenUnavailable: 'FAIL' }).relation(about(1));
    expect(await relation(cert)).toBe('Success');
    expect(await relation(certificate('127.0.0.1').cert)).toBe('Failure ENGINE_NODE_NOT_CONNECTED');
  });

  test('without TLS answers no node that asks for it, and one that was never there keeps none from starting', { timeout: MINUTE_MS }, async () => {
    for (const config of [{ ssl: true }, { port: 1 }]) {
      const node = start({ ...config, whenUnavailable: 'FAIL', topicPattern: 'a' });
      await node.start();
      expect(await node.relation(about(1))).toBe('Failure ENGINE_NODE_NOT_CONNECTED');
    }
  });

  test.skipIf(services === '')('has everything that left by Success, in order, when it is restarted', { timeout: 2 * MINUTE_MS }, async () => {
    const topic = `again/${randomUUID()}`;
    const payloads = await subscriber(topic);
    const node = start({ topicPattern: topic });
    let confirmed = 0;
    let deferrals = 0;
    let waiting = Array.from({ length: 5_000 }, (_, count) => about(count));
    await node.start();
    const disturbed = control('stop').then(() => control('restart'));
    // As the engine does: what was given back comes again, before what is behind it.
    while (waiting.length > 0) {
      const batch = waiting.slice(0, 50);
      const outcomes = await node.sendAll(batch);
      const back = batch.filter((_, place) => outcomes[place]?.kind === 'deferred');
      deferrals += back.length;
      expect(kinds(outcomes).filter((kind) => kind !== 'deferred' && kind !== 'routed')).toEqual([]);
      confirmed += batch.length - back.length;
      waiting = [...back, ...waiting.slice(50)];
    }
    await disturbed;
    expect([deferrals > 0, confirmed]).toEqual([true, 5_000]);
    await expect.poll(() => new Set(payloads).size, { timeout: 20_000 }).toBe(5_000);
    expect([...new Set(payloads)]).toEqual(Array.from({ length: 5_000 }, (_, count) => `${count}`));
  });

  test.skipIf(services === '')('that is away fails messages, or lets them wait, and costs no memory', { timeout: 2 * MINUTE_MS }, async () => {
    const waits = start({ topicPattern: 'a' });
    const fails = start({ topicPattern: 'a', whenUnavailable: 'FAIL' });
    expect([(await waits.send(about(1))).kind, (await fails.send(about(1))).kind]).toEqual(['routed', 'routed']);
    await control('kill');
    try {
      const batch = Array.from({ length: 500 }, () => message('T', { entityType: 'DEVICE', id: 'a' }, 'x'.repeat(1_000)));
      expect((await waits.sendAll(batch)).every(({ kind }) => kind === 'deferred')).toBe(true);
      expect(await fails.send(about(2))).toMatchObject({
        kind: 'failed',
        message: { metadata: { error: expect.stringMatching(/^(MQTT_NODE_NOT_SENT|ENGINE_NODE_NOT_CONNECTED): /) } },
      });
      const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
      for (let round = 0; round < 50; round += 1) await waits.sendAll(batch);
      expect(process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed - before).toBeLessThan(50_000_000);
    } finally {
      await control('restart');
    }
    expect((await waits.send(about(3))).kind).toBe('routed');
  });
});
