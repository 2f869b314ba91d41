// Goal: topic mappings over REST: what is kept, what is refused, and that nobody's change is overwritten unseen.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
beforeAll(async () => void (rest = await startRest()));
afterAll(() => rest.close());

const path = '/api/broker/topicMappings';
const mapping = { topicFilter: 'plant/+/data', device: { from: 'level', level: 2 } };
const kept = { ...mapping, createsDevice: false, target: 'telemetry', value: { form: 'object' } };
const get = () => rest.call('GET', path, { token: rest.admin });
const save = (body: object) => rest.call('POST', path, { token: rest.admin, body });

it('keeps the list of a tenant with its defaults, and counts its versions', async () => {
  expect((await get()).body).toEqual({ version: 0, mappings: [] });
  expect((await save({ version: 0, mappings: [mapping] })).body).toEqual({ version: 1, mappings: [kept] });
  expect((await save({ version: 1, mappings: [] })).body).toEqual({ version: 2, mappings: [] });
  expect((await save({ mappings: [mapping] })).body).toEqual({ version: 3, mappings: [kept] });
  expect((await get()).body).toEqual({ version: 3, mappings: [kept] });
});

it('refuses to overwrite what somebody else saved meanwhile', async () => {
  const { version } = (await get()).body;
  for (const stale of [0, version - 1, version + 1]) expect((await save({ version: stale, mappings: [] })).status).toBe(409);
  expect((await get()).body.mappings).toEqual([kept]);
});

it.each([
  ['a wildcard that does not fill its level', { ...mapping, topicFilter: 'plant+/x' }],
  ['# before the end', { ...mapping, topicFilter: '#/x' }],
  ['a topic of the server', { ...mapping, topicFilter: '$SYS/#' }],
  ['level 0', { ...mapping, device: { from: 'level', level: 0 } }],
  ['no device', { topicFilter: 'x' }],
  ['an unknown member', { ...mapping, more: 1 }],
])('refuses %s', async (_name, wrong) => {
  expect((await save({ mappings: [wrong] })).status).toBe(400);
});

it('refuses more mappings than a message is compared with', async () => {
  expect((await save({ mappings: Array.from({ length: 101 }, () => mapping) })).status).toBe(400);
});
