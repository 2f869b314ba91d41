// Goal: what left by Success is in the queue, in order, with its properties; what the broker refuses fails alone; a broker that goes
// away costs neither messages nor memory. Method: the node in its harness against a real broker (RABBITMQ_URL and SERVICES_URL of
// dev/services; skipped without them). Queues are made and read back over a connection of their own.
import { randomUUID } from 'node:crypto';
import type { Message, Outcome } from '@fieldline/plugin-sdk';
import { message, nodeHarness } from '@fieldline/plugin-sdk/testing';
import type { GetMessage } from 'amqplib';
import { connect } from 'amqplib';
import { afterEach, describe, expect, test } from 'vitest';
import { rabbitmqNode } from './rabbitmq-node.js';
import type { RabbitmqSettings } from './rabbitmq-settings.js';

const { RABBITMQ_URL: url = '', SERVICES_URL: services = '' } = process.env;
const MINUTE_MS = 60_000;
const started: (() => Promise<void>)[] = [];

function start(config: Partial<RabbitmqSettings>) {
  const { hostname, port } = new URL(url === '' ? 'amqp://127.0.0.1:1' : url);
  const node = nodeHarness(rabbitmqNode, { config: { host: hostname, port: Number(port), messageProperties: 'PERSISTENT_TEXT_PLAIN', ...config } });
  started.push(() => node.stop());
  return node;
}
afterEach(async () => {
  await Promise.all(started.splice(0).map((stop) => stop()));
});

const about = (device: string, count: number, metadata = {}): Message =>
  message('T', { entityType: 'DEVICE', id: device }, null, { text: `${count}`, metadata: { deviceName: device, ...metadata } });

async function queue(options: { readonly arguments?: Record<string, unknown> } = {}): Promise<string> {
  const model = await connect(url);
  const channel = await model.createChannel();
  const { queue: name } = await channel.assertQueue(`q-${randomUUID()}`, { durable: true, ...options });
  await model.close();
  return name;
}

async function read(name: string): Promise<GetMessage[]> {
  const model = await connect(url);
  const channel = await model.createChannel();
  const found: GetMessage[] = [];
  for (let next = await channel.get(name, { noAck: true }); next !== false; next = await channel.get(name, { noAck: true })) found.push(next);
  await model.close();
  return found;
}

const control = async (action: string): Promise<void> => {
  expect((await fetch(`${services}/rabbitmq/${action}`, { method: 'POST' })).status).toBe(204);
};
const kinds = (outcomes: readonly Outcome[]): string[] => outcomes.map((one) => (one.kind === 'failed' ? one.problem.code : one.kind));

