// Goal: every row and rule of rest-api.md §15. Method: over HTTP, a house with rooms and devices in them.
import type { EntityId, EntityType } from '@fieldline/model';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { absent, denied, failure } from './refusals.fixture.js';
import { type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
beforeAll(async () => {
  rest = await startRest();
});
afterAll(() => rest.close());

const ownCustomer = '00000000-0000-7000-8000-00000000c0c0';
let places = 0;
/** A device or asset in the store, assigned to the customer of the customer user where it is theirs. */
async function place(entityType: 'ASSET' | 'DEVICE', tenant = rest.one, isTheirs = false): Promise<EntityId> {
  places += 1;
  const id = `00000000-0000-7000-8000-${String(places).padStart(12, '0')}`;
  const head = { id, tenantId: tenant.tenantId, createdAtMs: places, version: 1, ...(isTheirs ? { customerId: ownCustomer } : {}) };
  const named = { ...head, name: `Place ${places}`, type: 'default' };
  if (entityType === 'ASSET') await rest.entities.write([{ change: 'insert', kind: 'asset', entity: { ...named, assetProfileId: 'profile' } }]);
  else await rest.entities.write([{ change: 'insert', kind: 'device', entity: { ...named, deviceProfileId: tenant.profile.id } }]);
  return { entityType, id };
}

const call = (method: string, path: string, body?: unknown, token = rest.admin) => rest.call(method, path, { token, body });
const relate = (from: EntityId, to: EntityId, type = 'Contains', more: object = {}) => call('POST', '/api/v2/relation', { from, to, type, ...more });
const address = (from: EntityId, to: EntityId, type = 'Contains') =>
  `fromId=${from.id}&fromType=${from.entityType}&relationType=${type}&relationTypeGroup=COMMON&toId=${to.id}&toType=${to.entityType}`;

let [house, room, device]: EntityId[] = [];
beforeEach(async () => {
  [house, room, device] = [await place('ASSET'), await place('ASSET'), await place('DEVICE')];
});
const ends = (): [EntityId, EntityId, EntityId] => [house as EntityId, room as EntityId, device as EntityId];

describe('POST /api/relation and /api/v2/relation', () => {
  it('save a relation and answer nothing, or the relation', async () => {
    const [from, to] = ends();
    const saved = await relate(from, to, 'Contains', { additionalInfo: { floor: 1 }, nonsense: true });
    const relation = { from, to, type: 'Contains', typeGroup: 'COMMON', version: 1, additionalInfo: { floor: 1 } };
    expect(saved).toMatchObject({ status: 200, body: relation });
    expect(saved.body).toEqual(relation);
    expect(await call('POST', '/api/relation', { from, to, type: 'Manages', typeGroup: 'DASHBOARD' })).toMatchObject({ status: 200, text: '' });
    expect((await call('GET', `/api/relation?${address(from, to)}`)).body).toEqual(relation);
    expect(await call('GET', `/api/relation?${address(from, to, 'Manages')}`)).toMatchObject(absent);
    expect((await call('GET', `/api/relation?${address(from, to, 'Manages').replace('COMMON', 'DASHBOARD')}`)).body.typeGroup).toBe('DASHBOARD');
  });

  it('overwrite the additional information of the relation there is', async () => {
    const [from, to] = ends();
    await relate(from, to, 'Contains', { additionalInfo: { floor: 1 } });
    expect((await relate(from, to)).body).toMatchObject({ version: 2, additionalInfo: null });
    const both = await Promise.all([relate(to, from, 'At once'), relate(to, from, 'At once')]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await call('GET', `/api/relations?fromId=${from.id}&fromType=ASSET`)).body).toHaveLength(1);
  });

  it.each([
    { part: { from: null }, message: 'Validation error: from must not be null' },
    { part: { to: undefined }, message: 'Validation error: to must not be null' },
    { part: { type: null }, message: 'Validation error: type must not be blank' },
    { part: { type: ' ' }, message: 'Validation error: type must not be blank' },
    { part: { type: 'x'.repeat(256) }, message: 'Validation error: type length must be equal or less than 255' },
    { part: { from: null, type: '' }, message: 'Validation error: from must not be null, type must not be blank' },
  ])('refuse a relation: $message', async ({ part, message }) => {
    const [from, to] = ends();
    expect(await call('POST', '/api/relation', { from, to, type: 'Contains', ...part })).toMatchObject(failure(400, 31, message));
  });

  it('refuse an end that does not exist or is of another tenant', async () => {
    const [from, to] = ends();
    const gone = { entityType: 'DEVICE' as EntityType, id: '00000000-0000-7000-8000-0000000000ff' };
    const theirs = await place('DEVICE', rest.two);
    const theirAsset = await place('ASSET', rest.two);
    expect(await relate(from, gone)).toMatchObject(failure(404, 32, `Device with id [${gone.id}] is not found`));
    expect(await relate(gone, to)).toMatchObject(failure(404, 32, `Device with id [${gone.id}] is not found`));
    expect(await relate(from, theirs)).toMatchObject(failure(404, 32, `Device with id [${theirs.id}] is not found`));
    expect(await relate(from, theirAsset)).toMatchObject(denied);
    expect(await relate(from, { ...to, entityType: 'ALARM' })).toMatchObject(failure(404, 32, `Alarm with id [${to.id}] is not found`));
  });

  it('need the right to write both ends', async () => {
    const [from] = ends();
    const theirs = [await place('ASSET', rest.one, true), await place('DEVICE', rest.one, true)] as const;
    const body = { from: theirs[0], to: theirs[1], type: 'Contains' };
    expect(await call('POST', '/api/relation', body, rest.customer)).toMatchObject({ status: 200 });
    expect(await call('POST', '/api/relation', { ...body, from }, rest.customer)).toMatchObject(denied);
    expect(await call('POST', '/api/relation', { ...body, to: from }, rest.customer)).toMatchObject(denied);
    expect(await call('POST', '/api/relation', body, rest.system)).toMatchObject(denied);
    expect((await rest.call('POST', '/api/relation', { body })).status).toBe(401);
  });

  it('relate things to the own tenant', async () => {
    const [from] = ends();
    const tenant: EntityId = { entityType: 'TENANT', id: rest.one.tenantId };
    expect(await relate(tenant, from)).toMatchObject({ status: 200 });
    expect((await call('GET', `/api/relations/info?fromId=${tenant.id}&fromType=TENANT`)).body).toMatchObject([{ fromName: 'One' }]);
    expect(await call('DELETE', `/api/relation?${address(tenant, from)}`)).toMatchObject({ status: 200 });
    expect(await relate({ entityType: 'TENANT', id: rest.two.tenantId }, from)).toMatchObject({ status: 404 });
  });

  it('let the system administrator relate tenants', async () => {
    const [from, to] = [rest.one, rest.two].map(({ tenantId }): EntityId => ({ entityType: 'TENANT', id: tenantId })) as [EntityId, EntityId];
    expect(await call('POST', '/api/relation', { from, to, type: 'Owns' }, rest.system)).toMatchObject({ status: 200 });
    expect((await call('GET', `/api/relations/info?toId=${to.id}&toType=TENANT`, undefined, rest.system)).body).toMatchObject([{ fromName: 'One' }]);
  });
});

