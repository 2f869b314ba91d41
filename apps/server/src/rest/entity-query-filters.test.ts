// Goal: the rows of rest-api.md §23.3. Method: HTTP against a running API over memory stores, with one small world that the
// tests only read. What is refused is in entity-queries.test.ts.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningRest, startRest } from './rest.fixture.js';

const LEVELS = 52;
let rest: RunningRest;
/** Every entity of the world by its name. */
const refs = new Map<string, { readonly entityType: string; readonly id: string }>();
const ref = (name: string) => refs.get(name);
const idOf = (name: string) => ref(name)?.id;

const post = async (path: string, body: object) => {
  const answer = await rest.call('POST', path, { token: rest.admin, body });
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.body;
};
const make = async (path: string, body: { readonly name?: string; readonly title?: string; readonly [member: string]: unknown }): Promise<void> => {
  const { id } = await post(path, body);
  refs.set(body.name ?? body.title ?? '', id);
};
const relate = (from: string, type: string, to: string, typeGroup = 'COMMON') =>
  post('/api/relation', { from: ref(from), to: ref(to), type, typeGroup });

beforeAll(async () => {
  rest = await startRest();
  for (const [name, type] of Object.entries({ 'Pump 1': 'pump', 'pump 2': 'valve', 'Old pump': 'default', Meter: 'default' })) {
    await make('/api/device', { name, type });
  }
  for (const [name, type] of Object.entries({ Building: 'building', Floor: 'floor', 'Ring 1': 'ring', 'Ring 2': 'ring' })) {
    await make('/api/asset', { name, type });
  }
  const keys = { timeseries: [], attributes: { cs: [], ss: [], sh: [] } };
  await make('/api/entityView', { name: 'View', type: 'window', entityId: ref('Pump 1'), keys });
  await make('/api/entityView', { name: 'Second view', type: 'door', entityId: ref('Pump 1'), keys });
  await make('/api/customer', { title: 'Customer' });
  await make('/api/dashboard', { title: 'Dashboard' });
  await make('/api/ruleChain', { name: 'Chain', type: 'CORE' });
  await relate('Building', 'Contains', 'Floor');
  await relate('Floor', 'Contains', 'Pump 1');
  await relate('Floor', 'Manages', 'pump 2');
  await relate('Floor', 'Contains', 'View');
  for (const to of ['Customer', 'Dashboard', 'Chain']) await relate('Building', 'Knows', to);
  await relate('Building', 'Contains', 'Old pump', 'DASHBOARD');
  refs.set('Tenant', { entityType: 'TENANT', id: rest.one.tenantId });
  await relate('Tenant', 'Contains', 'Meter');
  await relate('Ring 1', 'Contains', 'Ring 2');
  await relate('Ring 2', 'Contains', 'Ring 1');
  for (let n = 0; n < LEVELS; n += 1) {
    await make('/api/asset', { name: `Level ${n}`, type: 'level' });
    if (n > 0) await relate(`Level ${n - 1}`, 'Contains', `Level ${n}`);
  }
});
afterAll(() => rest.close());

const find = async (entityFilter: object) => {
  const token = rest.admin;
  const pageLink = { pageSize: 100, page: 0, sortOrder: { key: { type: 'ENTITY_FIELD', key: 'name' }, direction: 'ASC' } };
  const entityFields = ['name', 'parentId'].map((key) => ({ type: 'ENTITY_FIELD', key }));
  const answer = await rest.call('POST', '/api/entitiesQuery/find', { token, body: { entityFilter, pageLink, entityFields } });
  expect(answer.status).toBe(200);
  const counted = await rest.call('POST', '/api/entitiesQuery/count', { token, body: { entityFilter } });
  expect(counted.body).toBe(answer.body.totalElements);
  return answer.body.data.map(({ latest }: { latest: { ENTITY_FIELD: object } }) => latest.ENTITY_FIELD);
};
const names = async (entityFilter: object): Promise<readonly string[]> =>
  (await find(entityFilter)).map(({ name }: { name: { value: string } }) => name.value);

