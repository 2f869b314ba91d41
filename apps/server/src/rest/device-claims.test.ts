// Goal: claiming as rest-api.md §9.3 has it, and that nobody learns a secret who should not (§4).
// Method: a running API over memory stores; devices make their offers as the engine takes them.
import type { DeviceId } from '@fieldline/model';
import { claimAttributes } from '@fieldline/model';
import { ClaimOffers } from '@fieldline/telemetry';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningRest } from './rest.fixture.js';
import { deviceEntity, startRest } from './rest.fixture.js';

const own = '00000000-0000-7000-8000-00000000c0c0';
const other = '00000000-0000-7000-8000-00000000c0c1';
const noCustomer = '13814000-1dd2-11b2-8080-808080808080';
const HOUR_MS = 3_600_000;
const { offer: offerKey } = claimAttributes;
const denied = { status: 403, body: { errorCode: 20 } };
const failed = { status: 400, text: '"FAILURE"' };
const claimed = { status: 400, text: '"CLAIMED"' };

let rest: RunningRest;
let rival: string;
let offers: ClaimOffers;
beforeAll(async () => {
  rest = await startRest();
  const { tenantId } = rest.one;
  const head = { tenantId, createdAtMs: 1, version: 1, isPublic: false };
  for (const [id, name] of [
    [own, 'Own'],
    [other, 'Other'],
  ] as const) {
    await rest.entities.write([{ change: 'insert', kind: 'customer', entity: { ...head, id, name } }]);
  }
  const user = { id: rest.ids.next(), tenantId, createdAtMs: 1, version: 1, email: 'rival@fieldline.local', customerId: other };
  await rest.addUserWithPassword({ ...user, authority: 'CUSTOMER_USER' });
  rival = await rest.signIn('rival@fieldline.local');
  offers = new ClaimOffers({ store: rest.data, entities: rest.entities, isAllowedByDefault: true, durationMs: HOUR_MS });
});
afterAll(() => rest.close());

const send = (method: string, path: string, body?: unknown, token = rest.customer) => rest.call(method, path, { token, body });
const create = async (name: string): Promise<string> => (await send('POST', '/api/device', { name }, rest.admin)).body.id.id;
const offer = (id: string, secretKey: string, durationMs?: number) =>
  offers.take({ tenantId: rest.one.tenantId, deviceId: id as DeviceId }, { secretKey, durationMs }, rest.clock.nowMs());
const path = (name: string) => `/api/customer/device/${encodeURIComponent(name)}/claim`;
const claim = (name: string, secretKey?: string, token?: string) =>
  send('POST', path(name), secretKey === undefined ? undefined : { secretKey }, token);
const giveBack = (name: string, token?: string) => send('DELETE', path(name), undefined, token);
const ownerOf = async (id: string): Promise<string> => (await send('GET', `/api/device/${id}`, undefined, rest.admin)).body.customerId.id;
const kept = async (id: string) => (await rest.data.attributes(rest.one.tenantId, deviceEntity(id), 'SERVER_SCOPE', [offerKey])).length;
const device = async (name: string, secretKey: string, durationMs?: number): Promise<string> => {
  const id = await create(name);
  expect(await offer(id, secretKey, durationMs)).toBeUndefined();
  return id;
};

