// Goal: entity views answer as rest-api.md §16 and §6.6 say: copied attributes, time series read through within keys and
// time. Method: HTTP against memory stores; points are committed as the engine would.
import { ValueKind } from '@fieldline/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { denied, failure } from './refusals.fixture.js';
import { type RunningRest, startRest } from './rest.fixture.js';

const nullUuid = '13814000-1dd2-11b2-8080-808080808080';
const customerId = '00000000-0000-7000-8000-00000000c0c0';
const nobody = '00000000-0000-7000-8000-00000000dead';

interface Id {
  entityType: 'DEVICE' | 'ENTITY_VIEW';
  id: string;
}

let rest: RunningRest;
let device: { id: Id };
beforeAll(async () => {
  rest = await startRest();
  const customer = { id: customerId, tenantId: rest.one.tenantId, createdAtMs: 1, version: 1, isPublic: false, name: 'Customer A' };
  await rest.entities.write([{ change: 'insert', kind: 'customer', entity: customer }]);
  device = (await call('POST', '/api/device', { name: 'Viewed' })).body;
  await rest.commit((unit, tenantId) => {
    for (const tsMs of [1000, 2000, 3000, 4000]) {
      unit.point(tenantId, device.id, 'temperature', tsMs, ValueKind.long, tsMs / 1000, 0);
      unit.point(tenantId, device.id, 'secret', tsMs, ValueKind.long, 0, 0);
    }
    const attribute = { tenantId, entity: device.id, kind: ValueKind.string } as const;
    unit.attribute({ ...attribute, scope: 'SERVER_SCOPE', key: 'a', value: 'ss', lastUpdateMs: 1500 });
    unit.attribute({ ...attribute, scope: 'SHARED_SCOPE', key: 'a', value: 'sh', lastUpdateMs: 2500 });
    unit.attribute({ ...attribute, scope: 'CLIENT_SCOPE', key: 'c', value: 'cs', lastUpdateMs: 2500 });
    unit.attribute({ ...attribute, scope: 'SERVER_SCOPE', key: 'hidden', value: 'x', lastUpdateMs: 2500 });
  });
});
afterAll(() => rest.close());

const call = (method: string, path: string, body?: unknown, token = rest.admin) => rest.call(method, path, { token, body });
const keys = { timeseries: ['temperature'], attributes: { cs: ['c'], ss: ['a'], sh: ['a'] } };
const viewOf = (body: object) => ({ type: 'default', entityId: device.id, keys, ...body });
const save = async (body: object, query = '') => (await call('POST', `/api/entityView${query}`, viewOf(body))).body;
const names = (views: readonly { name: string }[]) => views.map(({ name }) => name);
const telemetry = async (id: Id, path: string, token = rest.admin) =>
  (await call('GET', `/api/plugins/telemetry/ENTITY_VIEW/${id.id}/${path}`, undefined, token)).body;
const attributesOf = async (id: Id): Promise<string[]> =>
  (await telemetry(id, 'values/attributes')).map(({ key, value }: { key: string; value: string }) => `${key}=${value}`).sort();