describe('DELETE', () => {
  it('removes one relation, and answers nothing or the relation', async () => {
    const [from, to] = ends();
    const { body } = await relate(from, to);
    expect(await call('DELETE', `/api/v2/relation?${address(from, to)}`)).toMatchObject({ status: 200, body });
    expect(await call('DELETE', `/api/v2/relation?${address(from, to)}`)).toMatchObject(absent);
    await relate(from, to);
    expect(await call('DELETE', `/api/relation?${address(from, to)}`)).toMatchObject({ status: 200, text: '' });
    expect(await call('GET', `/api/relation?${address(from, to)}`)).toMatchObject(absent);
  });

  it('addresses with a blank type a relation of that type, of which there is none', async () => {
    const [from, to] = ends();
    await relate(from, to);
    for (const blank of ['', '%20']) expect(await call('DELETE', `/api/relation?${address(from, to, blank)}`)).toMatchObject(absent);
    expect(await call('DELETE', `/api/relation?${address(from, to).replace('relationType=Contains&', '')}`)).toMatchObject(absent);
  });

  it('takes an unknown group for COMMON', async () => {
    const [from, to] = ends();
    await relate(from, to);
    expect(await call('DELETE', `/api/relation?${address(from, to).replace('COMMON', 'NONSENSE')}`)).toMatchObject({ status: 200 });
  });

  it('needs the right to write both ends', async () => {
    const [from] = ends();
    const theirs = await place('DEVICE', rest.one, true);
    await relate(from, theirs);
    expect(await call('DELETE', `/api/relation?${address(from, theirs)}`, undefined, rest.customer)).toMatchObject(denied);
    expect(await call('DELETE', `/api/relation?${address(from, theirs)}`, undefined, rest.stranger)).toMatchObject(denied);
    expect(await call('DELETE', `/api/relations?entityId=${from.id}&entityType=ASSET`, undefined, rest.customer)).toMatchObject(denied);
  });

  it('of /api/relations removes all COMMON relations, in both directions', async () => {
    const [top, middle, bottom] = ends();
    await relate(top, middle);
    await relate(middle, bottom);
    await relate(middle, top, 'Shown', { typeGroup: 'DASHBOARD' });
    await relate(top, bottom);
    expect(await call('DELETE', `/api/relations?entityId=${middle.id}&entityType=ASSET`)).toMatchObject({ status: 200, text: '' });
    expect((await call('GET', `/api/relations?fromId=${top.id}&fromType=ASSET`)).body).toMatchObject([{ to: bottom }]);
    expect((await call('GET', `/api/relations?toId=${bottom.id}&toType=DEVICE`)).body).toHaveLength(1);
    expect((await call('GET', `/api/relations?fromId=${middle.id}&fromType=ASSET&relationTypeGroup=DASHBOARD`)).body).toHaveLength(1);
  });
});

