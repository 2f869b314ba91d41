// Goal: a chain that forwards to Kafka and RabbitMQ passes on every reading that was acknowledged, in the order of each device, though
// both brokers go away and the server is killed meanwhile; and what waits for a broker waits on disk. Method: the built server, MQTT.js
// devices, real brokers of dev/services (skipped without them), consumers that nobody here wrote. The steps build on each other.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { followQueue, followTopic, type Follower } from './followers.js';
import { acknowledgedInAll, PersistentDevice } from './persistent-device.js';
import { drawChain, drawnNode, kindSwitch, makeRoot, saveNode } from './rule-chain.js';
import { type RunningServer, startServer, stopServer, temporaryFolder, TenantClient } from './server-under-test.js';
import { residentMb } from './steady-device.js';

const { KAFKA_BROKERS: brokers = '', KAFKA_JARS: jars = '', RABBITMQ_URL: rabbitmqUrl = '', SERVICES_URL: services = '' } = process.env;
/** Readings of a step. In the short form they are more hand-overs than the engine keeps in memory. */
const plan = process.env['E2E_FORM'] === 'full' ? { devices: 50, readings: 100_000 } : { devices: 20, readings: 12_000 };
const IN_FLIGHT = 10;
const TOPIC = 'readings';
const QUEUE = 'readings';
/** What a broker that is away may cost beyond what the server took before, whatever waits. */
const GROWTH_MB_MAX = 150;
const MINUTE_MS = 60_000;

const control = async (name: 'kafka' | 'rabbitmq', action: 'kill' | 'restart'): Promise<void> => {
  expect((await fetch(`${services}/${name}/${action}`, { method: 'POST' })).status).toBe(204);
};
const both = (action: 'kill' | 'restart') => Promise.all([control('kafka', action), control('rabbitmq', action)]);

/** Makes the root chain: readings are saved, and go to both brokers, which they wait for. */
async function drawForwarders(client: TenantClient): Promise<void> {
  const { hostname: host, port } = new URL(rabbitmqUrl);
  const kafka = { topicPattern: TOPIC, keyPattern: '${deviceName}', bootstrapServers: brokers, acks: '-1', whenUnavailable: 'WAIT' };
  const rabbitmq = { routingKeyPattern: QUEUE, messageProperties: 'PERSISTENT_TEXT_PLAIN', host, port: Number(port), whenUnavailable: 'WAIT' };
  const nodes = [
    kindSwitch,
    saveNode('save'),
    // A broker that is away is noticed soon.
    drawnNode('kafka.TbKafkaNode', 'Kafka', { ...kafka, otherProperties: { 'delivery.timeout.ms': '5000' } }, 1),
    drawnNode('rabbitmq.TbRabbitMqNode', 'RabbitMQ', rabbitmq),
  ];
  const wires = ['kind -Post telemetry-> save', 'save -Success-> Kafka', 'save -Success-> RabbitMQ'];
  await makeRoot(client, await drawChain(client, 'Forward', nodes, wires));
}

/** Numbers of the readings of a device, in the order of their first arrival, and how many came again. */
function arrivals(
  { received }: Follower,
  device: string,
): { readonly first: readonly number[]; readonly repeats: number; readonly partitions: number } {
  const own = received.filter((one) => one.device === device);
  const first = [...new Set(own.map(({ n }) => n))];
  return { first, repeats: own.length - first.length, partitions: new Set(own.map(({ partition }) => partition)).size };
}

