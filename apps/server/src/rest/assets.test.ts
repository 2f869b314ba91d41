// Goal: assets answer as rest-api.md §11 and the device rules it mirrors (§8) say, row by row. Method: HTTP against memory stores.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { denied, failure } from './refusals.fixture.js';
import { type RunningRest, startRest } from './rest.fixture.js';

const nullUuid = '13814000-1dd2-11b2-8080-808080808080';
const customerId = '00000000-0000-7000-8000-00000000c0c0';
const nobody = '00000000-0000-7000-8000-00000000dead';

let rest: RunningRest;
beforeAll(async () => {
  rest = await startRest();
  const head = { createdAtMs: 1, version: 1, isPublic: false };
  const foreign = { ...head, id: '00000000-0000-7000-8000-00000000f0f0', tenantId: rest.two.tenantId, name: 'Foreign' };
  await rest.entities.write([
    { change: 'insert', kind: 'customer', entity: { ...head, id: customerId, tenantId: rest.one.tenantId, name: 'Customer A' } },
    { change: 'insert', kind: 'customer', entity: foreign },
  ]);
});
afterAll(() => rest.close());

const call = (method: string, path: string, body?: unknown, token = rest.admin) => rest.call(method, path, { token, body });
const save = async (body: object, query = '') => (await call('POST', `/api/asset${query}`, body)).body;
const names = (assets: readonly { name: string }[]) => assets.map(({ name }) => name);

describe('POST /api/asset', () => {
  it('creates an asset with every field of the compatible API, and its info', async () => {
    const asset = await save({ name: ' Building ', label: 'B', additionalInfo: { description: 'x' }, nonsense: 1 });
    expect(asset).toEqual({
      id: { entityType: 'ASSET', id: expect.any(String) },
      createdTime: expect.any(Number),
      tenantId: { entityType: 'TENANT', id: rest.one.tenantId },
      customerId: { entityType: 'CUSTOMER', id: nullUuid },
      name: 'Building',
      type: 'default',
      label: 'B',
      assetProfileId: { entityType: 'ASSET_PROFILE', id: expect.any(String) },
      externalId: null,
      version: 1,
      additionalInfo: { description: 'x' },
    });
    expect((await call('GET', `/api/asset/${asset.id.id}`)).body).toEqual(asset);
    expect((await call('GET', `/api/asset/info/${asset.id.id}`)).body).toEqual({
      ...asset,
      customerTitle: null,
      customerIsPublic: false,
      assetProfileName: 'default',
    });
  });

  it('tells rule chains and the audit log of what was created and changed', async () => {
    const asset = await save({ name: 'Told' });
    const changed = await save({ ...asset, label: 'L' });
    expect(rest.told.slice(-2)).toMatchObject([
      {
        type: 'ENTITY_CREATED',
        originator: asset.id,
        data: asset,
        metadata: { userName: 'one@fieldline.local', entityName: 'Told', entityType: 'ASSET' },
      },
      { type: 'ENTITY_UPDATED', originator: asset.id, data: changed },
    ]);
    const log = await rest.entities.findAll('auditLog', rest.one.tenantId, { entityId: asset.id.id }, 10);
    expect(log.map(({ actionType, actionData }) => [actionType, Object.keys(actionData['diff'] ?? {})])).toEqual([
      ['ADDED', expect.any(Array)],
      ['UPDATED', ['label']],
    ]);
  });

  it('replaces what is stored, and refuses a stale version', async () => {
    const asset = await save({ name: 'Versions', label: 'L' });
    expect(await save({ id: asset.id, name: 'Versions' })).toMatchObject({ label: null, version: 2, createdTime: asset.createdTime });
    expect(await call('POST', '/api/asset', { ...asset, version: 1 })).toMatchObject({ status: 409, body: { errorCode: 35 } });
  });

  it('refuses names that are missing, taken or too long', async () => {
    await save({ name: 'Taken' });
    expect(await call('POST', '/api/asset', { name: ' ' })).toMatchObject(failure(400, 31, 'Asset name should be specified!'));
    expect(await call('POST', '/api/asset', { name: 'Taken' })).toMatchObject(failure(400, 31, 'Asset with such name already exists!'));
    expect(await call('POST', '/api/asset', { name: 'x'.repeat(256), label: 'y'.repeat(256), type: 'z'.repeat(256) })).toMatchObject(
      failure(
        400,
        31,
        'Validation error: label length must be equal or less than 255, name length must be equal or less than 255, type length must be equal or less than 255',
      ),
    );
    expect(await call('POST', '/api/asset', { name: 'Taken' }, rest.stranger)).toMatchObject({ status: 200 });
  });

  it('makes a taken name unique where the request allows it', async () => {
    await save({ name: 'Same' });
    const random = await save({ name: 'Same' }, '?nameConflictPolicy=UNIQUIFY');
    expect(random.name).toMatch(/^Same_[A-Za-z0-9]{6}$/);
    const numbered = '?nameConflictPolicy=UNIQUIFY&uniquifySeparator=-&uniquifyStrategy=INCREMENTAL';
    expect((await save({ name: 'Same' }, numbered)).name).toBe('Same-1');
    const second = await save({ name: 'Same' }, numbered);
    expect(second.name).toBe('Same-2');
    expect((await save({ ...second, label: 'own name' }, numbered)).name).toBe('Same-2');
    expect((await save({ name: 'Free' }, numbered)).name).toBe('Free');
    const many = await Promise.all(Array.from({ length: 4 }, () => save({ name: 'Race' }, numbered)));
    expect(new Set(names(many)).size).toBe(4);
  });

  it('takes the profile by id, by name (made if need be), or the default one', async () => {
    const building = await save({ name: 'By type', type: 'building' });
    expect(building.type).toBe('building');
    expect((await save({ name: 'By id', type: 'other', assetProfileId: building.assetProfileId })).type).toBe('building');
    expect((await save({ name: 'By type again', type: 'building' })).assetProfileId).toEqual(building.assetProfileId);
    const foreign = await rest.entities.findAll('assetProfile', rest.two.tenantId, {}, 1);
    expect(await call('POST', '/api/asset', { name: 'Foreign', assetProfileId: { id: foreign[0]?.id } })).toMatchObject({ status: 400 });
  });

  it('stores the customer, of this tenant only', async () => {
    expect(await save({ name: 'Assigned', customerId: { id: customerId } })).toMatchObject({ customerId: { id: customerId } });
    expect(await call('POST', '/api/asset', { name: 'X', customerId: { id: nobody } })).toMatchObject(
      failure(400, 31, "Can't assign asset to non-existent customer!"),
    );
    expect(await call('POST', '/api/asset', { name: 'X', customerId: { id: '00000000-0000-7000-8000-00000000f0f0' } })).toMatchObject(
      failure(400, 31, "Can't assign asset to customer from different tenant!"),
    );
  });
});

