import type { Socket } from 'node:dgram';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { ProblemError, silentLog } from '@fieldline/kernel';
import { deviceErrors } from '@fieldline/ports';
import { UplinkKind } from '@fieldline/protocol';
import { Agent, request } from 'coap';
import { afterEach, expect, test } from 'vitest';
import { coapTransport } from './coap-transport.js';
import type { Datagram } from './datagram.js';
import { decodeDatagram, encodeDatagram, MessageType, OptionNumber } from './datagram.js';
import { FakeGateway, TestClock } from '@fieldline/contract-tests';
import type { CoapLimits } from './limits.js';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const utf8 = new TextEncoder();
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const codeOf = (datagram: Datagram): string => `${datagram.code >> 5}.${String(datagram.code & 31).padStart(2, '0')}`;
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
};
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function start(limits: Partial<CoapLimits> = {}) {
  const gateway = new FakeGateway();
  const clock = new TestClock();
  const transport = coapTransport({ gateway, host: '127.0.0.1', port: 0, clock, log: silentLog, limits });
  const port = await transport.listen();
  closers.push(() => transport.close());
  return { gateway, clock, transport, port };
}

interface Sent {
  readonly type?: number;
  readonly code?: number;
  readonly path?: string;
  readonly body?: string | Uint8Array;
  readonly messageId?: number;
  readonly token?: string;
  readonly options?: { number: number; value: Uint8Array }[];
}

/** A client that speaks in single datagrams, so that a test decides what is repeated and when. */
async function client(port: number) {
  const socket: Socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  closers.push(() => new Promise<void>((resolve) => socket.close(() => resolve())));
  const received: Datagram[] = [];
  socket.on('message', (bytes) => received.push(decodeDatagram(bytes) as Datagram));
  let nextId = 1;
  const raw = (bytes: Uint8Array) => socket.send(bytes, port, '127.0.0.1');
  const encode = (sent: Sent) => {
    const path = (sent.path ?? 'api/v1/T1/telemetry').split('/').map((part) => ({ number: OptionNumber.uriPath, value: utf8.encode(part) }));
    return encodeDatagram({
      type: sent.type ?? MessageType.confirmable,
      code: sent.code ?? 2,
      messageId: sent.messageId ?? nextId++,
      token: utf8.encode(sent.token ?? 'tk'),
      options: [...path, ...(sent.options ?? [])].sort((a, b) => a.number - b.number),
      payload: typeof sent.body === 'string' ? utf8.encode(sent.body) : (sent.body ?? utf8.encode('{"a":1}')),
    });
  };
  const next = async (): Promise<Datagram> => {
    await until(() => received.length > 0);
    return received.shift() as Datagram;
  };
  return { send: (sent: Sent = {}) => raw(encode(sent)), raw, next, received, ask: async (sent: Sent = {}) => (raw(encode(sent)), next()) };
}

/** A Block1 option. */
const block = (number: number, hasMore: boolean, sizeExponent = 2) => {
  const value = (number << 4) | (hasMore ? 8 : 0) | sizeExponent;
  return { number: OptionNumber.block1, value: Uint8Array.of(value >> 16, (value >> 8) & 255, value & 255) };
};

test('telemetry and attributes are stored before the 2.01, which travels in the acknowledgement', async () => {
  const { gateway, transport, port } = await start();
  const { ask } = await client(port);
  const answer = await ask({ messageId: 77, token: 'abc' });
  expect([codeOf(answer), answer.type, answer.messageId, text(answer.token), answer.payload.length]).toEqual(['2.01', 2, 77, 'abc', 0]);
  expect(codeOf(await ask({ path: 'api/v1/T2/Attributes', body: '{"b":2}' }))).toBe('2.01');
  expect(gateway.batches.flat()).toEqual([
    { device: 'device of T1', kind: UplinkKind.telemetry, topic: '', text: '{"a":1}' },
    { device: 'device of T2', kind: UplinkKind.attributes, topic: '', text: '{"b":2}' },
  ]);
  expect(gateway.claims).toHaveLength(2);
  expect(transport.stats).toMatchObject({ datagrams: 2, stored: 2, sessions: 2, inFlight: 0 });
});