describe('rest-api.md §23.3, entity filters', () => {
  it('singleEntity: singleEntity', async () => {
    expect(await names({ type: 'singleEntity', singleEntity: ref('Floor') })).toEqual(['Floor']);
  });
  it('entityList: entityType, entityList', async () => {
    const entityList = [idOf('Meter'), idOf('Pump 1'), idOf('Floor')];
    expect(await names({ type: 'entityList', entityType: 'DEVICE', entityList })).toEqual(['Meter', 'Pump 1']);
  });
  it('entityName: entityType, entityNameFilter', async () => {
    expect(await names({ type: 'entityName', entityType: 'ASSET', entityNameFilter: 'ring' })).toEqual(['Ring 1', 'Ring 2']);
  });
  it('entityType: entityType', async () => {
    expect(await names({ type: 'entityType', entityType: 'ENTITY_VIEW' })).toEqual(['Second view', 'View']);
  });
  it('deviceType: deviceTypes (or legacy deviceType), deviceNameFilter', async () => {
    expect(await names({ type: 'deviceType', deviceTypes: ['pump', 'valve'] })).toEqual(['Pump 1', 'pump 2']);
    expect(await names({ type: 'deviceType', deviceType: 'valve' })).toEqual(['pump 2']);
    expect(await names({ type: 'deviceType', deviceTypes: ['default'], deviceNameFilter: 'old' })).toEqual(['Old pump']);
  });
  it('assetType: assetTypes / assetType, assetNameFilter', async () => {
    expect(await names({ type: 'assetType', assetTypes: ['floor', 'ring'] })).toEqual(['Floor', 'Ring 1', 'Ring 2']);
    expect(await names({ type: 'assetType', assetType: 'ring', assetNameFilter: '%2' })).toEqual(['Ring 2']);
  });
  it('entityViewType: entityViewTypes / entityViewType, entityViewNameFilter', async () => {
    expect(await names({ type: 'entityViewType', entityViewTypes: ['window', 'door'], entityViewNameFilter: 'VIEW' })).toEqual(['View']);
    expect(await names({ type: 'entityViewType', entityViewType: 'door' })).toEqual(['Second view']);
  });
  it('edgeType: edgeTypes / edgeType, edgeNameFilter: there are no edges', async () => {
    expect(await names({ type: 'edgeType', edgeTypes: ['default'], edgeNameFilter: '' })).toEqual([]);
  });
  it('apiUsageState: customerId (optional): there are no such entities', async () => {
    expect(await names({ type: 'apiUsageState' })).toEqual([]);
    expect(await names({ type: 'apiUsageState', customerId: ref('Customer') })).toEqual([]);
  });
  it('assetSearchQuery: rootEntity, relationType, direction, maxLevel, fetchLastLevelOnly, assetTypes', async () => {
    const search = { type: 'assetSearchQuery', rootEntity: ref('Building'), relationType: 'Contains', direction: 'FROM' };
    expect(await names({ ...search, assetTypes: ['floor'] })).toEqual(['Floor']);
    expect(await names({ ...search, assetTypes: ['ring'] })).toEqual([]);
    const up = { ...search, rootEntity: ref('Pump 1'), direction: 'TO' };
    expect(await names(up)).toEqual(['Building', 'Floor']);
    expect(await names({ ...up, maxLevel: 1 })).toEqual(['Floor']);
    expect(await names({ ...up, maxLevel: 2, fetchLastLevelOnly: true })).toEqual(['Building']);
  });
  it('deviceSearchQuery: … and deviceTypes', async () => {
    const search = { type: 'deviceSearchQuery', rootEntity: ref('Building'), direction: 'FROM' };
    expect(await names(search)).toEqual(['Pump 1', 'pump 2']);
    expect(await names({ ...search, relationType: 'Manages' })).toEqual(['pump 2']);
    expect(await names({ ...search, deviceTypes: ['pump'] })).toEqual(['Pump 1']);
  });
  it('entityViewSearchQuery: … and entityViewTypes', async () => {
    const search = { type: 'entityViewSearchQuery', rootEntity: ref('Building'), relationType: 'Contains', direction: 'FROM' };
    expect(await names({ ...search, entityViewTypes: ['window'] })).toEqual(['View']);
    expect(await names({ ...search, entityViewTypes: ['door'] })).toEqual([]);
  });
  it('edgeSearchQuery: there are no edges', async () => {
    expect(await names({ type: 'edgeSearchQuery', rootEntity: ref('Building'), direction: 'FROM', edgeTypes: ['default'] })).toEqual([]);
  });
  it.each(['', 'queryOfTheFuture'])('a type that there is not (%j): 400', async (type) => {
    expect((await rest.call('POST', '/api/entitiesQuery/count', { token: rest.admin, body: { entityFilter: { type } } })).status).toBe(400);
  });
});

describe('rest-api.md §23.3, name filters', () => {
  it.each([
    ['PUMP', ['Pump 1', 'pump 2']],
    ['%pump', ['Old pump']],
    ['%ump%', ['Old pump', 'Pump 1', 'pump 2']],
    ['p%', ['Pump 1', 'pump 2']],
    ['%', ['Meter', 'Old pump', 'Pump 1', 'pump 2']],
    ['', ['Meter', 'Old pump', 'Pump 1', 'pump 2']],
    ['ump', []],
  ])('case-insensitive starts-with, a complete LIKE pattern with %% at an end, empty for no restriction: %j', async (deviceNameFilter, expected) => {
    expect(await names({ type: 'deviceType', deviceNameFilter })).toEqual(expected);
  });
});

