// Goal: the fields of rest-api.md §23.4, for each type of entity. Method: HTTP against a running API over memory stores; every
// type is asked for every field. Attributes and time series are in entity-query-telemetry.test.ts.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningRest, startRest } from './rest.fixture.js';

const contact = {
  email: 'a@b.example',
  country: 'Germany',
  state: 'Bavaria',
  city: 'Ulm',
  address: 'Street 1',
  address2: 'Flat 2',
  zip: '89073',
  phone: '+49 1',
};
/** All that §23.4 names. */
const names = [
  ...['createdTime', 'entityType', 'name', 'type', 'label', 'displayName', 'firstName', 'lastName', 'title', 'region', ...Object.keys(contact)],
  ...['additionalInfo', 'parentId', 'queueName', 'serviceId', 'ownerName', 'ownerType'],
];
const additionalInfo = { description: 'd' };
const info = JSON.stringify(additionalInfo);
const ofTenant = { ownerName: 'One', ownerType: 'TENANT' };

let rest: RunningRest;
/** What was created, by type of entity. */
const made = new Map<string, { readonly id: { readonly id: string }; readonly createdTime: number }>();

const make = async (type: string, path: string, body: object, token = rest.admin): Promise<string> => {
  const answer = await rest.call('POST', path, { token, body: { additionalInfo, ...body } });
  expect([path, answer.status]).toEqual([path, 200]);
  made.set(type, answer.body);
  return answer.body.id.id;
};

beforeAll(async () => {
  rest = await startRest();
  const customerId = await make('CUSTOMER', '/api/customer', { title: 'Customer', ...contact });
  const device = await make('DEVICE', '/api/device', { name: 'Device', type: 'pump', label: 'Boiler' });
  await rest.call('POST', `/api/customer/${customerId}/device/${device}`, { token: rest.admin });
  await make('ASSET', '/api/asset', { name: 'Asset', type: 'hall', label: null });
  const keys = { timeseries: [], attributes: { cs: [], ss: [], sh: [] } };
  await make('ENTITY_VIEW', '/api/entityView', { name: 'View', type: 'window', entityId: { entityType: 'DEVICE', id: device }, keys });
  const person = { email: 'ada@b.example', authority: 'TENANT_ADMIN', firstName: 'Ada', lastName: 'L', phone: '+49 2' };
  await make('USER', '/api/user?sendActivationMail=false', person);
  await make('DASHBOARD', '/api/dashboard', { title: 'Dashboard' });
  await make('RULE_CHAIN', '/api/ruleChain', { name: 'Chain', type: 'CORE' });
  await make('DEVICE_PROFILE', '/api/deviceProfile', { name: 'Profile', type: 'DEFAULT', transportType: 'DEFAULT' });
  await make('TENANT', '/api/tenant', { title: 'Third', ...contact }, rest.system);
});
afterAll(() => rest.close());

/** The fields of one entity that are not empty. */
async function fieldsOf(entityType: string, token: string): Promise<object> {
  const entityFilter = { type: 'singleEntity', singleEntity: { entityType, id: made.get(entityType)?.id.id } };
  const entityFields = names.map((key) => ({ type: 'ENTITY_FIELD', key }));
  const body = { entityFilter, pageLink: { pageSize: 10, page: 0 }, entityFields };
  const { data } = (await rest.call('POST', '/api/entitiesQuery/find', { token, body })).body;
  const fields: Record<string, { ts: number; value: string }> = data[0].latest.ENTITY_FIELD;
  expect(Object.keys(fields).sort()).toEqual([...names].sort());
  expect(Object.values(fields).every(({ ts }) => Math.abs(ts - rest.clock.nowMs()) < 60_000)).toBe(true);
  return Object.fromEntries(Object.entries(fields).flatMap(([name, { value }]) => (value === '' ? [] : [[name, value]])));
}

describe('rest-api.md §23.4, ENTITY_FIELD', () => {
  it.each([
    [
      'DEVICE',
      { name: 'Device', type: 'pump', label: 'Boiler', title: 'Device', displayName: 'Boiler', ownerName: 'Customer', ownerType: 'CUSTOMER' },
    ],
    ['ASSET', { name: 'Asset', type: 'hall', title: 'Asset', displayName: 'Asset', ...ofTenant }],
    ['ENTITY_VIEW', { name: 'View', type: 'window', title: 'View', displayName: 'View', ...ofTenant }],
    ['CUSTOMER', { ...contact, title: 'Customer', name: 'Customer', label: 'Customer', displayName: 'Customer' }],
    [
      'USER',
      {
        ...{ firstName: 'Ada', lastName: 'L', email: 'ada@b.example', phone: '+49 2', displayName: 'Ada L' },
        ...{ name: 'ada@b.example', label: 'ada@b.example', title: 'ada@b.example' },
      },
    ],
    ['DASHBOARD', { title: 'Dashboard', name: 'Dashboard', displayName: 'Dashboard', ...ofTenant }],
    ['RULE_CHAIN', { name: 'Chain' }],
    ['DEVICE_PROFILE', { name: 'Profile', type: 'DEFAULT' }],
  ])('%s: its own fields, all others are ""', async (entityType, expected) => {
    const { additionalInfo: shown, ...fields } = (await fieldsOf(entityType, rest.admin)) as Record<string, string>;
    expect(fields).toEqual({ entityType, createdTime: String(made.get(entityType)?.createdTime), ...expected });
    if (shown !== undefined) expect(shown).toBe(info);
    if (entityType !== 'DASHBOARD' && entityType !== 'DEVICE_PROFILE') expect(shown).toBe(info);
  });
  it('TENANT: contact fields, title with its aliases, and region', async () => {
    const called = { title: 'Third', name: 'Third', label: 'Third', displayName: 'Third', region: 'Global' };
    const expected = { entityType: 'TENANT', createdTime: String(made.get('TENANT')?.createdTime), additionalInfo: info, ...contact, ...called };
    expect(await fieldsOf('TENANT', rest.system)).toEqual(expected);
  });
  it('displayName of a user without a name is the email', async () => {
    const found = await rest.call('POST', '/api/entitiesQuery/find', {
      token: rest.admin,
      body: {
        entityFilter: { type: 'singleEntity', singleEntity: { entityType: 'CURRENT_USER' } },
        pageLink: { pageSize: 1, page: 0 },
        entityFields: [{ type: 'ENTITY_FIELD', key: 'displayName' }],
      },
    });
    expect(found.body.data[0].latest.ENTITY_FIELD.displayName.value).toBe('one@fieldline.local');
  });
  it('ALARM_FIELD: only in alarm queries, here ""', async () => {
    const body = {
      entityFilter: { type: 'entityType', entityType: 'DEVICE' },
      pageLink: { pageSize: 1, page: 0 },
      latestValues: [{ type: 'ALARM_FIELD', key: 'severity' }],
    };
    const { data } = (await rest.call('POST', '/api/entitiesQuery/find', { token: rest.admin, body })).body;
    expect(data[0].latest).toEqual({ ALARM_FIELD: { severity: { ts: 0, value: '' } } });
  });
});
