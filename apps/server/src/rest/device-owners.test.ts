// Goal: names, owners, lists and removal of devices as rest-api.md §8 has them. Method: a running API over memory stores.
import { ValueKind } from '@fieldline/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningRest } from './rest.fixture.js';
import { deviceEntity, startRest } from './rest.fixture.js';

const own = '00000000-0000-7000-8000-00000000c0c0';
const nowhere = '00000000-0000-7000-8000-00000000ffff';
const noCustomer = '13814000-1dd2-11b2-8080-808080808080';
let rest: RunningRest;
let foreign: string;
beforeAll(async () => {
  rest = await startRest();
  const entity = { id: own, tenantId: rest.one.tenantId, createdAtMs: 1, version: 1, name: 'Own', isPublic: false };
  await rest.entities.write([{ change: 'insert', kind: 'customer', entity }]);
  foreign = (await send('POST', '/api/customer', { title: 'Foreign' }, rest.stranger)).body.id.id;
});
afterAll(() => rest.close());

const denied = { status: 403, body: { errorCode: 20 } };
const refused = (message: string) => ({ status: 400, body: { errorCode: 31, message } });
const send = (method: string, path: string, body?: unknown, token = rest.admin) => rest.call(method, path, { token, body });
const get = (path: string, token = rest.admin) => send('GET', path, undefined, token);
const create = async (body: object, query = '') => (await send('POST', `/api/device${query}`, body)).body;
const namesOf = (answer: { body: { data: { name: string }[] } }) => answer.body.data.map(({ name }) => name);
const paged = 'pageSize=10&page=0';

describe('POST /api/device', () => {
  it('under nameConflictPolicy=UNIQUIFY finds a free name', async () => {
    const names = [];
    for (let n = 0; n < 3; n += 1) names.push((await create({ name: 'Twin' }, '?nameConflictPolicy=UNIQUIFY&uniquifyStrategy=INCREMENTAL')).name);
    expect(names).toEqual(['Twin', 'Twin_1', 'Twin_2']);
    expect((await create({ name: 'Twin' }, '?nameConflictPolicy=UNIQUIFY&uniquifySeparator=.')).name).toMatch(/^Twin\.[A-Za-z0-9]{6}$/);
    expect(await send('POST', '/api/device?nameConflictPolicy=FAIL', { name: 'Twin' })).toMatchObject(
      refused('Device with such name already exists!'),
    );
  });

  it('stores the customer that the body names, and a customer user cannot change it', async () => {
    const device = await create({ name: 'Owned', customerId: { id: own } });
    expect(device.customerId).toEqual({ entityType: 'CUSTOMER', id: own });
    const save = (customerId: string, token = rest.admin) =>
      send('POST', '/api/device', { ...device, version: null, customerId: { id: customerId } }, token);
    expect(await save(nowhere)).toMatchObject(refused("Can't assign device to non-existent customer!"));
    expect(await save(foreign)).toMatchObject(refused("Can't assign device to customer from different tenant!"));
    expect((await save(noCustomer, rest.customer)).body.customerId.id).toBe(own);
    expect((await save(noCustomer)).body.customerId.id).toBe(noCustomer);
  });

  it('refuses a firmware that does not exist, and a profile of another tenant', async () => {
    const firmwareId = { entityType: 'OTA_PACKAGE', id: nowhere };
    expect(await send('POST', '/api/device', { name: 'F', firmwareId })).toMatchObject(refused("Can't assign non-existent firmware!"));
    expect(await send('POST', '/api/device', { name: 'F', softwareId: firmwareId })).toMatchObject(refused("Can't assign non-existent software!"));
    const deviceProfileId = { id: rest.two.profile.id };
    expect(await send('POST', '/api/device', { name: 'F', deviceProfileId })).toMatchObject(
      refused('Device is referencing to non-existent device profile!'),
    );
  });

  it('records what was done and tells the rule chain', async () => {
    const told = rest.told.length;
    const device = await create({ name: 'Told' });
    await create({ ...device, label: 'L' });
    await send('DELETE', `/api/device/${device.id.id}`);
    expect(rest.told.slice(told).map(({ type, originator }) => [type, originator.id])).toEqual(
      ['ENTITY_CREATED', 'ENTITY_UPDATED', 'ENTITY_DELETED'].map((type) => [type, device.id.id]),
    );
    expect(rest.told[told]?.data).toEqual(device);
  });
});

