// Goal: every row and rule of rest-api.md §25. Method: over HTTP; files are small, and the limits are made small for them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { otaDraft, uploadsTo } from './ota.fixture.js';
import { absent, denied, failure, refused } from './refusals.fixture.js';
import { type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
beforeAll(async () => {
  rest = await startRest();
});
afterAll(() => rest.close());

const unknownId = '00000000-0000-7000-8000-0000000000ff';
const upload = uploadsTo(() => rest);
const call = (method: string, path: string, body?: unknown, token = rest.admin) => rest.call(method, path, { token, body });
const create = async (more: object = {}) => (await call('POST', '/api/otaPackage', otaDraft(more))).body;

describe('POST /api/otaPackage', () => {
  it('creates a package with every field of the compatible API', async () => {
    const { profile } = rest.one;
    const deviceProfileId = { entityType: 'DEVICE_PROFILE', id: profile.id };
    const created = await create({ deviceProfileId, tag: 'stable', additionalInfo: { description: 'x' }, checksum: 'ignored', nonsense: 1 });
    expect(created).toEqual({
      id: { entityType: 'OTA_PACKAGE', id: expect.any(String) },
      createdTime: expect.any(Number),
      tenantId: { entityType: 'TENANT', id: rest.one.tenantId },
      deviceProfileId,
      type: 'FIRMWARE',
      title: 'Thermostat',
      version: created.version,
      tag: 'stable',
      url: null,
      hasData: false,
      fileName: null,
      contentType: null,
      checksumAlgorithm: null,
      checksum: null,
      dataSize: null,
      externalId: null,
      name: 'Thermostat',
      additionalInfo: { description: 'x' },
    });
    expect((await call('GET', `/api/otaPackage/info/${created.id.id}`)).body).toEqual(created);
    expect((await call('GET', `/api/otaPackage/${created.id.id}`)).body).toEqual({ ...created, data: null });
  });

  it('creates a package whose file is elsewhere', async () => {
    const url = 'https://example.com/f.bin';
    const created = await create({ usesUrl: true, url, checksum: 'abc', checksumAlgorithm: 'MD5', dataSize: 5 });
    expect(created).toMatchObject({ url, hasData: true, checksum: 'abc', checksumAlgorithm: 'MD5', dataSize: 5 });
    expect(await call('GET', `/api/otaPackage/${created.id.id}/download`)).toMatchObject(absent);
    expect(await upload(created.id.id, 'x')).toMatchObject(refused("File can't be saved if URL present!"));
    expect((await call('GET', `/api/otaPackage/${created.id.id}`)).body.data).toBeNull();
  });

  it.each([
    { part: { title: ' ' }, message: 'OtaPackage title should be specified!' },
    { part: { title: null }, message: 'OtaPackage title should be specified!' },
    { part: { type: null }, message: 'Type should be specified!' },
    { part: { version: '' }, message: 'OtaPackage version should be specified!' },
    { part: { usesUrl: true }, message: 'Ota package URL should be specified!' },
    { part: { usesUrl: true, url: ' ' }, message: 'Ota package URL should be specified!' },
    { part: { deviceProfileId: { id: unknownId } }, message: 'OtaPackage is referencing to non-existent device profile!' },
    { part: { title: 'x'.repeat(256) }, message: 'Validation error: title length must be equal or less than 255' },
    { part: { version: 'x'.repeat(256) }, message: 'Validation error: version length must be equal or less than 255' },
  ])('refuses $part', async ({ part, message }) => {
    expect(await call('POST', '/api/otaPackage', otaDraft(part))).toMatchObject(refused(message));
  });

  it('takes a title and version once in a tenant', async () => {
    const { version } = await create();
    const taken = refused('OtaPackage with such title and version already exists!');
    expect(await call('POST', '/api/otaPackage', { title: 'Thermostat', type: 'SOFTWARE', version })).toMatchObject(taken);
    expect((await call('POST', '/api/otaPackage', { title: 'Other', type: 'FIRMWARE', version })).status).toBe(200);
    expect((await call('POST', '/api/otaPackage', { title: 'Thermostat', type: 'FIRMWARE', version }, rest.stranger)).status).toBe(200);
  });

  it('changes additional information, and nothing else', async () => {
    const created = await create({ tag: 'a' });
    await upload(created.id.id, 'bytes');
    const { body: stored } = await call('GET', `/api/otaPackage/info/${created.id.id}`);
    const changed = await call('POST', '/api/otaPackage', { ...stored, additionalInfo: { description: 'new' } });
    expect(changed.body).toEqual({ ...stored, additionalInfo: { description: 'new' } });
    const fields: [object, string][] = [
      [{ type: 'SOFTWARE' }, 'type'],
      [{ title: 'Other' }, 'otaPackage title'],
      [{ version: 'other' }, 'otaPackage version'],
      [{ tag: 'b' }, 'otaPackage tag'],
      [{ tag: null }, 'otaPackage tag'],
      [{ deviceProfileId: { id: rest.one.profile.id } }, 'otaPackage deviceProfile'],
      [{ fileName: 'x' }, 'otaPackage file name'],
      [{ contentType: 'x/y' }, 'otaPackage content type'],
      [{ checksumAlgorithm: 'MD5' }, 'otaPackage checksum algorithm'],
      [{ checksum: 'x' }, 'otaPackage checksum'],
      [{ dataSize: 1 }, 'otaPackage data size'],
      [{ url: 'https://example.com' }, 'otaPackage URL'],
    ];
    for (const [part, field] of fields) {
      expect(await call('POST', '/api/otaPackage', { ...stored, ...part })).toMatchObject(refused(`Updating ${field} is prohibited!`));
    }
  });

  it('is for administrators of the tenant', async () => {
    const created = await create();
    for (const token of [rest.customer, rest.system]) expect(await call('POST', '/api/otaPackage', otaDraft(), token)).toMatchObject(denied);
    expect(await call('POST', '/api/otaPackage', created, rest.stranger)).toMatchObject(denied);
    expect(await call('POST', '/api/otaPackage', { ...created, id: { id: unknownId } })).toMatchObject(
      failure(404, 32, `Ota package with id [${unknownId}] is not found`),
    );
  });
});

describe('lists', () => {
  const versions = async (path: string, token = rest.admin) =>
    ((await call('GET', path, undefined, token)).body.data as { version: string }[]).map(({ version }) => version);

  it('show the packages of the tenant, by search and order', async () => {
    for (const version of ['1', '3', '2']) await create({ title: 'Listed', version });
    const list = '/api/otaPackages?pageSize=10&page=0&textSearch=listed&sortProperty=version&sortOrder=DESC';
    expect(await versions(list)).toEqual(['3', '2', '1']);
    expect(await versions(list, rest.customer)).toEqual(['3', '2', '1']);
    expect(await versions(list, rest.stranger)).toEqual([]);
    expect(await call('GET', list, undefined, rest.system)).toMatchObject(denied);
    expect((await call('GET', '/api/otaPackages?pageSize=10')).status).toBe(400);
  });

  it('of a profile show what its devices can install', async () => {
    const deviceProfileId = { id: rest.one.profile.id };
    const more = { title: 'For a profile', deviceProfileId, usesUrl: true, url: 'https://example.com' };
    await create({ ...more, version: 'firmware' });
    await create({ ...more, version: 'software', type: 'SOFTWARE' });
    await create({ ...more, version: 'without data', usesUrl: false, url: null });
    const list = (type: string) => `/api/otaPackages/${deviceProfileId.id}/${type}?pageSize=10&page=0&textSearch=profile`;
    expect(await versions(list('FIRMWARE'))).toEqual(['firmware']);
    expect(await versions(list('software'), rest.customer)).toEqual(['software']);
    expect((await call('GET', list('HARDWARE'))).status).toBe(400);
  });
});

describe('DELETE /api/otaPackage/{id}', () => {
  it('removes the package and its file, unless a device or profile names it', async () => {
    const { id } = await create();
    const path = `/api/otaPackage/${id.id}`;
    await upload(id.id, 'bytes');
    const device = (await call('POST', '/api/device', { name: 'With firmware' })).body;
    const stored = await rest.entities.find('device', rest.one.tenantId, device.id.id);
    const profile = await rest.entities.find('deviceProfile', rest.one.tenantId, rest.one.profile.id);
    if (stored === undefined || profile === undefined) throw new Error('no device');
    await rest.entities.write([{ change: 'update', kind: 'device', entity: { ...stored, softwareId: id.id } }]);
    expect(await call('DELETE', path)).toMatchObject(refused('The otaPackage referenced by the devices cannot be deleted!'));
    await rest.entities.write([
      { change: 'update', kind: 'device', entity: { ...stored, version: stored.version + 1 } },
      { change: 'update', kind: 'deviceProfile', entity: { ...profile, firmwareId: id.id } },
    ]);
    expect(await call('DELETE', path)).toMatchObject(refused('The otaPackage referenced by the device profile cannot be deleted!'));
    await rest.entities.write([{ change: 'update', kind: 'deviceProfile', entity: { ...profile, version: profile.version + 1 } }]);
    for (const token of [rest.customer, rest.system, rest.stranger]) expect(await call('DELETE', path, undefined, token)).toMatchObject(denied);
    rest.told.length = 0;
    expect(await call('DELETE', path)).toMatchObject({ status: 200, text: '' });
    expect((await call('GET', `${path}/download`)).status).toBe(404);
    expect(rest.told).toMatchObject([{ type: 'ENTITY_DELETED', originator: id, data: { title: 'Thermostat', hasData: true } }]);
  });
});
