import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { ProblemError, silentLog } from '@fieldline/kernel';
import { deviceErrors } from '@fieldline/ports';
import { UplinkKind } from '@fieldline/protocol';
import { afterEach, expect, test } from 'vitest';
import { FakeGateway, TestClock } from '@fieldline/contract-tests';
import { httpDeviceApi } from './http-device-api.js';
import type { HttpLimits } from './limits.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function start(options: { limits?: Partial<HttpLimits>; isKaaEnabled?: boolean; isKaaRelaxed?: boolean } = {}) {
  const gateway = new FakeGateway();
  const clock = new TestClock();
  const api = httpDeviceApi({ gateway, clock, log: silentLog, isKaaEnabled: true, ...options });
  const server = createServer((req, res) => {
    if (!api(req, res)) res.writeHead(404, { 'x-by': 'framework' }).end('framework');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  closers.push(async () => {
    api.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const send = async (method: string, path: string, body?: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
    return { status: answer.status, body: await answer.text(), headers: answer.headers };
  };
  return { gateway, clock, api, port, send, post: (path: string, body?: string) => send('POST', path, body) };
}

/** Raw bytes on a connection, and everything that came back. */
function raw(port: number): { socket: Socket; read: (until: string) => Promise<string>; ended: Promise<string> } {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  const waiting: (() => void)[] = [];
  socket.on('data', (chunk) => {
    text += chunk.toString();
    for (const check of waiting) check();
  });
  socket.on('error', () => undefined);
  const read = (until: string) =>
    new Promise<string>((resolve) => {
      const check = (): void => {
        if (text.includes(until)) resolve(text);
      };
      waiting.push(check);
      check();
    });
  return { socket, read, ended: new Promise((resolve) => socket.on('close', () => resolve(text))) };
}

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
};

test('telemetry and attributes are stored before the 200, which has no body', async () => {
  const { gateway, post, api } = await start();
  expect(await post('/api/v1/T1/telemetry', '{"a":1}')).toMatchObject({ status: 200, body: '' });
  expect(await post('/api/v1/T2/attributes?x=1', '{"b":2}')).toMatchObject({ status: 200, body: '' });
  expect(gateway.batches).toEqual([
    [{ device: 'device of T1', kind: UplinkKind.telemetry, topic: '', text: '{"a":1}' }],
    [{ device: 'device of T2', kind: UplinkKind.attributes, topic: '', text: '{"b":2}' }],
  ]);
  expect(api.stats).toMatchObject({ stored: 2, sessions: 2, inFlight: 0, batches: 2, bytes: 14 });
});

test('a claim is an upload too, and needs no body', async () => {
  const { gateway, post } = await start();
  expect(await post('/api/v1/T1/claim', '{"secretKey":"k"}')).toMatchObject({ status: 200, body: '' });
  expect(await post('/api/v1/T1/claim', '')).toMatchObject({ status: 200, body: '' });
  const claim = { device: 'device of T1', kind: UplinkKind.claim, topic: '' };
  expect(gateway.batches.flat()).toEqual([
    { ...claim, text: '{"secretKey":"k"}' },
    { ...claim, text: '' },
  ]);
});

test.each(['TELEMETRY_CLAIM_ASSIGNED', 'TELEMETRY_CLAIM_NOT_ALLOWED'])(
  'a claim that is refused for %s gets 500, as from ThingsBoard',
  async (code) => {
    const { gateway, post } = await start();
    gateway.failure = new ProblemError({ code, kind: 'forbidden', message: 'Not now.', remedy: 'Ask.', retry: 'never' });
    expect(await post('/api/v1/T1/claim', '{}')).toMatchObject({ status: 500 });
  },
);

test('no 200 leaves before the batch is stored', async () => {
  const { gateway, post } = await start();
  gateway.isHolding = true;
  let isAnswered = false;
  const answer = post('/api/v1/T1/telemetry', '{"a":1}').finally(() => (isAnswered = true));
  await until(() => gateway.held.length === 1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isAnswered).toBe(false);
  gateway.held[0]?.();
  expect((await answer).status).toBe(200);
});

test('requests that end in one turn share a batch', async () => {
  const { gateway, port } = await start();
  const others = Array.from({ length: 20 }, () => raw(port));
  const post = (n: number) => `POST /api/v1/T1/telemetry HTTP/1.1\r\nHost: x\r\nContent-Length: 7\r\n\r\n{"a":${n}}`;
  // The server accepts one connection a turn, so each is used once before they all speak together.
  for (const { socket, read } of others) {
    socket.write(post(0));
    await read('200 OK');
  }
  gateway.batches.length = 0;
  for (const { socket } of others) socket.write(post(1));
  await until(() => gateway.batches.flat().length === 20);
  expect(gateway.batches.length).toBeLessThan(10);
  for (const { socket } of others) socket.destroy();
});

test('a token is authenticated once, and again after it was revoked', async () => {
  const { gateway, post } = await start();
  await post('/api/v1/T1/telemetry', '{"a":1}');
  await post('/api/v1/T1/telemetry', '{"a":2}');
  expect(gateway.claims).toEqual([{ kind: 'access-token', token: 'T1' }]);
  gateway.tokens.delete('T1');
  gateway.revoke('device of T1');
  expect(gateway.closedDevices).toEqual(['device of T1']);
  expect((await post('/api/v1/T1/telemetry', '{"a":3}')).status).toBe(401);
});

test('sessions are bounded: the one unused for longest is closed', async () => {
  const { gateway, post, api } = await start({ limits: { sessionsMax: 1 } });
  await post('/api/v1/T1/telemetry', '{"a":1}');
  await post('/api/v1/T2/telemetry', '{"a":1}');
  expect(gateway.closedDevices).toEqual(['device of T1']);
  expect((await post('/api/v1/T1/telemetry', '{"a":1}')).status).toBe(200);
  expect(api.stats.sessions).toBe(1);
});

test('tokens may be percent-encoded', async () => {
  const { gateway, post } = await start();
  expect((await post('/api/v1/a%20b%2F%C3%BC/telemetry', '{"a":1}')).status).toBe(200);
  expect(gateway.claims[0]).toEqual({ kind: 'access-token', token: 'a b/ü' });
});

test.each(['/api/v1/nobody/telemetry', '/api/v1/%ZZ/telemetry', '/api/v1//telemetry', `/api/v1/${'x'.repeat(256)}/telemetry`])(
  'an unknown token gets 401 without a body: %s',
  async (path) => {
    const { gateway, post, api } = await start();
    expect(await post(path, '{"a":1}')).toMatchObject({ status: 401, body: '' });
    expect(gateway.batches).toEqual([]);
    expect(api.stats.unauthenticated).toBe(1);
  },
);

test('a malformed payload gets 400 with its code, the others of the batch are stored', async () => {
  const { post, api } = await start();
  const answers = await Promise.all([post('/api/v1/T1/telemetry', '{"a":1}'), post('/api/v1/T1/telemetry', '{'), post('/api/v1/T2/telemetry', '[]')]);
  expect(answers.map((answer) => answer.status)).toEqual([200, 400, 200]);
  expect(JSON.parse(answers[1]?.body ?? '')).toEqual({ status: 400, code: 'PROTOCOL_PAYLOAD_MALFORMED', message: 'Bad.', remedy: 'Send JSON.' });
  expect(api.stats).toMatchObject({ stored: 2, refused: 1 });
});

test.each([
  [deviceErrors.ACK_TIMEOUT({ timeoutMs: 10 }), 503],
  [deviceErrors.GATEWAY_BUSY(), 503],
  [new Error('secret path'), 500],
])('what is not stored gets no 200: %s', async (failure, status) => {
  const { gateway, post } = await start();
  gateway.failure = failure;
  const answer = await post('/api/v1/T1/telemetry', '{"a":1}');
  expect(answer.status).toBe(status);
  expect(answer.headers.get('retry-after')).toBe(status === 503 ? '1' : null);
  expect(answer.body).not.toContain('secret');
});

test('a full gateway and a store that cannot be asked get 503 before anything is read', async () => {
  const { gateway, post } = await start();
  gateway.isFull = true;
  expect((await post('/api/v1/T1/telemetry', '{"a":1}')).status).toBe(503);
  gateway.isFull = false;
  gateway.authenticateFailure = deviceErrors.GATEWAY_BUSY();
  expect((await post('/api/v1/T1/telemetry', '{"a":1}')).status).toBe(503);
  expect(gateway.batches).toEqual([]);
  gateway.authenticateFailure = undefined;
  expect((await post('/api/v1/T1/telemetry', '{"a":1}')).status).toBe(200);
});

test('paths that are not ours are left to the framework', async () => {
  const { send, post } = await start({ isKaaEnabled: false });
  for (const path of ['/', '/api/v1', '/api/v1/T1', '/api/v1/T1/rpc', '/api/v1/T1/telemetry/', '/api/auth/login', '/kp1/v/dcx/T1/json']) {
    expect((await post(path, '{}')).headers.get('x-by')).toBe('framework');
  }
  expect((await send('GET', '/api/v1/T1/attributes?clientKeys=a')).headers.get('x-by')).toBe('framework');
});

test.each([
  ['GET', '/api/v1/T1/telemetry'],
  ['PUT', '/api/v1/T1/telemetry'],
  ['DELETE', '/api/v1/T1/attributes'],
  ['GET', '/kp1/v/dcx/T1/json'],
])('%s %s gets 405', async (method, path) => {
  const { send, gateway } = await start();
  const answer = await send(method, path, method === 'PUT' ? '{"a":1}' : undefined);
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe('POST');
  expect(gateway.batches).toEqual([]);
});

test('a declared length over the limit gets 413 in the words of ThingsBoard', async () => {
  const { port, gateway, api } = await start({ limits: { bodyBytesMax: 10 } });
  for (const length of [11, 1_000_000]) {
    const { socket, read } = raw(port);
    socket.write(`POST /api/v1/T1/telemetry HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n{"a":`);
    const answer = await read('bytes"');
    expect(answer).toContain('413 Payload Too Large');
    expect(answer).toContain('"Payload size exceeds the limit of 10 bytes"');
    socket.destroy();
  }
  expect(gateway.batches).toEqual([]);
  expect(api.stats.tooLarge).toBe(2);
});

test('a body of exactly the limit passes, a chunked one beyond it is cut with 413', async () => {
  const { port, gateway, post } = await start({ limits: { bodyBytesMax: 10 } });
  expect((await post('/api/v1/T1/telemetry', '{"a":1234}')).status).toBe(200);
  const { socket, read } = raw(port);
  socket.write('POST /api/v1/T1/telemetry HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n{"a":1\r\n');
  await new Promise((resolve) => setTimeout(resolve, 10));
  socket.write('6\r\n,"b":2\r\n');
  expect(await read('bytes"')).toContain('413 Payload Too Large');
  socket.destroy();
  expect(gateway.batches).toHaveLength(1);
});

test('a refused body that never ends closes the connection', async () => {
  const { port, clock } = await start({ limits: { bodyBytesMax: 10 } });
  const { socket, read, ended } = raw(port);
  socket.write('POST /api/v1/T1/telemetry HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n');
  await read('bytes"');
  clock.advanceMs(2_000);
  expect(await ended).toContain('Connection: close'.toLowerCase());
});

test('a body that stops arriving gets 408 and does not hold up others', async () => {
  const { port, clock, post, api } = await start();
  await post('/api/v1/T1/telemetry', '{"a":0}');
  const { socket, read } = raw(port);
  socket.write('POST /api/v1/T1/telemetry HTTP/1.1\r\nHost: x\r\nContent-Length: 7\r\n\r\n{"a"');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect((await post('/api/v1/T1/telemetry', '{"a":1}')).status).toBe(200);
  for (let quarter = 0; quarter < 6; quarter += 1) clock.advanceMs(7_500);
  expect(await read('HTTP_BODY_TOO_SLOW')).toContain('408 Request Timeout');
  expect(api.stats.refused).toBe(1);
  socket.destroy();
});

test('a sender that goes away leaves nothing behind', async () => {
  const { port, gateway, post, api } = await start();
  await post('/api/v1/T1/telemetry', '{"a":0}');
  const { socket } = raw(port);
  socket.write('POST /api/v1/T1/telemetry HTTP/1.1\r\nHost: x\r\nContent-Length: 7\r\n\r\n{"a"');
  await new Promise((resolve) => setTimeout(resolve, 20));
  socket.destroy();
  await until(() => api.stats.aborted === 1);
  expect(gateway.batches).toHaveLength(1);
});

test('bodies that arrive slowly cannot fill the memory together', async () => {
  const { port, api, post } = await start({ limits: { receivingBytesMax: 20 } });
  await post('/api/v1/T1/telemetry', '{"a":0}');
  const slow = raw(port);
  slow.socket.write('POST /api/v1/T1/telemetry HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\n\r\n{"a":123456789');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect((await post('/api/v1/T1/telemetry', '{"a":1}')).status).toBe(503);
  expect(api.stats.unavailable).toBe(1);
  slow.socket.destroy();
  await until(() => api.stats.aborted === 1);
  expect((await post('/api/v1/T1/telemetry', '{"a":1}')).status).toBe(200);
});

test('a device revoked while its body arrives is authenticated again', async () => {
  const { port, gateway, post } = await start();
  await post('/api/v1/T1/telemetry', '{"a":0}');
  const { socket, read } = raw(port);
  socket.write('POST /api/v1/T1/telemetry HTTP/1.1\r\nHost: x\r\nContent-Length: 7\r\n\r\n{"a"');
  await new Promise((resolve) => setTimeout(resolve, 20));
  gateway.tokens.delete('T1');
  gateway.revoke('device of T1');
  socket.write(':1}');
  expect(await read('\r\n\r\n')).toContain('401 Unauthorized');
  expect(gateway.batches).toHaveLength(1);
  socket.destroy();
});

test('1/KP data collection over HTTP', async () => {
  const { gateway, post } = await start();
  expect(await post('/kp1/v1/dcx/T1/json', '[{"temperature":23}]')).toMatchObject({ status: 200, body: '' });
  expect(await post('/kpc/kp1/v1/dcx/T1/json/42', '{"t":1}')).toMatchObject({ status: 200, body: '' });
  expect(await post('/kp1/v1/dcx/T1/plain/altitude', '2061')).toMatchObject({ status: 200, body: '' });
  expect(gateway.claims).toEqual([{ kind: 'kaa-token', appVersion: 'v1', token: 'T1' }]);
  expect(gateway.batches.flat()).toMatchObject([
    { kind: UplinkKind.kaaJson, topic: '', text: '[{"temperature":23}]' },
    { kind: UplinkKind.kaaJson, topic: '', text: '{"t":1}' },
    { kind: UplinkKind.kaaPlain, topic: 'altitude', text: '2061' },
  ]);
});

test('K34: where paths are relaxed, what begins with json is JSON', async () => {
  const { gateway, post } = await start({ isKaaRelaxed: true });
  expect(await post('/kp1/v1/dcx/T1/json/random_string/4', '{"t":1}')).toMatchObject({ status: 200, body: '' });
  expect(gateway.batches.flat()).toMatchObject([{ kind: UplinkKind.kaaJson, topic: '', text: '{"t":1}' }]);
});

test.each([
  ['/kp1/v1/dcx/T1/json', '{', 400],
  ['/kp1/v1/dcx/nobody/json', '{}', 401],
  ['/kp1/v1/dcx/T1/json/random', '{}', 404],
  ['/kp1/v1/epmx/T1/get', '{}', 404],
  ['/kp1/v1/dcx/T1', '{}', 404],
  ['/kp1/v1/dcx/T1%2Fx/json', '{}', 404],
  ['/kp1/%ZZ/dcx/T1/json', '{}', 404],
])('a 1/KP failure is its status with both members: %s %s', async (path, body, status) => {
  const { post } = await start();
  const answer = await post(path, body);
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.body)).toEqual({ statusCode: status, reasonPhrase: expect.any(String) as string });
});

test('while stopping, requests get 503 and those in flight their answer', async () => {
  const { gateway, api, post } = await start();
  gateway.isHolding = true;
  const answer = post('/api/v1/T1/telemetry', '{"a":1}');
  await until(() => gateway.held.length === 1);
  api.stopAccepting();
  expect((await post('/api/v1/T1/telemetry', '{"a":2}')).status).toBe(503);
  const drained = api.drain();
  gateway.held[0]?.();
  await drained;
  expect((await answer).status).toBe(200);
  expect(gateway.batches).toHaveLength(1);
});

test('one connection carries many requests, also after a refusal', async () => {
  const { port } = await start();
  const { socket, read } = raw(port);
  const post = (token: string, mark: string) => `POST /api/v1/${token}/telemetry?${mark} HTTP/1.1\r\nHost: x\r\nContent-Length: 7\r\n\r\n{"a":1}`;
  socket.write(post('T1', '1') + post('nobody', '2') + post('T1', '3'));
  await read('401 Unauthorized');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect((await read('HTTP/1.1 200')).match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 401', 'HTTP/1.1 200']);
  socket.destroy();
});
