// Goal: the audit log and events are listed, filtered and cleared as rest-api.md §22 and §27 say. Method: a running API over memory stores.
import type { EntityId, Event, EventType } from '@fieldline/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningRest } from './rest.fixture.js';
import { startRest } from './rest.fixture.js';

let rest: RunningRest;
let nodeId: string;
beforeAll(async () => {
  rest = await startRest();
  nodeId = rest.one.chain.nodes[0]?.id ?? '';
});
afterAll(() => rest.close());

const denied = { status: 403, body: { errorCode: 20 } };
const send = (method: string, path: string, body?: unknown, token = rest.admin) => rest.call(method, path, { token, body });
const get = (path: string, token = rest.admin) => send('GET', path, undefined, token);
const paged = 'pageSize=10&page=0';

describe('the audit log', () => {
  it('tells who did what, with the changed fields, by entity, user, customer, action and time', async () => {
    const { body: customer } = await send('POST', '/api/customer', { title: 'Audited' });
    const { body: device } = await send('POST', '/api/device', { name: 'audited', label: 'old' });
    await send('POST', '/api/device', { id: device.id, name: 'audited', label: 'new' });
    await send('POST', `/api/customer/${customer.id.id}/device/${device.id.id}`);
    await get(`/api/device/${device.id.id}/credentials`);
    await send('DELETE', `/api/device/${device.id.id}`);
    const me = (await get('/api/auth/user')).body;
    const ofDevice = `/api/audit/logs/entity/DEVICE/${device.id.id}?${paged}`;
    const { data } = (await get(ofDevice)).body;
    expect(data.map(({ actionType }: { actionType: string }) => actionType)).toEqual([
      'ADDED',
      'UPDATED',
      'ASSIGNED_TO_CUSTOMER',
      'CREDENTIALS_READ',
      'DELETED',
    ]);
    expect(data[1]).toEqual({
      id: { id: expect.any(String) },
      createdTime: expect.any(Number),
      tenantId: { entityType: 'TENANT', id: rest.one.tenantId },
      customerId: { entityType: 'CUSTOMER', id: '13814000-1dd2-11b2-8080-808080808080' },
      entityId: device.id,
      entityName: 'audited',
      userId: me.id,
      userName: me.email,
      actionType: 'UPDATED',
      actionData: { diff: { label: { from: 'old', to: 'new' } } },
      actionStatus: 'SUCCESS',
      actionFailureDetails: '',
    });
    const actions = async (path: string) => (await get(path)).body.data.map(({ actionType }: { actionType: string }) => actionType);
    expect(await actions(`${ofDevice}&actionTypes=UPDATED,DELETED`)).toEqual(['UPDATED', 'DELETED']);
    expect((await actions(`${ofDevice}&sortProperty=actionType&sortOrder=DESC`))[0]).toBe('UPDATED');
    expect(await actions(`/api/audit/logs/customer/${customer.id.id}?${paged}`)).toEqual(['ASSIGNED_TO_CUSTOMER', 'CREDENTIALS_READ', 'DELETED']);
    expect(await actions(`/api/audit/logs/user/${me.id.id}?${paged}&actionTypes=CREDENTIALS_READ`)).toEqual(['CREDENTIALS_READ']);
    expect(await actions(`/api/audit/logs?${paged}&textSearch=AUDITED&actionTypes=DELETED`)).toEqual(['DELETED']);
    const { createdTime } = data[2];
    expect(await actions(`${ofDevice}&startTime=${createdTime}&endTime=${createdTime}`)).toContain('ASSIGNED_TO_CUSTOMER');
    expect(await actions(`${ofDevice}&endTime=${data[0].createdTime - 1}`)).toEqual([]);
  });

  it('is for the administrators of the tenant, and of the system for the system', async () => {
    expect(await get(`/api/audit/logs?${paged}`, rest.customer)).toMatchObject(denied);
    expect(await get(`/api/audit/logs?${paged}`, rest.system)).toMatchObject(denied);
    expect((await get(`/api/audit/logs?${paged}&actionTypes=ADDED`, rest.stranger)).body.totalElements).toBe(0);
    const path = `/api/audit/logs/entity/TENANT_PROFILE/`;
    const { body: profile } = await send('POST', '/api/tenantProfile', { name: 'audited' }, rest.system);
    expect((await get(`${path}${profile.id.id}?${paged}`, rest.system)).body.totalElements).toBe(1);
    expect((await get(`${path}${profile.id.id}?${paged}`)).body.totalElements).toBe(0);
    expect((await get(`/api/audit/logs?${paged}&actionTypes=SUNG`)).status).toBe(400);
  });
});