test('a request without confirmation gets an answer without confirmation', async () => {
  const { port } = await start();
  const { ask } = await client(port);
  const answer = await ask({ type: MessageType.nonConfirmable });
  expect([codeOf(answer), answer.type, text(answer.token)]).toEqual(['2.01', MessageType.nonConfirmable, 'tk']);
});

test('a slow store gets an empty acknowledgement first, and the answer confirmable after it', async () => {
  const { gateway, port, transport } = await start({ piggybackMs: 30 });
  const { send, next, raw, received } = await client(port);
  gateway.isHolding = true;
  send({ messageId: 5 });
  const acknowledgement = await next();
  expect([codeOf(acknowledgement), acknowledgement.type, acknowledgement.messageId]).toEqual(['0.00', 2, 5]);
  // The repeat of a client that missed it is acknowledged again, and not taken again.
  send({ messageId: 5 });
  expect([codeOf(await next()), gateway.batches.length]).toEqual(['0.00', 1]);
  gateway.held[0]?.();
  const answer = await next();
  expect([codeOf(answer), answer.type, text(answer.token)]).toEqual(['2.01', MessageType.confirmable, 'tk']);
  raw(encodeDatagram({ ...acknowledgement, messageId: answer.messageId }));
  await pause(20);
  expect(received).toEqual([]);
  expect(transport.stats).toMatchObject({ stored: 1, duplicates: 1 });
});

test('a repeated request is taken once, while it is under way and after it was answered', async () => {
  const { gateway, port, transport } = await start();
  const { send, next, received } = await client(port);
  gateway.isHolding = true;
  for (let n = 0; n < 5; n += 1) send({ messageId: 9 });
  await until(() => transport.stats.datagrams === 5 && gateway.held.length > 0);
  expect(gateway.batches.flat()).toHaveLength(1);
  gateway.held[0]?.();
  const answer = await next();
  for (let n = 0; n < 3; n += 1) {
    send({ messageId: 9 });
    expect(await next()).toEqual(answer);
  }
  expect(received).toEqual([]);
  expect(gateway.batches.flat()).toHaveLength(1);
  expect(transport.stats).toMatchObject({ stored: 1, duplicates: 7 });
});

test('a repeated request without confirmation is taken once', async () => {
  const { gateway, port, transport } = await start();
  const { send, next } = await client(port);
  for (let n = 0; n < 3; n += 1) send({ type: MessageType.nonConfirmable, messageId: 9 });
  await next();
  await until(() => transport.stats.datagrams === 3 && gateway.batches.length > 0);
  expect(gateway.batches.flat()).toHaveLength(1);
});

test('another reading under a message id used before is a new reading, as after the restart of a device', async () => {
  const { gateway, port, clock } = await start();
  const { ask } = await client(port);
  await ask({ messageId: 1, token: '', body: '{"a":1}' });
  expect(codeOf(await ask({ messageId: 1, token: '', body: '{"a":2}' }))).toBe('2.01');
  clock.advanceMs(247_000);
  expect(codeOf(await ask({ messageId: 1, token: '', body: '{"a":2}' }))).toBe('2.01');
  expect(gateway.batches.flat().map((uplink) => uplink.text)).toEqual(['{"a":1}', '{"a":2}', '{"a":2}']);
});

test('two clients may use the same message id', async () => {
  const { gateway, port } = await start();
  const [one, other] = [await client(port), await client(port)];
  await Promise.all([one.ask({ messageId: 1 }), other.ask({ messageId: 1 })]);
  expect(gateway.batches.flat()).toHaveLength(2);
});

test('a claim is an upload too, and needs no payload', async () => {
  const { gateway, port } = await start();
  const { ask } = await client(port);
  expect(codeOf(await ask({ path: 'api/v1/T1/claim', body: '{"secretKey":"k"}' }))).toBe('2.01');
  expect(codeOf(await ask({ path: 'api/v1/T1/claim', body: '' }))).toBe('2.01');
  expect(gateway.batches.flat().map(({ kind, text }) => [kind, text])).toEqual([
    [UplinkKind.claim, '{"secretKey":"k"}'],
    [UplinkKind.claim, ''],
  ]);
  gateway.failure = new ProblemError({ code: 'TELEMETRY_CLAIM_ASSIGNED', kind: 'forbidden', message: 'Not now.', remedy: 'Ask.', retry: 'never' });
  expect(codeOf(await ask({ path: 'api/v1/T1/claim' }))).toBe('5.00');
});

