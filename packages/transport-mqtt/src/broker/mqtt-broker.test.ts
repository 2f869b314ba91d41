import { expect, test } from 'vitest';
import { startBroker } from './broker.fixture.js';

// Goal: what clients of a broker rely on, seen by a client that others wrote (MQTT.js).

test.each([0, 1, 2] as const)('a message of QoS %i reaches a subscriber of the tenant once, in order', async (qos) => {
  await using server = await startBroker();
  const reader = await server.connect('a');
  const writer = await server.connect('a');
  expect(await reader.mqtt.subscribeAsync('plant/+/t', { qos })).toMatchObject([{ topic: 'plant/+/t', qos }]);
  const sent = Array.from({ length: 50 }, (_, n) => `plant/x/t ${n} q${qos}`);
  await Promise.all(sent.map((_, n) => writer.mqtt.publishAsync('plant/x/t', String(n), { qos })));
  await expect.poll(() => reader.got.length).toBe(50);
  expect(reader.got).toEqual(sent);
});

test('messages of mixed quality and of many clients at once all arrive, however long the store takes', async () => {
  await using server = await startBroker();
  const keeper = await server.connect('a', { clientId: 'keeper', clean: false });
  await keeper.mqtt.subscribeAsync('#', { qos: 2 });
  const writers = await Promise.all(Array.from({ length: 5 }, () => server.connect('a')));
  const qosOf = (n: number) => (n % 3) as 0 | 1 | 2;
  await Promise.all(
    writers.flatMap(({ mqtt }, w) =>
      Array.from({ length: 60 }, (_, n) => mqtt.publishAsync(`w/${w}`, String(n), { qos: qosOf(n), retain: n % 7 === 0 })),
    ),
  );
  await expect.poll(() => keeper.got.length).toBe(300);
  expect(new Set(keeper.got).size).toBe(300);
});

test('a message never goes out with more than the QoS that was granted, also for a filter with a wildcard', async () => {
  await using server = await startBroker();
  const readers = await Promise.all(['#', 'a/+', 'a/b'].map(async (filter) => ({ filter, client: await server.connect('a') })));
  for (const { filter, client } of readers) await client.mqtt.subscribeAsync(filter, { qos: 1 });
  const [{ client: writer }] = [{ client: await server.connect('a') }];
  await writer.mqtt.publishAsync('a/b', 'x', { qos: 2 });
  for (const { client } of readers) await expect.poll(() => client.got).toEqual(['a/b x q1']);
});

test('tenants share nothing: topics, retained messages, client ids, wildcards', async () => {
  await using server = await startBroker();
  const a = await server.connect('a', { clientId: 'same' });
  const b = await server.connect('b', { clientId: 'same' });
  for (const { mqtt } of [a, b]) await mqtt.subscribeAsync(['#', '+/+', 'a/#', '/#', '+/x', 'b/x']);
  await a.mqtt.publishAsync('x', 'of a', { qos: 1, retain: true });
  await b.mqtt.publishAsync('x', 'of b', { qos: 1, retain: true });
  await a.mqtt.publishAsync('b/x', 'for a', { qos: 1 });
  const late = await server.connect('b');
  await late.mqtt.subscribeAsync('#');
  await expect.poll(() => late.got).toEqual(['x of b q0 retained']);
  await expect.poll(() => a.got).toEqual(['x of a q0', 'b/x for a q0']);
  expect(b.got).toEqual(['x of b q0']);
});

test('topics of the server do not exist: nothing of $SYS comes, and filters that begin with $ are refused', async () => {
  await using server = await startBroker();
  const reader = await server.connect('a');
  const granted = await reader.mqtt.subscribeAsync(['$SYS/#', '$share/g/x', '#']).catch((error: unknown) => error);
  expect(String(granted)).toContain('Unspecified error');
  await (await server.connect('a')).mqtt.publishAsync('x', 'y', { qos: 1 });
  await expect.poll(() => reader.got).toEqual(['x y q0']);
  const writer = await server.connect('a');
  const closed = new Promise((resolve) => writer.mqtt.once('close', () => resolve('closed')));
  writer.mqtt.publish('$SYS/x', 'y');
  expect(await closed).toBe('closed');
});

test('a retained message comes to whoever subscribes later, is replaced, and goes with an empty one', async () => {
  await using server = await startBroker();
  const writer = await server.connect('a');
  await writer.mqtt.publishAsync('r/1', 'old', { qos: 1, retain: true });
  await writer.mqtt.publishAsync('r/1', 'new', { qos: 1, retain: true });
  await writer.mqtt.publishAsync('r/2', 'two', { qos: 0, retain: true });
  await writer.mqtt.publishAsync('r/2', '', { qos: 1, retain: true });
  const reader = await server.connect('a');
  await reader.mqtt.subscribeAsync('r/#', { qos: 1 });
  await expect.poll(() => reader.got).toEqual(['r/1 new q1 retained']);
  expect(server.store.records.size).toBe(1);
});

