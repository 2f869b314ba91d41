import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { denied, failure } from './refusals.fixture.js';
import { type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
beforeAll(async () => {
  rest = await startRest();
});
afterAll(() => rest.close());

const notFound = (id: string) => failure(404, 32, `Device with id [${id}] is not found`);
const create = async (body: object, query = '') => (await rest.call('POST', `/api/device${query}`, { token: rest.admin, body })).body;

describe('/api/device', () => {
  it('creates a device with every field of the compatible API', async () => {
    const device = await create({ name: 'Device A', additionalInfo: { description: 'x' }, nonsense: 1 });
    expect(device).toEqual({
      id: { entityType: 'DEVICE', id: expect.any(String) },
      createdTime: expect.any(Number),
      tenantId: { entityType: 'TENANT', id: rest.one.tenantId },
      customerId: { entityType: 'CUSTOMER', id: '13814000-1dd2-11b2-8080-808080808080' },
      name: 'Device A',
      type: 'default',
      label: null,
      deviceProfileId: { entityType: 'DEVICE_PROFILE', id: rest.one.profile.id },
      deviceData: { configuration: { type: 'DEFAULT' }, transportConfiguration: { type: 'DEFAULT' } },
      firmwareId: null,
      softwareId: null,
      externalId: null,
      version: 1,
      additionalInfo: { description: 'x' },
    });
    const credentials = await rest.call('GET', `/api/device/${device.id.id}/credentials`, { token: rest.admin });
    expect(credentials.body).toEqual({
      id: { id: expect.any(String) },
      createdTime: expect.any(Number),
      deviceId: device.id,
      credentialsType: 'ACCESS_TOKEN',
      credentialsId: expect.stringMatching(/^[A-Za-z0-9]{20}$/),
      credentialsValue: null,
      version: 1,
    });
    const info = await rest.call('GET', `/api/device/info/${device.id.id}`, { token: rest.admin });
    expect(info.body).toEqual({ ...device, customerTitle: null, customerIsPublic: false, deviceProfileName: 'default', active: false });
  });

  it('takes an access token, and saves changes by id and version', async () => {
    const device = await create({ name: 'Device B' }, '?accessToken=B_TOKEN');
    expect((await rest.call('GET', `/api/device/${device.id.id}/credentials`, { token: rest.admin })).body.credentialsId).toBe('B_TOKEN');
    const saved = await create({ ...device, label: 'Label' });
    expect(saved).toEqual({ ...device, label: 'Label', version: 2 });
    const stale = await rest.call('POST', '/api/device', { token: rest.admin, body: device });
    expect(stale).toMatchObject({ status: 409, body: { errorCode: 35 } });
    expect(stale.headers.get('x-fieldline-problem')).toBe('STORAGE_VERSION_CONFLICT');
    expect(await create({ ...saved, version: null, label: null })).toMatchObject({ version: 3, label: null });
  });

  it('names every faulty field', async () => {
    const refuse = (body: unknown) => rest.call('POST', '/api/device', { token: rest.admin, body });
    const both = await refuse({ name: 'x'.repeat(256), label: 'y'.repeat(256) });
    expect(both).toMatchObject(
      failure(400, 31, 'Validation error: label length must be equal or less than 255, name length must be equal or less than 255'),
    );
    expect(await refuse({ name: ' ' })).toMatchObject(failure(400, 31, 'Device name should be specified!'));
    expect(await refuse({ name: 5 })).toMatchObject(failure(400, 31, 'Validation error: name invalid input: expected string, received number'));
    expect(await refuse([])).toMatchObject(failure(400, 31, 'Validation error: body invalid input: expected object, received array'));
    expect(await rest.call('POST', '/api/device', { token: rest.admin })).toMatchObject({ status: 400 });
    expect(await refuse({ name: 'Device A' })).toMatchObject(failure(400, 31, 'Device with such name already exists!'));
    expect(await rest.call('GET', '/api/device/not-a-uuid', { token: rest.admin })).toMatchObject(
      failure(400, 31, 'Validation error: deviceId must be a UUID'),
    );
    expect(await refuse('{"name":"p","__proto__":{"x":1}}')).toMatchObject({ status: 400 });
  });

  it('removes a device with its credentials', async () => {
    const { id } = await create({ name: 'Device C' }, '?accessToken=C_TOKEN');
    expect(await rest.call('DELETE', `/api/device/${id.id}`, { token: rest.admin })).toMatchObject({ status: 200, text: '' });
    expect(await rest.call('GET', `/api/device/${id.id}`, { token: rest.admin })).toMatchObject(notFound(id.id));
    expect(rest.published.slice(-2).map(({ kind, version }) => [kind, version])).toEqual([
      ['deviceCredentials', undefined],
      ['device', undefined],
    ]);
  });

  it('keeps tenants, customers and the system administrator apart', async () => {
    const { id } = await create({ name: 'Device D' });
    const calls = (token: string) =>
      Promise.all([
        rest.call('GET', `/api/device/${id.id}`, { token }),
        rest.call('GET', `/api/device/info/${id.id}`, { token }),
        rest.call('GET', `/api/device/${id.id}/credentials`, { token }),
        rest.call('POST', '/api/device', { token, body: { id, name: 'mine' } }),
      ]);
    for (const answer of await calls(rest.stranger)) expect(answer).toMatchObject(notFound(id.id));
    for (const answer of await calls(rest.customer)) expect(answer).toMatchObject(denied);
    for (const answer of await calls(rest.system)) expect(answer).toMatchObject(denied);
    expect(await rest.call('DELETE', `/api/device/${id.id}`, { token: rest.stranger })).toMatchObject(notFound(id.id));
    expect(await rest.call('DELETE', `/api/device/${id.id}`, { token: rest.customer })).toMatchObject(denied);
    expect(await rest.call('POST', '/api/device', { token: rest.customer, body: { name: 'new' } })).toMatchObject(denied);
    expect(await rest.call('GET', '/api/tenant/devices?pageSize=10&page=0', { token: rest.customer })).toMatchObject(denied);
  });
});

describe('lists of devices', () => {
  beforeAll(async () => {
    for (const name of ['list 1', 'list 2', 'LIST 3']) await create({ name, type: 'listed' });
  });
  const list = (query: string, token = rest.admin) => rest.call('GET', `/api/tenant/devices?${query}`, { token });

  it('are paged, searched and sorted', async () => {
    const first = await list('pageSize=2&page=0&textSearch=list&sortProperty=createdTime&sortOrder=desc');
    expect(first.body).toMatchObject({ totalPages: 2, totalElements: 3, hasNext: true });
    expect(first.body.data.map(({ name }: { name: string }) => name)).toEqual(['LIST 3', 'list 2']);
    expect((await list('pageSize=2&page=9&type=listed')).body).toEqual({ data: [], totalPages: 2, totalElements: 3, hasNext: false });
    expect((await list('pageSize=10&page=0', rest.stranger)).body).toEqual({ data: [], totalPages: 0, totalElements: 0, hasNext: false });
    const infos = await rest.call('GET', '/api/tenant/deviceInfos?pageSize=10&page=0&type=listed', { token: rest.admin });
    expect(infos.body.data[0]).toMatchObject({ deviceProfileName: 'listed', active: false });
  });

  it('give one device by its name', async () => {
    expect((await list('deviceName=list%201')).body).toMatchObject({ name: 'list 1' });
    expect((await rest.call('GET', '/api/tenant/device?deviceName=list%201', { token: rest.admin })).body).toMatchObject({ name: 'list 1' });
    expect(await list('deviceName=nothing')).toMatchObject(failure(404, 32, "Requested item wasn't found!"));
  });

  it.each([
    ['pageSize=0&page=0', "Incorrect page link page size '0'. Page size must be greater than zero."],
    ['pageSize=1&page=-1', "Incorrect page link page '-1'. Page must be positive integer."],
    ['pageSize=1&page=0&sortOrder=X', "Unsupported sort order 'X'! Only 'ASC' or 'DESC' types are allowed."],
    ['page=0', "Parameter 'pageSize' can't be empty!"],
    ['pageSize=x&page=0', 'Validation error: pageSize must be a number'],
    [
      'pageSize=1&page=0&sortProperty=deviceData',
      'This list cannot be sorted by deviceData, only by createdTime, name, label, type, deviceProfileName.',
    ],
  ])('refuse %s', async (query, message) => {
    expect(await list(query)).toMatchObject(failure(400, 31, message));
  });
});

describe('device credentials', () => {
  it('are replaced by what was read and changed', async () => {
    const device = await create({ name: 'Credentials' });
    const { body: read } = await rest.call('GET', `/api/device/${device.id.id}/credentials`, { token: rest.admin });
    const save = (body: object, token = rest.admin) => rest.call('POST', '/api/device/credentials', { token, body });
    expect((await save({ ...read, credentialsId: 'NEW_TOKEN' })).body).toEqual({ ...read, credentialsId: 'NEW_TOKEN', version: 2 });
    expect(await save({ ...read, credentialsId: 'OLD' })).toMatchObject({ status: 409, body: { errorCode: 35 } });
    expect(await save({ ...read, version: null, credentialsType: null })).toMatchObject(
      failure(400, 31, 'Device credentials type should be specified!'),
    );
    expect(await save({ ...read, version: null, credentialsId: '' })).toMatchObject(failure(400, 31, 'Device credentials id should be specified!'));
    const basic = { ...read, version: null, credentialsType: 'MQTT_BASIC', credentialsId: null };
    expect((await save({ ...basic, credentialsValue: '{"userName":"u","password":"p"}' })).body).toMatchObject({ credentialsId: 'u' });
    expect(await save({ ...basic, credentialsValue: '{}' })).toMatchObject(failure(400, 31, 'Both mqtt client id and user name are empty!'));
    expect(await save(read, rest.stranger)).toMatchObject(notFound(device.id.id));
    expect(await save(read, rest.customer)).toMatchObject(denied);
  });
});

describe('device profiles', () => {
  it('are created, read, listed, made default and removed', async () => {
    const save = (body: object, token = rest.admin) => rest.call('POST', '/api/deviceProfile', { token, body });
    const made = await save({
      name: 'thermostat',
      type: 'DEFAULT',
      transportType: 'MQTT',
      profileData: { kaaConfiguration: { autoExtraction: true } },
    });
    expect(made).toMatchObject({
      status: 200,
      body: { name: 'thermostat', default: false, type: 'DEFAULT', transportType: 'MQTT', provisionType: 'DISABLED' },
    });
    expect(made.body.profileData).toEqual({
      configuration: { type: 'DEFAULT' },
      transportConfiguration: { type: 'MQTT' },
      provisionConfiguration: { type: 'DISABLED', provisionDeviceSecret: null },
      alarms: null,
      kaaConfiguration: { autoExtraction: true },
    });
    const path = `/api/deviceProfile/${made.body.id.id}`;
    const { kaaConfiguration: _, ...known } = made.body.profileData;
    const renamed = await save({ ...made.body, name: 'renamed', profileData: known });
    expect(renamed.body).toEqual({ ...made.body, name: 'renamed', version: 2 });
    expect((await rest.call('GET', path, { token: rest.admin })).body).toEqual(renamed.body);
    const infos = await rest.call('GET', '/api/deviceProfileInfos?pageSize=10&page=0&transportType=MQTT', { token: rest.customer });
    expect(infos.body.data).toEqual([
      {
        id: made.body.id,
        name: 'renamed',
        image: null,
        defaultDashboardId: null,
        type: 'DEFAULT',
        transportType: 'MQTT',
        tenantId: made.body.tenantId,
      },
    ]);
    expect(await save({ name: 'default', type: 'DEFAULT', transportType: 'DEFAULT' })).toMatchObject(
      failure(400, 31, 'Device profile with such name already exists!'),
    );
    expect((await rest.call('POST', `${path}/default`, { token: rest.admin })).body).toMatchObject({ default: true });
    expect((await rest.call('GET', '/api/deviceProfileInfo/default', { token: rest.admin })).body.id).toEqual(made.body.id);
    expect(await rest.call('DELETE', path, { token: rest.admin })).toMatchObject(
      failure(400, 31, 'Deletion of Default Device Profile is prohibited!'),
    );
    await rest.call('POST', `/api/deviceProfile/${rest.one.profile.id}/default`, { token: rest.admin });
    expect(await rest.call('GET', path, { token: rest.stranger })).toMatchObject(
      failure(404, 32, `Device profile with id [${made.body.id.id}] is not found`),
    );
    expect(await rest.call('GET', path, { token: rest.customer })).toMatchObject(denied);
    expect(await rest.call('DELETE', path, { token: rest.admin })).toMatchObject({ status: 200 });
  });
});

describe('users and tenants', () => {
  it('are shown to those they concern', async () => {
    const me = (await rest.call('GET', '/api/auth/user', { token: rest.admin })).body;
    expect((await rest.call('GET', `/api/user/${me.id.id}`, { token: rest.admin })).body).toEqual(me);
    expect((await rest.call('GET', `/api/user/${me.id.id}`, { token: rest.stranger })).status).toBe(403);
    const tenant = `/api/tenant/${rest.one.tenantId}`;
    expect((await rest.call('GET', tenant, { token: rest.admin })).body).toMatchObject({ title: 'One', name: 'One', region: 'Global' });
    expect((await rest.call('GET', tenant.replace('tenant/', 'tenant/info/'), { token: rest.system })).body).toMatchObject({ title: 'One' });
    expect((await rest.call('GET', tenant, { token: rest.stranger })).status).toBe(404);
    expect(await rest.call('GET', tenant, { token: rest.customer })).toMatchObject(denied);
  });
});
