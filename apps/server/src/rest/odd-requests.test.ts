// Goal: what fuzzing (dev/fuzz.ts) once found stays mended. Method: the smallest such request, over HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nestsDeeperThan } from './json-nesting.js';
import { REST_BODY_DEPTH_MAX } from './limits.js';
import { type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
beforeAll(async () => {
  rest = await startRest();
});
afterAll(() => rest.close());

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

const get = (path: string, token = rest.admin) => rest.call('GET', path, { token });
const refused = (message: string) => ({ status: 400, body: { errorCode: 31, message } });

describe('numbers that are too large', () => {
  it('are refused as the number or size of a page', async () => {
    const [page, tooLarge] = [2_147_483_647, 9_007_199_254_740_991];
    expect(await get(`/api/tenant/devices?pageSize=10&page=${page}`)).toMatchObject({ status: 200, body: { data: [] } });
    expect((await get(`/api/tenant/devices?pageSize=10&page=${tooLarge}`)).status).toBe(400);
    const query = (pageLink: object) => ({ entityFilter: { type: 'entityType', entityType: 'DEVICE' }, pageLink });
    const find = (pageLink: object) => rest.call('POST', '/api/entitiesQuery/find', { token: rest.admin, body: query(pageLink) });
    expect(await find({ page, pageSize: page })).toMatchObject({ status: 200, body: { data: [] } });
    for (const link of [
      { page: tooLarge, pageSize: 1 },
      { page: 0, pageSize: tooLarge },
    ])
      expect((await find(link)).status).toBe(400);
  });

  it.each([
    [-9_007_199_254_740_991, 0],
    [9_007_199_254_740_000, 9_007_199_254_740_991],
    [8_640_000_000_000_000, 8_640_000_000_000_001],
  ])('are refused as times of a calendar: %i to %i', async (startTs, endTs) => {
    const path = `/api/plugins/telemetry/TENANT/${rest.one.tenantId}/values/timeseries?keys=t&agg=SUM&startTs=${startTs}&endTs=${endTs}`;
    for (const type of ['WEEK', 'WEEK_ISO', 'MONTH', 'QUARTER']) {
      expect(await get(`${path}&intervalType=${type}&timeZone=Europe/Kyiv`)).toMatchObject({
        status: 400,
        text: 'Weeks, months and quarters are counted from the year 101 to 9998.',
      });
    }
  });
});

describe('an upload', () => {
  it.each(['multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary=x'])(
    'without parts is refused: %s',
    async (type) => {
      const { profile } = rest.one;
      const info = { title: `Package ${type}`, version: '1', type: 'FIRMWARE', deviceProfileId: { entityType: 'DEVICE_PROFILE', id: profile.id } };
      const { body } = await rest.call('POST', '/api/otaPackage', { token: rest.admin, body: info });
      const sent = { token: rest.admin, body: '{}', headers: { 'content-type': type } };
      const answer = await rest.call('POST', `/api/otaPackage/${body.id.id}?checksumAlgorithm=SHA256`, sent);
      expect(answer).toMatchObject(refused("Required part 'file' is not present."));
    },
  );
});

describe('bodies that are nested deeply', () => {
  it.each([255, 256, 10_000])('%i levels', async (levels) => {
    const body = `{"name":"Nested ${levels}","additionalInfo":{"a":${nested(levels - 2)}}}`;
    const answer = await rest.call('POST', '/api/device', { token: rest.admin, body });
    if (levels <= REST_BODY_DEPTH_MAX) expect(answer.status).toBe(200);
    else expect(answer).toMatchObject({ status: 400, body: { errorCode: 31, message: 'The body is nested deeper than 255 levels.' } });
  });

  it('are refused also where the body is taken as text', async () => {
    const path = `/api/plugins/telemetry/TENANT/${rest.one.tenantId}/SERVER_SCOPE`;
    for (const type of ['application/json', 'text/plain']) {
      const sent = { token: rest.system, body: `{"a":${nested(10_000)}}`, headers: { 'content-type': type } };
      expect(await rest.call('POST', path, sent)).toMatchObject({ status: 400, text: expect.stringContaining('nested deeper than 255') });
    }
  });

  it.each([
    ['[[]]', 2, false],
    ['[[]]', 1, true],
    ['{"a":{"b":[1]}}', 2, true],
    ['[],[],[]', 1, false],
    ['["[[[", "\\"[[[", "\\\\", []]', 2, false],
    ['"[[[', 1, false],
  ])('%s is deeper than %i: %s', (text, depthMax, isDeeper) => {
    expect(nestsDeeperThan(text, depthMax)).toBe(isDeeper);
  });
});
