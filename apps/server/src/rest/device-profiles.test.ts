// Goal: device profiles answer as rest-api.md §10 says, with every sentence it names. Method: a running API over memory stores.
import { ValueKind } from '@fieldline/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningRest } from './rest.fixture.js';
import { deviceEntity, startRest } from './rest.fixture.js';

const nowhere = '00000000-0000-7000-8000-00000000ffff';
const foreignDashboard = '00000000-0000-7000-8000-0000000000d2';
let rest: RunningRest;
beforeAll(async () => {
  rest = await startRest();
  const head = { createdAtMs: 1, version: 1, isHiddenOnMobile: false, customerIds: [] };
  const entity = { ...head, id: foreignDashboard, tenantId: rest.two.tenantId, name: 'D' };
  await rest.entities.write([{ change: 'insert', kind: 'dashboard', entity }]);
});
afterAll(() => rest.close());

const send = (method: string, path: string, body?: unknown, token = rest.admin) => rest.call(method, path, { token, body });
const get = (path: string, token = rest.admin) => send('GET', path, undefined, token);
const save = (body: object, token = rest.admin) => send('POST', '/api/deviceProfile', { type: 'DEFAULT', transportType: 'DEFAULT', ...body }, token);
const refused = (message: string) => ({ status: 400, body: { errorCode: 31, message } });

describe('POST /api/deviceProfile', () => {
  it('stores every field', async () => {
    const provision = { type: 'ALLOW_CREATE_NEW_DEVICES', provisionDeviceSecret: 'secret' };
    const dashboardId = '00000000-0000-7000-8000-0000000000d1';
    const dashboard = {
      id: dashboardId,
      tenantId: rest.one.tenantId,
      createdAtMs: 1,
      version: 1,
      name: 'D',
      isHiddenOnMobile: false,
      customerIds: [],
    };
    await rest.entities.write([{ change: 'insert', kind: 'dashboard', entity: dashboard }]);
    const body = {
      ...{ name: 'all', description: 'd', image: 'data:image/png;base64,AA==', transportType: 'COAP', defaultQueueName: 'HighPriority' },
      defaultRuleChainId: { entityType: 'RULE_CHAIN', id: rest.one.chain.id },
      defaultEdgeRuleChainId: { entityType: 'RULE_CHAIN', id: rest.one.chain.id },
      defaultDashboardId: { entityType: 'DASHBOARD', id: dashboardId },
      ...{ provisionType: 'ALLOW_CREATE_NEW_DEVICES', provisionDeviceKey: 'key 1' },
      profileData: {
        configuration: { type: 'DEFAULT' },
        transportConfiguration: { type: 'COAP', x: 1 },
        provisionConfiguration: provision,
        alarms: [],
      },
    };
    const made = await save(body);
    expect(made).toMatchObject({ status: 200, body: { ...body, default: false, firmwareId: null, softwareId: null, version: 1 } });
    expect((await get(`/api/deviceProfile/${made.body.id.id}`)).body).toEqual(made.body);
    expect((await get(`/api/deviceProfileInfo/${made.body.id.id}`, rest.customer)).body).toEqual({
      id: made.body.id,
      name: 'all',
      image: body.image,
      defaultDashboardId: body.defaultDashboardId,
      type: 'DEFAULT',
      transportType: 'COAP',
      tenantId: made.body.tenantId,
    });
    expect((await save({ ...made.body, description: null })).body).toEqual({ ...made.body, description: null, version: 2 });
  });

  it('keeps the profile of a certificate chain under the hash of its certificate', async () => {
    const provisionDeviceSecret = '-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----';
    const certificateRegExPattern = '([^@]+)';
    const provisionConfiguration = { type: 'X509_CERTIFICATE_CHAIN', provisionDeviceSecret, certificateRegExPattern };
    const made = await save({ name: 'x509', provisionType: 'X509_CERTIFICATE_CHAIN', profileData: { provisionConfiguration } });
    expect(made.body.provisionDeviceKey).toMatch(/^[0-9a-f]{64}$/);
    expect(made.body.profileData.provisionConfiguration).toEqual(provisionConfiguration);
    const bad = { ...provisionConfiguration, provisionDeviceSecret: '{}' };
    expect((await save({ name: 'x509 2', profileData: { provisionConfiguration: bad } })).status).toBe(400);
  });

  it.each([
    { body: { name: '' }, message: 'Device profile name should be specified!' },
    { body: { name: 'x', type: null }, message: 'Device profile type should be specified!' },
    { body: { name: 'x', transportType: null }, message: 'Device profile transport type should be specified!' },
    { body: { name: 'default' }, message: 'Device profile with such name already exists!' },
    { body: { name: 'x', default: true }, message: 'Another default device profile is present in scope of current tenant!' },
    { body: { name: 'x', provisionDeviceKey: 'key 1' }, message: 'Device profile with such provision device key already exists!' },
    { body: { name: 'x', defaultRuleChainId: { id: nowhere } }, message: "Can't assign non-existent rule chain!" },
    { body: { name: 'x', defaultDashboardId: { id: nowhere } }, message: "Can't assign non-existent dashboard!" },
    { body: { name: 'x', defaultDashboardId: { id: foreignDashboard } }, message: "Can't assign dashboard from different tenant!" },
    { body: { name: 'x', firmwareId: { id: nowhere } }, message: "Can't assign non-existent firmware!" },
    { body: { name: 'x', softwareId: { id: nowhere } }, message: "Can't assign non-existent software!" },
    { body: { name: 'x', profileData: { alarms: [{ createRules: {} }] } }, message: 'Alarm rule type should be specified!' },
    {
      body: { name: 'x', profileData: { alarms: [{ alarmType: 'X' }, { alarmType: 'X' }] } },
      message: `Can't create device profile with the same alarm rule types: "X"!`,
    },
  ])('refuses: $message', async ({ body, message }) => {
    expect(await save(body)).toMatchObject(refused(message));
  });

  it('refuses what depends on the tenant and its devices', async () => {
    expect(await save({ name: 'x', defaultRuleChainId: { id: rest.two.chain.id } })).toMatchObject(
      refused("Can't assign rule chain from different tenant!"),
    );
    expect(await save({ name: 'x', provisionDeviceKey: 'key 1' }, rest.stranger)).toMatchObject(
      refused('Device profile with such provision device key already exists!'),
    );
    const { body: used } = await save({ name: 'used' });
    const { body: device } = await send('POST', '/api/device', { name: 'user', type: 'used' });
    expect(await save({ ...used, transportType: 'MQTT' })).toMatchObject(
      refused("Can't change device profile transport type because devices referenced it!"),
    );
    expect(await send('DELETE', `/api/deviceProfile/${used.id.id}`)).toMatchObject(
      refused('The device profile referenced by the devices cannot be deleted!'),
    );
    expect(await save({ ...used, default: true })).toMatchObject(refused('Another default device profile is present in scope of current tenant!'));
    await save({ ...used, name: 'renamed' });
    expect((await get(`/api/device/${device.id.id}`)).body.type).toBe('renamed');
    await send('DELETE', `/api/device/${device.id.id}`);
    expect((await send('DELETE', `/api/deviceProfile/${used.id.id}`)).status).toBe(200);
  });

  it('records what was done and tells the rule chain', async () => {
    const told = rest.told.length;
    const { body } = await save({ name: 'told' });
    await save({ ...body, description: 'x' });
    await send('DELETE', `/api/deviceProfile/${body.id.id}`);
    expect(rest.told.slice(told).map(({ type, originator }) => [type, originator.entityType])).toEqual(
      ['ENTITY_CREATED', 'ENTITY_UPDATED', 'ENTITY_DELETED'].map((type) => [type, 'DEVICE_PROFILE']),
    );
  });
});