describe('POST /api/entityView', () => {
  it('creates a view with every field of the compatible API, and its info', async () => {
    const view = await save({ name: 'View', startTimeMs: 5, endTimeMs: 6, additionalInfo: { description: 'x' } });
    expect(view).toEqual({
      id: { entityType: 'ENTITY_VIEW', id: expect.any(String) },
      createdTime: expect.any(Number),
      entityId: device.id,
      tenantId: { entityType: 'TENANT', id: rest.one.tenantId },
      customerId: { entityType: 'CUSTOMER', id: nullUuid },
      name: 'View',
      type: 'default',
      keys,
      startTimeMs: 5,
      endTimeMs: 6,
      externalId: null,
      version: 1,
      additionalInfo: { description: 'x' },
    });
    expect((await call('GET', `/api/entityView/${view.id.id}`)).body).toEqual(view);
    const info = await call('GET', `/api/entityView/info/${view.id.id}`);
    expect(info.body).toEqual({ ...view, customerTitle: null, customerIsPublic: false });
    expect(rest.told).toContainEqual(expect.objectContaining({ type: 'ENTITY_CREATED', originator: view.id, data: view }));
  });

  it('takes a view without keys as one that shows nothing', async () => {
    const view = await save({ name: 'Blind', keys: null });
    expect(view).toMatchObject({ keys: { timeseries: [], attributes: { cs: [], ss: [], sh: [] } }, startTimeMs: 0, endTimeMs: 0 });
    expect(await telemetry(view.id, 'keys/timeseries')).toEqual([]);
    expect(await telemetry(view.id, 'values/timeseries')).toEqual({});
  });

  it('refuses what cannot be saved', async () => {
    await save({ name: 'Taken' });
    const refuse = (body: object) => call('POST', '/api/entityView', viewOf(body));
    expect(await refuse({ name: ' ' })).toMatchObject(failure(400, 31, 'Entity view name should be specified!'));
    expect(await refuse({ name: 'x', type: null })).toMatchObject(failure(400, 31, 'Entity view type should be specified!'));
    expect(await refuse({ name: 'Taken' })).toMatchObject(failure(400, 31, 'Entity view with such name already exists!'));
    expect((await save({ name: 'Taken' }, '?nameConflictPolicy=UNIQUIFY&uniquifyStrategy=INCREMENTAL')).name).toBe('Taken_1');
    expect(await refuse({ name: 'x', entityId: null })).toMatchObject({ status: 400 });
    expect(await refuse({ name: 'x', entityId: { entityType: 'TENANT', id: rest.one.tenantId } })).toMatchObject({ status: 400 });
    expect(await refuse({ name: 'x', entityId: { entityType: 'DEVICE', id: nobody } })).toMatchObject(
      failure(404, 32, `Device with id [${nobody}] is not found`),
    );
    expect(await call('POST', '/api/entityView', viewOf({ name: 'x' }), rest.stranger)).toMatchObject({ status: 404 });
  });
});

describe('attributes of a view', () => {
  it('are copies of those listed, made when the view was saved', async () => {
    const view = await save({ name: 'Attributes' });
    expect(await attributesOf(view.id)).toEqual(['a=sh', 'a=ss', 'c=cs']);
    await rest.commit((unit, tenantId) => {
      const write = { tenantId, entity: device.id, scope: 'CLIENT_SCOPE', key: 'c', lastUpdateMs: 2500 } as const;
      unit.attribute({ ...write, kind: ValueKind.string, value: 'new' });
    });
    expect(await attributesOf(view.id)).toContain('c=cs');
    await save({ ...view });
    expect(await attributesOf(view.id)).toContain('c=new');
  });

  it('are copied from the time of the view only', async () => {
    expect(await attributesOf((await save({ name: 'From 2000', startTimeMs: 2000 })).id)).toEqual(['a=sh', 'c=new']);
    expect(await attributesOf((await save({ name: 'To 2000', endTimeMs: 2000 })).id)).toEqual(['a=ss']);
  });

  it('go away when the view no longer lists them', async () => {
    const view = await save({ name: 'Shrinking' });
    await save({ ...view, keys: { ...keys, attributes: { cs: [], ss: ['a'], sh: [] } } });
    expect(await attributesOf(view.id)).toEqual(['a=ss']);
  });

  it('can be written on their own', async () => {
    const { id } = await save({ name: 'Own attributes' });
    const path = `/api/plugins/telemetry/ENTITY_VIEW/${id.id}/SERVER_SCOPE`;
    expect(await call('POST', path, { own: 'x' })).toMatchObject({ status: 200 });
    expect(await attributesOf(id)).toContain('own=x');
  });
});