describe('rights on an asset', () => {
  it('keep tenants, customers and the system administrator apart', async () => {
    const { id } = await save({ name: 'Private' });
    for (const token of [rest.stranger, rest.customer, rest.system]) {
      expect(await call('GET', `/api/asset/${id.id}`, undefined, token)).toMatchObject(denied);
      expect(await call('GET', `/api/asset/info/${id.id}`, undefined, token)).toMatchObject(denied);
      expect(await call('POST', '/api/asset', { id, name: 'mine' }, token)).toMatchObject(denied);
      expect(await call('DELETE', `/api/asset/${id.id}`, undefined, token)).toMatchObject(denied);
    }
    expect(await call('GET', `/api/asset/${nobody}`)).toMatchObject(failure(404, 32, `Asset with id [${nobody}] is not found`));
    expect(await call('POST', '/api/asset', { name: 'new' }, rest.customer)).toMatchObject(denied);
  });

  it('let a customer user read and change, but not give away, create or delete, an asset of its customer', async () => {
    const asset = await save({ name: 'Of customer', customerId: { id: customerId } });
    const path = `/api/asset/${asset.id.id}`;
    expect(await call('GET', `/api/asset/info/${asset.id.id}`, undefined, rest.customer)).toMatchObject({
      body: { customerTitle: 'Customer A', customerIsPublic: false },
    });
    const changed = await call('POST', '/api/asset', { ...asset, label: 'L', customerId: null }, rest.customer);
    expect(changed.body).toMatchObject({ label: 'L', customerId: { id: customerId } });
    expect(await call('DELETE', path, undefined, rest.customer)).toMatchObject(denied);
    expect(await call('DELETE', `/api/customer/asset/${asset.id.id}`, undefined, rest.customer)).toMatchObject(denied);
  });
});