describe('lists of device profiles', () => {
  it('by id and by name', async () => {
    const [a, b] = [(await save({ name: 'list a' })).body, (await save({ name: 'list b' })).body];
    await send('POST', '/api/device', { name: 'of b', type: 'list b' });
    for (const path of ['deviceProfileInfos', 'deviceProfileInfos/list']) {
      const infos = await get(`/api/${path}?deviceProfileIds=${b.id.id},${nowhere},${rest.two.profile.id},${a.id.id}`, rest.customer);
      expect(infos.body.map(({ name }: { name: string }) => name)).toEqual(['list b', 'list a']);
    }
    expect((await get('/api/deviceProfile/names', rest.customer)).body).toContainEqual({ id: a.id, name: 'list a' });
    const active = (await get('/api/deviceProfile/names?activeOnly=true')).body;
    expect(active).toContainEqual({ id: b.id, name: 'list b' });
    expect(active).not.toContainEqual({ id: a.id, name: 'list a' });
    expect(await get('/api/deviceProfileInfos')).toMatchObject({ status: 400 });
  });

  it('GET …/devices/keys: names of time series and attributes of its devices', async () => {
    const { body: device } = await send('POST', '/api/device', { name: 'measuring', type: 'measured' });
    await rest.commit((unit, tenantId) => {
      const entity = deviceEntity(device.id.id);
      for (const key of ['t', 'h']) unit.point(tenantId, entity, key, 1, ValueKind.long, 1, 0);
      const write = { tenantId, entity, kind: ValueKind.boolean, value: true, lastUpdateMs: 1 };
      unit.attribute({ ...write, scope: 'SERVER_SCOPE', key: 'z' });
      unit.attribute({ ...write, scope: 'CLIENT_SCOPE', key: 'a' });
      unit.attribute({ ...write, scope: 'SHARED_SCOPE', key: 'z' });
    });
    const keys = (kind: string, profile: string, token = rest.admin) =>
      get(`/api/deviceProfile/devices/keys/${kind}?deviceProfileId=${profile}`, token);
    const profile = device.deviceProfileId.id;
    expect((await keys('timeseries', profile)).body).toEqual(['h', 't']);
    expect((await keys('attributes', profile)).body).toEqual(['a', 'z']);
    expect((await get('/api/deviceProfile/devices/keys/timeseries')).body).toEqual(['h', 't']);
    expect((await keys('timeseries', rest.one.profile.id)).body).toEqual([]);
    expect((await keys('timeseries', profile, rest.stranger)).status).toBe(404);
    expect((await keys('timeseries', profile, rest.customer)).status).toBe(403);
  });
});