describe('events', () => {
  const put = async (entity: EntityId, type: EventType, body: Event['body'], createdAtMs: number): Promise<void> => {
    const id = `00000000-0000-7000-8000-${type.length}${String(createdAtMs).padStart(10, '0')}`;
    const head = { id, tenantId: rest.one.tenantId, createdAtMs, version: 1 };
    await rest.entities.write([
      { change: 'insert', kind: 'event', entity: { ...head, entityType: entity.entityType, entityId: entity.id, type, body } },
    ]);
  };
  const tenant = () => `tenantId=${rest.one.tenantId}`;
  const node = (): EntityId => ({ entityType: 'RULE_NODE', id: nodeId });
  const path = (tail = '') => `/api/events/RULE_NODE/${nodeId}${tail}`;

  beforeAll(async () => {
    await put(node(), 'LC_EVENT', { server: 'node-1', event: 'STARTED', success: true }, 100);
    await put(node(), 'LC_EVENT', { server: 'node-1', event: 'UPDATED', success: false, error: 'No such Key' }, 200);
    const debug = { server: 'node-1', entityType: 'DEVICE', msgType: 'POST_TELEMETRY_REQUEST', dataType: 'JSON', data: '{"t":1}', metadata: '{}' };
    await put(node(), 'DEBUG_RULE_NODE', { ...debug, type: 'IN', entityId: 'aaa' }, 300);
    await put(node(), 'DEBUG_RULE_NODE', { ...debug, type: 'OUT', relationType: 'Failure', error: 'TypeError: x', entityId: 'bbb' }, 400);
    await put(node(), 'STATS', { server: 'node-1', messagesProcessed: 10, errorsOccurred: 2 }, 500);
  });

  it('GET: of a type in any case, of the life cycle without one, by time', async () => {
    const page = await get(path(`/lc_event?${tenant()}&${paged}`));
    expect(page.body).toMatchObject({ totalElements: 2, hasNext: false });
    expect(page.body.data[0]).toEqual({
      id: { id: expect.any(String) },
      createdTime: 100,
      tenantId: { entityType: 'TENANT', id: rest.one.tenantId },
      type: 'LC_EVENT',
      uid: page.body.data[0].id.id,
      entityId: node(),
      body: { server: 'node-1', event: 'STARTED', success: true },
    });
    expect((await get(path(`?${tenant()}&${paged}`))).body).toEqual(page.body);
    expect((await get(path(`?${tenant()}&${paged}&startTime=101&endTime=200`))).body.data).toEqual([page.body.data[1]]);
    const newest = await get(path(`?${tenant()}&pageSize=1&page=0&sortProperty=createdTime&sortOrder=DESC`));
    expect(newest.body).toMatchObject({ data: [page.body.data[1]], totalElements: 2, hasNext: true });
    expect(await get(path(`/SONG?${tenant()}&${paged}`))).toMatchObject({ status: 400, body: { message: `Event type: 'SONG' is not supported!` } });
    expect((await get(path(`?${paged}`))).status).toBe(400);
  });

  it.each([
    { filter: { eventType: 'DEBUG_RULE_NODE' }, times: [300, 400] },
    { filter: { eventType: 'DEBUG_RULE_NODE', isError: true }, times: [400] },
    { filter: { eventType: 'DEBUG_RULE_NODE', isError: false }, times: [300, 400] },
    { filter: { eventType: 'DEBUG_RULE_NODE', isError: true, errorStr: 'typeERROR' }, times: [400] },
    { filter: { eventType: 'DEBUG_RULE_NODE', msgDirectionType: 'IN', dataSearch: '"T":1' }, times: [300] },
    { filter: { eventType: 'DEBUG_RULE_NODE', entityId: 'BBB', relationType: 'fail', msgType: 'telemetry', entityType: 'dev' }, times: [400] },
    { filter: { eventType: 'DEBUG_RULE_NODE', metadataSearch: 'x' }, times: [] },
    { filter: { eventType: 'LC_EVENT', status: 'Failure' }, times: [200] },
    { filter: { eventType: 'LC_EVENT', status: 'Success', event: 'start', server: 'NODE' }, times: [100] },
    { filter: { eventType: 'LC_EVENT', errorStr: 'key' }, times: [200] },
    { filter: { eventType: 'STATS', minMessagesProcessed: 10, maxErrorsOccurred: 2 }, times: [500] },
    { filter: { eventType: 'STATS', minMessagesProcessed: 11 }, times: [] },
    { filter: { eventType: 'STATS', maxMessagesProcessed: 9 }, times: [] },
    { filter: { eventType: 'STATS', minErrorsOccurred: 3 }, times: [] },
  ])('POST $filter', async ({ filter, times }) => {
    const page = await send('POST', path(`?${tenant()}&${paged}`), filter);
    expect(page.body.data.map(({ createdTime }: { createdTime: number }) => createdTime)).toEqual(times);
    expect(page.body.totalElements).toBe(times.length);
  });

  it('POST …/clear removes those that fit, inside the time', async () => {
    const left = async () =>
      (await send('POST', path(`?${tenant()}&${paged}`), { eventType: 'DEBUG_RULE_NODE' })).body.data.map(
        (one: Event & { createdTime: number }) => one.createdTime,
      );
    expect((await send('POST', path('/clear?endTime=299'), { eventType: 'DEBUG_RULE_NODE' })).status).toBe(200);
    expect(await left()).toEqual([300, 400]);
    await send('POST', path('/clear'), { eventType: 'DEBUG_RULE_NODE', isError: true });
    expect(await left()).toEqual([300]);
    await send('POST', path('/clear?startTime=300&endTime=300'), { eventType: 'debug_rule_node' });
    expect(await left()).toEqual([]);
    expect((await get(path(`?${tenant()}&${paged}`))).body.totalElements).toBe(2);
  });

  it('are shown to those who may read the entity', async () => {
    expect((await get(path(`?${tenant()}&${paged}`), rest.stranger)).status).toBe(404);
    expect(await get(path(`?${tenant()}&${paged}`), rest.customer)).toMatchObject(denied);
    expect(await get(path(`?${tenant()}&${paged}`), rest.system)).toMatchObject(denied);
    const { body: device } = await send('POST', '/api/device', { name: 'eventful', customerId: null });
    await rest.entities.write([
      { change: 'update', kind: 'device', entity: { ...(await stored(device.id.id)), customerId: '00000000-0000-7000-8000-00000000c0c0' } },
    ]);
    expect((await get(`/api/events/DEVICE/${device.id.id}?${tenant()}&${paged}`, rest.customer)).body.totalElements).toBe(0);
    expect((await send('POST', `/api/events/DEVICE/${device.id.id}/clear`, { eventType: 'ERROR' }, rest.customer)).status).toBe(200);
    expect((await send('POST', `/api/events/DEVICE_PROFILE/${rest.one.profile.id}/clear`, { eventType: 'ERROR' }, rest.customer)).status).toBe(403);
  });

  const stored = async (id: string) => {
    const device = await rest.entities.find('device', rest.one.tenantId, id);
    if (device === undefined) throw new Error('the device is gone');
    return device;
  };
});
