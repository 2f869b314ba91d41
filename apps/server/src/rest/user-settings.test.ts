// Goal: what clients keep for their user is as rest-api.md §14 says. Method: each rule over HTTP, against memory stores.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startWithCustomers } from './customers.fixture.js';
import type { RunningRest } from './rest.fixture.js';

let rest: RunningRest;
beforeEach(async () => {
  rest = await startWithCustomers();
});
afterEach(() => rest.close());

const send = (method: string, path: string, body?: unknown, token = rest.admin) => rest.call(method, path, { token, body });
const get = (path: string, token = rest.admin) => send('GET', path, undefined, token);
const refusal = (status: number, errorCode: number, message: string) => ({ status, body: { status, errorCode, message } });
const denied = refusal(403, 20, "You don't have permission to perform this operation!");

describe('settings of the user', () => {
  it('are replaced, merged by paths, and removed by paths', async () => {
    const path = '/api/user/settings';
    expect((await get(path)).body).toEqual({});
    expect((await send('POST', path, { a: 5, b: { c: 10, d: 20 } })).body).toEqual({ a: 5, b: { c: 10, d: 20 } });
    expect(await send('PUT', path, { 'b.d': 30, e: [1] })).toMatchObject({ status: 200, text: '' });
    expect((await get(path)).body).toEqual({ a: 5, b: { c: 10, d: 30 }, e: [1] });
    expect((await send('DELETE', `${path}/a,b.c,nothing.here`)).status).toBe(200);
    expect((await get(path)).body).toEqual({ b: { d: 30 }, e: [1] });
    expect((await get(path, rest.customer)).body).toEqual({});
    expect((await send('PUT', path, { __proto__x: 1, 'constructor.y': 2 })).status).toBe(200);
    expect(({} as { y?: number }).y).toBeUndefined();
    expect((await send('POST', path, { 'a.b': 1 })).status).toBe(400);
    expect((await send('POST', path, { a: 'x'.repeat(70_000) })).status).toBe(400);
  });

  it('refuse updates that are too large or lead too deep, at once', async () => {
    const path = '/api/user/settings';
    const wide = Object.fromEntries(Array.from({ length: 200_000 }, (_, n) => [`n${n}`, 1]));
    const startMs = performance.now();
    expect(await send('PUT', path, wide)).toMatchObject({ status: 400 });
    expect(await send('PUT', path, { [Array.from({ length: 20_000 }, () => 'a').join('.')]: 1 })).toMatchObject({ status: 400 });
    const many = Object.fromEntries(Array.from({ length: 6_000 }, (_, n) => [`n${n}`, 1]));
    expect(await send('PUT', path, many)).toMatchObject({ status: 200 });
    expect(performance.now() - startMs).toBeLessThan(3_000);
    expect((await get(path)).body).toEqual(many);
  });

  it('have types', async () => {
    expect((await send('PUT', '/api/user/settings/quick_links', { links: ['a'] })).status).toBe(200);
    expect((await get('/api/user/settings/QUICK_LINKS')).body).toEqual({ links: ['a'] });
    expect((await get('/api/user/settings')).body).toEqual({});
    expect((await send('DELETE', '/api/user/settings/links/QUICK_LINKS')).status).toBe(200);
    expect((await get('/api/user/settings/QUICK_LINKS')).body).toEqual({});
    for (const type of ['NOTHING', 'VISITED_DASHBOARDS']) expect((await get(`/api/user/settings/${type}`)).status).toBe(400);
  });

  it('are kept once also when two first ones come at the same moment', async () => {
    const answers = await Promise.all([1, 2, 3].map((n) => send('PUT', '/api/user/settings', { [`n${n}`]: n })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await get('/api/user/settings')).body).toEqual({ n1: 1, n2: 2, n3: 3 });
  });

  it('remember dashboards that were opened or starred, while the user may read them', async () => {
    const dashboard = async (title: string) => (await send('POST', '/api/dashboard', { title })).body.id.id as string;
    const [a, b] = [await dashboard('A'), await dashboard('B')];
    expect((await get('/api/user/dashboards')).body).toEqual({ last: [], starred: [] });
    await get(`/api/user/dashboards/${a}/visit`);
    await get(`/api/user/dashboards/${b}/visit`);
    const { body } = await get(`/api/user/dashboards/${a}/star`);
    expect(body).toEqual({
      last: [
        { id: b, title: 'B', starred: false, lastVisited: expect.any(Number) },
        { id: a, title: 'A', starred: true, lastVisited: expect.any(Number) },
      ],
      starred: [{ id: a, title: 'A', starredAt: expect.any(Number) }],
    });
    expect((await get(`/api/user/dashboards/${a}/unstar`)).body.starred).toEqual([]);
    await send('DELETE', `/api/dashboard/${b}`);
    expect((await get('/api/user/dashboards')).body.last.map(({ title }: { title: string }) => title)).toEqual(['A']);
    expect((await get(`/api/user/dashboards/${a}/burn`)).status).toBe(400);
    expect(await get(`/api/user/dashboards/${a}/visit`, rest.stranger)).toMatchObject(denied);
    expect(await get('/api/user/dashboards', rest.system)).toMatchObject(denied);
    for (let n = 0; n < 11; n += 1) await get(`/api/user/dashboards/${await dashboard(`D${n}`)}/visit`);
    expect((await get('/api/user/dashboards')).body.last.length).toBe(10);
  });
});
