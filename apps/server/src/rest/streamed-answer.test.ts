// Goal: an answer that is sent piece by piece is either complete or visibly broken off, and is made no faster than its client
// takes it. Method: a server with nothing but such an answer, and sockets.
import type { Clock } from '@fieldline/kernel';
import { silentLog, type LogFields } from '@fieldline/kernel';
import { historyErrors } from '@fieldline/ports';
import fastify, { type FastifyInstance } from 'fastify';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { systemClock } from '../system-clock.js';
import { answerInPieces } from './streamed-answer.js';

let server: FastifyInstance;
afterEach(() => server.close());

/** A server that answers with the pieces; what it logs is noted. */
async function serve(
  pieces: () => AsyncGenerator<string, void, undefined>,
  options: { clock?: Clock; highWaterMark?: number; bytesMax?: number } = {},
) {
  const { clock = systemClock, highWaterMark, ...bounds } = options;
  const logged: unknown[] = [];
  const log = { ...silentLog, warn: (event: string, { path, error }: LogFields = {}) => void logged.push([event, error, path]) };
  server = fastify({ forceCloseConnections: true, ...(highWaterMark === undefined ? {} : { http: { highWaterMark } }) });
  server.get('/', async (_, reply) => {
    void reply.header('x-given', 'yes');
    await answerInPieces(reply, pieces(), { clock, log, ...bounds });
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.server.address() as AddressInfo;
  const ask = () =>
    new Promise<IncomingMessage>((resolve, reject) => get({ port, host: '127.0.0.1', path: '/?asked', agent: false }, resolve).on('error', reject));
  return { port, ask, logged };
}

/** All that comes; `isWhole` is false where the connection ends before the answer does. */
async function bodyOf(answer: IncomingMessage): Promise<{ text: string; isWhole: boolean }> {
  let text = '';
  answer.setEncoding('utf8');
  try {
    for await (const part of answer) text += String(part);
  } catch {
    // The connection was broken off, which `complete` says as well.
  }
  return { text, isWhole: answer.complete };
}

const large = 'x'.repeat(100_000);
async function* counted(count: number, failure?: Error): AsyncGenerator<string, void, undefined> {
  for (let n = 0; n < count; n += 1) yield large;
  if (failure !== undefined) throw failure;
}

test.each([0, 1, 2, 50])('an answer of %i pieces arrives whole, with the headers of any answer', async (count) => {
  const { ask, logged } = await serve(() => counted(count));
  const answer = await ask();
  expect([answer.statusCode, answer.headers['content-type'], answer.headers['x-given']]).toEqual([200, 'application/json; charset=utf-8', 'yes']);
  expect(answer.headers['content-length']).toBe(count < 2 ? String(count * large.length) : undefined);
  expect(await bodyOf(answer)).toEqual({ text: large.repeat(count), isWhole: true });
  expect(logged).toEqual([]);
});

test.each([0, 1])('what fails after %i pieces is answered like any failure', async (count) => {
  const { ask } = await serve(() => counted(count, historyErrors.BUSY({ waitingMax: 1 })));
  expect((await ask()).statusCode).toBe(500);
});

test('what fails later breaks the answer off, and is logged', async () => {
  const failure = historyErrors.TOO_SLOW({ deadlineMs: 5 });
  const { ask, logged } = await serve(() => counted(3, failure));
  const answer = await ask();
  expect(answer.statusCode).toBe(200);
  expect((await bodyOf(answer)).isWhole).toBe(false);
  expect(logged).toEqual([['answer-broken-off', failure, '/']]);
});

test('an answer that is longer than the longest is broken off', async () => {
  const { ask, logged } = await serve(() => counted(20), { bytesMax: 10 * large.length });
  const { text, isWhole } = await bodyOf(await ask());
  expect([isWhole, text.length <= 10 * large.length]).toEqual([false, true]);
  expect(logged).toMatchObject([['answer-broken-off', { code: 'REST_ANSWER_TOO_LARGE' }, '/']]);
});

test('no more is made than the client takes, and when it goes away the making ends, without a word in the log', async () => {
  let made = 0;
  const ended = Promise.withResolvers<undefined>();
  const { ask, logged } = await serve(async function* () {
    try {
      for (;;) {
        made += 1;
        yield large;
      }
    } finally {
      ended.resolve(undefined);
    }
  });
  const answer = await ask();
  let before = -1;
  // Full buffers of the sockets are the end of it; how large those are, the machine decides.
  await vi.waitFor(
    () => {
      const last = before;
      before = made;
      expect(made).toBe(last);
    },
    { interval: 100, timeout: 10_000 },
  );
  expect(made * large.length).toBeLessThan(64 * 1024 * 1024);
  answer.destroy();
  await ended.promise;
  expect(logged).toEqual([]);
});

test('a client that takes nothing for a minute is given up', async () => {
  const clock: Clock = {
    ...systemClock,
    after: (_name, _ms, fire) => {
      const timer = setImmediate(fire);
      return () => clearImmediate(timer);
    },
  };
  const { ask, logged } = await serve(() => counted(1_000), { clock });
  const answer = await ask();
  await vi.waitFor(() => expect(logged).toMatchObject([['answer-broken-off', { code: 'REST_CLIENT_STALLED' }, '/']]));
  expect((await bodyOf(answer)).isWhole).toBe(false);
});

test('an answer whose client takes everything at once lets others have their turn', async () => {
  let turns = 0;
  let turnsWhileMade = 0;
  const making = async function* () {
    const untilMs = performance.now() + 200;
    while (performance.now() < untilMs) yield 'x';
    turnsWhileMade = turns;
  };
  const { ask } = await serve(making, { highWaterMark: 2 ** 30 });
  const timer = setInterval(() => (turns += 1), 1);
  const body = await bodyOf(await ask());
  clearInterval(timer);
  expect(body.isWhole).toBe(true);
  expect(turnsWhileMade).toBeGreaterThan(5);
});

test('a HEAD request is answered without the making of it all', async () => {
  let made = 0;
  const { port } = await serve(async function* () {
    for (; made < 1_000; made += 1) yield large;
  });
  expect((await fetch(`http://127.0.0.1:${port}/`, { method: 'HEAD' })).status).toBe(200);
  expect(made).toBeLessThan(3);
});