describe('GET', () => {
  it('lists by either end and by type, at every path', async () => {
    const [top, middle, bottom] = ends();
    await relate(top, middle);
    await relate(top, middle, 'Manages');
    await relate(middle, bottom);
    const types = async (path: string) => ((await call('GET', path)).body as { type: string }[]).map(({ type }) => type);
    expect(await types(`/api/relations?fromId=${top.id}&fromType=ASSET`)).toEqual(['Contains', 'Manages']);
    expect(await types(`/api/relations?fromId=${top.id}&fromType=ASSET&relationType=Manages`)).toEqual(['Manages']);
    expect(await types(`/api/relations/from/ASSET/${top.id}`)).toEqual(['Contains', 'Manages']);
    expect(await types(`/api/relations/from/ASSET/${top.id}/Manages`)).toEqual(['Manages']);
    expect(await types(`/api/relations/from/ASSET/${top.id}?relationTypeGroup=DASHBOARD`)).toEqual([]);
    expect(await types(`/api/relations?toId=${bottom.id}&toType=DEVICE&relationTypeGroup=nonsense`)).toEqual(['Contains']);
    expect(await types(`/api/relations?toId=${bottom.id}&toType=DEVICE&relationType=Manages`)).toEqual([]);
    expect(await types(`/api/relations/to/DEVICE/${bottom.id}`)).toEqual(['Contains']);
    expect(await types(`/api/relations/to/DEVICE/${bottom.id}/Contains`)).toEqual(['Contains']);
  });

  it('names the ends of infos', async () => {
    const [top, middle] = ends();
    const { body } = await relate(top, middle);
    const name = async ({ id }: EntityId) => (await rest.entities.find('asset', rest.one.tenantId, id))?.name;
    const info = { ...body, fromName: await name(top), toName: await name(middle) };
    const paths = [`?fromId=${top.id}&fromType=ASSET`, `?toId=${middle.id}&toType=ASSET`, `/from/ASSET/${top.id}`, `/to/ASSET/${middle.id}`];
    for (const path of paths) expect((await call('GET', `/api/relations/info${path}`)).body).toEqual([info]);
  });

  it.each([
    { query: '', message: "Parameter 'fromId' can't be empty!" },
    { query: '?fromType=ASSET', message: "Parameter 'fromId' can't be empty!" },
    { query: '?fromId=ID', message: "Parameter 'fromType' can't be empty!" },
    { query: '?toId=ID', message: "Parameter 'toType' can't be empty!" },
    { query: '?fromId=&fromType=ASSET', message: "Parameter 'fromId' can't be empty!" },
    { query: '?fromId=ID&fromType=ASSET&relationType=', message: "Parameter 'relationType' can't be empty!" },
  ])('refuses /api/relations$query', async ({ query, message }) => {
    expect(await call('GET', `/api/relations${query.replace('ID', ends()[0].id)}`)).toMatchObject(failure(400, 31, message));
  });

  it('refuses ids and types that are none', async () => {
    expect((await call('GET', '/api/relations?fromId=x&fromType=ASSET')).status).toBe(400);
    expect((await call('GET', `/api/relations?fromId=${ends()[0].id}&fromType=NONSENSE`)).status).toBe(400);
    expect((await call('GET', `/api/relation?${address(ends()[0], ends()[1], '')}`)).body.message).toBe("Parameter 'relationType' can't be empty!");
  });

  it('needs the right to read the entity, and leaves out what may not be read at the other end', async () => {
    const [top] = ends();
    const [theirs, also] = [await place('ASSET', rest.one, true), await place('DEVICE', rest.one, true)];
    await relate(theirs, also);
    await relate(theirs, top);
    await relate(top, theirs);
    const from = `/api/relations?fromId=${theirs.id}&fromType=ASSET`;
    expect((await call('GET', from)).body).toHaveLength(2);
    expect((await call('GET', from, undefined, rest.customer)).body).toMatchObject([{ to: also }]);
    expect((await call('GET', from.replace('relations', 'relations/info'), undefined, rest.customer)).body).toHaveLength(1);
    expect((await call('GET', `/api/relations/to/ASSET/${theirs.id}`, undefined, rest.customer)).body).toEqual([]);
    expect(await call('GET', from, undefined, rest.stranger)).toMatchObject(denied);
    expect(await call('GET', from, undefined, rest.system)).toMatchObject(denied);
    expect(await call('GET', `/api/relations/from/ASSET/${top.id}`, undefined, rest.customer)).toMatchObject(denied);
    expect(await call('GET', `/api/relation?${address(theirs, top)}`, undefined, rest.customer)).toMatchObject(denied);
  });
});

