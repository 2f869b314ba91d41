// Goal: the rows of rest-api.md §23 (its endpoints), §23.1, §23.2, §23.6 and §23.7. Method: HTTP against a running API over
// memory stores, in which a customer has some of what there is.
import { ValueKind } from '@fieldline/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviceEntity, type RunningRest, startRest } from './rest.fixture.js';

const customerId = '00000000-0000-7000-8000-00000000c0c0';
let rest: RunningRest;
const ids = new Map<string, string>();

beforeAll(async () => {
  rest = await startRest();
  const head = { tenantId: rest.one.tenantId, createdAtMs: 1, version: 1 };
  const customer = { ...head, id: customerId, isPublic: false, name: 'Mine' };
  await rest.entities.write([{ change: 'insert', kind: 'customer', entity: customer }]);
  const make = async (path: string, body: { readonly name?: string; readonly title?: string; readonly [member: string]: unknown }): Promise<void> => {
    const { status, body: made } = await rest.call('POST', path, { token: rest.admin, body });
    expect([path, status]).toEqual([path, 200]);
    ids.set(body.name ?? body.title ?? '', made.id.id);
  };
  expect((await rest.call('POST', '/api/tenantProfile', { token: rest.system, body: { name: 'Profile' } })).status).toBe(200);
  for (const [name, label] of Object.entries({ 'Device A': 'x', 'Device B': 'y', 'Device C': 'y' })) await make('/api/device', { name, label });
  await make('/api/device', { name: 'Other', type: 'other', additionalInfo: { description: 'hidden' } });
  for (const title of ['Board A', 'Board B']) await make('/api/dashboard', { title });
  await make('/api/customer', { title: 'Theirs' });
  for (const path of [`device/${ids.get('Device B')}`, `dashboard/${ids.get('Board B')}`]) {
    expect((await rest.call('POST', `/api/customer/${customerId}/${path}`, { token: rest.admin })).status).toBe(200);
  }
  await rest.commit((unit, tenantId) => {
    const entity = deviceEntity(ids.get('Device A') ?? '');
    unit.attribute({ tenantId, entity, scope: 'SERVER_SCOPE', key: 'fw', kind: ValueKind.string, value: 'v1', lastUpdateMs: 7 });
    unit.attribute({ tenantId, entity, scope: 'CLIENT_SCOPE', key: 'ip', kind: ValueKind.string, value: '::1', lastUpdateMs: 8 });
    unit.point(tenantId, entity, 't', 5, ValueKind.long, 21, 0);
  });
});
afterAll(() => rest.close());

const field = (key: string) => ({ type: 'ENTITY_FIELD', key });
const devices = { type: 'deviceType', deviceTypes: ['default'], deviceNameFilter: '' };
const byName = { key: field('name'), direction: 'ASC' };
const pageLink = { pageSize: 100, page: 0, textSearch: null, dynamic: false, sortOrder: byName };
const query = { entityFilter: devices, pageLink, entityFields: [field('name')], latestValues: [], keyFilters: [], keyFiltersOperation: 'AND' };
const ask = (path: string, body: object = query, token = rest.admin) => rest.call('POST', `/api/${path}`, { token, body });
const find = async (more: object = {}, token = rest.admin) => (await ask('entitiesQuery/find', { ...query, ...more }, token)).body;
const names = async (more: object = {}, token?: string): Promise<readonly string[]> =>
  (await find(more, token)).data.map(({ latest }: { latest: { ENTITY_FIELD: { name: { value: string } } } }) => latest.ENTITY_FIELD.name.value);

