// Goal: a socket shows its caller what REST would, and nothing else (rest-api.md §4, websocket-api.md §11). Method: everybody
// subscribes to everything, in every way; then something happens to each of the things.
import type { EntityId, TenantId } from '@fieldline/model';
import { ValueKind } from '@fieldline/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LiveClient, type RunningLive, startLive } from './live.fixture.js';

let running: RunningLive;
let things: Readonly<Record<string, { readonly tenantId: TenantId; readonly entity: EntityId }>>;
let tokens: Readonly<Record<string, string>>;
beforeAll(async () => {
  running = await startLive();
  const { one, two } = running.tenants;
  const [customer, other] = [await running.addCustomer('customer'), await running.addCustomer('other')];
  things = {
    'device of the customer': { tenantId: one, entity: await running.addDevice(one, 'A', customer.entity.id) },
    'device of another customer': { tenantId: one, entity: await running.addDevice(one, 'B', other.entity.id) },
    'device of no customer': { tenantId: one, entity: running.device },
    'device of another tenant': { tenantId: two, entity: running.foreign },
    customer: { tenantId: one, entity: customer.entity },
    'another customer': { tenantId: one, entity: other.entity },
    tenant: { tenantId: one, entity: { entityType: 'TENANT', id: one } },
    'another tenant': { tenantId: two, entity: { entityType: 'TENANT', id: two } },
  };
  tokens = { system: running.tokens.system, tenant: running.tokens.one, customer: customer.token, 'other tenant': running.tokens.two };
});
afterAll(() => running.close());

const visible: Readonly<Record<string, readonly string[]>> = {
  system: ['tenant', 'another tenant'],
  tenant: ['device of the customer', 'device of another customer', 'device of no customer', 'customer', 'another customer', 'tenant'],
  customer: ['device of the customer', 'customer'],
  'other tenant': ['device of another tenant', 'another tenant'],
};

let tsMs = 1_700_000_000_000;
/** A new point and a new attribute of everything. */
async function happen(): Promise<void> {
  tsMs += 1;
  await running.commit((unit) => {
    for (const { tenantId, entity } of Object.values(things)) {
      unit.point(tenantId, entity, 'a', tsMs, ValueKind.long, tsMs, 0);
      unit.attribute({ tenantId, entity, scope: 'SERVER_SCOPE', key: 'a', lastUpdateMs: tsMs, kind: ValueKind.long, value: tsMs });
    }
  });
}

describe.each(Object.keys(visible))('%s', (caller) => {
  test.each(['TIMESERIES', 'TIMESERIES_HISTORY', 'ATTRIBUTES'])('%s', async (type) => {
    await happen();
    const client = await LiveClient.open(running.port, `/api/ws?token=${tokens[caller]}`);
    const range = type === 'TIMESERIES_HISTORY' ? { startTs: 0, endTs: 1_800_000_000_000 } : {};
    const names = Object.keys(things);
    for (const [cmdId, name] of names.entries()) {
      const { entityType, id: entityId } = things[name]?.entity as EntityId;
      client.send({ cmds: [{ type, cmdId, entityType, entityId, keys: 'a', ...range }] });
    }
    const answers = await client.takeAll();
    const shown = (frames: typeof answers) => frames.filter(({ data }) => data !== null).map(({ subscriptionId }) => names[subscriptionId]);
    expect(shown(answers).sort()).toEqual([...(visible[caller] ?? [])].sort());
    expect(answers.filter(({ data }) => data === null).every(({ errorCode, errorMsg }) => errorCode === 3 && errorMsg === 'Unauthorized')).toBe(true);
    await happen();
    const pushed = await client.takeAll();
    expect(shown(pushed).sort()).toEqual(type === 'TIMESERIES_HISTORY' ? [] : [...(visible[caller] ?? [])].sort());
    await client.close();
  });
});

test('a key by which a device is claimed is shown to its tenant, and not to the customer', async () => {
  const { tenantId, entity } = things['device of the customer'] as { tenantId: TenantId; entity: EntityId };
  const offer = (secretKey: string) =>
    running.commit((unit) => {
      tsMs += 1;
      const of = { tenantId, entity, scope: 'SERVER_SCOPE', key: 'claimingData', lastUpdateMs: tsMs } as const;
      unit.attribute({ ...of, kind: ValueKind.json, value: JSON.stringify({ secretKey, expirationTime: tsMs }) });
    });
  const seen = async (caller: string): Promise<string[]> => {
    const client = await LiveClient.open(running.port, `/api/ws?token=${tokens[caller]}`);
    for (const [cmdId, keys] of ['', 'claimingData'].entries())
      client.send({ cmds: [{ type: 'ATTRIBUTES', cmdId, entityType: entity.entityType, entityId: entity.id, keys }] });
    const answers = await client.takeAll();
    await offer('second key');
    const pushed = await client.takeAll();
    await client.close();
    return [answers, pushed].map((frames) => /(first|second) key/.exec(JSON.stringify(frames))?.[0] ?? 'nothing');
  };
  await offer('first key');
  expect(await seen('tenant')).toEqual(['first key', 'second key']);
  await offer('first key');
  expect(await seen('customer')).toEqual(['nothing', 'nothing']);
});