describe('POST /api/relations and /api/relations/info', () => {
  const query = async (parameters: object, filters: unknown = [], token = rest.admin) =>
    call('POST', '/api/relations', { parameters: { rootId: ends()[0].id, rootType: 'ASSET', ...parameters }, filters }, token);
  const pathsOf = (body: { from: EntityId; to: EntityId; type: string }[]) => {
    const names = new Map(ends().map(({ id }, at) => [id, ['house', 'room', 'device'][at]]));
    return body.map(({ from, to, type }) => `${names.get(from.id)} ${type} ${names.get(to.id)}`);
  };
  const paths = async (parameters: object, filters: unknown = []) => pathsOf((await query(parameters, filters)).body);
  beforeEach(async () => {
    const [top, middle, bottom] = ends();
    await relate(top, middle);
    await relate(middle, bottom);
    await relate(middle, bottom, 'Manages');
    await relate(bottom, top, 'Serves');
  });

  it('follow relations through any number of levels, in either direction', async () => {
    expect(await paths({ direction: 'FROM' })).toEqual(['house Contains room']);
    expect(await paths({})).toEqual(['house Contains room']);
    expect(await paths({ maxLevel: 2 })).toEqual(['house Contains room', 'room Contains device', 'room Manages device']);
    expect(await paths({ maxLevel: 0 })).toEqual([...(await paths({ maxLevel: 2 })), 'device Serves house']);
    expect(await paths({ direction: 'TO', maxLevel: 2 })).toEqual(['device Serves house', 'room Contains device', 'room Manages device']);
    expect(await paths({ maxLevel: 2, fetchLastLevelOnly: true })).toEqual(['room Contains device', 'room Manages device']);
    expect(await paths({ maxLevel: 0, relationTypeGroup: 'DASHBOARD' })).toEqual([]);
  });

  it('answer what fits any of the filters, and walk on through what does not', async () => {
    const all = { maxLevel: 2 };
    expect(await paths(all, [{ relationType: 'Manages', entityTypes: ['DEVICE'] }])).toEqual(['room Manages device']);
    expect(await paths(all, [{ relationType: 'Contains', entityTypes: [] }])).toEqual(['house Contains room', 'room Contains device']);
    expect(await paths(all, [{ relationType: '', entityTypes: ['ASSET'] }, { relationType: 'Manages' }])).toHaveLength(2);
    expect(await paths(all, [{ relationType: 'Contains', negate: true }])).toEqual(['room Manages device']);
    expect(await paths({ ...all, direction: 'TO' }, [{ entityTypes: ['DEVICE'] }])).toEqual(['device Serves house']);
  });

  it('answer 404 without parameters or filters', async () => {
    expect(await query({}, null)).toMatchObject(absent);
    expect(await call('POST', '/api/relations', { filters: [] })).toMatchObject(absent);
    expect(await call('POST', '/api/relations/info', {})).toMatchObject(absent);
    expect((await query({ rootType: 'NONSENSE' })).status).toBe(400);
  });

  it('name the ends of infos', async () => {
    const [top] = ends();
    const { body } = await call('POST', '/api/relations/info', { parameters: { rootId: top.id, rootType: 'ASSET' }, filters: [] });
    expect(body).toMatchObject([{ type: 'Contains', fromName: expect.stringMatching(/^Place/), toName: expect.stringMatching(/^Place/) }]);
  });

  it('need the right to read the root, and leave out what may not be read at either end', async () => {
    const [top, , bottom] = ends();
    const [theirs, also] = [await place('ASSET', rest.one, true), await place('DEVICE', rest.one, true)];
    await relate(theirs, also);
    await relate(theirs, top);
    await relate(bottom, also);
    const parameters = { rootId: theirs.id, maxLevel: 0 };
    expect((await query(parameters)).body).toHaveLength(7);
    expect((await query(parameters, [], rest.customer)).body).toMatchObject([{ to: also }]);
    expect(await query({}, [], rest.customer)).toMatchObject(denied);
    expect(await query({}, [], rest.stranger)).toMatchObject(denied);
  });
});