describe('rest-api.md §23, endpoints', () => {
  it('POST /api/entitiesQuery/find: STC, PageData<EntityData>', async () => {
    const answer = await ask('entitiesQuery/find');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(Object.keys(answer.body).sort()).toEqual(['data', 'hasNext', 'totalElements', 'totalPages']);
    for (const token of [rest.system, rest.customer]) expect((await ask('entitiesQuery/find', query, token)).status).toBe(200);
    expect((await ask('entitiesQuery/find', query, 'none')).status).toBe(401);
  });
  it('POST /api/entitiesQuery/count: STC, number', async () => {
    const { entityFilter, keyFilters, keyFiltersOperation } = query;
    const asked = { entityFilter, keyFilters, keyFiltersOperation };
    const answers = await Promise.all([rest.admin, rest.customer, rest.system].map((token) => ask('entitiesQuery/count', asked, token)));
    expect(answers.map(({ status, text }) => [status, text])).toEqual([
      [200, '3'],
      [200, '1'],
      [200, '0'],
    ]);
    expect((await ask('entitiesQuery/count', asked, 'none')).status).toBe(401);
  });
  it('POST /api/entitiesQuery/find/keys: TC, ?timeseries=true&attributes=true&scope=', async () => {
    const keys = async (parameters: string, token?: string) => (await ask(`entitiesQuery/find/keys${parameters}`, query, token)).body;
    const all = { entityTypes: ['DEVICE'], timeseries: ['t'], attribute: ['fw', 'ip'] };
    expect(await keys('')).toEqual(all);
    expect(await keys('?timeseries=true&attributes=true')).toEqual(all);
    expect(await keys('?timeseries=false')).toEqual({ ...all, timeseries: [] });
    expect(await keys('?attributes=false')).toEqual({ ...all, attribute: [] });
    expect(await keys('?scope=CLIENT_SCOPE')).toEqual({ ...all, attribute: ['ip'] });
    expect(await keys('', rest.customer)).toEqual({ ...all, timeseries: [], attribute: [] });
    expect((await ask('entitiesQuery/find/keys', query, rest.system)).status).toBe(403);
    expect((await ask('entitiesQuery/find/keys?scope=ANY')).status).toBe(400);
  });
  it('POST /api/v2/entitiesQuery/find/keys: TC, ?includeTimeseries=true&includeAttributes=true&scopes=&includeSamples=false', async () => {
    const keys = async (parameters: string, token?: string) => (await ask(`v2/entitiesQuery/find/keys${parameters}`, query, token)).body;
    const [timeseries, attributes] = [[{ key: 't' }], { CLIENT_SCOPE: [{ key: 'ip' }], SERVER_SCOPE: [{ key: 'fw' }], SHARED_SCOPE: [] }];
    expect(await keys('')).toEqual({ entityTypes: ['DEVICE'], timeseries, attributes });
    expect(await keys('?includeTimeseries=false')).toEqual({ entityTypes: ['DEVICE'], attributes });
    expect(await keys('?includeAttributes=false')).toEqual({ entityTypes: ['DEVICE'], timeseries });
    expect(await keys('?scopes=CLIENT_SCOPE,SHARED_SCOPE')).toMatchObject({ attributes: { CLIENT_SCOPE: [{ key: 'ip' }], SHARED_SCOPE: [] } });
    expect(await keys('?includeSamples=true&scopes=SERVER_SCOPE')).toEqual({
      entityTypes: ['DEVICE'],
      timeseries: [{ key: 't', sample: { ts: 5, value: 21 } }],
      attributes: { SERVER_SCOPE: [{ key: 'fw', sample: { ts: 7, value: 'v1' } }] },
    });
    expect((await ask('v2/entitiesQuery/find/keys', query, rest.system)).status).toBe(403);
    expect((await ask('v2/entitiesQuery/find/keys?includeTimeseries=false&includeAttributes=false')).status).toBe(400);
  });
});

describe('rest-api.md §23.2', () => {
  it('totalPages, totalElements, hasNext', async () => {
    const page = async (number: number, pageSize: number) => {
      const { data, ...totals } = await find({ pageLink: { ...pageLink, page: number, pageSize } });
      return [data.length, totals];
    };
    expect(await page(0, 2)).toEqual([2, { totalPages: 2, totalElements: 3, hasNext: true }]);
    expect(await page(1, 2)).toEqual([1, { totalPages: 2, totalElements: 3, hasNext: false }]);
    expect(await page(7, 2)).toEqual([0, { totalPages: 2, totalElements: 3, hasNext: false }]);
    expect(await page(0, 3)).toEqual([3, { totalPages: 1, totalElements: 3, hasNext: false }]);
  });
  it('missing attribute is {"ts":0,"value":""}; a missing field is "" at the time of the query', async () => {
    const { data } = await find({ entityFields: [field('city')], latestValues: [{ type: 'ATTRIBUTE', key: 'fw' }] });
    const before = rest.clock.nowMs() - 60_000;
    expect(data.map(({ latest }: { latest: { ATTRIBUTE: { fw: object } } }) => latest.ATTRIBUTE.fw)).toEqual([
      { ts: 7, value: 'v1' },
      { ts: 0, value: '' },
      { ts: 0, value: '' },
    ]);
    expect(data[1].latest.ENTITY_FIELD.city).toEqual({ ts: expect.any(Number), value: '' });
    expect(data[1].latest.ENTITY_FIELD.city.ts).toBeGreaterThan(before);
  });
  it('only requested keys appear, grouped by key type', async () => {
    const latestValues = ['TIME_SERIES', 'CLIENT_ATTRIBUTE'].map((type) => ({ type, key: type === 'TIME_SERIES' ? 't' : 'ip' }));
    const [first] = (await find({ entityFields: [], latestValues })).data;
    const latest = { TIME_SERIES: { t: { ts: 5, value: '21' } }, CLIENT_ATTRIBUTE: { ip: { ts: 8, value: '::1' } } };
    expect(first).toEqual({ entityId: deviceEntity(ids.get('Device A') ?? ''), latest, timeseries: {}, aggLatest: {} });
    expect((await find({ entityFields: null, latestValues: null })).data[0].latest).toEqual({});
  });
});

