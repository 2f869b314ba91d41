import { beforeEach, describe, expect, it } from 'vitest';
import { codeOf, openDirectory } from './directory.fixture.js';

describe('devices', () => {
  let d: Awaited<ReturnType<typeof openDirectory>>;
  beforeEach(async () => {
    d = await openDirectory();
  });

  it('are created with a random access token and the default profile, and everybody is told', async () => {
    const device = await d.devices.save(d.admin, { name: ' Thermometer ' });
    expect(device).toMatchObject({ name: 'Thermometer', type: 'default', deviceProfileId: d.one.profile.id, version: 1, tenantId: d.one.tenantId });
    const credentials = await d.devices.credentials(d.admin, device.id);
    expect(credentials).toMatchObject({ credentialsType: 'ACCESS_TOKEN', credentialsId: expect.stringMatching(/^[A-Za-z0-9]{20}$/) });
    expect(d.published).toEqual([
      { kind: 'device', tenantId: d.one.tenantId, id: device.id, version: 1 },
      { kind: 'deviceCredentials', tenantId: d.one.tenantId, id: credentials.id, version: 1 },
    ]);
    expect((await d.entities.credentialsById(credentials.credentialsId))?.device.id).toBe(device.id);
  });

  it('take a given token unless another device has it', async () => {
    const device = await d.devices.save(d.admin, { name: 'A' }, 'TOKEN');
    expect((await d.devices.credentials(d.admin, device.id)).credentialsId).toBe('TOKEN');
    expect(await codeOf(d.devices.save(d.stranger, { name: 'B' }, 'TOKEN'))).toBe('DIRECTORY_CREDENTIALS_TAKEN');
    expect(await codeOf(d.devices.save(d.admin, { name: 'C' }, 'x'.repeat(256)))).toBe('DIRECTORY_ACCESS_TOKEN_INVALID');
    expect((await d.devices.page(d.admin, { page: 0, pageSize: 10 }, {})).totalElements).toBe(1);
  });

  it('have a name of their own in the tenant', async () => {
    await d.devices.save(d.admin, { name: 'A' });
    expect(await codeOf(d.devices.save(d.admin, { name: 'A' }))).toBe('DIRECTORY_DEVICE_NAME_TAKEN');
    expect(await codeOf(d.devices.save(d.stranger, { name: 'A' }))).toBe('no error');
    expect(await codeOf(d.devices.save(d.admin, { name: '  ' }))).toBe('DIRECTORY_DEVICE_NAME_MISSING');
  });

  it('take their type from the profile, which is made where only its name is given', async () => {
    const device = await d.devices.save(d.admin, { name: 'A', type: 'pump' });
    const again = await d.devices.save(d.admin, { name: 'B', type: 'pump' });
    expect(again.deviceProfileId).toBe(device.deviceProfileId);
    expect(await d.devices.save(d.admin, { name: 'C', type: 'other', deviceProfileId: device.deviceProfileId })).toMatchObject({ type: 'pump' });
    expect(await codeOf(d.devices.save(d.admin, { name: 'D', deviceProfileId: d.two.profile.id }))).toBe('DIRECTORY_DEVICE_PROFILE_UNKNOWN');
  });

  it('are replaced as a whole, with a check of the version where one is given', async () => {
    const device = await d.devices.save(d.admin, { name: 'A', label: 'Label', additionalInfo: { description: 'x' } });
    const changed = await d.devices.save(d.admin, { id: device.id, name: 'B', version: 1 });
    expect(changed).toMatchObject({ name: 'B', version: 2, createdAtMs: device.createdAtMs });
    expect(changed.label).toBeUndefined();
    expect(await d.devices.get(d.admin, device.id)).toEqual(changed);
    expect(await codeOf(d.devices.save(d.admin, { id: device.id, name: 'C', version: 1 }))).toBe('STORAGE_VERSION_CONFLICT');
    const saves = await Promise.all([1, 2, 3].map((n) => codeOf(d.devices.save(d.admin, { id: device.id, name: `N${n}` }))));
    expect(saves).toEqual(['no error', 'no error', 'no error']);
    expect(await codeOf(d.devices.save(d.admin, { id: device.id, name: 'A', customerId: 'nobody' }))).toBe('DIRECTORY_CUSTOMER_UNKNOWN');
  });

  it('are found by name, listed with search and sorting, and removed with their credentials', async () => {
    for (const name of ['pump b', 'Pump A', 'valve']) await d.devices.save(d.admin, { name, type: name.split(' ')[0]?.toLowerCase() });
    const page = await d.devices.page(d.admin, { page: 0, pageSize: 1, textSearch: 'PUMP', sortBy: 'name', sortOrder: 'DESC' }, {});
    expect([page.data.map((one) => one.name), page.totalElements, page.hasNext]).toEqual([['pump b'], 2, true]);
    expect((await d.devices.page(d.admin, { page: 0, pageSize: 10 }, { type: 'valve' })).totalElements).toBe(1);
    const valve = await d.devices.byName(d.admin, 'valve');
    await d.devices.remove(d.admin, valve.id);
    expect(await codeOf(d.devices.byName(d.admin, 'valve'))).toBe('DIRECTORY_NAMED_ENTITY_NOT_FOUND');
    expect(await codeOf(d.devices.get(d.admin, valve.id))).toBe('DIRECTORY_ENTITY_NOT_FOUND');
    expect((await d.entities.findAll('deviceCredentials', d.one.tenantId, {}, 10)).length).toBe(2);
  });

  it('do not exist for another tenant, and are no business of the system administrator', async () => {
    const { id } = await d.devices.save(d.admin, { name: 'A' });
    const attempts = [
      () => d.devices.get(d.stranger, id),
      () => d.devices.save(d.stranger, { id, name: 'B' }),
      () => d.devices.remove(d.stranger, id),
      () => d.devices.credentials(d.stranger, id),
    ];
    for (const attempt of attempts) expect(await codeOf(attempt())).toBe('DIRECTORY_ENTITY_NOT_FOUND');
    expect(await codeOf(d.devices.get(d.system, id))).toBe('DIRECTORY_ACCESS_DENIED');
    expect((await d.devices.page(d.stranger, { page: 0, pageSize: 10 }, {})).totalElements).toBe(0);
  });

  it('show a customer user its own only, which it may change but neither create nor remove', async () => {
    const theirs = await d.devices.save(d.admin, { name: 'theirs' });
    const other = await d.devices.save(d.admin, { name: 'other' });
    await d.entities.write([{ change: 'update', kind: 'device', entity: { ...theirs, customerId: 'customer-1' } }]);
    expect((await d.devices.page(d.customer, { page: 0, pageSize: 10 }, {})).data.map((one) => one.name)).toEqual(['theirs']);
    expect(await codeOf(d.devices.get(d.customer, other.id))).toBe('DIRECTORY_ACCESS_DENIED');
    expect(await d.devices.save(d.customer, { id: theirs.id, name: 'renamed' })).toMatchObject({ name: 'renamed', customerId: 'customer-1' });
    expect(await codeOf(d.devices.remove(d.customer, theirs.id))).toBe('DIRECTORY_ACCESS_DENIED');
    expect(await codeOf(d.devices.save(d.customer, { name: 'new' }))).toBe('DIRECTORY_ACCESS_DENIED');
  });
});

