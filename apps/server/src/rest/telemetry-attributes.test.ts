// Goal: the rows of rest-api.md about attributes: §6.1 (their endpoints), §6.2, §6.7 and §6.10. Method: HTTP against a running
// API over the memory store. What writing does besides is in telemetry-save.test.ts.
import { ValueKind } from '@fieldline/model';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deviceEntity, type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
let id: string;
let empty: string;
const start = 1_700_000_000_000;

beforeAll(async () => {
  rest = await startRest();
  const made = (name: string) => rest.call('POST', '/api/device', { token: rest.admin, body: { name } });
  id = (await made('Device')).body.id.id;
  empty = (await made('Without attributes')).body.id.id;
});
afterAll(() => rest.close());

/** Each test begins with these attributes, and no others. */
beforeEach(async () => {
  const entity = deviceEntity(id);
  for (const scope of ['CLIENT_SCOPE', 'SERVER_SCOPE', 'SHARED_SCOPE']) {
    const { body } = await call('GET', `DEVICE/${id}/keys/attributes/${scope}`);
    if (body.length > 0) await call('DELETE', `DEVICE/${id}/${scope}?keys=${body.join(',')}`);
  }
  await rest.commit((unit, tenantId) => {
    const at = { tenantId, entity, lastUpdateMs: start };
    unit.attribute({ ...at, scope: 'SERVER_SCOPE', key: 'model', kind: ValueKind.string, value: 'server' });
    unit.attribute({ ...at, scope: 'SHARED_SCOPE', key: 'model', kind: ValueKind.string, value: 'shared' });
    unit.attribute({ ...at, scope: 'CLIENT_SCOPE', key: 'model', kind: ValueKind.string, value: 'client' });
    unit.attribute({ ...at, scope: 'SERVER_SCOPE', key: 'typed', kind: ValueKind.json, value: '{"a":[1,2]}' });
    unit.attribute({ ...at, scope: 'SERVER_SCOPE', key: 'on', kind: ValueKind.boolean, value: true });
    unit.attribute({ ...at, scope: 'SERVER_SCOPE', key: 'count', kind: ValueKind.long, value: 42 });
    unit.attribute({ ...at, scope: 'SERVER_SCOPE', key: 'ratio', kind: ValueKind.double, value: 0.5 });
  });
  rest.told.splice(0);
});

const call = (method: string, path: string, body?: unknown, token = rest.admin) =>
  rest.call(method, `/api/plugins/telemetry/${path}`, { token, body });
const get = async (path: string) => (await call('GET', `DEVICE/${id}/${path}`)).body;
const stored = async (scope: string) => {
  const found: { key: string; value: unknown }[] = await get(`values/attributes/${scope}`);
  return Object.fromEntries(found.map(({ key, value }) => [key, value]));
};

describe('rest-api.md §6.1, attributes', () => {
  it('GET keys/attributes: all attribute keys, array of strings (a key present in several scopes may repeat)', async () => {
    expect((await get('keys/attributes')).sort()).toEqual(['count', 'model', 'model', 'model', 'on', 'ratio', 'typed']);
  });
  it('GET keys/attributes/{scope}: keys of one scope', async () => {
    expect(await get('keys/attributes/CLIENT_SCOPE')).toEqual(['model']);
  });
  it('GET values/attributes: attributes of all scopes', async () => {
    const values = (await get('values/attributes?keys=model')).map(({ value }: { value: string }) => value);
    expect(values.sort()).toEqual(['client', 'server', 'shared']);
  });
  it('GET values/attributes/{scope}: attributes of one scope', async () => {
    expect(await get('values/attributes/SHARED_SCOPE')).toEqual([{ lastUpdateTs: start, key: 'model', value: 'shared' }]);
  });
  it.each([
    ['POST /{deviceId}/{scope}: save device attributes', () => `${id}/SERVER_SCOPE`],
    ['POST /{entityType}/{entityId}/{scope}: save entity attributes', () => `DEVICE/${id}/SERVER_SCOPE`],
    ['POST /{entityType}/{entityId}/attributes/{scope}: v2 form, same behaviour', () => `DEVICE/${id}/attributes/SERVER_SCOPE`],
  ])('%s', async (_, path) => {
    expect(await call('POST', path(), { written: 1 })).toMatchObject({ status: 200, text: '' });
    expect(await stored('SERVER_SCOPE')).toMatchObject({ written: 1 });
  });
  it.each([
    ['DELETE /{deviceId}/{scope}: any scope, also CLIENT', () => `${id}/CLIENT_SCOPE`, 'CLIENT_SCOPE'],
    ['DELETE /{entityType}/{entityId}/{scope}', () => `DEVICE/${id}/SHARED_SCOPE`, 'SHARED_SCOPE'],
  ])('%s', async (_, path, scope) => {
    expect(await call('DELETE', `${path()}?keys=model`)).toMatchObject({ status: 200, text: '' });
    expect(await stored(scope)).toEqual({});
  });
  it.each(['keys/attributes/NO_SCOPE', 'values/attributes/server_scope'])('%s: any other scope is 400', async (path) => {
    expect((await call('GET', `DEVICE/${id}/${path}`)).status).toBe(400);
    expect((await call('POST', `DEVICE/${id}/ANY_SCOPE`, { a: 1 })).status).toBe(400);
  });
  it('{entityType} is a case-insensitive enum', async () => {
    expect((await call('GET', `dEvIcE/${id}/keys/attributes`)).status).toBe(200);
    expect((await call('GET', `THING/${id}/keys/attributes`)).status).toBe(400);
  });
});

