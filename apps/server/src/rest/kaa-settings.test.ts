// Goal: the configuration of Kaa time series is kept in the form it came in, for an application and for its versions, and
// nothing that Kaa would not take is. Method: the documents of kaa.md §5.1 over HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
let profileId = '';
const profile = { name: 'bsd9-v1', type: 'DEFAULT', transportType: 'DEFAULT' };
beforeAll(async () => {
  rest = await startRest();
  profileId = (await rest.call('POST', '/api/deviceProfile', { token: rest.admin, body: profile })).body.id.id;
});
afterAll(() => rest.close());

const base = '/tekton/api/v1/app-configs/applications/bsd9';
const version = `${base}/app-versions/bsd9-v1`;
const service = '?serviceInstanceName=epts';
const get = (path: string, token = rest.admin) => rest.call('GET', path + service, { token });
const put = (path: string, body: unknown, token = rest.admin) => rest.call('PUT', path + service, { token, body });
const ofApplication = (series: object | undefined) => ({ epts: { kaa: { applications: { bsd9: { 'time-series': series } } } } });
const ofVersion = (series: object | undefined) => ({
  epts: { kaa: { applications: { bsd9: { versions: { 'bsd9-v1': series === undefined ? {} : { 'time-series': series } } } } } },
});
const timestamp = { path: '', format: 'iso8601', 'fallback-strategy': 'fail' };
const unconfigured = { 'auto-extract': false, names: {}, timestamp };
const configured = {
  'auto-extract': true,
  names: {
    location: { values: [{ path: 'location.lat', name: 'latitude', type: 'number' }] },
    fuel: { values: [{ path: 'fuelLevel', type: 'NUMBER' }] },
  },
  timestamp: { path: '$.ts', format: 'millis-unix-epoch', 'fallback-strategy': 'server-timestamp' },
};
const kept = { ...configured, names: { ...configured.names, fuel: { values: [{ path: 'fuelLevel', name: 'value', type: 'number' }] } } };

it('is that of a new application before anything was saved', async () => {
  expect((await get(base)).body).toEqual(ofApplication(unconfigured));
  expect((await get(version)).body).toEqual(ofVersion(undefined));
});

it('is kept for an application, with what was left out', async () => {
  expect((await put(base, ofApplication(configured))).status).toBe(200);
  expect((await get(base)).body).toEqual(ofApplication(kept));
  const { body } = await rest.call('GET', '/epts/api/v1/time-series/config?applicationNames=bsd9', { token: rest.admin });
  expect(body.bsd9).toEqual([
    { name: 'location', values: ['latitude'] },
    { name: 'fuel', values: ['value'] },
  ]);
});

it('K36: is kept for a version beside it, survives clients that do not know it, and is given back', async () => {
  expect((await put(version, ofVersion(configured))).status).toBe(200);
  await rest.call('POST', '/api/deviceProfile', {
    token: rest.admin,
    body: { ...profile, id: { entityType: 'DEVICE_PROFILE', id: profileId }, description: 'x' },
  });
  expect((await get(version)).body).toEqual(ofVersion(kept));
  const wire = (await rest.call('GET', `/api/deviceProfile/${profileId}`, { token: rest.admin })).body;
  const { 'auto-extract': autoExtraction, ...timeSeries } = kept;
  expect(wire.profileData.kaaConfiguration).toEqual({ autoExtraction, timeSeries });
  expect((await put(version, ofVersion(undefined))).status).toBe(200);
  expect((await get(version)).body).toEqual(ofVersion(undefined));
  expect((await get(base)).body).toEqual(ofApplication(kept));
});

it('goes with the profile of a version, as people export and import it', async () => {
  const save = async (more: object, kaaConfiguration?: object) =>
    (
      await rest.call('POST', '/api/deviceProfile', {
        token: rest.admin,
        body: { ...profile, name: 'copy', ...more, profileData: { kaaConfiguration } },
      })
    ).body;
  const { 'auto-extract': autoExtraction, ...timeSeries } = kept;
  const made = await save({}, { autoExtraction, timeSeries });
  expect(made.profileData.kaaConfiguration).toEqual({ autoExtraction, timeSeries });
  expect((await save({ id: made.id })).profileData.kaaConfiguration).toEqual({ autoExtraction, timeSeries });
  expect((await save({ id: made.id }, { timeSeries: null, autoExtraction: false })).profileData.kaaConfiguration).toBeUndefined();
  expect((await save({ id: made.id }, { timeSeries: { names: { 'a b': { values: [] } } } })).status).toBe(400);
});

describe('is refused with', () => {
  const value = { path: 'a', type: 'number' };
  const named = (names: object) => ofApplication({ names });
  it.each([
    ['a series of auto-extraction', named({ 'auto~a': { values: [value] } })],
    ['a series without values', named({ a: { values: [] } })],
    ['two values of one name', named({ a: { values: [value, value] } })],
    ['a path that is none', named({ a: { values: [{ ...value, path: 'a..b' }] } })],
    ['an empty path', named({ a: { values: [{ ...value, path: '' }] } })],
    ['a reserved name', named({ a: { values: [{ ...value, name: 'time' }] } })],
    ['a name that Kaa does not take', named({ a: { values: [{ ...value, name: 'a=b' }] } })],
    ['a type that is none', named({ a: { values: [{ ...value, type: 'date' }] } })],
    [
      'more series than samples are looked through for',
      named(Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`s${n}`, { values: [value] }]))),
    ],
    ['a format that is none', ofApplication({ timestamp: { format: 'rfc2822' } })],
    ['an unknown member', ofApplication({ 'extract-all': true })],
    ['another application in it', { epts: { kaa: { applications: { car1: {} } } } }],
    ['no application', { epts: { kaa: { applications: {} } } }],
  ])('%s', async (_name, body) => {
    const { status, body: told } = await put(base, body);
    expect([status, Object.keys(told)]).toEqual([400, ['message']]);
    expect((await get(base)).body).toEqual(ofApplication(kept));
  });
});

it('is not there for what is no application or version, nor for other tenants', async () => {
  for (const path of [base.replace('bsd9', 'nosuch'), `${base}/app-versions/bsd9-v2`]) expect((await get(path)).status).toBe(404);
  expect((await get(base, rest.stranger)).status).toBe(404);
  expect((await put(base, ofApplication(configured), rest.customer)).status).toBe(403);
  expect((await rest.call('GET', `${base}?serviceInstanceName=kpc`, { token: rest.admin })).status).toBe(400);
});