describe('giving an asset to a customer', () => {
  it('assigns and takes back, and tells rule chains', async () => {
    const { id } = await save({ name: 'Given' });
    const given = await call('POST', `/api/customer/${customerId}/asset/${id.id}`);
    expect(given.body).toMatchObject({ customerId: { entityType: 'CUSTOMER', id: customerId }, version: 2 });
    expect(rest.told.at(-1)).toMatchObject({
      type: 'ENTITY_ASSIGNED',
      data: given.body,
      metadata: { assignedCustomerId: customerId, assignedCustomerName: 'Customer A', customerId },
    });
    const taken = await call('DELETE', `/api/customer/asset/${id.id}`);
    expect(taken.body).toMatchObject({ customerId: { id: nullUuid }, version: 3 });
    expect(rest.told.at(-1)).toMatchObject({
      type: 'ENTITY_UNASSIGNED',
      metadata: { unassignedCustomerId: customerId, unassignedCustomerName: 'Customer A' },
    });
    expect(await call('DELETE', `/api/customer/asset/${id.id}`)).toMatchObject(failure(400, 31, "Asset isn't assigned to any customer!"));
  });

  it('makes the public customer on demand, once', async () => {
    const { id } = await save({ name: 'Public 1' });
    const second = await save({ name: 'Public 2' });
    const [first, again] = await Promise.all([
      call('POST', `/api/customer/public/asset/${id.id}`),
      call('POST', `/api/customer/public/asset/${second.id.id}`),
    ]);
    expect(again?.body.customerId).toEqual(first?.body.customerId);
    const info = await call('GET', `/api/asset/info/${id.id}`);
    expect(info.body).toMatchObject({ customerTitle: 'Public', customerIsPublic: true });
  });

  it('refuses a customer that there is not, or of another tenant', async () => {
    const { id } = await save({ name: 'Refused' });
    expect(await call('POST', `/api/customer/${nobody}/asset/${id.id}`)).toMatchObject(failure(404, 32, `Customer with id [${nobody}] is not found`));
    expect(await call('POST', `/api/customer/00000000-0000-7000-8000-00000000f0f0/asset/${id.id}`)).toMatchObject(denied);
    expect(await call('POST', `/api/customer/${customerId}/asset/${id.id}`, undefined, rest.stranger)).toMatchObject(denied);
  });
});

describe('DELETE /api/asset/{id}', () => {
  it('removes the asset with its relations and data', async () => {
    const { id } = await save({ name: 'Gone' });
    const head = { tenantId: rest.one.tenantId, createdAtMs: 1, version: 1 };
    const relation = { ...head, id: nobody, fromType: 'ASSET', fromId: id.id, toType: 'DEVICE', toId: nobody, type: 'Contains' } as const;
    await rest.entities.write([{ change: 'insert', kind: 'relation', entity: { ...relation, typeGroup: 'COMMON', key: 'k' } }]);
    await rest.commit((unit, tenantId) =>
      unit.attribute({ tenantId, entity: id, scope: 'SERVER_SCOPE', key: 'a', kind: 1, value: 1, lastUpdateMs: 1 } as never),
    );
    expect(await call('DELETE', `/api/asset/${id.id}`)).toMatchObject({ status: 200, text: '' });
    expect(await call('GET', `/api/asset/${id.id}`)).toMatchObject(failure(404, 32, `Asset with id [${id.id}] is not found`));
    expect(await rest.entities.count('relation', rest.one.tenantId)).toBe(0);
    expect(await rest.data.attributes(rest.one.tenantId, id, 'SERVER_SCOPE')).toEqual([]);
    expect(rest.told.at(-1)).toMatchObject({ type: 'ENTITY_DELETED', originator: id, data: { name: 'Gone' } });
  });

  it('refuses an asset that has entity views', async () => {
    const { id } = await save({ name: 'Viewed' });
    const view = await call('POST', '/api/entityView', { name: 'View of it', type: 'v', entityId: id });
    expect(view.status).toBe(200);
    expect(await call('DELETE', `/api/asset/${id.id}`)).toMatchObject(
      failure(400, 31, "Can't delete asset that has entity views or is referenced in calculated fields!"),
    );
    await call('DELETE', `/api/entityView/${view.body.id.id}`);
    expect(await call('DELETE', `/api/asset/${id.id}`)).toMatchObject({ status: 200 });
  });
});