describe.skipIf(url === '')('RabbitMQ', () => {
  test('has what was published, in order, with its properties and the id of the message', { timeout: MINUTE_MS }, async () => {
    const name = await queue();
    const messages = Array.from({ length: 300 }, (_, count) => about('a', count));
    expect(new Set(kinds(await start({ routingKeyPattern: name }).sendAll(messages)))).toEqual(new Set(['routed']));
    const found = await read(name);
    expect(found.map(({ content }) => String(content))).toEqual(messages.map(({ text }) => text));
    expect(found[7]?.properties).toMatchObject({ contentType: 'text/plain', deliveryMode: 2, priority: 0, messageId: messages[7]?.id });
  });

  test('refuses an exchange that does not exist, and takes the others of the batch', { timeout: MINUTE_MS }, async () => {
    const name = await queue();
    const node = start({ exchangeNamePattern: '${to}', routingKeyPattern: name });
    const to = (exchange: string, count: number) => about('a', count, { to: exchange });
    const outcomes = await node.sendAll([to('', 1), to('none', 2), to('', 3), to('amq.direct', 4), to('none', 5)]);
    expect(kinds(outcomes)).toEqual(['routed', 'RABBITMQ_REFUSED', 'routed', 'routed', 'RABBITMQ_REFUSED']);
    expect(outcomes[1]).toMatchObject({ message: { metadata: { error: expect.stringContaining("no exchange 'none' in vhost '/'") } } });
    expect(kinds(await node.sendAll([to('', 6)]))).toEqual(['routed']);
    expect((await read(name)).map(({ content }) => String(content))).toEqual(['1', '3', '6']);
  });

  test('says that a queue is full, and the message fails', { timeout: MINUTE_MS }, async () => {
    const name = await queue({ arguments: { 'x-max-length': 2, 'x-overflow': 'reject-publish' } });
    const outcomes = await start({ routingKeyPattern: name }).sendAll([1, 2, 3].map((count) => about('a', count)));
    expect(kinds(outcomes)).toEqual(['routed', 'routed', 'RABBITMQ_REFUSED']);
  });

  test('that refuses the password, or was never there, keeps no node from starting', { timeout: MINUTE_MS }, async () => {
    for (const config of [{ password: 'wrong' }, { virtualHost: 'none' }, { port: 1 }]) {
      const node = start({ ...config, whenUnavailable: 'FAIL' });
      await node.start();
      expect(await node.relation(about('a', 1))).toBe('Failure ENGINE_NODE_NOT_CONNECTED');
    }
  });

  test.skipIf(services === '').each(['kill', 'stop'])(
    'has everything that left by Success, in order, after a %s',
    { timeout: 3 * MINUTE_MS },
    async (end) => {
      const name = await queue();
      const node = start({ routingKeyPattern: name });
      const confirmed: string[] = [];
      let waiting = Array.from({ length: 3_000 }, (_, count) => about('a', count));
      const disturbed = control(end).then(() => control('restart'));
      let deferrals = 0;
      // As the engine does: what was given back comes again, before what is behind it.
      while (waiting.length > 0) {
        const batch = waiting.slice(0, 50);
        const outcomes = await node.sendAll(batch);
        const back = batch.filter((_, place) => outcomes[place]?.kind === 'deferred');
        deferrals += back.length;
        expect(kinds(outcomes).filter((kind) => kind !== 'deferred' && kind !== 'routed')).toEqual([]);
        confirmed.push(...batch.filter((_, place) => outcomes[place]?.kind === 'routed').map(({ text }) => text));
        waiting = [...back, ...waiting.slice(50)];
      }
      await disturbed;
      expect(deferrals).toBeGreaterThan(0);
      const found = [...new Set((await read(name)).map(({ content }) => Number(String(content))))];
      expect(confirmed).toHaveLength(3_000);
      expect(found).toEqual(Array.from({ length: 3_000 }, (_, count) => count));
    },
  );

  test.skipIf(services === '')('that is away fails messages, or lets them wait, and costs no memory', { timeout: 2 * MINUTE_MS }, async () => {
    const name = await queue();
    const waits = start({ routingKeyPattern: name });
    const fails = start({ routingKeyPattern: name, whenUnavailable: 'FAIL' });
    expect([(await waits.send(about('a', 1))).kind, (await fails.send(about('a', 1))).kind]).toEqual(['routed', 'routed']);
    await control('kill');
    try {
      const batch = Array.from({ length: 500 }, () => message('T', { entityType: 'DEVICE', id: 'a' }, 'x'.repeat(1_000)));
      expect((await waits.sendAll(batch)).every(({ kind }) => kind === 'deferred')).toBe(true);
      const failed = await fails.send(about('a', 2));
      expect(failed).toMatchObject({
        kind: 'failed',
        message: { metadata: { error: expect.stringMatching(/^(RABBITMQ_NOT_SENT|ENGINE_NODE_NOT_CONNECTED): /) } },
      });
      const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
      for (let round = 0; round < 50; round += 1) await waits.sendAll(batch);
      expect(process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed - before).toBeLessThan(50_000_000);
    } finally {
      await control('restart');
    }
    expect((await waits.send(about('a', 3))).kind).toBe('routed');
  });
});