describe('POST /api/device-with-credentials', () => {
  it('creates a device whose only credentials are those given, and replaces both', async () => {
    const both = (device: object, credentials: object) => send('POST', '/api/device-with-credentials', { device, credentials });
    const made = await both({ name: 'Basic' }, { credentialsType: 'MQTT_BASIC', credentialsValue: '{"userName":"u1","password":"p"}' });
    expect(made).toMatchObject({ status: 200, body: { name: 'Basic' } });
    const path = `/api/device/${made.body.id.id}/credentials`;
    expect((await get(path)).body).toMatchObject({ credentialsType: 'MQTT_BASIC', credentialsId: 'u1' });
    const changed = await both({ ...made.body, label: 'L' }, { credentialsType: 'ACCESS_TOKEN', credentialsId: 'BOTH' });
    expect(changed.body).toMatchObject({ label: 'L', version: 2 });
    expect((await get(path)).body).toMatchObject({ credentialsType: 'ACCESS_TOKEN', credentialsId: 'BOTH', credentialsValue: null });
    expect(await both({ name: 'No' }, {})).toMatchObject(refused('Device credentials type should be specified!'));
    expect(await both({ name: 'No' }, { credentialsType: 'ACCESS_TOKEN', credentialsId: 'BOTH' })).toMatchObject(
      refused('Device credentials are already assigned to another device!'),
    );
    expect(await get('/api/tenant/device?deviceName=No')).toMatchObject({ status: 404 });
  });
});

describe('assignment of devices', () => {
  it('to a customer and back, and it tells the rule chain', async () => {
    const { id } = (await create({ name: 'Lent' })).id;
    expect(await get(`/api/device/${id}`, rest.customer)).toMatchObject(denied);
    const told = rest.told.length;
    expect((await send('POST', `/api/customer/${own}/device/${id}`)).body).toMatchObject({ customerId: { id: own }, version: 2 });
    expect((await get(`/api/device/${id}`, rest.customer)).status).toBe(200);
    expect((await get(`/api/device/info/${id}`)).body).toMatchObject({ customerTitle: 'Own', customerIsPublic: false });
    expect((await send('DELETE', `/api/customer/device/${id}`)).body.customerId.id).toBe(noCustomer);
    expect(await send('DELETE', `/api/customer/device/${id}`)).toMatchObject(refused("Device isn't assigned to any customer!"));
    expect(rest.told.slice(told).map(({ type, metadata }) => ({ type, ...metadata }))).toMatchObject([
      { type: 'ENTITY_ASSIGNED', assignedCustomerId: own, assignedCustomerName: 'Own' },
      { type: 'ENTITY_UNASSIGNED', unassignedCustomerId: own, unassignedCustomerName: 'Own' },
    ]);
    expect(await send('POST', `/api/customer/${nowhere}/device/${id}`)).toMatchObject({ status: 404 });
    expect(await send('POST', `/api/customer/${foreign}/device/${id}`)).toMatchObject(denied);
    expect(await send('POST', `/api/customer/${own}/device/${id}`, undefined, rest.customer)).toMatchObject(denied);
    expect((await send('POST', `/api/customer/${foreign}/device/${id}`, undefined, rest.stranger)).status).toBe(404);
  });

  it('to the public customer', async () => {
    const { id } = (await create({ name: 'Public 1' })).id;
    const shown = await send('POST', `/api/customer/public/device/${id}`);
    const again = await send('POST', `/api/customer/public/device/${(await create({ name: 'Public 2' })).id.id}`);
    expect(again.body.customerId).toEqual(shown.body.customerId);
    expect((await get(`/api/device/info/${id}`)).body).toMatchObject({ customerTitle: 'Public', customerIsPublic: true });
  });

  it('to another tenant: id, name and credentials stay, the profile is found or made there', async () => {
    const device = await create({ name: 'Sold', type: 'pump', customerId: { id: own } }, '?accessToken=SOLD');
    const { id } = device.id;
    const told = rest.told.length;
    const moved = await send('POST', `/api/tenant/${rest.two.tenantId}/device/${id}`);
    expect(moved.body).toMatchObject({
      id: device.id,
      name: 'Sold',
      type: 'pump',
      tenantId: { id: rest.two.tenantId },
      customerId: { id: noCustomer },
    });
    expect((await get(`/api/device/${id}`)).status).toBe(404);
    expect((await get(`/api/device/${id}`, rest.stranger)).body).toEqual(moved.body);
    expect((await get(`/api/device/${id}/credentials`, rest.stranger)).body.credentialsId).toBe('SOLD');
    expect(rest.told.slice(told).map(({ type, tenantId }) => [type, tenantId])).toEqual([
      ['ENTITY_CREATED', rest.two.tenantId],
      ['ENTITY_ASSIGNED_TO_TENANT', rest.one.tenantId],
      ['ENTITY_ASSIGNED_FROM_TENANT', rest.two.tenantId],
    ]);
    const other = (await create({ name: 'Sold' })).id.id;
    expect(await send('POST', `/api/tenant/${nowhere}/device/${other}`)).toMatchObject(refused('Could not find the specified Tenant!'));
    expect(await send('POST', `/api/tenant/${rest.two.tenantId}/device/${other}`)).toMatchObject(refused('Device with such name already exists!'));
  });
});

