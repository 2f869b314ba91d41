// Goal: every row of rest-api.md §6.7, §6.8 and §6.10 (attributes), over HTTP: what is stored, what rule chains are told,
// and how each fault is answered.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
let id: string;
let customerId: string;
beforeAll(async () => {
  rest = await startRest();
  customerId = '00000000-0000-7000-8000-00000000c0c0';
  id = (await rest.call('POST', '/api/device', { token: rest.admin, body: { name: 'Device' } })).body.id.id;
});
afterAll(() => rest.close());
beforeEach(() => void rest.told.splice(0));

const prefix = '/api/plugins/telemetry';
const post = (path: string, body: unknown, token = rest.admin) => rest.call('POST', `${prefix}/${path}`, { token, body });
const remove = (path: string, token = rest.admin) => rest.call('DELETE', `${prefix}/${path}`, { token });
const values = async (path: string) => (await rest.call('GET', `${prefix}/DEVICE/${id}/values/${path}`, { token: rest.admin })).body;

describe('saving attributes', () => {
  it.each([
    ['/SERVER_SCOPE of a device', () => `${id}/SERVER_SCOPE`],
    ['/SERVER_SCOPE of an entity', () => `DEVICE/${id}/SERVER_SCOPE`],
    ['/SHARED_SCOPE of an entity, v2', () => `device/${id}/attributes/SHARED_SCOPE`],
  ])('%s stores them as typed, with the time of now, and tells the rule chain', async (_, path) => {
    const scope = path().split('/').at(-1) ?? '';
    const before = Date.now();
    const answer = await post(path(), '{"limit":42,"ratio":42.0,"text":"a","list":[1],"on":true,"number":"17"}');
    expect([answer.status, answer.text]).toEqual([200, '']);
    const stored = await values(`attributes/${scope}`);
    expect(Object.fromEntries(stored.map(({ key, value }: { key: string; value: unknown }) => [key, value]))).toEqual({
      limit: 42,
      ratio: 42,
      text: 'a',
      list: [1],
      on: true,
      number: 17,
    });
    expect(stored[0].lastUpdateTs).toBeGreaterThanOrEqual(before);
    expect(rest.told).toMatchObject([
      {
        type: 'ATTRIBUTES_UPDATED',
        originator: { entityType: 'DEVICE', id },
        data: { limit: 42, list: [1] },
        metadata: { scope, userEmail: 'one@fieldline.local' },
      },
    ]);
  });

  it.each([
    ['nonsense', 'Invalid JSON'],
    ['', 'Invalid JSON'],
    ['[1]', 'Request is not a JSON object'],
    ['7', 'Request is not a JSON object'],
    ['{}', 'No attributes data found in request body!'],
    ['{" ":1}', 'Key cannot be blank'],
    ['{"<b>":1}', /contains markup/],
    ['{"a":"<script>alert(1)</script>"}', /contains markup/],
    ['{"a":null}', "Can't parse value: null"],
  ])('of the body %s is refused: %s', async (body, message) => {
    const { status, text, headers } = await post(`DEVICE/${id}/SERVER_SCOPE`, body);
    expect([status, headers.get('content-type')]).toEqual([400, 'text/plain; charset=utf-8']);
    expect(text).toMatch(message);
    expect(rest.told).toEqual([]);
  });

  it('to the client scope is refused, and a scope that is none', async () => {
    expect(await post(`DEVICE/${id}/CLIENT_SCOPE`, { a: 1 })).toMatchObject({ status: 400, text: 'Invalid scope: CLIENT_SCOPE' });
    expect((await post(`DEVICE/${id}/ANY_SCOPE`, { a: 1 })).status).toBe(400);
  });

  it('is allowed to those who may write the entity only', async () => {
    expect((await post(`DEVICE/${id}/SERVER_SCOPE`, { a: 1 }, rest.stranger)).status).toBe(404);
    expect((await post(`DEVICE/${id}/SERVER_SCOPE`, { a: 1 }, rest.customer)).status).toBe(403);
    expect((await post(`DEVICE/${id}/SERVER_SCOPE`, { a: 1 }, rest.system)).status).toBe(403);
    expect((await post(`TENANT/${rest.one.tenantId}/SERVER_SCOPE`, { a: 1 }, rest.system)).status).toBe(200);
  });
});