describe('POST /api/customer/device/{deviceName}/claim', () => {
  it('gives the device to the customer, with a record and a message, and forgets the offer', async () => {
    const id = await device('Meter 1/ä', 'key');
    rest.told.length = 0;
    const answer = await claim('Meter 1/ä', 'key');
    expect(answer).toMatchObject({ status: 200, body: { response: 'SUCCESS', device: { id: { id }, customerId: { id: own }, version: 2 } } });
    expect(await ownerOf(id)).toBe(own);
    expect(await kept(id)).toBe(0);
    expect(rest.told[0]).toMatchObject({
      type: 'ENTITY_ASSIGNED',
      originator: deviceEntity(id),
      metadata: { assignedCustomerId: own, assignedCustomerName: 'Own', userEmail: 'customer@fieldline.local' },
    });
    const logs = await send('GET', `/api/audit/logs/entity/DEVICE/${id}?pageSize=10&page=0`, undefined, rest.admin);
    expect(logs.body.data.map(({ actionType }: { actionType: string }) => actionType)).toContain('ASSIGNED_TO_CUSTOMER');
    expect(logs.text).not.toContain('"key"');
  });

  it('needs no body where the device sent no key; null and empty are the same', async () => {
    await device('Open 1', '');
    await device('Open 2', '');
    await device('Open 3', '');
    expect(await claim('Open 1')).toMatchObject({ status: 200 });
    expect(await send('POST', path('Open 2'), { secretKey: null })).toMatchObject({ status: 200 });
    expect(await claim('Open 3', '')).toMatchObject({ status: 200 });
  });

  it('answers FAILURE to a wrong key, to none, and where nothing waits', async () => {
    const id = await device('Locked', 'key');
    await create('Silent');
    for (const wrong of ['Key', 'key ', 'ke', '']) expect(await claim('Locked', wrong)).toMatchObject(failed);
    expect(await claim('Locked')).toMatchObject(failed);
    expect(await claim('Silent', 'key')).toMatchObject(failed);
    expect(await claim('Silent')).toMatchObject(failed);
    expect([await ownerOf(id), await kept(id)]).toEqual([noCustomer, 1]);
    expect((await claim('Locked', 'wrong')).headers.get('content-type')).toContain('application/json');
  });

  it('answers FAILURE once the offer has expired, and takes a new one', async () => {
    const id = await device('Late', 'key', 60_000);
    rest.passTime(60_001);
    expect(await claim('Late', 'key')).toMatchObject(failed);
    await offer(id, 'key', 60_000);
    expect(await claim('Late', 'key')).toMatchObject({ status: 200 });
  });

  it('answers CLAIMED where a customer has the device, whatever the key', async () => {
    await device('Taken', 'key');
    expect(await claim('Taken', 'key')).toMatchObject({ status: 200 });
    for (const token of [rest.customer, rival]) expect(await claim('Taken', 'key', token)).toMatchObject(claimed);
    expect(await claim('Taken', 'wrong', rival)).toMatchObject(claimed);
  });

  it('lets one of many win', async () => {
    const id = await device('Wanted', 'key');
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => claim('Wanted', 'key', n % 2 === 0 ? rest.customer : rival)));
    const winners = answers.flatMap(({ status, body }) => (status === 200 ? [body.device.customerId.id] : []));
    expect(winners).toEqual([await ownerOf(id)]);
    for (const answer of answers.filter(({ status }) => status !== 200)) expect(answer).toMatchObject(claimed);
    expect(await kept(id)).toBe(0);
  });

  it('refuses names that the tenant does not have, and everybody but users of customers', async () => {
    await device('Mine', 'key');
    expect(await claim('Nothing', 'key')).toMatchObject({ status: 404, body: { message: "Requested item wasn't found!" } });
    await send('POST', '/api/device', { name: 'Foreign' }, rest.stranger);
    expect((await claim('Foreign', 'key')).status).toBe(404);
    for (const token of [rest.admin, rest.stranger, rest.system]) expect(await claim('Mine', 'key', token)).toMatchObject(denied);
    expect((await rest.call('POST', path('Mine'), { body: {} })).status).toBe(401);
  });

  it('refuses a public customer, who may look only', async () => {
    const id = await create('Public');
    const { body } = await send('POST', `/api/customer/public/device/${id}`, undefined, rest.admin);
    const { token } = (await rest.call('POST', '/api/auth/login/public', { body: { publicId: body.customerId.id } })).body;
    await device('Not public', '');
    expect(await claim('Not public', '', token)).toMatchObject(denied);
    expect(await giveBack('Public', token)).toMatchObject(denied);
  });

  it.each([{ secretKey: 5 }, { secretKey: 'k'.repeat(256) }, 'key', []])('refuses the body %j', async (body) => {
    expect(await send('POST', path('Locked'), JSON.stringify(body))).toMatchObject({ status: 400, body: { errorCode: 31 } });
  });

  it('takes what a tenant administrator put into the attribute', async () => {
    const id = await create('Prepared');
    const data = { secretKey: 'printed', expirationTime: String(rest.clock.nowMs() + HOUR_MS) };
    await send('POST', `/api/plugins/telemetry/DEVICE/${id}/attributes/SERVER_SCOPE`, { [offerKey]: data }, rest.admin);
    const logs = await send('GET', `/api/audit/logs/entity/DEVICE/${id}?pageSize=10&page=0`, undefined, rest.admin);
    expect(logs.text).toContain(offerKey);
    expect(logs.text).not.toContain('printed');
    expect(await claim('Prepared', 'other')).toMatchObject(failed);
    expect(await claim('Prepared', 'printed')).toMatchObject({ status: 200 });
  });
});