describe('rest-api.md §23.6', () => {
  const search = (textSearch: string | null, entityFields: readonly object[], latestValues: readonly object[] = []) =>
    names({ pageLink: { ...pageLink, textSearch }, entityFields, latestValues });
  const sorted = (key: object, direction: string) => names({ pageLink: { ...pageLink, sortOrder: { key, direction } } });

  it('textSearch: case-insensitive contains over the concatenation of all requested columns', async () => {
    const both = [field('name'), field('label')];
    expect(await search('ICE b', both)).toEqual(['Device B']);
    expect(await search('cy', both)).toEqual(['Device C']);
    expect(await search('v1', both, [{ type: 'ATTRIBUTE', key: 'fw' }])).toEqual(['Device A']);
    expect([await search('', both), await search(null, both)].map(({ length }) => length)).toEqual([3, 3]);
  });
  it('textSearch: only requested columns are searched, and not additionalInfo', async () => {
    expect(await search('v1', [field('name')])).toEqual([]);
    const hidden = await names({
      entityFilter: { type: 'deviceType', deviceTypes: ['other'] },
      pageLink: { ...pageLink, textSearch: 'hidden' },
      entityFields: [field('name'), field('additionalInfo')],
    });
    expect(hidden).toEqual([]);
  });
  it.each(['name', 'createdTime'])('sortOrder.key may be any entity field: %s', async (key) => {
    expect(await sorted(field(key), 'ASC')).toEqual(['Device A', 'Device B', 'Device C']);
    expect(await sorted(field(key), 'DESC')).toEqual(['Device C', 'Device B', 'Device A']);
  });
  it.each([
    { type: 'ATTRIBUTE', key: 'fw' },
    { type: 'TIME_SERIES', key: 't' },
  ])('sortOrder.key may be an attribute or time series that is not requested ($type); ties by id in the same direction', async (key) => {
    expect(await sorted(key, 'ASC')).toEqual(['Device A', 'Device B', 'Device C']);
    expect(await sorted(key, 'DESC')).toEqual(['Device C', 'Device B', 'Device A']);
  });
  it('no sortOrder: every entity once', async () => {
    expect([...(await names({ pageLink: { pageSize: 10, page: 0 } }))].sort()).toEqual(['Device A', 'Device B', 'Device C']);
  });
  it('pageSize: no upper limit in REST', async () => {
    expect(await names({ pageLink: { ...pageLink, pageSize: 2_147_483_647 } })).toHaveLength(3);
  });
});

describe('rest-api.md §23.7', () => {
  const ofType = (entityType: string, token: string) => names({ entityFilter: { type: 'entityType', entityType } }, token);

  it.each([
    ['DEVICE', ['Device A', 'Device B', 'Device C', 'Other'], ['Device B'], []],
    ['DASHBOARD', ['Board A', 'Board B'], ['Board B'], []],
    ['CUSTOMER', ['Mine', 'Theirs'], ['Mine'], []],
    ['TENANT', ['One'], [], ['One', 'Two']],
    ['TENANT_PROFILE', [], [], ['Profile']],
    ['USER', ['customer@fieldline.local', 'one@fieldline.local'], ['customer@fieldline.local'], []],
  ])('%s: what a tenant administrator, a customer user and a system administrator see', async (entityType, tenant, customer, system) => {
    expect(await ofType(entityType, rest.admin)).toEqual(tenant);
    expect(await ofType(entityType, rest.customer)).toEqual(customer);
    expect(await ofType(entityType, rest.system)).toEqual(system);
  });
  it('another tenant sees nothing of it', async () => {
    for (const type of ['DEVICE', 'DASHBOARD', 'CUSTOMER']) expect(await ofType(type, rest.stranger)).toEqual([]);
    expect(await ofType('TENANT', rest.stranger)).toEqual(['Two']);
  });
});