describe('time series of a view', () => {
  it('are read through, for the keys of the view', async () => {
    const { id } = await save({ name: 'Series' });
    expect(await telemetry(id, 'keys/timeseries')).toEqual(['temperature']);
    expect(await telemetry(id, 'values/timeseries')).toEqual({ temperature: [{ ts: 4000, value: '4' }] });
    expect(await telemetry(id, 'values/timeseries?keys=temperature,secret')).toMatchObject({
      temperature: [{ ts: 4000, value: '4' }],
      secret: [{ value: null }],
    });
    expect(await telemetry(id, 'values/timeseries?keys=temperature,secret&startTs=0&endTs=9999&orderBy=ASC')).toEqual({
      temperature: [1, 2, 3, 4].map((n) => ({ ts: n * 1000, value: String(n) })),
    });
  });

  it.each([
    ['both ends', { startTimeMs: 2000, endTimeMs: 3000 }, [2000, 3000]],
    ['a start', { startTimeMs: 2001 }, [3000, 4000]],
    ['an end', { endTimeMs: 1999 }, [1000]],
    ['a time without points', { startTimeMs: 5000, endTimeMs: 6000 }, []],
    ['a time that is turned round', { startTimeMs: 3000, endTimeMs: 1000 }, []],
  ])('are clamped to %s', async (name, window, times) => {
    const { id } = await save({ name, ...window });
    const history = await telemetry(id, 'values/timeseries?keys=temperature&startTs=0&endTs=9999&orderBy=ASC');
    expect((history.temperature ?? []).map(({ ts }: { ts: number }) => ts)).toEqual(times);
    const sum = await telemetry(id, 'values/timeseries/history?keys=temperature&startTs=0&endTs=9999&agg=COUNT&interval=10000');
    expect(sum.temperature?.[0].value).toBe(times.length === 0 ? undefined : String(times.length));
    const latest = await telemetry(id, 'values/timeseries');
    expect(latest.temperature?.[0].ts).toBe(times.at(-1));
  });

  it('are the values that queries filter by, sort by and show', async () => {
    await save({ name: 'Queried' });
    await save({ name: 'Queried until 2000', endTimeMs: 2000 });
    await save({ name: 'Queried from 5000', startTimeMs: 5000 });
    const [temperature, secret] = ['temperature', 'secret'].map((key) => ({ type: 'TIME_SERIES', key }));
    const entityFilter = { type: 'entityViewType', entityViewTypes: ['default'], entityViewNameFilter: 'Queried' };
    const find = async (more: object = {}, part = '') => {
      const pageLink = { pageSize: 10, page: 0, sortOrder: { key: temperature, direction: 'ASC' } };
      const query = { entityFilter, pageLink, latestValues: [temperature, secret], entityFields: [{ type: 'ENTITY_FIELD', key: 'name' }], ...more };
      return (await call('POST', `/api/entitiesQuery/find${part}`, query)).body;
    };
    const { data } = await find();
    expect(data.map(({ latest }: { latest: Record<string, Record<string, { value: string }>> }) => latest['ENTITY_FIELD']?.['name']?.value)).toEqual([
      'Queried until 2000',
      'Queried',
      'Queried from 5000',
    ]);
    const absent = { ts: 0, value: '' };
    expect(data.map(({ latest }: { latest: Record<string, object> }) => latest['TIME_SERIES'])).toEqual([
      { temperature: { ts: 2000, value: '2' }, secret: absent },
      { temperature: { ts: 4000, value: '4' }, secret: absent },
      { temperature: absent, secret: absent },
    ]);
    const predicate = { type: 'NUMERIC', operation: 'GREATER', value: { defaultValue: 3 } };
    const hot = await find({ keyFilters: [{ key: temperature, valueType: 'NUMERIC', predicate }] });
    expect(hot.totalElements).toBe(1);
    expect((await find({}, '/keys?timeseries=true&attributes=false')).timeseries).toEqual(['temperature']);
  });

  it('cannot be written', async () => {
    const { id } = await save({ name: 'Read only' });
    const answer = await call('POST', `/api/plugins/telemetry/ENTITY_VIEW/${id.id}/timeseries/ANY`, { x: 1 });
    expect([answer.status, answer.text]).toEqual([400, "Telemetry data can't be stored for entity view. Read only"]);
  });

  it('are for those who may read the view', async () => {
    const { id } = await save({ name: 'Of customer', customerId: { id: customerId } });
    expect(await telemetry(id, 'keys/timeseries', rest.customer)).toEqual(['temperature']);
    const path = `/api/plugins/telemetry/DEVICE/${device.id.id}/keys/timeseries`;
    expect(await call('GET', path, undefined, rest.customer)).toMatchObject({ status: 403 });
    const { id: other } = await save({ name: 'Not of customer' });
    const refused = await call('GET', `/api/plugins/telemetry/ENTITY_VIEW/${other.id}/keys/timeseries`, undefined, rest.customer);
    expect(refused.status).toBe(403);
  });
});