test.each([
  ['api/v1/nobody/telemetry', 2, '4.01', 'DEVICE_UNKNOWN'],
  [`api/v1/${'x'.repeat(255)}/telemetry`, 2, '4.01', 'DEVICE_UNKNOWN'],
  ['api/v1/telemetry', 2, '4.01', 'COAP_TOKEN_MISSING'],
  ['api/v1/T1', 2, '4.00', 'COAP_FEATURE_UNKNOWN'],
  ['api/v1', 2, '4.00', 'COAP_FEATURE_UNKNOWN'],
  ['api/v1/T1/nothing', 2, '4.00', 'COAP_FEATURE_UNKNOWN'],
  ['api/v1/T1/telemetry/x', 2, '4.00', 'COAP_FEATURE_UNKNOWN'],
  ['api/v1/T1/telemetry', 1, '4.00', 'COAP_FEATURE_UNKNOWN'],
  ['api/v1/T1/claim', 1, '4.00', 'COAP_FEATURE_UNKNOWN'],
  ['api/v1/claim', 2, '4.01', 'COAP_TOKEN_MISSING'],
  ['api/v1/T1/attributes', 1, '5.01', 'COAP_FEATURE_UNSUPPORTED'],
  ['api/v1/T1/rpc', 2, '5.01', 'COAP_FEATURE_UNSUPPORTED'],
  ['api/v1/T1/telemetry', 3, '4.05', 'COAP_METHOD_NOT_ALLOWED'],
  ['api/v1/T1/telemetry', 5, '4.05', 'COAP_METHOD_NOT_ALLOWED'],
  ['other', 2, '4.04', 'COAP_PATH_UNKNOWN'],
])('%s with method %i gets %s and a coded diagnostic', async (path, code, expected, diagnostic) => {
  const { port, gateway } = await start();
  const { ask } = await client(port);
  const answer = await ask({ path, code });
  expect(codeOf(answer)).toBe(expected);
  expect(text(answer.payload)).toContain(diagnostic);
  expect(gateway.batches).toEqual([]);
});

test.each([
  [deviceErrors.ACK_TIMEOUT({ timeoutMs: 1 }), '5.03'],
  [deviceErrors.TRANSPORT_MISMATCH({ profile: 'p', transport: 'MQTT' }), '5.00'],
  [new Error('secret path'), '5.00'],
])('what is not stored gets no 2.01: %s', async (failure, code) => {
  const { gateway, port } = await start();
  gateway.failure = failure;
  const answer = await (await client(port)).ask();
  expect(codeOf(answer)).toBe(code);
  expect(text(answer.payload)).not.toContain('secret');
  // Max-Age says when to come again.
  expect(answer.options.some(({ number }) => number === 14)).toBe(code === '5.03');
});

test('a malformed payload gets 4.00, others of the batch are stored', async () => {
  const { port, transport } = await start();
  const { send, next } = await client(port);
  for (const body of ['{"a":1}', '{', '[]']) send({ body });
  expect([codeOf(await next()), codeOf(await next()), codeOf(await next())].sort()).toEqual(['2.01', '2.01', '4.00']);
  expect(transport.stats).toMatchObject({ stored: 2, refused: 1 });
});

test('a full gateway, a store that cannot be asked, and the end of the server get 5.03', async () => {
  const { gateway, port, transport } = await start();
  const { ask } = await client(port);
  gateway.isFull = true;
  expect(codeOf(await ask())).toBe('5.03');
  gateway.isFull = false;
  gateway.authenticateFailure = deviceErrors.GATEWAY_BUSY();
  expect(codeOf(await ask())).toBe('5.03');
  gateway.authenticateFailure = undefined;
  transport.stopAccepting();
  expect(codeOf(await ask())).toBe('5.03');
  await transport.drain();
  expect(gateway.batches).toEqual([]);
});