describe('what follows from changes of relations', () => {
  it('is a message and an audit record for each end', async () => {
    const [from, to] = ends();
    rest.told.length = 0;
    const { body } = await relate(from, to);
    await call('DELETE', `/api/relation?${address(from, to)}`);
    const told = rest.told.map(({ type, originator, data }) => ({ type, originator, data }));
    expect(told).toEqual([
      { type: 'RELATION_ADD_OR_UPDATE', originator: from, data: body },
      { type: 'RELATION_ADD_OR_UPDATE', originator: to, data: body },
      { type: 'RELATION_DELETED', originator: from, data: body },
      { type: 'RELATION_DELETED', originator: to, data: body },
    ]);
    expect(rest.told[0]?.metadata).toMatchObject({ userEmail: 'one@fieldline.local' });
    expect(rest.told[0]?.metadata).not.toHaveProperty('entityName');
    const records = await rest.entities.findAll('auditLog', rest.one.tenantId, { entityId: to.id }, 10);
    expect(records.map(({ actionType, actionData }) => [actionType, actionData])).toEqual([
      ['RELATION_ADD_OR_UPDATE', { relation: body }],
      ['RELATION_DELETED', { relation: body }],
    ]);
  });

  it('is one message when all relations of an entity go', async () => {
    const [from, to] = ends();
    await relate(from, to);
    rest.told.length = 0;
    await call('DELETE', `/api/relations?entityId=${from.id}&entityType=ASSET`);
    expect(rest.told).toMatchObject([{ type: 'RELATIONS_DELETED', originator: from, data: {} }]);
  });
});