describe('lists of devices', () => {
  it('by customer, by id, by activity', async () => {
    const ids: string[] = [];
    for (const name of ['seen 1', 'seen 2', 'seen 3']) ids.push((await create({ name, type: 'seen', customerId: { id: own } })).id.id);
    await rest.commit((unit, tenantId) => {
      const [first = '', second = ''] = ids;
      const write = { tenantId, scope: 'SERVER_SCOPE', key: 'active', kind: ValueKind.boolean, lastUpdateMs: 1 } as const;
      unit.attribute({ ...write, entity: deviceEntity(first), value: true });
      unit.attribute({ ...write, entity: deviceEntity(second), value: false });
    });
    const infos = (query: string) => get(`/api/tenant/deviceInfos?${paged}&type=seen&sortProperty=name${query}`);
    expect((await infos('')).body.data.map(({ active }: { active: boolean }) => active)).toEqual([true, false, false]);
    expect((await infos('')).body.data[0]).toMatchObject({ customerTitle: 'Own', deviceProfileName: 'seen' });
    expect(namesOf(await infos('&active=true'))).toEqual(['seen 1']);
    expect(namesOf(await infos('&active=false&sortOrder=DESC'))).toEqual(['seen 3', 'seen 2']);
    expect(namesOf(await infos('&active=false&textSearch=3'))).toEqual(['seen 3']);
    expect((await infos('&active=false')).body).toMatchObject({ totalElements: 2, totalPages: 1, hasNext: false });

    expect(namesOf(await get(`/api/customer/${own}/devices?${paged}&type=seen`, rest.customer))).toEqual(['seen 1', 'seen 2', 'seen 3']);
    expect(namesOf(await get(`/api/customer/${own}/deviceInfos?${paged}&type=seen&active=true`))).toEqual(['seen 1']);
    expect(await get(`/api/customer/${foreign}/devices?${paged}`)).toMatchObject(denied);
    const alien = (await send('POST', '/api/device', { name: 'alien' }, rest.stranger)).body.id.id;
    const listed = await get(`/api/devices?deviceIds=${[ids[2], alien, nowhere, ids[0]].join(',')}`);
    expect(listed.body.map(({ name }: { name: string }) => name)).toEqual(['seen 3', 'seen 1']);
    const unassigned = (await create({ name: 'unassigned' })).id.id;
    expect((await get(`/api/devices?deviceIds=${unassigned},${ids[0]}`, rest.customer)).body).toMatchObject([{ name: 'seen 1' }]);
    expect((await get('/api/device/types', rest.customer)).body).toContainEqual({
      tenantId: { entityType: 'TENANT', id: rest.one.tenantId },
      entityType: 'DEVICE',
      type: 'seen',
    });
    const profileId = (await get(`/api/device/${ids[0]}`)).body.deviceProfileId.id;
    expect((await get(`/api/devices/count/FIRMWARE/${profileId}`)).body).toBe(3);
  });

  it('POST /api/devices: along relations', async () => {
    const [root, child] = [(await create({ name: 'root' })).id, (await create({ name: 'child', type: 'leaf' })).id];
    await send('POST', '/api/relation', { from: root, to: child, type: 'Contains' });
    const search = (deviceTypes: string[]) =>
      send('POST', '/api/devices', { parameters: { rootId: root.id, rootType: 'DEVICE', direction: 'FROM' }, relationType: 'Contains', deviceTypes });
    expect((await search(['leaf'])).body).toMatchObject([{ name: 'child' }]);
    expect((await search(['default'])).body).toEqual([]);
  });
});

describe('DELETE /api/device/{id}', () => {
  it('is refused while an entity view shows the device, and takes relations, data and alarms along', async () => {
    const { id } = await create({ name: 'Viewed' });
    const root = (await create({ name: 'Holder' })).id;
    const view = await send('POST', '/api/entityView', { name: 'View', type: 't', entityId: id, keys: { timeseries: [], attributes: {} } });
    expect(await send('DELETE', `/api/device/${id.id}`)).toMatchObject(
      refused("Can't delete device that has entity views or is referenced in calculated fields!"),
    );
    expect((await send('DELETE', `/api/entityView/${view.body.id.id}`)).status).toBe(200);
    await send('POST', '/api/relation', { from: root, to: id, type: 'Contains' });
    await rest.commit((unit, tenantId) => unit.point(tenantId, deviceEntity(id.id), 't', 1, ValueKind.boolean, true, 0));
    expect((await send('DELETE', `/api/device/${id.id}`)).status).toBe(200);
    expect(await rest.entities.count('relation', rest.one.tenantId, { toId: id.id })).toBe(0);
    expect(await rest.data.keys(rest.one.tenantId, deviceEntity(id.id))).toEqual([]);
  });
});