describe('DELETE /api/customer/device/{deviceName}/claim', () => {
  it('takes the device back, with a record and a message; then it may be claimed again', async () => {
    const id = await device('Return', 'key');
    await claim('Return', 'key');
    rest.told.length = 0;
    expect(await giveBack('Return')).toMatchObject({ status: 200, text: '' });
    expect(rest.told).toMatchObject([{ type: 'ENTITY_UNASSIGNED', metadata: { unassignedCustomerId: own, unassignedCustomerName: 'Own' } }]);
    expect(await claim('Return', 'key', rival)).toMatchObject(failed);
    await offer(id, 'new key');
    expect(await claim('Return', 'new key', rival)).toMatchObject({ status: 200 });
    expect(await ownerOf(id)).toBe(other);
  });

  it('forgets an offer that somebody left on a device of a customer', async () => {
    const id = await device('Left', 'key');
    await send('POST', `/api/customer/${other}/device/${id}`, undefined, rest.admin);
    expect(await kept(id)).toBe(1);
    expect(await giveBack('Left', rest.admin)).toMatchObject({ status: 200 });
    expect(await kept(id)).toBe(0);
    expect(await claim('Left', 'key')).toMatchObject(failed);
  });

  it('answers 400 where no customer has it, 404 to unknown names, 403 to other customers', async () => {
    await device('Free', 'key');
    const free = { status: 400, body: { message: "Device isn't assigned to any customer!", errorCode: 31 } };
    for (const token of [rest.customer, rest.admin]) expect(await giveBack('Free', token)).toMatchObject(free);
    await claim('Free', 'key');
    expect(await giveBack('Free', rival)).toMatchObject(denied);
    expect((await giveBack('Free', rest.stranger)).status).toBe(404);
    expect(await giveBack('Free', rest.system)).toMatchObject(denied);
    expect((await giveBack('Nothing')).status).toBe(404);
  });
});

describe('the offer of a device', () => {
  it('is seen by the tenant, never by users of a customer: not by key, not in queries, not by order or condition', async () => {
    const ids = [await device('Seen A', 'visible key'), await create('Seen B')];
    // As text, because conditions look into texts only.
    const text = JSON.stringify({ secretKey: 'a later key', expirationTime: 1 });
    await send('POST', `/api/plugins/telemetry/DEVICE/${ids[1]}/SERVER_SCOPE`, { [offerKey]: text }, rest.admin);
    const logs = await send('GET', `/api/audit/logs/entity/DEVICE/${ids[1]}?pageSize=10&page=0`, undefined, rest.admin);
    expect(logs.text).not.toContain('later key');
    for (const id of ids) await send('POST', `/api/customer/${own}/device/${id}`, undefined, rest.admin);
    const [id] = ids;
    const queryKey = { type: 'SERVER_ATTRIBUTE', key: offerKey };
    const entityFilter = { type: 'deviceType', deviceTypes: ['default'], deviceNameFilter: 'Seen' };
    const pageLink = (descending: boolean) => ({ pageSize: 10, page: 0, sortOrder: { key: queryKey, direction: descending ? 'DESC' : 'ASC' } });
    const condition = { type: 'STRING', operation: 'CONTAINS', value: { defaultValue: 'later' } };
    const find = (token: string, more: object) =>
      send('POST', '/api/entitiesQuery/find', { entityFilter, pageLink: pageLink(false), latestValues: [queryKey], ...more }, token);
    const asked = (token: string) => [
      send('GET', `/api/plugins/telemetry/DEVICE/${id}/values/attributes`, undefined, token),
      send('GET', `/api/plugins/telemetry/DEVICE/${id}/values/attributes/SERVER_SCOPE?keys=${offerKey}`, undefined, token),
      find(token, {}),
      send('POST', '/api/entitiesQuery/find/keys?attributes=true&includeSamples=true', { entityFilter, pageLink: pageLink(false) }, token),
    ];
    for (const answer of await Promise.all(asked(rest.customer))) {
      expect(answer.status).toBe(200);
      expect(answer.text).not.toMatch(/visible key|later key/);
    }
    expect((await Promise.all(asked(rest.admin))).slice(0, 3).map(({ text }) => text.includes('visible key'))).toEqual([true, true, true]);

    const found = async (token: string, more: object) =>
      (await find(token, more)).body.data.map(({ entityId }: { entityId: { id: string } }) => entityId.id);
    const filtered = { keyFilters: [{ key: queryKey, valueType: 'STRING', predicate: condition }] };
    expect(await found(rest.admin, filtered)).toEqual([ids[1]]);
    expect((await found(rest.customer, filtered)).sort()).toEqual([...ids].sort());
    expect(await found(rest.admin, { pageLink: pageLink(true) })).not.toEqual(await found(rest.admin, {}));
    expect(await found(rest.customer, { pageLink: pageLink(true) })).toEqual(await found(rest.customer, {}));
  });

  it('is not copied into an entity view', async () => {
    const id = await device('Viewed', 'visible key');
    const scopes = { cs: [], sh: [], ss: [offerKey] };
    const view = { name: 'View', type: 'default', entityId: deviceEntity(id), customerId: { id: own }, keys: { timeseries: [], attributes: scopes } };
    const { body } = await send('POST', '/api/entityView', view, rest.admin);
    const { text } = await send('GET', `/api/plugins/telemetry/ENTITY_VIEW/${body.id.id}/values/attributes`, undefined, rest.admin);
    expect(text).toBe('[]');
  });
});
