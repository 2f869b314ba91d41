// Goal: programs that speak 1/KP data collection get the answers of kaa.md §2 and §3, and what they sent is stored when they get them.
// Method: conformance cases K01 to K16 and K44 to K48 of kaa.md §13 over real sockets, the points read through EPTS.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KaaWorld } from './kaa-world.js';

let world: KaaWorld;
beforeAll(async () => {
  world = await KaaWorld.open('kaa-transport');
});
afterAll(() => world.close());

const sample = [{ temperature: 23, humidity: 48 }];

test('K01: a batch with an id gets an empty status, and its values one time', async () => {
  const sender = await world.endpoint('bsd9-v1');
  const client = await world.connect();
  const before = Date.now();
  expect(await client.ask(sender, 'json/42', sample)).toEqual({ tail: 'json/42/status', payload: '' });
  await client.close();
  const { 'auto~temperature': temperature, 'auto~humidity': humidity } = await world.points(sender);
  expect([temperature?.[0]?.values, humidity?.[0]?.values]).toEqual([{ value: 23 }, { value: 48 }]);
  expect(temperature?.[0]?.timestamp).toBe(humidity?.[0]?.timestamp);
  expect(Math.abs(Date.parse(temperature?.[0]?.timestamp ?? '') - before)).toBeLessThan(1_000);
});

test('K02: without an id it is stored in silence', async () => {
  const sender = await world.endpoint('bsd9-v1');
  const client = await world.connect();
  await client.publish(`kp1/bsd9-v1/dcx/${sender.token}/json`, [{ temperature: 23 }]);
  // The next answer is that of the next request: there was none before it.
  expect(await client.ask(sender, 'json/1', [])).toEqual({ tail: 'json/1/status', payload: '' });
  expect(client.answers).toHaveLength(1);
  await client.close();
  expect(await world.values(sender)).toEqual({ 'auto~temperature': [{ value: 23 }] });
});

test('K06, K07: what is not JSON gets an error of two members, with and without an id, and the connection goes on', async () => {
  const sender = await world.endpoint('bsd9-v1');
  const client = await world.connect();
  for (const [resource, payload] of [
    ['json/5', '[{"a":1'],
    ['json', 'not json'],
    ['json/6', ''],
  ] as const) {
    const { tail, payload: told } = await client.ask(sender, resource, payload);
    expect([tail, JSON.parse(told)]).toEqual([`${resource}/error`, { statusCode: 400, reasonPhrase: expect.any(String) as string }]);
  }
  expect(await world.values(sender)).toEqual({});
  expect((await client.ask(sender, 'json/42', sample)).tail).toBe('json/42/status');
  await client.close();
});

test('K08, K09: several endpoints, also of several applications, speak over one connection', async () => {
  await world.configure('car1', { 'auto-extract': true });
  const senders = [await world.endpoint('bsd9-v1'), await world.endpoint('bsd9-v1'), await world.endpoint('car1-v1')];
  const client = await world.connect();
  for (const [n, sender] of senders.entries()) expect((await client.ask(sender, 'json/1', { t: n })).tail).toBe('json/1/status');
  await client.close();
  for (const [n, sender] of senders.entries()) expect(await world.values(sender)).toEqual({ 'auto~t': [{ value: n }] });
});

test('K10, K11, K12: who is not known in that application is refused, and nothing is stored', async () => {
  const sender = await world.endpoint('bsd9-v1');
  const client = await world.connect();
  const strangers = [
    { version: 'bsd9-v1', token: 'NoSuchToken', expected: 401 },
    { version: 'nosuch-v1', token: sender.token, expected: 404 },
    { version: 'car1-v1', token: sender.token, expected: 401 },
  ];
  for (const { expected, ...stranger } of strangers) {
    const { tail, payload } = await client.ask(stranger, 'json/3', { t: 1 });
    expect([tail, JSON.parse(payload)]).toMatchObject(['json/3/error', { statusCode: expected }]);
    expect(await world.send(stranger, 'json', { t: 1 })).toBe(`${expected}`);
  }
  expect((await client.ask(sender, 'json/4', [])).tail).toBe('json/4/status');
  await client.close();
  expect(await world.values(sender)).toEqual({});
});

test('K44, K45, K47, K48: over HTTP whatever the body is said to be, and stored when the call returns', async () => {
  const sender = await world.endpoint('bsd9-v1');
  expect(await world.send(sender, 'json', sample, { 'content-type': 'application/x-www-form-urlencoded' })).toBe('200');
  expect(await world.values(sender)).toEqual({ 'auto~temperature': [{ value: 23 }], 'auto~humidity': [{ value: 48 }] });
  const url = `http://127.0.0.1:${world.server.ports.http}/kpc/kp1/bsd9-v1/dcx/${sender.token}/json`;
  // Bytes have no content type of their own.
  const bare = await fetch(url, { method: 'POST', body: new TextEncoder().encode('{"bare":1}') });
  expect([bare.status, await bare.text()]).toEqual([200, '']);
  expect((await world.values(sender))['auto~bare']).toEqual([{ value: 1 }]);
  for (const [path, body, status] of [
    [url, '{', 400],
    [url.replace(sender.token, 'NoSuchToken'), '{}', 401],
  ] as const) {
    const answer = await fetch(path, { method: 'POST', body });
    expect([answer.status, await answer.json()]).toEqual([status, { statusCode: status, reasonPhrase: expect.any(String) as string }]);
  }
});
