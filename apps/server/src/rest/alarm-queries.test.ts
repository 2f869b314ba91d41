// Goal: alarm queries over HTTP answer as rest-api.md §24 says. Method: as entity-queries.test.ts.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deviceEntity, startRest, type RunningRest } from './rest.fixture.js';

let rest: RunningRest;
let device = '';

beforeAll(async () => {
  rest = await startRest();
  const { body } = await rest.call('POST', '/api/device', { token: rest.admin, body: { name: 'Boiler', label: 'Cellar' } });
  device = body.id.id;
  for (const type of ['Leak', 'Heat']) {
    const alarm = { type, severity: type === 'Leak' ? 'MINOR' : 'CRITICAL', originator: deviceEntity(device), details: { type } };
    await rest.call('POST', '/api/alarm', { token: rest.admin, body: alarm });
    rest.passTime(1_000);
  }
});
afterAll(() => rest.close());

const entityFilter = { type: 'deviceType', deviceTypes: [] };
const pageLink = { pageSize: 10, page: 0, sortOrder: { key: { type: 'ALARM_FIELD', key: 'createdTime' }, direction: 'ASC' } };
const find = (link: object = {}, token = rest.admin) =>
  rest.call('POST', '/api/alarmsQuery/find', {
    token,
    body: {
      entityFilter,
      pageLink: { ...pageLink, ...link },
      alarmFields: [{ type: 'ALARM_FIELD', key: 'type' }],
      latestValues: [{ type: 'ATTRIBUTE', key: 'rank' }],
    },
  });
const types = async (link: object): Promise<readonly string[]> => (await find(link)).body.data.map(({ type }: { type: string }) => type);

test('an alarm is an alarm info with the entity and its values', async () => {
  const { status, body } = await find();
  expect(status).toBe(200);
  expect(body).toMatchObject({ totalElements: 2, totalPages: 1, hasNext: false });
  expect(body.data[0]).toMatchObject({
    type: 'Leak',
    originatorName: 'Boiler',
    originatorLabel: 'Cellar',
    status: 'ACTIVE_UNACK',
    entityId: deviceEntity(device),
    latest: { ATTRIBUTE: { rank: { ts: 0, value: '' } } },
  });
});

test('filters by status, severity, type, time and text', async () => {
  expect(await types({ statusList: ['CLEARED'] })).toEqual([]);
  expect(await types({ severityList: ['CRITICAL'] })).toEqual(['Heat']);
  expect(await types({ typeList: ['Leak'] })).toEqual(['Leak']);
  expect(await types({ textSearch: 'LEA' })).toEqual(['Leak']);
  const { body } = await find();
  const [first, second] = body.data.map(({ createdTime }: { createdTime: number }) => createdTime);
  expect(await types({ startTs: second, endTs: 0 })).toEqual(['Heat']);
  expect(await types({ startTs: first, timeWindow: 10 })).toEqual(['Leak']);
  expect(await types({ timeWindow: 1_500 })).toEqual(['Heat']);
});

test('counts alarms of entities, or of all', async () => {
  const count = (body: object, token = rest.admin) => rest.call('POST', '/api/alarmsQuery/count', { token, body });
  expect((await count({ entityFilter, severityList: ['MINOR'] })).body).toBe(1);
  expect((await count({})).body).toBe(2);
  expect((await count({}, rest.stranger)).body).toBe(0);
  expect((await count({}, rest.customer)).body).toBe(0);
  expect((await count({}, rest.system)).status).toBe(403);
});

test('others see none', async () => {
  expect((await find({}, rest.stranger)).body.data).toEqual([]);
  expect((await find({}, rest.customer)).body.data).toEqual([]);
  expect((await find({}, rest.system)).status).toBe(403);
});