describe('rights on a view', () => {
  it('keep tenants, customers and the system administrator apart', async () => {
    const { id } = await save({ name: 'Private' });
    for (const token of [rest.stranger, rest.customer, rest.system]) {
      expect(await call('GET', `/api/entityView/${id.id}`, undefined, token)).toMatchObject(denied);
      expect(await call('GET', `/api/entityView/info/${id.id}`, undefined, token)).toMatchObject(denied);
      expect(await call('POST', '/api/entityView', viewOf({ id, name: 'mine' }), token)).toMatchObject(denied);
      expect(await call('DELETE', `/api/entityView/${id.id}`, undefined, token)).toMatchObject(denied);
    }
    expect(await call('POST', '/api/entityView', viewOf({ name: 'new' }), rest.customer)).toMatchObject(denied);
    expect(await call('GET', `/api/entityView/${nobody}`)).toMatchObject(failure(404, 32, `Entity view with id [${nobody}] is not found`));
  });

  it('let a customer user rename a view, but not see more through it', async () => {
    const view = await save({ name: 'Narrow', customerId: { id: customerId } });
    const renamed = await call('POST', '/api/entityView', { ...view, name: 'Renamed' }, rest.customer);
    expect(renamed.body).toMatchObject({ name: 'Renamed', version: 2 });
    const wider = { ...renamed.body, keys: { ...keys, timeseries: ['temperature', 'secret'] } };
    expect(await call('POST', '/api/entityView', wider, rest.customer)).toMatchObject(denied);
    expect(await call('POST', '/api/entityView', { ...renamed.body, startTimeMs: 1 }, rest.customer)).toMatchObject(denied);
    expect(await call('POST', '/api/entityView', wider)).toMatchObject({ status: 200 });
  });
});

describe('giving a view to a customer', () => {
  it('assigns, publishes and takes back', async () => {
    const { id } = await save({ name: 'Given' });
    const given = await call('POST', `/api/customer/${customerId}/entityView/${id.id}`);
    expect(given.body).toMatchObject({ customerId: { id: customerId }, version: 2 });
    expect(rest.told.at(-1)).toMatchObject({ type: 'ENTITY_ASSIGNED', metadata: { assignedCustomerName: 'Customer A' } });
    await call('POST', `/api/customer/public/entityView/${id.id}`);
    expect((await call('GET', `/api/entityView/info/${id.id}`)).body).toMatchObject({ customerTitle: 'Public', customerIsPublic: true });
    expect((await call('DELETE', `/api/customer/entityView/${id.id}`)).body).toMatchObject({ customerId: { id: nullUuid } });
    expect(await call('DELETE', `/api/customer/entityView/${id.id}`)).toMatchObject(failure(400, 31, "Entity View isn't assigned to any customer!"));
  });
});

describe('DELETE /api/entityView/{id}', () => {
  it('removes the view with its attributes; only then can what it shows be removed', async () => {
    const { body: own } = await call('POST', '/api/device', { name: 'Kept by its view' });
    const view = await save({ name: 'Keeps', entityId: own.id });
    expect(await call('DELETE', `/api/device/${own.id.id}`)).toMatchObject(
      failure(400, 31, "Can't delete device that has entity views or is referenced in calculated fields!"),
    );
    expect(await call('DELETE', `/api/entityView/${view.id.id}`)).toMatchObject({ status: 200, text: '' });
    expect(await call('GET', `/api/entityView/${view.id.id}`)).toMatchObject({ status: 404 });
    expect(await rest.data.attributes(rest.one.tenantId, view.id, 'SERVER_SCOPE')).toEqual([]);
    expect(await call('DELETE', `/api/device/${own.id.id}`)).toMatchObject({ status: 200 });
  });
});

