// Goal: how long a rule node records everything is decided when its chain is saved (rest-api.md §20.3, rule-engine.md §9), by the
// profile of the tenant, whichever way the graph comes in.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type RunningRest, startRest } from './rest.fixture.js';

const MINUTE_MS = 60_000;
let rest: RunningRest;
let ruleChainId: { id: string };
beforeEach(async () => {
  rest = await startRest();
  ({ id: ruleChainId } = (await rest.call('POST', '/api/ruleChain', { token: rest.admin, body: { name: 'Debugged' } })).body);
});
afterEach(() => rest.close());

const graph = (node: object) => ({ ruleChainId, firstNodeIndex: 0, nodes: [{ type: 'x.Unknown', name: 'A', configuration: {}, ...node }] });
const settings = { failuresEnabled: true, allEnabled: false, allEnabledUntil: 0 };

/** Saves a node with these members and gives what it is answered to record, with the time from now in minutes. */
async function saved(node: object): Promise<object> {
  const { body } = await rest.call('POST', '/api/ruleChain/metadata', { token: rest.admin, body: graph(node) });
  const { allEnabledUntil, ...others } = body.nodes[0].debugSettings;
  const minutes = allEnabledUntil === 0 ? 0 : Math.round((allEnabledUntil - rest.clock.nowMs()) / MINUTE_MS);
  expect((await rest.call('GET', `/api/ruleChain/${ruleChainId.id}/metadata`, { token: rest.admin })).body).toEqual(body);
  return { ...others, minutes };
}

async function allow(maxDebugModeDurationMinutes: number): Promise<void> {
  const profile = { name: `P ${maxDebugModeDurationMinutes}`, profileData: { configuration: { maxDebugModeDurationMinutes } } };
  const made = await rest.call('POST', '/api/tenantProfile', { token: rest.system, body: profile });
  const tenant = (await rest.call('GET', `/api/tenant/${rest.one.tenantId}`, { token: rest.system })).body;
  const changed = await rest.call('POST', '/api/tenant', { token: rest.system, body: { ...tenant, tenantProfileId: made.body.id } });
  expect(changed.status).toBe(200);
}

it.each([
  { minutes: 15, profile: 0 },
  { minutes: 60, profile: 60 },
  { minutes: 2, profile: 2 },
])('everything is recorded for $minutes minutes where the profile says $profile', async ({ minutes, profile }) => {
  await allow(profile);
  const everything = { failuresEnabled: true, allEnabled: false, minutes };
  expect(await saved({ debugSettings: { ...settings, allEnabled: true } })).toEqual(everything);
  expect(await saved({ debugSettings: { ...settings, allEnabled: true, allEnabledUntil: 1 } })).toEqual(everything);
  expect(await saved({ debugSettings: { ...settings, allEnabledUntil: rest.clock.nowMs() + 1_000 * MINUTE_MS } })).toEqual(everything);
  expect(await saved({ debugSettings: { ...settings, allEnabledUntil: rest.clock.nowMs() + MINUTE_MS } })).toMatchObject({ minutes: 1 });
  expect(await saved({ debugMode: true })).toEqual(everything);
});

it('nothing is recorded where nothing is said, and the newer form wins', async () => {
  const nothing = { failuresEnabled: false, allEnabled: false, minutes: 0 };
  expect(await saved({})).toEqual(nothing);
  expect(await saved({ debugMode: false, debugSettings: null })).toEqual(nothing);
  expect(await saved({ debugMode: true, debugSettings: { failuresEnabled: true } })).toEqual({ ...nothing, failuresEnabled: true });
});

it('an imported chain is no way around it', async () => {
  const { nodes, ...others } = graph({ debugSettings: { ...settings, allEnabledUntil: rest.clock.nowMs() + 1_000 * MINUTE_MS } });
  const file = { ruleChains: [{ id: ruleChainId, name: 'Imported' }], metadata: [{ ...others, nodes }] };
  const { body } = await rest.call('POST', '/api/ruleChains/import', { token: rest.admin, body: file });
  const imported = await rest.call('GET', `/api/ruleChain/${body[0].ruleChainId.id}/metadata`, { token: rest.admin });
  expect(imported.body.nodes[0].debugSettings.allEnabledUntil).toBeLessThanOrEqual(rest.clock.nowMs() + 15 * MINUTE_MS);
});
