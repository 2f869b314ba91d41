import { problemOf } from '@fieldline/kernel';
import { deviceErrors } from '@fieldline/ports';
import { expect, test } from 'vitest';
import { startBroker, TestBrokerStore } from './broker.fixture.js';

// Goal: an acknowledgement of the broker means that everything the message must leave behind is durable. Method: a store and a
// gateway that answer when they are told to.

const gate = () => {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
};
const turns = async (count = 20): Promise<void> => {
  for (let n = 0; n < count; n += 1) await new Promise((resolve) => setImmediate(resolve));
};

test.each([1, 2] as const)('with QoS %i nothing is acknowledged, and nothing delivered, before a mapped message is stored', async (qos) => {
  await using server = await startBroker();
  const { passed, open } = gate();
  server.gateway.judge = () => passed;
  const reader = await server.connect('a');
  await reader.mqtt.subscribeAsync('#', { qos });
  const writer = await server.connect('a');
  let isAcknowledged = false;
  const published = writer.mqtt.publishAsync('x', '1', { qos }).then(() => (isAcknowledged = true));
  await expect.poll(() => server.gateway.accepted).toEqual(['a x 1']);
  await turns();
  expect(isAcknowledged).toBe(false);
  expect(reader.got).toEqual([]);
  open();
  await published;
  await expect.poll(() => reader.got).toEqual([`x 1 q${qos}`]);
});

test('a retained message and one that waits for a session are durable before they are acknowledged', async () => {
  await using server = await startBroker();
  const keeper = await server.connect('a', { clientId: 'k', clean: false });
  await keeper.mqtt.subscribeAsync('#', { qos: 1 });
  const { passed, open } = gate();
  server.store.beforeWrite = () => passed;
  const writer = await server.connect('a');
  let isAcknowledged = false;
  const published = writer.mqtt.publishAsync('x', '1', { qos: 1, retain: true }).then(() => (isAcknowledged = true));
  await turns();
  expect(isAcknowledged).toBe(false);
  open();
  await published;
  expect([...server.store.records.values()].map(({ type }) => type)).toEqual(expect.arrayContaining(['RETAINED', 'SUBSCRIPTION']));
});

test('messages of a client pass in its order, however late the first one is accepted, and each is begun at once', async () => {
  await using server = await startBroker();
  const first = gate();
  server.gateway.judge = ({ payload }) => (Buffer.from(payload).toString() === '0' ? first.passed : Promise.resolve());
  const reader = await server.connect('a');
  await reader.mqtt.subscribeAsync('#', { qos: 1 });
  const writer = await server.connect('a');
  const published = Promise.all([0, 1, 2].map((n) => writer.mqtt.publishAsync('x', String(n), { qos: 1, retain: true })));
  await expect.poll(() => server.gateway.accepted).toHaveLength(3);
  await turns();
  expect(reader.got).toEqual([]);
  first.open();
  await published;
  await expect.poll(() => reader.got).toEqual(['x 0 q1', 'x 1 q1', 'x 2 q1']);
});

test.each([1, 2] as const)(
  'a message of QoS %i that could not be stored is not acknowledged, its connection ends, and it is taken when it comes again',
  async (qos) => {
    await using server = await startBroker();
    server.gateway.judge = () => Promise.reject(deviceErrors.GATEWAY_BUSY());
    const writer = await server.connect('a', { clientId: 'w', clean: false, reconnectPeriod: 10 });
    const reader = await server.connect('a');
    await reader.mqtt.subscribeAsync('#', { qos });
    const published = writer.mqtt.publishAsync('x', '1', { qos });
    await expect.poll(() => server.gateway.accepted.length).toBeGreaterThan(1);
    expect(reader.got).toEqual([]);
    server.gateway.judge = () => Promise.resolve();
    await published;
    await expect.poll(() => reader.got).toEqual([`x 1 q${qos}`]);
  },
);

test('when the store fails nothing is acknowledged', async () => {
  await using server = await startBroker();
  server.store.failure = new Error(problemOf(deviceErrors.GATEWAY_BUSY()).message);
  const writer = await server.connect('a', { reconnectPeriod: 10, clientId: 'w' });
  let isAcknowledged = false;
  const published = writer.mqtt.publishAsync('x', '1', { qos: 1, retain: true }).then(() => (isAcknowledged = true));
  await expect.poll(() => server.gateway.accepted.length).toBeGreaterThan(2);
  expect(isAcknowledged).toBe(false);
  server.store.failure = undefined;
  await published;
});

test('after a restart retained messages, subscriptions and what waited are there again', async () => {
  const store = new TestBrokerStore();
  {
    await using server = await startBroker({ store });
    const keeper = await server.connect('a', { clientId: 'k', clean: false });
    await keeper.mqtt.subscribeAsync('q/#', { qos: 2 });
    await keeper.mqtt.endAsync();
    const writer = await server.connect('a');
    await writer.mqtt.publishAsync('r', 'stays', { qos: 1, retain: true });
    await writer.mqtt.publishAsync('q/1', 'one', { qos: 1 });
    await writer.mqtt.publishAsync('q/2', 'two', { qos: 2 });
  }
  await using server = await startBroker({ store });
  const keeper = await server.connect('a', { clientId: 'k', clean: false });
  await expect.poll(() => keeper.got).toEqual(['q/1 one q1', 'q/2 two q2']);
  const reader = await server.connect('a');
  await reader.mqtt.subscribeAsync('r');
  await expect.poll(() => reader.got).toEqual(['r stays q0 retained']);
  await (await server.connect('a')).mqtt.publishAsync('q/3', 'three', { qos: 1 });
  await expect.poll(() => keeper.got.at(-1)).toBe('q/3 three q1');
  await expect.poll(() => [...store.records.values()].map(({ type }) => type).sort()).toEqual(['RETAINED', 'SUBSCRIPTION']);
});

test('what the server publishes reaches subscribers and is kept, and goes past the mappings', async () => {
  await using server = await startBroker();
  const reader = await server.connect('a');
  await reader.mqtt.subscribeAsync('#', { qos: 1 });
  const publication = { tenantId: server.gateway.peers[0]?.tenantId ?? ('' as never), payload: Buffer.from('x'), qos: 1, isRetained: true } as const;
  await server.broker.publish({ ...publication, topic: 'from/chain' });
  await expect.poll(() => reader.got).toEqual(['from/chain x q1']);
  expect(server.gateway.accepted).toEqual([]);
  await expect(server.broker.publish({ ...publication, topic: 'a/#' })).rejects.toMatchObject({ code: 'BROKER_TOPIC_INVALID' });
});