describe.skipIf(brokers === '' || jars === '' || rabbitmqUrl === '' || services === '')('a chain with forwarders', () => {
  let server: RunningServer;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let devices: PersistentDevice[] = [];
  let topic: Follower;
  let queue: Follower;
  let env: Record<string, string>;
  let peakMb = 0;
  let watch: NodeJS.Timeout | undefined;
  let hasFailed = false;

  beforeAll(async () => {
    folder = await temporaryFolder('e2e-engine');
    [topic, queue] = await Promise.all([followTopic({ brokers, jars, topic: TOPIC }), followQueue(rabbitmqUrl, QUEUE)]);
    env = { FIELDLINE_OUTBOUND_ALLOW: '127.0.0.1' };
    server = await startServer(folder.path, { env });
    // After its restart devices find it where it was.
    env = { ...env, FIELDLINE_MQTT_PORT: String(server.ports.mqtt) };
    const client = await TenantClient.signIn(server.ports.http);
    await drawForwarders(client);
    devices = (await client.createDevices('engine', plan.devices)).map((device) => new PersistentDevice(device, server.ports.mqtt));
    watchMemory();
  });

  beforeEach(({ skip, onTestFailed }) => {
    skip(hasFailed, 'a step before it failed');
    onTestFailed(() => void (hasFailed = true));
  });

  afterAll(async () => {
    clearInterval(watch);
    await Promise.all(devices.map((device) => device.end()));
    await Promise.all([topic.stop(), queue.stop()]);
    await stopServer(server, 'SIGKILL');
    await folder.remove();
  });

  const watchMemory = (): void => void (watch = setInterval(() => (peakMb = Math.max(peakMb, residentMb(server))), 200));
  const sendAll = () => Promise.all(devices.map((device) => device.send(plan.readings / plan.devices, { inFlight: IN_FLIGHT })));
  const acknowledged = (): number => devices.reduce((sum, device) => sum + device.acknowledged.size, 0);
  const say = (text: string): void =>
    console.log(
      `${text}: ${acknowledged()} acknowledged, ${topic.received.length} at Kafka, ${queue.received.length} at RabbitMQ, ${Math.round(peakMb)} MB at most`,
    );
  const missing = ({ received }: Follower): number => {
    const there = new Set(received.map(({ device, n }) => `${device} ${n}`));
    return devices.reduce((sum, { name, acknowledged: sent }) => sum + [...sent.keys()].filter((n) => !there.has(`${name} ${n}`)).length, 0);
  };
  /** Waits until everything that was acknowledged is at both brokers. */
  const allThere = async (timeout: number): Promise<void> => {
    await expect
      .poll(() => Math.min(topic.received.length, queue.received.length), { timeout, interval: 200 })
      .toBeGreaterThanOrEqual(acknowledged());
    await expect.poll(() => [missing(topic), missing(queue)], { timeout, interval: 1_000 }).toEqual([0, 0]);
  };

  test('readings reach both brokers', { timeout: 5 * MINUTE_MS }, async () => {
    await sendAll();
    await allThere(2 * MINUTE_MS);
    say('both there');
  });

  test('while both are away devices are answered as before, also after a kill, and memory stays', { timeout: 10 * MINUTE_MS }, async () => {
    const beforeMb = peakMb;
    await both('kill');
    await sendAll();
    say('both away');
    const sending = sendAll();
    await acknowledgedInAll(devices, 2.5 * plan.readings);
    clearInterval(watch);
    await stopServer(server, 'SIGKILL');
    server = await startServer(folder.path, { env });
    watchMemory();
    await sending;
    say(`both away, and the server killed and back after ${Math.round(server.readyMs)} ms`);
    expect(peakMb - beforeMb).toBeLessThan(GROWTH_MB_MAX);
  });

  test('when they are back, everything that was acknowledged arrives, in the order of each device', { timeout: 15 * MINUTE_MS }, async () => {
    const beforeMb = peakMb;
    const sending = sendAll();
    await both('restart');
    await sending;
    // New ones come while old ones are still sent.
    await sendAll();
    await allThere(10 * MINUTE_MS);
    say('both back');
    const repeats = (follower: Follower): number => devices.reduce((sum, { name }) => sum + arrivals(follower, name).repeats, 0);
    console.log(`came again: ${repeats(topic)} at Kafka, ${repeats(queue)} at RabbitMQ`);
    for (const { name } of devices) {
      const { first, partitions } = arrivals(topic, name);
      expect(partitions).toBe(1);
      const overtaken = first.filter((n, place) => place > 0 && n < (first[place - 1] ?? 0));
      expect(overtaken, `readings of ${name} that came behind later ones`).toEqual([]);
    }
    expect(peakMb - beforeMb).toBeLessThan(GROWTH_MB_MAX);
  });

  test('and every reading is stored once', { timeout: 2 * MINUTE_MS }, async () => {
    const client = await TenantClient.signIn(server.ports.http);
    for (const { id, span, acknowledged: sent } of devices) expect(await client.count(id, 'n', span.startMs, span.endMs)).toBe(sent.size);
  });
});