test('a revoked device authenticates again', async () => {
  const { gateway, port } = await start();
  const { ask } = await client(port);
  await ask();
  gateway.tokens.delete('T1');
  gateway.revoke('device of T1');
  expect(codeOf(await ask())).toBe('4.01');
  expect(gateway.closedDevices).toEqual(['device of T1']);
});

test('a body in blocks is put together, also where each block has a token of its own', async () => {
  const { gateway, port } = await start();
  const { ask } = await client(port);
  const body = `{"text":"${'x'.repeat(120)}"}`;
  for (let number = 0; number < 2; number += 1) {
    const part = body.slice(number * 64, number * 64 + 64);
    const answer = await ask({ body: part, token: `t${number}`, options: [block(number, true)] });
    expect([codeOf(answer), answer.options.map((option) => option.number)]).toEqual(['2.31', [OptionNumber.block1]]);
  }
  const answer = await ask({ body: body.slice(128), token: 't2', options: [block(2, false)] });
  expect([codeOf(answer), answer.options.map((option) => option.number)]).toEqual(['2.01', [OptionNumber.block1]]);
  expect(gateway.batches.flat().map((uplink) => uplink.text)).toEqual([body]);
});

test('a datagram with a huge block number is cut and counted, without memory for what it claims', async () => {
  const { port, transport, gateway } = await start();
  const { ask } = await client(port);
  const before = process.memoryUsage().arrayBuffers;
  for (let n = 0; n < 20; n += 1) expect(codeOf(await ask({ body: 'x', options: [block(0xfffff - n, false, 6)] }))).toBe('4.13');
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  expect(transport.stats).toMatchObject({ tooLarge: 20, unfinishedBodies: 0 });
  expect(codeOf(await ask())).toBe('2.01');
  expect(gateway.batches.flat()).toHaveLength(1);
});

test('unfinished bodies are bounded and end with their time', async () => {
  const { port, transport, clock } = await start({ transfersPerAddressMax: 2, transfersMax: 3 });
  const { ask } = await client(port);
  const begin = (token: string) => ask({ path: `api/v1/${token}/telemetry`, body: 'x'.repeat(64), options: [block(0, true)] });
  for (const token of ['a', 'b', 'c']) expect(codeOf(await begin(token))).toBe('2.31');
  expect(transport.stats).toMatchObject({ unfinishedBodies: 2, forgottenBodies: 1 });
  expect(codeOf(await ask({ path: 'api/v1/a/telemetry', body: 'x', options: [block(1, false)] }))).toBe('4.08');
  clock.advanceMs(60_000);
  await begin('d');
  expect(transport.stats).toMatchObject({ unfinishedBodies: 1, forgottenBodies: 3, blocksRefused: 1 });
});

test('blocks must come in order and be full; the first one starts the body anew', async () => {
  const { port, gateway, transport } = await start({ bodyBytesMax: 200 });
  const { ask } = await client(port);
  const part = (number: number, hasMore: boolean, body: string) => ask({ body, options: [block(number, hasMore)] });
  const full = 'y'.repeat(64);
  await part(0, true, full);
  expect(codeOf(await part(2, true, full))).toBe('4.08');
  expect(codeOf(await part(1, true, full))).toBe('4.08');
  await part(0, true, full);
  expect(codeOf(await part(1, true, 'short'))).toBe('4.00');
  expect(codeOf(await part(0, true, 'y'.repeat(65)))).toBe('4.00');
  await part(0, true, full);
  await part(0, true, 'z'.repeat(64));
  expect(codeOf(await part(1, false, 'end'))).toBe('2.01');
  expect(codeOf(await part(0, false, '{"b":1}'))).toBe('2.01');
  expect(gateway.batches.flat().map((uplink) => uplink.text)).toEqual([`${'z'.repeat(64)}end`, '{"b":1}']);
  for (const number of [0, 1, 2]) await part(number, true, full);
  expect(codeOf(await part(3, false, full))).toBe('4.13');
  expect(transport.stats).toMatchObject({ unfinishedBodies: 0, blocksRefused: 4, tooLarge: 1 });
});

