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
const patch = (path: string, body: unknown, token = rest.admin) => rest.call('PATCH', path + service, { token, body });
const ofApplication = (series: object | null | undefined) => ({ epts: { kaa: { applications: { bsd9: { 'time-series': series } } } } });
const ofVersion = (series: object | null | undefined) => ({
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

it('is that of time series also where a client names no service', async () => {
  expect((await rest.call('GET', base, { token: rest.admin })).body).toEqual(ofApplication(kept));
  expect((await rest.call('PUT', base, { token: rest.admin, body: ofApplication(configured) })).status).toBe(200);
});

describe('a patch', () => {
  const valueOf = (path: string, type = 'number') => ({ path, name: 'value', type });
  const withNames = (names: object) => ({ ...kept, names: { ...kept.names, ...names } });
  const rows = [
    ['sets one member', { 'auto-extract': false }, { ...kept, 'auto-extract': false }],
    ['adds a series', { names: { on: { values: [{ path: 'on', type: 'boolean' }] } } }, withNames({ on: { values: [valueOf('on', 'boolean')] } })],
    ['takes a series away', { names: { location: null } }, { ...kept, names: { fuel: kept.names.fuel } }],
    [
      'replaces the values of a series',
      { names: { fuel: { values: [{ path: 'f', type: 'number' }] } } },
      withNames({ fuel: { values: [valueOf('f')] } }),
    ],
    ['gives a member back what it is in a new application', { timestamp: null }, { ...kept, timestamp }],
    ['changes a member of a member', { timestamp: { path: 't' } }, { ...kept, timestamp: { ...kept.timestamp, path: 't' } }],
    ['takes everything away', null, unconfigured],
    ['changes nothing', {}, kept],
  ] as const;
  it.each(rows)('%s of an application', async (_name, change, expected) => {
    await put(base, ofApplication(configured));
    const { status, body } = await patch(base, ofApplication(change));
    expect([status, body]).toEqual([200, ofApplication(expected)]);
    expect((await get(base)).body).toEqual(ofApplication(expected));
    await put(base, ofApplication(configured));
  });

  it('changes what a version has of its own, or gives it its own, and takes that away', async () => {
    for (const [change, expected] of [
      [{ 'auto-extract': true }, { ...unconfigured, 'auto-extract': true }],
      [{ names: configured.names }, { ...kept, timestamp }],
      [{ names: { fuel: null } }, { 'auto-extract': true, names: { location: kept.names.location }, timestamp }],
      [null, undefined],
    ] as const) {
      const { status, body } = await patch(version, ofVersion(change));
      expect([status, body]).toEqual([200, ofVersion(expected)]);
      expect((await get(version)).body).toEqual(ofVersion(expected));
    }
    expect((await get(base)).body).toEqual(ofApplication(kept));
  });

  it('may be sent as what it is', async () => {
    const headers = { 'content-type': 'application/merge-patch+json' };
    const { status, body } = await rest.call('PATCH', base + service, { token: rest.admin, headers, body: ofApplication({}) });
    expect([status, body]).toEqual([200, ofApplication(kept)]);
  });

  it('loses no other that is sent at the same time', async () => {
    const names = Array.from({ length: 4 }, (_, n) => `s${n}`);
    const answers = await Promise.all(names.map((name) => patch(base, ofApplication({ names: { [name]: { values: [valueOf(name)] } } }))));
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200));
    expect(Object.keys((await get(base)).body.epts.kaa.applications.bsd9['time-series'].names).sort()).toEqual(['fuel', 'location', ...names]);
    await put(base, ofApplication(configured));
  });

  it.each([
    ['makes what Kaa would not take', { names: { location: { values: [] } } }],
    ['sets what there is not', { 'extract-all': true }],
    ['is no object', 5],
    [
      'makes more series than samples are looked through for',
      { names: Object.fromEntries(Array.from({ length: 99 }, (_, n) => [`s${n}`, { values: [valueOf('a')] }])) },
    ],
  ])('that %s is refused, and changes nothing', async (_name, change) => {
    const { status, body } = await patch(base, ofApplication(change as object));
    expect([status, Object.keys(body)]).toEqual([400, ['message']]);
    expect((await get(base)).body).toEqual(ofApplication(kept));
  });

  it('is for who may configure, and for what is there', async () => {
    for (const body of [ofApplication(undefined), ofVersion({})]) expect((await patch(base, body)).status).toBe(400);
    expect((await patch(base, ofApplication({}), rest.customer)).status).toBe(403);
    expect((await patch(base, ofApplication({}), rest.stranger)).status).toBe(404);
    const unknown = version.replace('bsd9-v1', 'bsd9-v2');
    expect((await patch(unknown, ofVersion({}))).status).toBe(400);
    const ofUnknown = { epts: { kaa: { applications: { bsd9: { versions: { 'bsd9-v2': { 'time-series': {} } } } } } } };
    expect((await patch(unknown, ofUnknown)).status).toBe(404);
  });
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
    ['another application beside it', { epts: { kaa: { applications: { ...ofApplication(configured).epts.kaa.applications, car1: {} } } } }],
    ['another service beside it', { ...ofApplication(configured), dcx: {} }],
    ['versions beside it', { epts: { kaa: { applications: { bsd9: { 'time-series': configured, versions: {} } } } } }],
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
