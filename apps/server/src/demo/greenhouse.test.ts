import { newTenant } from '@fieldline/directory';
import { epochMs, silentLog, uuidV7Source, type Clock, type RandomBytes } from '@fieldline/kernel';
import { checkChain, systemTenantId } from '@fieldline/model';
import type { ControlEvent } from '@fieldline/ports';
import { memoryEntityStore } from '@fieldline/storage-memory';
import { getRandomValues } from 'node:crypto';
import { expect, test } from 'vitest';
import { loadCatalogue } from '../catalogue.js';
import { inProcessEvents } from '../in-process-events.js';
import { nodeChecks } from '../rest/components.js';
import { climateAt } from './climate.js';
import { TOO_HOT_CELSIUS } from './greenhouse-chain.js';
import { createGreenhouse, DEMO_PROFILE } from './greenhouse.js';

const random: RandomBytes = (into) => void getRandomValues(into);
const clock: Clock = { nowMs: () => epochMs(1_700_000_000_000), monotonicMs: () => 0, after: () => () => undefined };
const ids = uuidV7Source(clock.nowMs, random);

async function setUp() {
  const entities = memoryEntityStore();
  const events = inProcessEvents(silentLog);
  const published: ControlEvent[] = [];
  events.subscribe((event) => published.push(event));
  const tenant = newTenant({ name: 'First tenant', ids, nowMs: clock.nowMs() });
  await entities.write(tenant.changes);
  return { entities, published, tenantId: tenant.tenantId, create: () => createGreenhouse({ entities, events, clock, ids, random }) };
}

test('a profile, three devices with tokens of their own, and a chain that the profile runs', async () => {
  const { entities, tenantId, create, published } = await setUp();
  const devices = await create();
  expect(new Set(devices.map(({ token }) => token)).size).toBe(3);
  for (const { name, token } of devices) {
    const found = await entities.credentialsById(token);
    expect([found?.device.name, found?.device.tenantId]).toEqual([name, tenantId]);
    const profile = await entities.find('deviceProfile', tenantId, found?.device.deviceProfileId ?? '');
    expect([profile?.name, profile?.kaaAutoExtraction]).toEqual([DEMO_PROFILE, true]);
    const chain = await entities.find('ruleChain', tenantId, profile?.defaultRuleChainId ?? '');
    expect([chain?.name, chain?.isRoot]).toEqual(['Greenhouse', false]);
  }
  // The engine learns of the chain by an event, as of every other.
  expect(published.map(({ kind }) => kind)).toContain('ruleChain');
});

test('the chain has nothing to complain about with the node types of the product', async () => {
  const { entities, tenantId, create } = await setUp();
  await create();
  const [chain] = await entities.findAll('ruleChain', tenantId, { name: 'Greenhouse' }, 1);
  if (chain === undefined) throw new Error('there is no chain');
  expect(checkChain(chain, nodeChecks(await loadCatalogue()))).toEqual([]);
});

test('a second start finds the same devices and makes nothing', async () => {
  const { entities, tenantId, create, published } = await setUp();
  const first = await create();
  const events = published.length;
  expect(await create()).toEqual(first);
  expect(published).toHaveLength(events);
  expect(await entities.findAll('device', tenantId, {}, 10)).toHaveLength(3);
  expect(await entities.findAll('ruleChain', tenantId, { name: 'Greenhouse' }, 10)).toHaveLength(1);
});

test('a server without a tenant gets no greenhouse', async () => {
  const entities = memoryEntityStore();
  expect(await createGreenhouse({ entities, events: inProcessEvents(silentLog), clock, ids, random })).toEqual([]);
  expect(await entities.findAll('device', systemTenantId, {}, 1)).toEqual([]);
});

test('the simulated climate passes the alarm limit on every bench and comes back below it', () => {
  for (const bench of [0, 1, 2]) {
    const day = Array.from({ length: 120 }, (_, n) => climateAt(n * 2_000, bench, () => 0.5));
    expect(Math.max(...day.map(({ temperature }) => temperature))).toBeGreaterThan(TOO_HOT_CELSIUS);
    expect(Math.min(...day.map(({ temperature }) => temperature))).toBeLessThan(TOO_HOT_CELSIUS);
    for (const { humidity, soilMoisture } of day) expect(humidity > 0 && humidity < 100 && soilMoisture > 0 && soilMoisture < 100).toBe(true);
  }
});