describe('rest-api.md §23.3, relation queries', () => {
  const query = (more: object = {}) => ({ type: 'relationsQuery', rootEntity: ref('Building'), direction: 'FROM', ...more });
  const devices = (negate: boolean) => [{ relationType: 'Contains', entityTypes: ['DEVICE'], negate }];

  it('without filters the reachable entities of types TENANT, CUSTOMER, USER, DASHBOARD, ASSET, DEVICE, ENTITY_VIEW, by COMMON relations', async () => {
    expect(await names(query())).toEqual(['Customer', 'Dashboard', 'Floor', 'Pump 1', 'View', 'pump 2']);
  });
  it('direction: TO', async () => {
    expect(await names(query({ rootEntity: ref('Pump 1'), direction: 'TO' }))).toEqual(['Building', 'Floor']);
  });
  it('filters: {relationType, entityTypes}', async () => {
    expect(await names(query({ filters: devices(false) }))).toEqual(['Pump 1']);
    expect(await names(query({ filters: [{ relationType: 'Knows', entityTypes: ['RULE_CHAIN'] }] }))).toEqual(['Chain']);
  });
  it('filters: list elements are ORed', async () => {
    const filters = [...devices(false), { relationType: 'Manages', entityTypes: [] }];
    expect(await names(query({ filters }))).toEqual(['Pump 1', 'pump 2']);
  });
  it('filters: element negate inverts its relation type', async () => expect(await names(query({ filters: devices(true) }))).toEqual(['pump 2']));
  it('negate: top-level, the whole condition', async () => {
    expect(await names(query({ filters: devices(false), negate: true }))).toEqual(['Customer', 'Dashboard', 'Floor', 'View', 'pump 2']);
  });
  it('fetchLastLevelOnly', async () => {
    expect(await names(query({ fetchLastLevelOnly: true, maxLevel: 2 }))).toEqual(['Customer', 'Dashboard', 'Pump 1', 'View', 'pump 2']);
  });
  it.each([
    [1, 1],
    [3, 3],
    [50, 50],
    [0, 50],
    [-1, 50],
    [51, 50],
    [undefined, 50],
  ])('maxLevel: <= 0 or > 50 is 50; %s reaches %i levels', async (maxLevel, reached) => {
    expect(await names(query({ rootEntity: ref('Level 0'), maxLevel }))).toHaveLength(reached);
  });
  it('cycles are cut; the root is not part of the result unless reached through a cycle', async () => {
    expect(await names(query({ rootEntity: ref('Ring 1') }))).toEqual(['Ring 1', 'Ring 2']);
    expect(await names(query({ rootEntity: ref('Floor') }))).not.toContain('Floor');
  });
  it('multiRoot: multiRootEntitiesType, multiRootEntityIds; parentId is the root', async () => {
    const multiRootEntityIds = [idOf('Level 50'), idOf('Floor')];
    const found = await find(query({ rootEntity: null, multiRoot: true, multiRootEntitiesType: 'ASSET', multiRootEntityIds }));
    const pairs = found.map(({ name, parentId }: Record<string, { value: string }>) => [name?.value, parentId?.value]);
    const inFloor = ['Pump 1', 'View', 'pump 2'].map((name) => [name, idOf('Floor')]);
    expect(pairs).toEqual([['Level 51', idOf('Level 50')], ...inFloor]);
  });
  it('rootStateEntity, stateEntityParamName, defaultStateEntity are UI-only', async () => {
    const ui = { rootStateEntity: true, stateEntityParamName: 'x', defaultStateEntity: ref('Meter') };
    expect(await names(query(ui))).toEqual(await names(query()));
  });
  it.each([
    ['CURRENT_TENANT', ['One'], ['Meter']],
    ['CURRENT_USER', ['one@fieldline.local'], []],
    ['CURRENT_USER_OWNER', ['One'], ['Meter']],
    ['CURRENT_CUSTOMER', [], []],
  ])('singleEntity and rootEntity accept %s, resolved from the caller', async (entityType, single, reached) => {
    const alias = { entityType, id: '13814000-1dd2-11b2-8080-808080808080' };
    expect(await names({ type: 'singleEntity', singleEntity: alias })).toEqual(single);
    expect(await names(query({ rootEntity: alias }))).toEqual(reached);
    expect(await names(query({ rootEntity: { entityType } }))).toEqual(reached);
  });
});
