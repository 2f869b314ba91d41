// Goal: entity queries over HTTP answer as rest-api.md §23 says: bodies, texts of refusals, who sees what.
// Method: a few devices of two tenants over memory stores; what queries find in them is tested by their contract.
import type { Attribute } from '@fieldline/model';
import { ValueKind } from '@fieldline/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deviceEntity, startRest, type RunningRest } from './rest.fixture.js';

let rest: RunningRest;
const ids: string[] = [];

const attribute = (key: string, kind: Attribute['kind'], value: Attribute['value']) => ({ key, kind, value, lastUpdateMs: 1_609_459_200_000 });

beforeAll(async () => {
  rest = await startRest();
  for (const [at, name] of ['Device A', 'Device B', 'Pump'].entries()) {
    const { body } = await rest.call('POST', '/api/device', { token: rest.admin, body: { name, label: at === 0 ? 'first' : null } });
    ids.push(body.id.id);
  }
  await rest.call('POST', '/api/device', { token: rest.stranger, body: { name: 'Device of two' } });
  await rest.commit((unit, tenantId) => {
    const put = (n: number, of: Attribute): void => unit.attribute({ ...of, tenantId, entity: deviceEntity(ids[n] ?? ''), scope: 'SERVER_SCOPE' });
    put(0, attribute('active', ValueKind.boolean, true));
    put(1, attribute('active', ValueKind.boolean, false));
    put(0, attribute('level', ValueKind.double, 42.5));
    put(1, attribute('level', ValueKind.string, '007'));
    unit.attribute({
      ...attribute('wanted', ValueKind.string, 'Pump'),
      tenantId,
      entity: { entityType: 'TENANT', id: tenantId },
      scope: 'SERVER_SCOPE',
    });
    unit.point(tenantId, deviceEntity(ids[0] ?? ''), 'temperature', 5, ValueKind.long, 21, 0);
  });
});
afterAll(() => rest.close());

const devices = { type: 'deviceType', deviceTypes: ['default'], deviceNameFilter: '' };
const pageLink = { pageSize: 10, page: 0, sortOrder: { key: { type: 'ENTITY_FIELD', key: 'name' }, direction: 'ASC' } };
const find = (body: object, token = rest.admin) => rest.call('POST', '/api/entitiesQuery/find', { token, body });
const names = async (body: object, token = rest.admin): Promise<readonly string[]> => {
  const answer = await find({ entityFilter: devices, pageLink, entityFields: [{ type: 'ENTITY_FIELD', key: 'name' }], ...body }, token);
  return answer.body.data.map(({ latest }: { latest: { ENTITY_FIELD: { name: { value: string } } } }) => latest.ENTITY_FIELD.name.value);
};
const equals = (key: string, type: string, value: object, operation = 'EQUAL'): object => ({
  key: { type: 'ENTITY_FIELD', key },
  valueType: type,
  predicate: { type, operation, value },
});

