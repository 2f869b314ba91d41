// Goal: calls of the API reach rule chains and come back with what these reply (rest-api.md §26). Method: a running API whose
// rule chain is a function of the test.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningRest, startRest } from './rest.fixture.js';
import { WaitingCalls } from './waiting-calls.js';

let rest: RunningRest;
let deviceId: string;
beforeEach(async () => {
  rest = await startRest();
  deviceId = (await rest.call('POST', '/api/device', { token: rest.admin, body: { name: 'A' } })).body.id.id as string;
  rest.told.length = 0;
});
afterEach(() => rest.close());

const post = (path: string, body: unknown, token = rest.admin) => rest.call('POST', `/api/rule-engine${path}`, { token, body });

describe('a call of the rule engine', () => {
  it('is a message about the entity, and its answer the reply as it is written', async () => {
    rest.chain.reply = () => '{"t": 42.0}';
    const answer = await post(`/DEVICE/${deviceId}`, '{"a":1.0}');
    expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([200, '{"t": 42.0}', 'application/json; charset=utf-8']);
    const [message] = rest.told;
    expect(message).toMatchObject({
      type: 'REST_API_REQUEST',
      originator: { entityType: 'DEVICE', id: deviceId },
      data: { a: 1 },
      text: '{"a":1.0}',
    });
    expect(message?.metadata).toEqual({
      serviceId: 'server-1',
      requestUUID: expect.stringMatching(/^[\da-f-]{36}$/),
      expirationTime: expect.any(String),
    });
    const leftMs = Number(message?.metadata['expirationTime']) - Date.now();
    expect(leftMs).toBeGreaterThan(5_000);
    expect(leftMs).toBeLessThanOrEqual(10_000);
  });

  it('is about the calling user where it names no entity', async () => {
    for (const path of ['', '/']) expect((await post(path, { a: 1 }, rest.customer)).status).toBe(200);
    expect(rest.told.map(({ originator, customerId }) => [originator.entityType, customerId])).toEqual(
      Array.from({ length: 2 }, () => ['USER', '00000000-0000-7000-8000-00000000c0c0']),
    );
    expect(await post('', {}, rest.system)).toMatchObject({ status: 400, body: { message: 'The system administrator has no rule chains.' } });
  });

  it.each([
    { why: 'JSON of any kind', reply: '[1,2.50]', status: 200, text: '[1,2.50]' },
    { why: 'a JSON text', reply: '"done"', status: 200, text: '"done"' },
    { why: 'nothing', reply: '', status: 200, text: '' },
  ])('answers $why', async ({ reply, status, text }) => {
    rest.chain.reply = () => reply;
    const answer = await post(`/DEVICE/${deviceId}/5000`, {});
    expect([answer.status, answer.text]).toEqual([status, text]);
  });

  it('answers 406 where the reply is no JSON, and 400 where the body is none', async () => {
    rest.chain.reply = () => 'done';
    expect((await post(`/DEVICE/${deviceId}`, {})).status).toBe(406);
    for (const body of ['no JSON', '']) {
      expect(await post(`/DEVICE/${deviceId}`, body)).toMatchObject({ status: 400, body: { message: 'Invalid request body' } });
    }
  });

  it('answers 408 where nobody replies in time', async () => {
    rest.chain.reply = undefined;
    expect((await post(`/DEVICE/${deviceId}/20`, {})).status).toBe(408);
    expect((await post(`/DEVICE/${deviceId}/HighPriority/20`, {})).status).toBe(408);
    expect(rest.told.map(({ queueName }) => queueName)).toEqual([undefined, 'HighPriority']);
    for (const wrong of ['0', '-5', 'soon', '1.5']) expect((await post(`/DEVICE/${deviceId}/${wrong}`, {})).status).toBe(400);
  });

  it('is refused for entities of others', async () => {
    expect((await post(`/DEVICE/${deviceId}`, {}, rest.stranger)).status).toBe(404);
    expect((await post(`/DEVICE/${deviceId}`, {}, rest.customer)).status).toBe(403);
    expect(rest.told).toEqual([]);
  });

  it('hears only its own tenant and server', async () => {
    rest.chain.reply = undefined;
    const answer = post(`/DEVICE/${deviceId}/300`, {});
    while (rest.told.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const { serviceId = '', requestUUID: requestId = '' } = rest.told[0]?.metadata ?? {};
    rest.ruleCalls.replied({ tenantId: rest.two.tenantId, serviceId, requestId, text: '1' });
    rest.ruleCalls.replied({ tenantId: rest.one.tenantId, serviceId: 'another', requestId, text: '2' });
    rest.ruleCalls.replied({ tenantId: rest.one.tenantId, serviceId, requestId: 'unknown', text: '3' });
    rest.ruleCalls.replied({ tenantId: rest.one.tenantId, serviceId, requestId, text: '4' });
    expect((await answer).text).toBe('4');
  });
});

describe('calls that wait', () => {
  const nobody = { clock: { nowMs: () => 0, monotonicMs: () => 0, after: () => () => undefined }, serviceId: 's' } as const;
  const calls = () => {
    let id = 0;
    return new WaitingCalls({ ...nobody, ids: { next: () => String(++id) } } as unknown as ConstructorParameters<typeof WaitingCalls>[0]);
  };
  const codeOf = (promise: Promise<unknown>): Promise<string> => promise.then(String, (error: { code: string }) => error.code);

  it('are told when the message could not be sent, or the server stops', async () => {
    const waiting = calls();
    const tenantId = rest.one.tenantId;
    const refused = Object.assign(new Error('away'), { code: 'ENGINE_STOPPED' });
    expect(await codeOf(waiting.reply(tenantId, 1_000, () => Promise.reject(refused)))).toBe('ENGINE_STOPPED');
    const open = codeOf(waiting.reply(tenantId, 1_000, async () => undefined));
    waiting.close();
    expect(await open).toBe('REST_RULE_CALL_ENDED');
  });

  it('are so many at most', async () => {
    const waiting = calls();
    const open = Array.from({ length: 10_000 }, () => codeOf(waiting.reply(rest.one.tenantId, 1_000, async () => undefined)));
    expect(await codeOf(waiting.reply(rest.one.tenantId, 1_000, async () => undefined))).toBe('REST_RULE_CALLS_WAIT');
    waiting.close();
    await Promise.all(open);
  });
});