describe('removing attributes', () => {
  it('is idempotent, works in every scope and tells the rule chain', async () => {
    await post(`DEVICE/${id}/SHARED_SCOPE`, { gone: 1, kept: 2 });
    rest.told.splice(0);
    for (const path of [`DEVICE/${id}/SHARED_SCOPE`, `${id}/SHARED_SCOPE`, `${id}/CLIENT_SCOPE`]) {
      expect((await remove(`${path}?keys=gone,never`)).status).toBe(200);
    }
    expect(await values('attributes/SHARED_SCOPE?keys=gone,kept')).toMatchObject([{ key: 'kept', value: 2 }]);
    expect(rest.told[0]).toMatchObject({ type: 'ATTRIBUTES_DELETED', data: { attributes: ['gone', 'never'] }, metadata: { scope: 'SHARED_SCOPE' } });
  });

  it.each(['', '?keys=', '?keys=,'])('without keys (%s) is refused', async (query) => {
    expect(await remove(`DEVICE/${id}/SERVER_SCOPE${query}`)).toMatchObject({ status: 400, text: 'Empty keys: []' });
  });
});

describe('saving telemetry', () => {
  it('takes every form of a body, and tells the rule chain what was stored', async () => {
    const before = Date.now();
    expect((await post(`DEVICE/${id}/timeseries/ANY`, { flat: 1 })).status).toBe(200);
    expect((await post(`DEVICE/${id}/timeseries/smth`, { ts: 1_000, values: { timed: 21.5 } })).status).toBe(200);
    const many = [
      { ts: 1_000, values: { a: 1 } },
      { ts: 2_000, values: { a: 2 } },
      { ts: 1_000, values: { b: '3' } },
    ];
    expect((await post(`DEVICE/${id}/timeseries/ANY/86400`, many)).status).toBe(200);
    const latest = await values('timeseries?useStrictDataTypes=true');
    expect(latest).toMatchObject({ timed: [{ ts: 1_000, value: 21.5 }], a: [{ ts: 2_000, value: 2 }], b: [{ ts: 1_000, value: 3 }] });
    expect(latest.flat[0].ts).toBeGreaterThanOrEqual(before);
    expect(rest.told.at(-1)).toMatchObject({
      type: 'TIMESERIES_UPDATED',
      data: {
        timeseries: [
          { ts: 1_000, values: { a: 1, b: 3 } },
          { ts: 2_000, values: { a: 2 } },
        ],
      },
    });
  });

  it('keeps whole numbers beyond the exact range of JavaScript', async () => {
    await post(`DEVICE/${id}/timeseries/ANY`, '{"big":9007199254740993}');
    expect((await values('timeseries?keys=big')).big[0].value).toBe('9007199254740993');
  });

  it.each([
    ['{', 'Unable to parse time series payload: Invalid JSON body!'],
    ['{"a":null}', "Unable to parse time series payload. Invalid JSON body: Can't parse value: null"],
    ['[[1]]', "Unable to parse time series payload. Invalid JSON body: Can't parse value: null"],
    ['7', "Unable to parse time series payload. Invalid JSON body: Can't parse value: null"],
    ['{}', 'No time series data found in request body!'],
    ['[]', 'No time series data found in request body!'],
    ['{"":1}', 'Key cannot be blank'],
    ['{"a":"<img src=x>"}', /contains markup/],
  ])('of the body %s is refused: %s', async (body, message) => {
    const { status, text } = await post(`DEVICE/${id}/timeseries/ANY`, body);
    expect(status).toBe(400);
    expect(text).toMatch(message);
  });

  it('to an unknown device, or with a life that is no number, is refused', async () => {
    const unknown = await post(`DEVICE/${customerId}/timeseries/ANY`, { a: 1 });
    expect(unknown).toMatchObject({ status: 404, text: "Device with requested id wasn't found!" });
    expect((await post(`DEVICE/${id}/timeseries/ANY/soon`, { a: 1 })).status).toBe(400);
    expect((await post(`DEVICE/${id}/timeseries/ANY/-1`, { a: 1 })).status).toBe(400);
  });
});

it.each(['text/plain', 'application/octet-stream', ''])('takes a body of the media type %j', async (type) => {
  const headers = type === '' ? {} : { 'content-type': type };
  const body = new Blob([JSON.stringify({ typed: 1 })]);
  const url = `${rest.base}${prefix}/DEVICE/${id}/timeseries/ANY`;
  const { status } = await fetch(url, { method: 'POST', headers: { ...headers, 'x-authorization': `Bearer ${rest.admin}` }, body });
  expect(status).toBe(200);
  const elsewhere = await fetch(`${rest.base}/api/device`, {
    method: 'POST',
    headers: { ...headers, 'x-authorization': `Bearer ${rest.admin}` },
    body,
  });
  expect(elsewhere.status).toBe(415);
  expect((await fetch(`${rest.base}/api/nowhere`, { method: 'POST', headers, body })).status).toBe(404);
});

it('leaves an audit record of each change', async () => {
  const { data } = await rest.entities.page('auditLog', rest.one.tenantId, { pageSize: 100, page: 0 }, { entityId: id });
  expect(new Set(data.map(({ actionType }) => actionType))).toEqual(
    new Set(['ADDED', 'ATTRIBUTES_UPDATED', 'ATTRIBUTES_DELETED', 'TIMESERIES_UPDATED']),
  );
});