test('a will goes out when the connection breaks, and not when the client takes leave', async () => {
  await using server = await startBroker();
  const reader = await server.connect('a');
  await reader.mqtt.subscribeAsync('will/#', { qos: 1 });
  const will = (topic: string) => ({ topic, payload: Buffer.from('gone'), qos: 1, retain: true }) as const;
  const broken = await server.connect('a', { will: will('will/broken') });
  const polite = await server.connect('a', { will: will('will/polite') });
  await polite.mqtt.endAsync();
  broken.mqtt.stream.destroy();
  await expect.poll(() => reader.got).toEqual(['will/broken gone q1']);
  expect(server.gateway.accepted).toEqual(['a will/broken gone']);
  expect([...server.store.records.values()].map(({ owner }) => owner)).toEqual(['will/broken']);
});

test('a session that is kept gets what came while its client was away, with QoS 1 and 2', async () => {
  await using server = await startBroker();
  const settings = { clientId: 'away', clean: false };
  const first = await server.connect('a', settings);
  await first.mqtt.subscribeAsync({ 'q/1': { qos: 1 }, 'q/2': { qos: 2 }, 'q/0': { qos: 0 } });
  await first.mqtt.endAsync();
  const writer = await server.connect('a');
  for (const topic of ['q/0', 'q/1', 'q/2']) await writer.mqtt.publishAsync(topic, 'waits', { qos: 2 });
  const again = await server.connect('a', settings);
  await expect.poll(() => again.got).toEqual(['q/1 waits q1', 'q/2 waits q2']);
  await writer.mqtt.publishAsync('q/1', 'now', { qos: 1 });
  await expect.poll(() => again.got.at(-1)).toBe('q/1 now q1');
  await expect.poll(() => [...server.store.records.values()].filter(({ type }) => type !== 'SUBSCRIPTION')).toEqual([]);
  await again.mqtt.endAsync();
  const clean = await server.connect('a', { clientId: 'away', clean: true });
  await writer.mqtt.publishAsync('q/1', 'not for a clean session', { qos: 1 });
  expect(clean.got).toEqual([]);
  expect(server.store.records.size).toBe(0);
});

test('the session of a client id belongs to the principal: another device cannot take it over', async () => {
  await using server = await startBroker();
  const owner = await server.connect('a:one', { clientId: 'c', clean: false });
  await owner.mqtt.subscribeAsync('secret', { qos: 1 });
  await owner.mqtt.endAsync();
  await (await server.connect('a:two')).mqtt.publishAsync('secret', 'x', { qos: 1 });
  const thief = await server.connect('a:two', { clientId: 'c', clean: false });
  const back = await server.connect('a:one', { clientId: 'c', clean: false });
  await expect.poll(() => back.got).toEqual(['secret x q1']);
  expect(thief.got).toEqual([]);
  expect(thief.mqtt.connected).toBe(true);
});

test('after unsubscribing nothing comes any more', async () => {
  await using server = await startBroker();
  const reader = await server.connect('a', { clientId: 'u', clean: false });
  await reader.mqtt.subscribeAsync(['x', 'y'], { qos: 1 });
  await reader.mqtt.unsubscribeAsync('x');
  const writer = await server.connect('a');
  for (const topic of ['x', 'y']) await writer.mqtt.publishAsync(topic, '1', { qos: 1 });
  await expect.poll(() => reader.got).toEqual(['y 1 q1']);
});

test('what is refused: wrong credentials with code 5, MQTT 5 with code 1, a kept session without a name with code 2', async () => {
  await using server = await startBroker();
  await expect(server.connect('wrong')).rejects.toMatchObject({ code: 5 });
  await expect(server.connect('a', { protocolVersion: 5 })).rejects.toThrow();
  await expect(server.connect('a', { will: { topic: '$x', payload: Buffer.from('') } })).rejects.toMatchObject({ code: 5 });
  expect(server.gateway.peers).toEqual([]);
});

test('who loses the right to be here is cut off, and so is everybody of a tenant that is removed', async () => {
  await using server = await startBroker();
  const first = await server.connect('a');
  const second = await server.connect('a');
  const other = await server.connect('b');
  const closed = (client: typeof first) => new Promise<void>((resolve) => void client.mqtt.once('close', () => resolve()));
  const firstClosed = closed(first);
  const [peer] = server.gateway.peers;
  if (peer !== undefined) server.gateway.revoke(peer);
  await firstClosed;
  expect(second.mqtt.connected).toBe(true);
  const secondClosed = closed(second);
  server.gateway.removeTenant('a');
  await secondClosed;
  expect(other.mqtt.connected).toBe(true);
  await expect.poll(() => server.gateway.closedPeers.map(({ tenantId }) => tenantId)).toEqual(['a', 'a']);
});

test('a taken port is said with the setting to change, and a broker that stops lets its clients go', async () => {
  await using server = await startBroker();
  const settingNamed = { code: 'BROKER_PORT_TAKEN', remedy: expect.stringContaining('FIELDLINE_BROKER_PORT') as string };
  await expect(startBroker({ port: server.port })).rejects.toMatchObject(settingNamed);
  const client = await server.connect('a', { will: { topic: 'w', payload: Buffer.from('x'), qos: 1, retain: true } });
  const closed = new Promise<void>((resolve) => void client.mqtt.once('close', () => resolve()));
  server.broker.stopAccepting();
  await server.broker.drain();
  await server.broker.close();
  await closed;
  expect([...server.store.records.values()].map(({ owner }) => owner)).toEqual(['w']);
});
