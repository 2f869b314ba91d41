// Goal: topic mappings over REST: what is kept, what is refused, that nobody's change is overwritten unseen, and how they are tried.
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

const raw = { topicFilter: 'raw/+/+', device: { from: 'level', level: 2 }, value: { form: 'raw', key: { from: 'level', level: 3 } } };
const nothing = { mapping: null, device: null, values: null, fault: null };
it.each([
  ['plant/7/data', '{"t":21.50}', { mapping: 0, device: '7', values: '{"t":21.50}', fault: null }],
  ['raw/8/level', '0.3', { mapping: 1, device: '8', values: '{"level":0.3}', fault: null }],
  ['plant/7/data', 'no JSON', { mapping: 0, device: null, values: null, fault: expect.stringContaining('JSON') as string }],
  ['elsewhere', '{}', nothing],
])('a message on %s with %s is tried without being sent', async (topic, payload, answer) => {
  const tried = await rest.call('POST', `${path}/try`, { token: rest.admin, body: { mappings: [mapping, raw], topic, payload } });
  expect([tried.status, tried.body]).toEqual([200, answer]);
});