describe('lists of views', () => {
  let ofCustomer: { id: Id };
  beforeAll(async () => {
    await save({ name: 'list 1', type: 'listed' });
    ofCustomer = await save({ name: 'LIST 2', type: 'listed', customerId: { id: customerId } });
  });

  it('are paged, searched, sorted and filtered', async () => {
    const page = await call('GET', '/api/tenant/entityViews?pageSize=1&page=0&textSearch=list%20&sortProperty=name&sortOrder=DESC');
    expect(page.body).toMatchObject({ totalElements: 2, hasNext: true, data: [{ name: 'list 1' }] });
    const infos = await call('GET', '/api/tenant/entityViewInfos?pageSize=9&page=0&type=listed&sortProperty=createdTime');
    expect(infos.body.data).toMatchObject([{ customerTitle: null }, { customerTitle: 'Customer A' }]);
    expect((await call('GET', '/api/tenant/entityViews?entityViewName=list%201')).body).toMatchObject({ name: 'list 1' });
    expect(await call('GET', '/api/tenant/entityViews?entityViewName=none')).toMatchObject(failure(404, 32, "Requested item wasn't found!"));
    expect(await call('GET', '/api/tenant/entityViews?pageSize=9&page=0', undefined, rest.customer)).toMatchObject(denied);
  });

  it('of a customer are for its users and the tenant', async () => {
    for (const token of [rest.admin, rest.customer]) {
      const page = await call('GET', `/api/customer/${customerId}/entityViews?pageSize=9&page=0&type=listed`, undefined, token);
      expect(names(page.body.data)).toEqual(['LIST 2']);
      const infos = await call('GET', `/api/customer/${customerId}/entityViewInfos?pageSize=9&page=0&type=listed`, undefined, token);
      expect(infos.body.data).toMatchObject([{ customerTitle: 'Customer A' }]);
    }
    expect(await call('GET', `/api/customer/${customerId}/entityViews?pageSize=9&page=0`, undefined, rest.stranger)).toMatchObject(denied);
  });

  it('by ids leave out what cannot be read', async () => {
    const first = (await call('GET', '/api/tenant/entityViews?entityViewName=list%201')).body;
    for (const path of ['/api/entityViews', '/api/entityViews/list']) {
      const query = `${path}?entityViewIds=${first.id.id},${nobody},${ofCustomer.id.id}`;
      expect(names((await call('GET', query)).body)).toEqual(['list 1', 'LIST 2']);
      expect(names((await call('GET', query, undefined, rest.customer)).body)).toEqual(['LIST 2']);
    }
  });

  it('tell the types there are', async () => {
    const { body } = await call('GET', '/api/entityView/types', undefined, rest.customer);
    expect(body).toEqual(
      ['default', 'listed'].map((type) => ({ tenantId: { entityType: 'TENANT', id: rest.one.tenantId }, entityType: 'ENTITY_VIEW', type })),
    );
  });

  it('along relations find the views of some types', async () => {
    const head = { tenantId: rest.one.tenantId, createdAtMs: 1, version: 1, id: nobody, key: 'k' };
    const ends = { fromType: 'DEVICE', fromId: device.id.id, toType: 'ENTITY_VIEW', toId: ofCustomer.id.id } as const;
    const relation = { ...head, ...ends, type: 'Contains', typeGroup: 'COMMON' } as const;
    await rest.entities.write([{ change: 'insert', kind: 'relation', entity: relation }]);
    const search = async (entityViewTypes: string[], relationType?: string) =>
      call('POST', '/api/entityViews', {
        parameters: { rootId: device.id.id, rootType: 'DEVICE', direction: 'FROM' },
        relationType,
        entityViewTypes,
      });
    expect(names((await search([])).body)).toEqual(['LIST 2']);
    expect(names((await search(['listed'], 'Contains')).body)).toEqual(['LIST 2']);
    expect((await search(['other'])).body).toEqual([]);
    expect((await search([], 'Manages')).body).toEqual([]);
  });
});
