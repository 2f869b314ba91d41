// Goal: asset profiles answer as rest-api.md §11 and the rules of §10 it mirrors say. Method: HTTP against memory stores.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { denied, failure } from './refusals.fixture.js';
import { type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
beforeAll(async () => {
  rest = await startRest();
});
afterAll(() => rest.close());

const call = (method: string, path: string, body?: unknown, token = rest.admin) => rest.call(method, path, { token, body });
const save = async (body: object) => (await call('POST', '/api/assetProfile', body)).body;
const names = (profiles: readonly { name: string }[]) => profiles.map(({ name }) => name);

describe('asset profiles', () => {
  it('are created with every field of the compatible API', async () => {
    const profile = await save({
      name: 'building',
      description: 'd',
      image: 'data:,',
      defaultRuleChainId: { id: rest.one.chain.id },
      defaultQueueName: 'Main',
    });
    expect(profile).toEqual({
      id: { entityType: 'ASSET_PROFILE', id: expect.any(String) },
      createdTime: expect.any(Number),
      tenantId: { entityType: 'TENANT', id: rest.one.tenantId },
      name: 'building',
      description: 'd',
      image: 'data:,',
      default: false,
      defaultRuleChainId: { entityType: 'RULE_CHAIN', id: rest.one.chain.id },
      defaultDashboardId: null,
      defaultQueueName: 'Main',
      defaultEdgeRuleChainId: null,
      externalId: null,
      version: 1,
    });
    const path = profile.id.id;
    expect((await call('GET', `/api/assetProfile/${path}`)).body).toEqual(profile);
    const { id, name, image, defaultDashboardId, tenantId } = profile;
    expect((await call('GET', `/api/assetProfileInfo/${path}`, undefined, rest.customer)).body).toEqual({
      id,
      name,
      image,
      defaultDashboardId,
      tenantId,
    });
    expect(rest.told.at(-1)).toMatchObject({ type: 'ENTITY_CREATED', originator: id, data: profile });
  });

  it('refuse what cannot be saved', async () => {
    await save({ name: 'taken' });
    const refuse = (body: object) => call('POST', '/api/assetProfile', body);
    const unknown = { id: '00000000-0000-7000-8000-00000000dead' };
    expect(await refuse({ name: '' })).toMatchObject(failure(400, 31, 'Asset profile name should be specified!'));
    expect(await refuse({ name: 'taken' })).toMatchObject(failure(400, 31, 'Asset profile with such name already exists!'));
    expect(await refuse({ name: 'x', default: true })).toMatchObject(
      failure(400, 31, 'Another default asset profile is present in scope of current tenant!'),
    );
    expect(await refuse({ name: 'x', defaultRuleChainId: unknown })).toMatchObject(failure(400, 31, "Can't assign non-existent rule chain!"));
    expect(await refuse({ name: 'x', defaultDashboardId: unknown })).toMatchObject(failure(400, 31, "Can't assign non-existent dashboard!"));
    expect(await refuse({ name: 'x', defaultRuleChainId: { id: rest.two.chain.id } })).toMatchObject({ status: 400 });
  });

  it('rename the type of their assets when they are renamed', async () => {
    const profile = await save({ name: 'before' });
    const asset = (await call('POST', '/api/asset', { name: 'typed', type: 'before' })).body;
    expect(await save({ ...profile, name: 'after' })).toMatchObject({ name: 'after', version: 2 });
    expect((await call('GET', `/api/asset/${asset.id.id}`)).body).toMatchObject({ type: 'after', version: 2 });
    expect(await call('POST', '/api/assetProfile', profile)).toMatchObject({ status: 409, body: { errorCode: 35 } });
  });

  it('have one default, which can be moved and not removed', async () => {
    const { body: former } = await call('GET', '/api/assetProfileInfo/default', undefined, rest.customer);
    expect(former).toMatchObject({ name: 'default' });
    expect(await call('DELETE', `/api/assetProfile/${former.id.id}`)).toMatchObject(
      failure(400, 31, 'Deletion of Default Asset Profile is prohibited!'),
    );
    const next = await save({ name: 'next default' });
    expect((await call('POST', `/api/assetProfile/${next.id.id}/default`)).body).toMatchObject({ default: true, version: 2 });
    expect((await call('POST', `/api/assetProfile/${next.id.id}/default`)).body).toMatchObject({ default: true, version: 2 });
    expect((await call('GET', '/api/assetProfileInfo/default')).body).toMatchObject({ name: 'next default' });
    expect((await call('POST', '/api/asset', { name: 'of the default' })).body).toMatchObject({ type: 'next default' });
    await call('POST', `/api/assetProfile/${former.id.id}/default`);
  });

  it('are removed unless an asset has them', async () => {
    const profile = await save({ name: 'used' });
    const { body: asset } = await call('POST', '/api/asset', { name: 'user', type: 'used' });
    const path = `/api/assetProfile/${profile.id.id}`;
    expect(await call('DELETE', path)).toMatchObject(failure(400, 31, 'The asset profile referenced by the assets cannot be deleted!'));
    await call('DELETE', `/api/asset/${asset.id.id}`);
    expect(await call('DELETE', path)).toMatchObject({ status: 200, text: '' });
    expect(await call('GET', path)).toMatchObject(failure(404, 32, `Asset profile with id [${profile.id.id}] is not found`));
  });

  it('are listed by pages, by ids and by names', async () => {
    const first = await save({ name: 'list b' });
    const second = await save({ name: 'list a' });
    await call('POST', '/api/asset', { name: 'active one', type: 'list b' });
    const page = await call('GET', '/api/assetProfiles?pageSize=9&page=0&textSearch=LIST&sortProperty=name');
    expect(names(page.body.data)).toEqual(['list a', 'list b']);
    const infos = await call('GET', '/api/assetProfileInfos?pageSize=1&page=0&textSearch=list%20&sortProperty=name', undefined, rest.customer);
    expect(infos.body).toMatchObject({ totalElements: 2, hasNext: true, data: [{ name: 'list a' }] });
    for (const path of ['/api/assetProfileInfos', '/api/assetProfileInfos/list']) {
      const byIds = await call('GET', `${path}?assetProfileIds=${second.id.id},00000000-0000-7000-8000-00000000dead,${first.id.id}`);
      expect(names(byIds.body)).toEqual(['list a', 'list b']);
    }
    expect(names((await call('GET', '/api/assetProfile/names')).body)).toEqual(expect.arrayContaining(['default', 'list a', 'list b']));
    const active = names((await call('GET', '/api/assetProfile/names?activeOnly=true', undefined, rest.customer)).body);
    expect([active.includes('list b'), active.includes('list a')]).toEqual([true, false]);
  });

  it('are not for other tenants, and for customer users to read in short only', async () => {
    const { id } = await save({ name: 'private' });
    const path = `/api/assetProfile/${id.id}`;
    for (const method of ['GET', 'DELETE']) {
      expect(await call(method, path, undefined, rest.stranger)).toMatchObject({ status: 404 });
      expect(await call(method, path, undefined, rest.customer)).toMatchObject(denied);
      expect(await call(method, path, undefined, rest.system)).toMatchObject(denied);
    }
    expect(await call('POST', `${path}/default`, undefined, rest.stranger)).toMatchObject({ status: 404 });
    expect(await call('POST', '/api/assetProfile', { id, name: 'mine' }, rest.stranger)).toMatchObject({ status: 404 });
    expect((await call('GET', `/api/assetProfileInfos/list?assetProfileIds=${id.id}`, undefined, rest.stranger)).body).toEqual([]);
    expect(await call('POST', '/api/assetProfile', { name: 'x' }, rest.customer)).toMatchObject(denied);
    expect(await call('GET', '/api/assetProfiles?pageSize=9&page=0', undefined, rest.customer)).toMatchObject(denied);
  });
});