describe('rest-api.md §6.2', () => {
  it('values are typed JSON (boolean, integer, number, string, object/array)', async () => {
    expect(await stored('SERVER_SCOPE')).toEqual({ model: 'server', typed: { a: [1, 2] }, on: true, count: 42, ratio: 0.5 });
  });
  it('each is {lastUpdateTs, key, value}', async () => {
    expect(await get('values/attributes/SERVER_SCOPE?keys=count')).toEqual([{ lastUpdateTs: start, key: 'count', value: 42 }]);
  });
  it('unknown keys are left out', async () => {
    expect((await get('values/attributes/SERVER_SCOPE?keys=on,never')).map(({ key }: { key: string }) => key)).toEqual(['on']);
  });
  it('if key is present, keys is ignored; it may be repeated', async () => {
    const found: { key: string }[] = await get('values/attributes/SERVER_SCOPE?keys=model&key=on&key=count');
    expect(found.map(({ key }) => key).sort()).toEqual(['count', 'on']);
  });
  it('no keys means all', async () => expect(await get('values/attributes/SERVER_SCOPE')).toHaveLength(5));
  it('nothing is []', async () => {
    for (const path of ['values/attributes', 'values/attributes/SERVER_SCOPE', 'keys/attributes']) {
      expect((await call('GET', `DEVICE/${empty}/${path}`)).body).toEqual([]);
    }
  });
  it('with no scope, one key may appear up to three times', async () => expect(await get('values/attributes?keys=model')).toHaveLength(3));
});

describe('rest-api.md §6.7', () => {
  const save = (body: unknown, scope = 'SERVER_SCOPE') => call('POST', `DEVICE/${id}/${scope}`, body);

  it('ok: 200 empty', async () => expect(await save({ a: 1 })).toMatchObject({ status: 200, text: '' }));
  it.each([
    ['not JSON', 'nonsense', 'Invalid JSON'],
    ['array', '[1]', 'Request is not a JSON object'],
    ['primitive', '7', 'Request is not a JSON object'],
    ['{}', '{}', 'No attributes data found in request body!'],
    ['blank key', '{"  ":1}', 'Key cannot be blank'],
    ['key with HTML', '{"<b>x</b>":1}', /markup/],
    ['string value with script', '{"a":"<script>alert(1)</script>"}', /markup/],
    ['null value', '{"a":null}', /null/],
  ])('%s: 400 as plain text, and nothing is stored or told', async (_, body, message) => {
    const answer = await save(body);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'text/plain; charset=utf-8']);
    expect(answer.text).toMatch(message);
    expect([Object.keys(await stored('SERVER_SCOPE')).sort(), rest.told]).toEqual([['count', 'model', 'on', 'ratio', 'typed'], []]);
  });
  it('CLIENT_SCOPE: 400 text', async () => {
    expect(await save({ a: 1 }, 'CLIENT_SCOPE')).toMatchObject({ status: 400, text: 'Invalid scope: CLIENT_SCOPE' });
  });
  it('value typing as device-api.md §2.3, including string to number cast', async () => {
    await save('{"a":"17","b":"17.5","c":" 17 ","d":"abc","e":{"x":"1"}}');
    expect(await stored('SERVER_SCOPE')).toMatchObject({ a: 17, b: 17.5, d: 'abc', e: { x: '1' } });
  });
  it('stored with lastUpdateTs = now', async () => {
    const before = rest.clock.nowMs();
    await save({ model: 'new' });
    const [{ lastUpdateTs, value }] = await get('values/attributes/SERVER_SCOPE?keys=model');
    expect(value).toBe('new');
    expect(lastUpdateTs).toBeGreaterThanOrEqual(before);
  });
  it('rule-engine event ATTRIBUTES_UPDATED (metadata scope), audit log', async () => {
    await save({ a: 1 }, 'SHARED_SCOPE');
    expect(rest.told).toMatchObject([
      { type: 'ATTRIBUTES_UPDATED', originator: deviceEntity(id), data: { a: 1 }, metadata: { scope: 'SHARED_SCOPE' } },
    ]);
    const { data } = await rest.entities.page('auditLog', rest.one.tenantId, { pageSize: 1_000, page: 0 }, { entityId: id });
    const actionData = { scope: 'SHARED_SCOPE', attributes: { a: 1 } };
    expect(data).toContainEqual(expect.objectContaining({ actionType: 'ATTRIBUTES_UPDATED', status: 'SUCCESS', actionData }));
  });
});

describe('rest-api.md §6.10', () => {
  it.each(['', '?keys=', '?keys=,', '?key='])('keys required (%s): Empty keys: [] is 400', async (query) => {
    expect(await call('DELETE', `DEVICE/${id}/SERVER_SCOPE${query}`)).toMatchObject({ status: 400, text: 'Empty keys: []' });
  });
  it('idempotent 200', async () => {
    for (const _ of [1, 2]) expect((await call('DELETE', `DEVICE/${id}/SERVER_SCOPE?keys=model,never`)).status).toBe(200);
  });
  it('a key with a comma is removed by key', async () => {
    await call('POST', `DEVICE/${id}/SERVER_SCOPE`, { 'a,b': 1, a: 2 });
    await call('DELETE', `DEVICE/${id}/SERVER_SCOPE?key=a,b`);
    expect(Object.keys(await stored('SERVER_SCOPE')).sort()).toEqual(['a', 'count', 'model', 'on', 'ratio', 'typed']);
  });
  it('event ATTRIBUTES_DELETED: body {"attributes":[…]}, metadata scope', async () => {
    await call('DELETE', `DEVICE/${id}/SHARED_SCOPE?keys=model`);
    expect(rest.told).toMatchObject([{ type: 'ATTRIBUTES_DELETED', data: { attributes: ['model'] }, metadata: { scope: 'SHARED_SCOPE' } }]);
  });
});
