// Goal: scripts of every kind can be tried out before they are deployed, in both languages, and no script can make the route
// fail (rest-api.md §20.5). Method: a running API whose scripts run in the real sandbox.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { denied } from './refusals.fixture.js';
import { type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
beforeAll(async () => {
  rest = await startRest();
});
afterAll(() => rest.close());

const message = { msg: '{"t":22.0}', metadata: { ts: '7' }, msgType: 'POST_TELEMETRY_REQUEST', argNames: ['msg', 'metadata', 'msgType'] };
const test = async (scriptType: string, script: string, query = '', more: object = {}) =>
  (await rest.call('POST', `/api/ruleChain/testScript${query}`, { token: rest.admin, body: { ...message, scriptType, script, ...more } })).body;

describe('a script that is tried out', () => {
  it.each([
    ['filter', 'return msg.t > 20;', 'true'],
    ['switch', 'return ["a", "b"];', '["a","b"]'],
    ['json', 'return { n: msg.t };', '{"n":22}'],
    ['string', 'return msgType + metadata.ts;', 'POST_TELEMETRY_REQUEST7'],
    ['update', 'return { msg: { n: 1 } };', '{"msg":{"n":1},"metadata":{"ts":"7"},"msgType":"POST_TELEMETRY_REQUEST"}'],
    ['update', 'return { msgType: "B" };', '{"msg":{"t":22.0},"metadata":{"ts":"7"},"msgType":"B"}'],
    [
      'update',
      'return [{ msg: 1, metadata: {} }, { msg: 2, metadata: {} }];',
      '[{"msg":1,"metadata":{},"msgType":"POST_TELEMETRY_REQUEST"},{"msg":2,"metadata":{},"msgType":"POST_TELEMETRY_REQUEST"}]',
    ],
    ['generate', 'return { msg: { n: prevMsg.t }, metadata: prevMetadata, msgType: "G" };', '{"msg":{"n":22},"metadata":{"ts":"7"},"msgType":"G"}'],
  ])('of kind %s answers what it gives: %s', async (kind, script, output) => {
    expect(await test(kind, script)).toEqual({ output, error: '' });
  });

  it('is JavaScript unless it says TBEL', async () => {
    const script = 'return isNaN(msg.t) == false && msg.t.intValue() == 22;';
    expect(await test('filter', script, '?scriptLang=TBEL')).toEqual({ output: 'true', error: '' });
    expect((await test('filter', script)).error).toMatch(/TypeError/);
    expect((await test('filter', script, '?scriptLang=JS')).error).toMatch(/TypeError/);
  });

  it.each([
    ['filter', 'return 1;', /Wrong result type/],
    ['filter', 'return (;', /./],
    ['filter', '', /./],
    ['filter', 'throw new Error("mine");', /mine/],
    ['filter', 'return fetch("x");', /fetch/],
    ['filter', 'while (true) {}', /timeout/i],
  ])('and is wrong (%s: %s) answers why', async (kind, script, error) => {
    expect(await test(kind, script)).toEqual({ output: '', error: expect.stringMatching(error) });
  });

  it('gets its message as a text with JSON', async () => {
    expect(await test('json', 'return msg;', '', { msg: '[1, {"a": null}]' })).toEqual({ output: '[1,{"a":null}]', error: '' });
    expect((await test('json', 'return msg;', '', { msg: '{' })).error).not.toBe('');
  });
});

it('TBEL runs', async () => {
  expect(await rest.call('GET', '/api/ruleChain/tbelEnabled', { token: rest.admin })).toMatchObject({ status: 200, body: true });
});

it('trying out scripts is the business of tenants, in a shape that is checked', async () => {
  const call = (token: string, body: object) => rest.call('POST', '/api/ruleChain/testScript', { token, body });
  const body = { ...message, scriptType: 'filter', script: 'return true;' };
  expect(await call(rest.customer, body)).toMatchObject(denied);
  expect(await call(rest.system, body)).toMatchObject(denied);
  expect((await call(rest.admin, { ...body, scriptType: 'other' })).status).toBe(400);
  expect((await call(rest.admin, { ...body, msg: { t: 22 } })).status).toBe(400);
});
