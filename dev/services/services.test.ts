// Goal: each service answers in its protocol where its variable says, keeps its data over a restart and a kill, and leaves
// neither a process nor a folder behind, however the process that started it ends.
// Method: the real servers and clients of a few bytes, so that nothing but the server decides. What is not installed is skipped.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Packet } from 'mqtt-packet';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { components } from '../workspace/components.mjs';
import { AmqpChannel } from './amqp.fixture.js';
import { kafkaTopic, mqttDialogue, redisCommand, smtpDialogue } from './clients.fixture.js';
import { startControl } from './control.js';
import type { ServiceName } from './service.js';
import { installServices, startServices } from './services.js';
import type { Services } from './services.js';

const MINUTE_MS = 60_000;
const isMissing = (name: string): boolean => components.some((component) => component.name === name && !component.isThere());
const usualTemp = tmpdir();
let temp: string;
let services: Services | undefined;

// All services of this file live in one folder, so that what they leave can be seen.
beforeAll(() => {
  temp = realpathSync(mkdtempSync(join(usualTemp, 'services-test-')));
  vi.stubEnv('TMPDIR', temp);
});
afterEach(async () => {
  await services?.close();
  services = undefined;
  expect({ folders: readdirSync(temp), processes: processesIn(temp) }).toEqual({ folders: [], processes: [] });
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(temp, { recursive: true, force: true });
});

async function started(...names: ServiceName[]): Promise<Services> {
  return (services = await startServices({ names }));
}

function urlOf(name: ServiceName): URL {
  const address = services?.urls[name] ?? '';
  return new URL(address.includes('://') ? address : `kafka://${address}`);
}

function portOf(name: ServiceName): number {
  return Number(urlOf(name).port);
}

