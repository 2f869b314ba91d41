// Goal: the rows of rest-api.md §6 hold for the server as it is run, with its threads and its database, and what is written reaches
// pages. Method: HTTP for every endpoint of §6.1 and a page over WebSocket. The same API with memory stores has a test for each row
// in apps/server/src/rest.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningServer, startServer, stopServer, temporaryFolder, TenantClient } from './server-under-test.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: RunningServer;
let admin: TenantClient;
let device: { readonly id: string; readonly token: string };
const ts = 1_700_000_000_000;

beforeAll(async () => {
  folder = await temporaryFolder('telemetry-rows');
  server = await startServer(folder.path);
  admin = await TenantClient.signIn(server.ports.http);
  [device] = (await admin.createDevices('rows', 1)) as [typeof device];
});
afterAll(async () => {
  if (server !== undefined) await stopServer(server);
  await folder?.remove();
});

const call = async (method: string, path: string, body?: unknown) => {
  const headers = { 'x-authorization': `Bearer ${admin.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  const init = { method, headers, ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }) };
  const response = await fetch(`http://127.0.0.1:${server.ports.http}/api/plugins/telemetry/${path}`, init);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
};
const own = (path: string) => `DEVICE/${device.id}/${path}`;
const json = async (path: string) => {
  const { status, type, text } = await call('GET', own(path));
  expect([path, status, type]).toEqual([path, 200, 'application/json; charset=utf-8']);
  return JSON.parse(text);
};
const done = { status: 200, text: '' };
const refused = (text: string | RegExp) => ({
  status: 400,
  type: 'text/plain; charset=utf-8',
  text: typeof text === 'string' ? text : expect.stringMatching(text),
});

describe('rest-api.md §6.1, on the embedded server', () => {
  it('POST /{deviceId}/{scope}, POST /{entityType}/{entityId}/{scope}, POST /{entityType}/{entityId}/attributes/{scope}', async () => {
    expect(await call('POST', `${device.id}/SERVER_SCOPE`, { a: 1 })).toMatchObject(done);
    expect(await call('POST', own('SERVER_SCOPE'), { b: 2.5 })).toMatchObject(done);
    expect(await call('POST', own('attributes/SERVER_SCOPE'), { c: { d: [1] } })).toMatchObject(done);
    expect(await json('values/attributes/SERVER_SCOPE?keys=a,b,c')).toEqual(
      [1, 2.5, { d: [1] }].map((value, at) => ({ lastUpdateTs: expect.any(Number), key: 'abc'[at], value })),
    );
  });
  it('GET keys/attributes, keys/attributes/{scope}, values/attributes, values/attributes/{scope}', async () => {
    await call('POST', own('SHARED_SCOPE'), { a: 'shared' });
    expect((await json('keys/attributes')).filter((key: string) => key === 'a')).toEqual(['a', 'a']);
    expect(await json('keys/attributes/SHARED_SCOPE')).toEqual(['a']);
    const values = (await json('values/attributes?keys=a')).map(({ value }: { value: unknown }) => value);
    expect(values.sort()).toEqual([1, 'shared']);
    expect(await json('values/attributes/SHARED_SCOPE')).toEqual([{ lastUpdateTs: expect.any(Number), key: 'a', value: 'shared' }]);
  });
  it('DELETE /{deviceId}/{scope}, DELETE /{entityType}/{entityId}/{scope}', async () => {
    expect(await call('DELETE', `${device.id}/SERVER_SCOPE?keys=a`)).toMatchObject(done);
    expect(await call('DELETE', own('SERVER_SCOPE?key=b&key=c'))).toMatchObject(done);
    expect(await json('values/attributes/SERVER_SCOPE?keys=a,b,c')).toEqual([]);
  });
  it('POST timeseries/{any}, timeseries/{any}/{ttl}; GET keys/timeseries, values/timeseries, values/timeseries/history', async () => {
    const points = [0, 1_000, 5_000].map((after, at) => ({ ts: ts + after, values: { t: [1, 3, 10][at] } }));
    expect(await call('POST', own('timeseries/ANY'), points)).toMatchObject(done);
    expect(await call('POST', own('timeseries/smth/86400'), { ts, values: { 'x,y': true } })).toMatchObject(done);
    expect((await json('keys/timeseries')).filter((key: string) => 'tx,y'.includes(key))).toEqual(['t', 'x,y']);
    expect(await json('values/timeseries?keys=t')).toEqual({ t: [{ ts: ts + 5_000, value: '10' }] });
    expect(await json('values/timeseries?key=x,y&keys=t&useStrictDataTypes=true')).toEqual({ 'x,y': [{ ts, value: true }] });
    const range = `startTs=${ts}&endTs=${ts + 5_000}`;
    const raw = { t: [1, 0].map((n) => ({ ts: ts + n * 1_000, value: ['1', '3'][n] })) };
    expect(await json(`values/timeseries?keys=t&${range}`)).toEqual(raw);
    expect(await json(`values/timeseries/history?keys=t,never&${range}`)).toEqual(raw);
    // A point that was to live for a day in 2023 is gone; its latest value stays.
    expect(await json(`values/timeseries?key=x,y&${range}`)).toEqual({});
  });
  it('DELETE timeseries/delete', async () => {
    const left = async () => [await json('values/timeseries?keys=t'), await json(`values/timeseries?keys=t&startTs=0&endTs=${ts + 9_000}`)];
    const point = { ts: ts + 1_000, value: '3' };
    expect(await call('DELETE', own(`timeseries/delete?keys=t&startTs=${ts + 5_000}&endTs=${ts + 5_001}&rewriteLatestIfDeleted=true`))).toMatchObject(
      done,
    );
    expect(await left()).toEqual([{ t: [point] }, { t: [point, { ts, value: '1' }] }]);
    expect(await call('DELETE', own('timeseries/delete?keys=t&deleteAllDataForKeys=true&deleteLatest=false'))).toMatchObject(done);
    expect(await left()).toEqual([{ t: [point] }, {}]);
    expect(await call('DELETE', own('timeseries/delete?keys=t&deleteAllDataForKeys=true'))).toMatchObject(done);
    expect(await left()).toEqual([{ t: [{ ts: expect.any(Number), value: null }] }, {}]);
    expect(await call('DELETE', own('timeseries/delete?keys=t&startTs=&endTs=1'))).toMatchObject(refused(/must be a number$/));
  });
});

describe('rest-api.md §6.5, on the embedded server', () => {
  it('the example, and each function over points of each kind', async () => {
    const key = 'mixed';
    const points = [1, 3, 2.5, 'b', true].map((value, at) => ({ ts: ts + at, values: { [key]: value } }));
    await call('POST', own('timeseries/ANY'), points);
    const of = async (agg: string) => json(`values/timeseries?keys=${key}&startTs=${ts}&endTs=${ts + 10}&interval=3&agg=${agg}`);
    expect((await of('AVG'))[key].map((point: { ts: number; value: string }) => [point.ts - ts, point.value])).toEqual([
      [1, '2.1666666666666665'],
      [4, '0.0'],
    ]);
    const firsts = await Promise.all(
      ['MIN', 'MAX', 'SUM', 'COUNT'].map(async (agg) => (await of(agg))[key].map(({ value }: { value: string }) => value)),
    );
    expect(firsts).toEqual([
      ['1.0', 'b'],
      ['3.0', 'b'],
      ['6.5', '0'],
      ['3', '1'],
    ]);
  });
});

describe('rest-api.md §6.7 and §6.8, on the embedded server', () => {
  it.each([
    ['SERVER_SCOPE', 'nonsense', 'Invalid JSON'],
    ['SERVER_SCOPE', '[1]', 'Request is not a JSON object'],
    ['SERVER_SCOPE', '{}', 'No attributes data found in request body!'],
    ['SERVER_SCOPE', '{" ":1}', 'Key cannot be blank'],
    ['CLIENT_SCOPE', '{"a":1}', 'Invalid scope: CLIENT_SCOPE'],
    ['timeseries/ANY', '{', 'Unable to parse time series payload: Invalid JSON body!'],
    ['timeseries/ANY', '{"a":null}', "Unable to parse time series payload. Invalid JSON body: Can't parse value: null"],
    ['timeseries/ANY', '[]', 'No time series data found in request body!'],
    ['timeseries/ANY', '{" ":1}', 'Key cannot be blank'],
    ['timeseries/ANY', '{"a":"<script>x</script>"}', /markup/],
  ])('%s with %s: 400', async (path, body, text) => expect(await call('POST', own(path), body)).toMatchObject(refused(text)));
});

describe('rest-api.md §6.7 to §6.10, on the embedded server', () => {
  it('WebSocket subscribers are notified of what is saved and deleted', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.ports.http}/api/ws?token=${admin.token}`);
    const frames: { readonly subscriptionId: number; readonly data: unknown }[] = [];
    socket.on('message', (text) => frames.push(JSON.parse((text as Buffer).toString()) as (typeof frames)[number]));
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const target = { entityType: 'DEVICE', entityId: device.id, keys: 'live' };
    const cmds = [
      { type: 'ATTRIBUTES', cmdId: 1, ...target, scope: 'SERVER_SCOPE' },
      { type: 'TIMESERIES', cmdId: 2, ...target },
    ];
    socket.send(JSON.stringify({ cmds }));
    const next = async (subscriptionId: number): Promise<unknown> => {
      await expect.poll(() => frames.length, { timeout: 5_000 }).toBeGreaterThan(0);
      const [frame] = frames.splice(0, 1);
      expect(frame?.subscriptionId).toBe(subscriptionId);
      return frame?.data;
    };
    await expect.poll(() => frames.length, { timeout: 5_000 }).toBe(2);
    frames.splice(0);
    await call('POST', own('SERVER_SCOPE'), { live: 1 });
    expect(await next(1)).toEqual({ live: [[expect.any(Number), '1']] });
    await call('DELETE', own('SERVER_SCOPE?keys=live'));
    expect(await next(1)).toEqual({ live: [[0, '']] });
    await call('POST', own('timeseries/ANY'), { ts, values: { live: 2 } });
    expect(await next(2)).toEqual({ live: [[ts, '2']] });
    await call('DELETE', own('timeseries/delete?keys=live&deleteAllDataForKeys=true'));
    expect(await next(2)).toEqual({ live: [[0, '']] });
    socket.close();
  });
});