describe('device credentials', () => {
  it('are replaced by what was read and changed', async () => {
    const d = await openDirectory();
    const device = await d.devices.save(d.admin, { name: 'A' });
    const { id } = await d.devices.credentials(d.admin, device.id);
    const base = { id, deviceId: device.id };
    const basic = (value: object) => ({ ...base, credentialsType: 'MQTT_BASIC' as const, credentialsValue: JSON.stringify(value) });
    const saved = async (draft: object) => (await d.devices.saveCredentials(d.admin, draft)).credentialsId;
    expect(await saved({ ...base, credentialsType: 'ACCESS_TOKEN', credentialsId: 'NEW' })).toBe('NEW');
    expect(await saved(basic({ userName: 'u', password: 'p' }))).toBe('u');
    expect(await saved(basic({ clientId: 'c' }))).toBe('sha3(c)');
    expect(await saved(basic({ clientId: 'c', userName: 'u', password: 'p' }))).toBe('sha3(c|u)');
    expect(
      await saved({ ...base, credentialsType: 'X509_CERTIFICATE', credentialsValue: '-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----' }),
    ).toBe('sha3(QUJD)');
    expect(await d.devices.credentials(d.admin, device.id)).toMatchObject({ version: 6 });

    const refused = (draft: object) => codeOf(d.devices.saveCredentials(d.admin, draft));
    expect(await refused(base)).toBe('DIRECTORY_CREDENTIALS_TYPE_MISSING');
    expect(await refused({ ...base, credentialsType: 'ACCESS_TOKEN', credentialsId: ' ' })).toBe('DIRECTORY_CREDENTIALS_ID_MISSING');
    expect(await refused(basic({}))).toBe('DIRECTORY_MQTT_NAMES_MISSING');
    expect(await refused(basic({ clientId: 'c', password: 'p' }))).toBe('DIRECTORY_MQTT_PASSWORD_ALONE');
    expect(await refused(basic({ userName: 'a\u0000b' }))).toBe('DIRECTORY_CREDENTIALS_VALUE_INVALID');
    expect(await refused({ ...base, credentialsType: 'MQTT_BASIC', credentialsValue: '{' })).toBe('DIRECTORY_CREDENTIALS_VALUE_INVALID');
    expect(await refused({ deviceId: device.id, credentialsType: 'ACCESS_TOKEN', credentialsId: 'X' })).toBe('DIRECTORY_CREDENTIALS_UNKNOWN');
    const other = await d.devices.save(d.admin, { name: 'B' }, 'TAKEN');
    expect(await refused({ id, deviceId: other.id, credentialsType: 'ACCESS_TOKEN', credentialsId: 'X' })).toBe('DIRECTORY_CREDENTIALS_UNKNOWN');
    expect(await refused({ ...base, credentialsType: 'ACCESS_TOKEN', credentialsId: 'TAKEN' })).toBe('DIRECTORY_CREDENTIALS_TAKEN');
    expect(await refused({ ...base, credentialsType: 'ACCESS_TOKEN', credentialsId: 'Y', version: 1 })).toBe('STORAGE_VERSION_CONFLICT');
    expect(await codeOf(d.devices.saveCredentials(d.stranger, { ...base, credentialsType: 'ACCESS_TOKEN', credentialsId: 'Y' }))).toBe(
      'DIRECTORY_ENTITY_NOT_FOUND',
    );
  });
});