/** The names of the processes that work in a folder of `parent`, whoever started them. */
function processesIn(parent: string): string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .flatMap((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`).startsWith(parent) ? [readFileSync(`/proc/${pid}/comm`, 'utf8').trim()] : [];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
}

describe.skipIf(isMissing('redis-server'))('redis', () => {
  test('keeps what it was given over a restart and a kill, on the same port', async () => {
    const { restart, kill } = await started('redis');
    const port = portOf('redis');
    expect(await redisCommand(port, 'SET a 1')).toBe('+OK');
    await restart('redis');
    expect(await redisCommand(port, 'INCR a')).toBe(':2');
    await kill('redis');
    await expect(redisCommand(port, 'GET a')).rejects.toThrow('ECONNREFUSED');
    await restart('redis');
    expect(await redisCommand(port, 'INCR a')).toBe(':3');
  });

  test('evicts nothing, unless it is the one that does', async () => {
    await started('redis', 'redis-evicting');
    const policyOf = (name: ServiceName): Promise<string> => redisCommand(portOf(name), 'CONFIG GET maxmemory-policy');
    expect(await policyOf('redis')).toBe('maxmemory-policy,noeviction');
    expect(await policyOf('redis-evicting')).toBe('maxmemory-policy,allkeys-lru');
  });
});

describe.skipIf(isMissing('rabbitmq-server'))('rabbitmq', () => {
  test('keeps confirmed persistent messages of a durable queue over a restart and a kill', { timeout: 2 * MINUTE_MS }, async () => {
    const { restart, kill } = await started('rabbitmq');
    const counted = async (): Promise<number> => {
      const channel = await AmqpChannel.open(portOf('rabbitmq'));
      const count = await channel.declare('kept');
      await channel.publish('kept', 'a message');
      channel.close();
      return count;
    };
    expect(await counted()).toBe(0);
    await restart('rabbitmq');
    expect(await counted()).toBe(1);
    await kill('rabbitmq');
    await restart('rabbitmq');
    expect(await counted()).toBe(2);
  });
});

describe.skipIf(isMissing('Java and Maven'))('kafka', () => {
  const none = { error: 3, partitions: 0 };

  // The first time, its jars are fetched.
  beforeAll(() => void installServices(['kafka']), 5 * MINUTE_MS);

  test('creates topics that are used, and has them after a restart and a kill', { timeout: 2 * MINUTE_MS }, async () => {
    const { restart, kill } = await started('kafka');
    const port = portOf('kafka');
    expect(await kafkaTopic(port, 'kept', { create: false })).toEqual(none);
    await vi.waitUntil(async () => (await kafkaTopic(port, 'kept', { create: true })).partitions === 3);
    await restart('kafka');
    expect(await kafkaTopic(port, 'kept', { create: false })).toEqual({ error: 0, partitions: 3 });
    await kill('kafka');
    await restart('kafka');
    expect(await kafkaTopic(port, 'kept', { create: false })).toEqual({ error: 0, partitions: 3 });
    expect(await kafkaTopic(port, 'other', { create: false })).toEqual(none);
  });
});

describe.skipIf(isMissing('mosquitto'))('mosquitto', () => {
  test('keeps retained messages over a restart', async () => {
    const { restart } = await started('mosquitto');
    const publish = { cmd: 'publish', topic: 'a', payload: 'kept', qos: 1, messageId: 1, retain: true, dup: false } as const;
    await mqttDialogue(urlOf('mosquitto'), [publish], 'puback');
    await restart('mosquitto');
    const subscribe = { cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a', qos: 0 }] } satisfies Packet;
    const received = await mqttDialogue(urlOf('mosquitto'), [subscribe], 'publish');
    expect(received.at(-1)).toMatchObject({ topic: 'a', payload: Buffer.from('kept'), retain: true });
  });

  test('lets in only the user of its URL, where it asks for one', async () => {
    await started('mosquitto-login');
    const url = urlOf('mosquitto-login');
    expect(await mqttDialogue(url, [], 'connack')).toMatchObject([{ returnCode: 0 }]);
    url.password = 'wrong';
    expect(await mqttDialogue(url, [], 'connack')).toMatchObject([{ returnCode: 5 }]);
  });
});

describe.skipIf(isMissing('aiosmtpd (Python)'))('smtp', () => {
  const envelope = ['EHLO here', 'MAIL FROM:<a@example.com>', 'RCPT TO:<b@example.com>', 'RCPT TO:<c@example.com>'];

  test('keeps mails over a restart', async () => {
    const { restart, env } = await started('smtp');
    const send = (text: string): Promise<string[]> => smtpDialogue(portOf('smtp'), [...envelope, 'DATA', `Subject: ${text}\r\n\r\n..\r\n.`]);
    expect((await send('one')).at(-1)).toBe('250 kept');
    await restart('smtp');
    expect((await send('two')).at(-1)).toBe('250 kept');
    const folder = env['SMTP_MAILS'] ?? '';
    const mails = readdirSync(folder).map((name): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8')));
    const sent = { from: 'a@example.com', to: ['b@example.com', 'c@example.com'] };
    expect(mails).toEqual(['one', 'two'].map((subject) => ({ ...sent, text: `Subject: ${subject}\r\n\r\n.\r\n` })));
  });

  test('refuses a wrong password, and some receivers', async () => {
    await started('smtp');
    const plain = (password: string): string => `AUTH PLAIN ${Buffer.from(`\0fieldline\0${password}`).toString('base64')}`;
    const receivers = ['MAIL FROM:<a@example.com>', 'RCPT TO:<unknown@example.com>', 'RCPT TO:<busy@example.com>'];
    const replies = await smtpDialogue(portOf('smtp'), ['EHLO here', plain('wrong'), plain('secret'), ...receivers]);
    expect(replies.map((reply) => reply.slice(0, 3))).toEqual(['220', '250', '535', '235', '250', '550', '450']);
  });
});

describe.skipIf(isMissing('redis-server'))('services', () => {
  test('that were killed with the process that started them leave nothing', async () => {
    const node = [...['--import', './dev/workspace/typescript.mjs'], '--conditions=source', 'dev/services/main.ts', '--only', 'redis'];
    // A command that ends when its parent does, so that the test leaves nothing either.
    const command = ['sh', '-c', 'echo $REDIS_URL; exec tail --pid=$PPID -f /dev/null'];
    const main = spawn(process.execPath, [...node, '--', ...command], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [url] = (await once(createInterface({ input: main.stdout }), 'line')) as [string];
    expect(await redisCommand(Number(new URL(url).port), 'PING')).toBe('+PONG');
    expect(processesIn(temp)).toEqual(['redis-server']);
    main.kill('SIGKILL');
    await vi.waitUntil(() => processesIn(temp).length === 0 && readdirSync(temp).length === 0, { timeout: 5000 });
  });

  test('are restarted, stopped and killed over HTTP by programs that did not start them', async () => {
    const control = await startControl(await started('redis'));
    const post = async (path: string): Promise<number> => (await fetch(`${control.url}${path}`, { method: 'POST' })).status;
    expect(await post('/redis/kill')).toBe(204);
    await expect(redisCommand(portOf('redis'), 'PING')).rejects.toThrow('ECONNREFUSED');
    expect(await post('/redis/restart')).toBe(204);
    expect(await redisCommand(portOf('redis'), 'PING')).toBe('+PONG');
    expect([await post('/redis/stop'), await post('/kafka/stop'), await post('/redis/burn')]).toEqual([204, 404, 404]);
    await control.close();
  });

  test('that do not exist, or are not installed, are named', async () => {
    await expect(startServices({ names: ['redis', 'mysql'] })).rejects.toThrow('There is no service mysql. There are: redis, redis-evicting,');
    const path = process.env['PATH'];
    process.env['PATH'] = '';
    const start = startServices({ names: ['redis'] });
    process.env['PATH'] = path;
    await expect(start).rejects.toThrow('redis-server is missing. On Debian: apt-get install redis-server');
  });
});
