// Goal: what is no request, or none that any route could read, is refused like all others, and the connection of it ends. Method:
// bytes on a socket of a running API.
import { problemCodeHeader } from '@fieldline/api-contract';
import { createConnection } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
beforeAll(async () => {
  rest = await startRest();
});
afterAll(() => rest.close());

/** The whole answer to some bytes; ends when the server ends the connection. */
async function answerTo(bytes: string): Promise<{ status: number; head: string; body: unknown }> {
  const socket = createConnection(Number(new URL(rest.base).port), '127.0.0.1');
  socket.write(bytes);
  const [head = '', body = ''] = (await textOf(socket)).split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), head: head.toLowerCase(), body: JSON.parse(body) };
}

const refusal = (status: number, message: string, errorCode = 31) => ({ status, message, errorCode, timestamp: expect.any(Number) as number });
const unreadable = 'The request cannot be read: it is no valid HTTP, no valid address or no valid JSON.';

it.each([
  ['no HTTP', 'hello\r\n\r\n'],
  ['an unknown method', 'FOO /api/auth/user HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['two lengths', 'POST /api/device HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}'],
])('%s', async (_, bytes) => {
  const { status, head, body } = await answerTo(bytes);
  expect([status, body]).toEqual([400, refusal(400, unreadable)]);
  expect(head).toContain(`${problemCodeHeader}: rest_request_unreadable`);
});

it('more headers than fit', async () => {
  const many = Array.from({ length: 2_000 }, (_, n) => `x-${n}: ${n}\r\n`).join('');
  const { status, body } = await answerTo(`GET /api/auth/user HTTP/1.1\r\nHost: a\r\n${many}\r\n`);
  expect([status, body]).toEqual([431, refusal(431, 'The headers are too long. Send fewer, or shorter ones.')]);
});

it.each(['/api/device/%zz', '/api/device/%ff%fe', '/%'])('an address that cannot be decoded: %s', async (path) => {
  const answer = await rest.call('GET', path, { token: rest.admin });
  expect([answer.status, answer.body]).toEqual([400, refusal(400, unreadable)]);
  expect(answer.headers.get(problemCodeHeader)).toBe('REST_REQUEST_UNREADABLE');
});

it('an address with a part that is longer than any id', async () => {
  const answer = await rest.call('GET', `/api/device/${'a'.repeat(1_000)}`, { token: rest.admin });
  expect([answer.status, answer.body]).toEqual([404, refusal(404, "Requested item wasn't found!", 32)]);
});