test('a page has the values asked for, grouped by type of key, as texts with their times', async () => {
  const latestValues = [
    { type: 'ATTRIBUTE', key: 'active' },
    { type: 'ATTRIBUTE', key: 'level' },
    { type: 'TIME_SERIES', key: 'temperature' },
  ];
  const { status, body } = await find({
    entityFilter: devices,
    pageLink: { ...pageLink, pageSize: 2 },
    entityFields: [{ type: 'ENTITY_FIELD', key: 'name' }],
    latestValues,
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({ totalPages: 2, totalElements: 3, hasNext: true });
  const { ts } = body.data[0].latest.ENTITY_FIELD.name;
  expect(Math.abs(ts - Date.now())).toBeLessThan(60_000);
  const set = 1_609_459_200_000;
  expect(body.data).toEqual([
    {
      entityId: { entityType: 'DEVICE', id: ids[0] },
      latest: {
        ENTITY_FIELD: { name: { ts, value: 'Device A' } },
        ATTRIBUTE: { active: { ts: set, value: 'true' }, level: { ts: set, value: '42.5' } },
        TIME_SERIES: { temperature: { ts: 5, value: '21' } },
      },
      timeseries: {},
      aggLatest: {},
    },
    {
      entityId: { entityType: 'DEVICE', id: ids[1] },
      latest: {
        ENTITY_FIELD: { name: { ts, value: 'Device B' } },
        ATTRIBUTE: { active: { ts: set, value: 'false' }, level: { ts: set, value: '007' } },
        TIME_SERIES: { temperature: { ts: 0, value: '' } },
      },
      timeseries: {},
      aggLatest: {},
    },
  ]);
});

test('filters by name, with OR, with the value of the user first, and without empty texts', async () => {
  const value = { defaultValue: 'Device A', userValue: null, dynamicValue: null };
  expect(await names({ keyFilters: [equals('name', 'STRING', value)] })).toEqual(['Device A']);
  expect(await names({ keyFilters: [equals('name', 'STRING', { ...value, userValue: 'Pump' })] })).toEqual(['Pump']);
  const both = [equals('name', 'STRING', value), equals('name', 'STRING', { defaultValue: 'Pump' })];
  expect(await names({ keyFilters: both })).toEqual([]);
  expect(await names({ keyFilters: both, keyFiltersOperation: 'OR' })).toEqual(['Device A', 'Pump']);
  expect(await names({ keyFilters: [equals('label', 'STRING', { defaultValue: '' })] })).toEqual(['Device A', 'Device B', 'Pump']);
});

test('a dynamic value is the server attribute, or the default; a count takes the default', async () => {
  const dynamicValue = { sourceType: 'CURRENT_TENANT', sourceAttribute: 'wanted', inherit: false };
  const keyFilters = [equals('name', 'STRING', { defaultValue: 'Nobody', dynamicValue })];
  expect(await names({ keyFilters })).toEqual(['Pump']);
  const absent = [equals('name', 'STRING', { defaultValue: 'Device B', dynamicValue: { ...dynamicValue, sourceAttribute: 'nothing' } })];
  expect(await names({ keyFilters: absent })).toEqual(['Device B']);
  const inherited = [equals('name', 'STRING', { defaultValue: 'x', dynamicValue: { ...dynamicValue, sourceType: 'CURRENT_USER', inherit: true } })];
  expect(await names({ keyFilters: inherited })).toEqual(['Pump']);
  const count = await rest.call('POST', '/api/entitiesQuery/count', { token: rest.admin, body: { entityFilter: devices, keyFilters } });
  expect([count.status, count.body]).toEqual([200, 0]);
});

test('stand-ins are entities of the caller', async () => {
  const single = (entityType: string) => ({ entityFilter: { type: 'singleEntity', singleEntity: { entityType, id: null } } });
  expect(await names(single('CURRENT_TENANT'))).toEqual(['One']);
  expect(await names(single('CURRENT_USER'))).toEqual(['one@fieldline.local']);
  expect(await names(single('CURRENT_USER_OWNER'))).toEqual(['One']);
  expect(await names(single('CURRENT_CUSTOMER'))).toEqual([]);
});

test('others see nothing of it: another tenant, a customer, the system administrator', async () => {
  expect(await names({}, rest.stranger)).toEqual(['Device of two']);
  expect(await names({}, rest.customer)).toEqual([]);
  expect(await names({}, rest.system)).toEqual([]);
  expect(await names({ entityFilter: { type: 'entityType', entityType: 'TENANT' } }, rest.system)).toEqual(['One', 'Two']);
  const foreign = { type: 'entityList', entityType: 'DEVICE', entityList: ids };
  expect(await names({ entityFilter: foreign }, rest.stranger)).toEqual([]);
  const root = { type: 'relationsQuery', rootEntity: { entityType: 'DEVICE', id: ids[0] }, direction: 'FROM' };
  expect(await names({ entityFilter: root }, rest.stranger)).toEqual([]);
});

test('a root that the caller may not read leads nowhere, not even to what is its own', async () => {
  const { tenantId } = rest.one;
  const caller = await rest.call('GET', '/api/auth/user', { token: rest.customer });
  const device = await rest.entities.find('device', tenantId, ids[0] ?? '');
  if (device === undefined) throw new Error('the device is there');
  await rest.entities.write([{ change: 'update', kind: 'device', entity: { ...device, customerId: caller.body.customerId.id } }]);
  const from = { entityType: 'DEVICE', id: ids[1] };
  await rest.call('POST', '/api/relation', { token: rest.admin, body: { from, to: deviceEntity(ids[0] ?? ''), type: 'Contains' } });
  const entityFilter = { type: 'relationsQuery', rootEntity: from, direction: 'FROM' };
  expect(await names({}, rest.customer)).toEqual(['Device A']);
  expect(await names({ entityFilter })).toEqual(['Device A']);
  expect(await names({ entityFilter }, rest.customer)).toEqual([]);
});

test.each([
  ['no filter', { pageLink }, 'Query entity filter must be specified.'],
  ['no page link', { entityFilter: devices }, 'Entity Data Page link must be specified.'],
  [
    'no rows',
    { entityFilter: devices, pageLink: { ...pageLink, pageSize: 0 } },
    "Incorrect entity data page link page size '0'. Page size must be greater than zero.",
  ],
  [
    'a page before the first',
    { entityFilter: devices, pageLink: { ...pageLink, page: -1 } },
    "Incorrect entity data page link page '-1'. Page must be positive integer.",
  ],
  ['no type', { entityFilter: { type: 'entityType' }, pageLink }, 'Entity type is required'],
  ['no root', { entityFilter: { type: 'relationsQuery' }, pageLink }, 'Relation query filter root entity should not be blank'],
  [
    'several roots of no type',
    { entityFilter: { type: 'relationsQuery', multiRoot: true }, pageLink },
    "Multi-root relation query filter should contain 'multiRootEntitiesType'",
  ],
  [
    'several roots without ids',
    { entityFilter: { type: 'relationsQuery', multiRoot: true, multiRootEntitiesType: 'ASSET', multiRootEntityIds: ['x'] }, pageLink },
    "Multi-root relation query filter should contain 'multiRootEntityIds' array that contains string representation of UUIDs",
  ],
  [
    'a sort by something strange',
    { entityFilter: devices, pageLink: { ...pageLink, sortOrder: { key: { type: 'ENTITY_FIELD', key: 'name;--' }, direction: 'ASC' } } },
    'Invalid entity data page link sort property',
  ],
])('%s is refused', async (_, body, message) => {
  const answer = await find(body);
  expect([answer.status, answer.body.errorCode, answer.body.message]).toEqual([400, 31, message]);
});

test('a pattern as long as a book is refused, a list that long is not', async () => {
  const ask = async (operation: string): Promise<number> =>
    (await find({ entityFilter: devices, pageLink, keyFilters: [equals('name', 'STRING', { defaultValue: '%'.repeat(1_001) }, operation)] })).status;
  expect([await ask('CONTAINS'), await ask('IN')]).toEqual([400, 200]);
});

test('predicates nested without end are refused', async () => {
  let predicate: object = { type: 'BOOLEAN', operation: 'EQUAL', value: { defaultValue: true } };
  for (let depth = 0; depth < 100; depth += 1) predicate = { type: 'COMPLEX', operation: 'AND', predicates: [predicate] };
  const answer = await find({ entityFilter: devices, pageLink, keyFilters: [{ key: { type: 'ATTRIBUTE', key: 'active' }, predicate }] });
  expect([answer.status, answer.body.message]).toEqual([400, 'Key filter predicates are nested deeper than 8 levels.']);
});

test('keys of what a query finds', async () => {
  const body = { entityFilter: devices, pageLink };
  const keys = (path: string) => rest.call('POST', path, { token: rest.admin, body });
  expect((await keys('/api/entitiesQuery/find/keys')).body).toEqual({
    entityTypes: ['DEVICE'],
    timeseries: ['temperature'],
    attribute: ['active', 'level'],
  });
  expect((await keys('/api/entitiesQuery/find/keys?timeseries=false&scope=CLIENT_SCOPE')).body).toEqual({
    entityTypes: ['DEVICE'],
    timeseries: [],
    attribute: [],
  });
  expect((await keys('/api/v2/entitiesQuery/find/keys?scopes=SERVER_SCOPE')).body).toEqual({
    entityTypes: ['DEVICE'],
    timeseries: [{ key: 'temperature' }],
    attributes: { SERVER_SCOPE: [{ key: 'active' }, { key: 'level' }] },
  });
  const sampled = (await keys('/api/v2/entitiesQuery/find/keys?includeSamples=true&includeAttributes=false')).body;
  expect(sampled).toEqual({ entityTypes: ['DEVICE'], timeseries: [{ key: 'temperature', sample: { ts: 5, value: 21 } }] });
  expect((await keys('/api/v2/entitiesQuery/find/keys?includeTimeseries=false&includeAttributes=false')).status).toBe(400);
  const refused = await rest.call('POST', '/api/entitiesQuery/find/keys', { token: rest.system, body });
  expect([refused.status, refused.body.errorCode]).toEqual([403, 20]);
});

test('refuses OR between conditions where the system administrator turned it off', async () => {
  const strict = await startRest({ areOrFiltersAllowed: false });
  const body = { entityFilter: { type: 'entityType', entityType: 'DEVICE' }, keyFilters: [], keyFiltersOperation: 'OR' };
  const count = (query: object) => strict.call('POST', '/api/entitiesQuery/count', { token: strict.admin, body: query });
  const message = 'OR conditions between key filters are disabled by the system administrator.';
  expect(await count(body)).toMatchObject({ status: 400, body: { message } });
  expect((await count({ ...body, keyFiltersOperation: 'AND' })).status).toBe(200);
  await strict.close();
});