describe('lists of assets', () => {
  let ofCustomer: { id: { id: string } };
  beforeAll(async () => {
    await save({ name: 'list 1', type: 'listed' });
    await save({ name: 'LIST 2', type: 'listed' });
    ofCustomer = await save({ name: 'list 3', type: 'listed', customerId: { id: customerId } });
  });

  it('are paged, searched, sorted and filtered', async () => {
    const page = await call('GET', '/api/tenant/assets?pageSize=2&page=0&textSearch=LiSt%20&sortProperty=createdTime&sortOrder=DESC');
    expect(page.body).toMatchObject({ totalPages: 2, totalElements: 3, hasNext: true });
    expect(names(page.body.data)).toEqual(['list 3', 'LIST 2']);
    const { assetProfileId } = page.body.data[0];
    const ofProfile = await call('GET', `/api/tenant/assets?pageSize=9&page=0&assetProfileId=${assetProfileId.id}`);
    expect(ofProfile.body.totalElements).toBe(3);
    const infos = await call('GET', '/api/tenant/assetInfos?pageSize=9&page=0&type=listed&sortProperty=assetProfileName');
    expect(infos.body.data.map((info: { customerTitle: string }) => info.customerTitle)).toEqual([null, null, 'Customer A']);
    expect(await call('GET', '/api/tenant/assets?page=0')).toMatchObject(failure(400, 31, "Parameter 'pageSize' can't be empty!"));
    expect(await call('GET', '/api/tenant/assets?pageSize=9&page=0', undefined, rest.customer)).toMatchObject(denied);
    const others = await call('GET', '/api/tenant/assets?pageSize=9&page=0&type=listed', undefined, rest.stranger);
    expect(others.body).toEqual({ data: [], totalPages: 0, totalElements: 0, hasNext: false });
  });

  it('give one asset by its name', async () => {
    expect((await call('GET', '/api/tenant/assets?assetName=list%201')).body).toMatchObject({ name: 'list 1' });
    expect(await call('GET', '/api/tenant/assets?assetName=none')).toMatchObject(failure(404, 32, "Requested item wasn't found!"));
  });

  it('of a customer are for its users and the tenant', async () => {
    for (const token of [rest.admin, rest.customer]) {
      const page = await call('GET', `/api/customer/${customerId}/assets?pageSize=9&page=0&type=listed`, undefined, token);
      expect(names(page.body.data)).toEqual(['list 3']);
      const infos = await call('GET', `/api/customer/${customerId}/assetInfos?pageSize=9&page=0&type=listed`, undefined, token);
      expect(infos.body.data).toMatchObject([{ name: 'list 3', customerTitle: 'Customer A' }]);
    }
    expect(await call('GET', `/api/customer/${customerId}/assets?pageSize=9&page=0`, undefined, rest.stranger)).toMatchObject(denied);
    expect(await call('GET', `/api/customer/${nobody}/assets?pageSize=9&page=0`, undefined, rest.customer)).toMatchObject({ status: 404 });
  });

  it('by ids leave out what cannot be read', async () => {
    const first = (await call('GET', '/api/tenant/assets?assetName=list%201')).body;
    const path = `/api/assets?assetIds=${first.id.id},${nobody},${ofCustomer.id.id}`;
    expect(names((await call('GET', path)).body)).toEqual(['list 1', 'list 3']);
    expect(names((await call('GET', path, undefined, rest.customer)).body)).toEqual(['list 3']);
    expect((await call('GET', path, undefined, rest.stranger)).body).toEqual([]);
    expect(await call('GET', '/api/assets?assetIds=x')).toMatchObject({ status: 400 });
    expect(await call('GET', '/api/assets')).toMatchObject({ status: 400 });
  });

  it('tell the types there are', async () => {
    const types = await call('GET', '/api/asset/types', undefined, rest.customer);
    expect(types.body.map(({ type }: { type: string }) => type)).toEqual(['building', 'default', 'listed']);
    expect(types.body[0]).toEqual({ tenantId: { entityType: 'TENANT', id: rest.one.tenantId }, entityType: 'ASSET', type: 'building' });
  });

  it('along relations find the assets of some types', async () => {
    const root = await save({ name: 'Root' });
    const parts = await Promise.all(['inner', 'outer'].map((type) => save({ name: type, type })));
    const head = { tenantId: rest.one.tenantId, createdAtMs: 1, version: 1, fromType: 'ASSET', toType: 'ASSET', typeGroup: 'COMMON' } as const;
    const ends = [
      [root.id.id, parts[0].id.id],
      [parts[0].id.id, parts[1].id.id],
    ] as const;
    await rest.entities.write(
      ends.map(([fromId, toId], place) => {
        const id = `00000000-0000-7000-8000-00000000000${place}`;
        return { change: 'insert', kind: 'relation', entity: { ...head, id, fromId, toId, type: 'Contains', key: id } };
      }),
    );
    const search = (parameters: object, assetTypes: string[], token = rest.admin) =>
      call('POST', '/api/assets', { parameters: { rootId: root.id.id, rootType: 'ASSET', direction: 'FROM', ...parameters }, assetTypes }, token);
    expect(names((await search({}, [])).body)).toEqual(['inner']);
    expect(names((await search({ maxLevel: 0 }, [])).body)).toEqual(['inner', 'outer']);
    expect(names((await search({ maxLevel: 2 }, ['outer'])).body)).toEqual(['outer']);
    expect(await search({}, [], rest.stranger)).toMatchObject(denied);
    expect(await search({}, [], rest.customer)).toMatchObject(denied);
  });
});