test('half received bodies together stay within their bytes, and remembered requests within their number', async () => {
  const { port, gateway, transport } = await start({ transferBytesMax: 130, exchangesMax: 2 });
  const { ask } = await client(port);
  for (const token of ['a', 'b', 'c']) await ask({ path: `api/v1/${token}/telemetry`, body: 'x'.repeat(64), options: [block(0, true)] });
  expect(transport.stats).toMatchObject({ unfinishedBodies: 2, forgottenBodies: 1 });
  for (const messageId of [901, 902, 903]) await ask({ messageId });
  await ask({ messageId: 903 });
  expect(gateway.batches.flat()).toHaveLength(3);
  // The first of the three was forgotten to make room, so its repeat counts as new.
  await ask({ messageId: 901 });
  expect(gateway.batches.flat()).toHaveLength(4);
});

test('bytes that are no CoAP, pings and answers nobody asked for do no harm', async () => {
  const { port, transport } = await start();
  const { raw, next, ask } = await client(port);
  raw(Uint8Array.of());
  raw(Uint8Array.of(0x40));
  raw(Uint8Array.of(0xff, 1, 2, 3, 4));
  raw(Uint8Array.of(0x70, 0, 0, 9));
  raw(Uint8Array.of(0x40, 0, 0x12, 0x34));
  expect(await next()).toMatchObject({ type: MessageType.reset, messageId: 0x1234 });
  raw(Uint8Array.of(0x40, 0x45, 0, 7));
  expect(await next()).toMatchObject({ type: MessageType.reset, messageId: 7 });
  raw(Uint8Array.of(0x40, 0x02, 0, 8, 0xf0));
  expect(await next()).toMatchObject({ type: MessageType.reset, messageId: 8 });
  expect(codeOf(await ask())).toBe('2.01');
  expect(transport.stats.malformed).toBe(transport.stats.datagrams - 3);
});

test.each([
  [2053, Uint8Array.of(), '4.02'],
  [9, Uint8Array.of(1), '4.02'],
  [35, utf8.encode('coap://other/x'), '5.05'],
  [60, Uint8Array.of(1, 0, 1), '4.13'],
  [27, Uint8Array.of(0, 0, 0, 0), '4.00'],
  [27, Uint8Array.of(7), '4.00'],
  [6, Uint8Array.of(), '2.01'],
  [12, Uint8Array.of(50), '2.01'],
  [23, Uint8Array.of(6), '2.01'],
  [2048, Uint8Array.of(), '2.01'],
])('option %i with %s gets %s', async (number, value, code) => {
  const { port } = await start();
  expect(codeOf(await (await client(port)).ask({ options: [{ number, value }] }))).toBe(code);
});

test('a taken port is a coded error that names the setting', async () => {
  const { port, gateway, clock } = await start();
  const second = coapTransport({ gateway, host: '127.0.0.1', port, clock, log: silentLog });
  await expect(second.listen()).rejects.toMatchObject({ code: 'COAP_PORT_TAKEN', remedy: expect.stringContaining('FIELDLINE_COAP_PORT') as string });
  const elsewhere = coapTransport({ gateway, host: '192.0.2.1', port: 0, clock, log: silentLog });
  await expect(elsewhere.listen()).rejects.toMatchObject({ code: 'COAP_LISTEN_FAILED' });
  await second.close();
});

test('a real client gets through, with a body in one piece and in blocks', async () => {
  const { gateway, port } = await start();
  const agent = new Agent({ type: 'udp4' });
  // It closes its socket by itself once no request is open.
  const post = (body: string) =>
    new Promise<string>((resolve, reject) => {
      const outgoing = request({ agent, hostname: '127.0.0.1', port, method: 'POST', pathname: '/api/v1/T1/telemetry', confirmable: true });
      outgoing.on('response', (answer) => resolve((answer as { code: string }).code));
      outgoing.on('error', reject);
      if (body.length > 1_024) outgoing.setOption('Block1', Buffer.of(6));
      outgoing.end(body);
    });
  const long = `{"text":"${'x'.repeat(5_000)}"}`;
  expect(await post('{"a":1}')).toBe('2.01');
  expect(await post(long)).toBe('2.01');
  expect(gateway.batches.flat().map((uplink) => uplink.text)).toEqual(['{"a":1}', long]);
});
