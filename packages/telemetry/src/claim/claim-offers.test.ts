// Goal: device-api.md §7.4, row by row. Method: memory stores, offers taken as the intake takes them.
import type { Device, DeviceId, TenantId } from '@fieldline/model';
import { claimAttributes, claimOfferOf, ValueKind } from '@fieldline/model';
import { storageErrors } from '@fieldline/ports';
import { memoryDataStore, memoryEntityStore } from '@fieldline/storage-memory';
import { expect, test } from 'vitest';
import { ClaimOffers, type ClaimOffersDeps } from './claim-offers.js';

const tenantId = 't' as TenantId;
const deviceId = 'd' as DeviceId;
const session = { tenantId, deviceId };
const entity = { entityType: 'DEVICE', id: deviceId } as const;
const NOW_MS = 1_700_000_000_000;
const DAY_MS = 86_400_000;
const asked = (secretKey: string, durationMs?: number) => ({ secretKey, durationMs });

async function setUp(more: Partial<Device> = {}, options: Partial<ClaimOffersDeps> = {}) {
  const entities = memoryEntityStore();
  const device: Device = { id: deviceId, tenantId, createdAtMs: 0, version: 1, name: 'Meter', deviceProfileId: 'p', type: 'default', ...more };
  await entities.write([{ change: 'insert', kind: 'device', entity: device }]);
  const store = memoryDataStore({ entities });
  const offers = new ClaimOffers({ store, entities, isAllowedByDefault: true, durationMs: DAY_MS, ...options });
  return {
    offers,
    store,
    offered: async () => {
      const [kept] = await store.attributes(tenantId, entity, 'SERVER_SCOPE', [claimAttributes.offer]);
      return kept && claimOfferOf(kept);
    },
    allow: async (value: boolean) => {
      const unit = store.begin();
      const of = { tenantId, entity, scope: 'SERVER_SCOPE', key: claimAttributes.isAllowed, lastUpdateMs: 0 } as const;
      unit.attribute({ ...of, kind: ValueKind.boolean, value });
      await store.commit(unit);
    },
  };
}

test('an offer stands as long as the device says, else as long as the server says', async () => {
  const { offers, offered } = await setUp();
  expect(await offers.take(session, asked('key', 60_000), NOW_MS)).toBeUndefined();
  expect(await offered()).toEqual({ secretKey: 'key', untilMs: NOW_MS + 60_000 });
  expect(await offers.take(session, asked(''), NOW_MS)).toBeUndefined();
  expect(await offered()).toEqual({ secretKey: '', untilMs: NOW_MS + DAY_MS });
});

test('a device of a customer cannot offer itself', async () => {
  const { offers, offered } = await setUp({ customerId: 'c' });
  expect(await offers.take(session, asked('key'), NOW_MS)).toMatchObject({ code: 'TELEMETRY_CLAIM_ASSIGNED', kind: 'forbidden' });
  expect(await offered()).toBeUndefined();
});

test('where not every device may, its attribute decides', async () => {
  const { offers, offered, allow } = await setUp({}, { isAllowedByDefault: false });
  const refused = { code: 'TELEMETRY_CLAIM_NOT_ALLOWED', kind: 'forbidden' };
  expect(await offers.take(session, asked('key'), NOW_MS)).toMatchObject(refused);
  await allow(false);
  expect(await offers.take(session, asked('key'), NOW_MS)).toMatchObject(refused);
  await allow(true);
  expect(await offers.take(session, asked('key'), NOW_MS)).toBeUndefined();
  expect(await offered()).toMatchObject({ secretKey: 'key' });
});

test('what cannot be stored is told to the device, with no word of the secret', async () => {
  const full = storageErrors.FULL({ reason: 'no space' });
  const { store } = await setUp();
  const { offers } = await setUp({}, { store: { begin: () => store.begin(), attributes: async () => [], commit: () => Promise.reject(full) } });
  const problem = await offers.take(session, asked('hidden'), NOW_MS);
  expect(problem).toMatchObject({ code: 'STORAGE_FULL', retry: 'later' });
  expect(JSON.stringify(problem)).not.toContain('hidden');
});

test('a device that is gone has no session any more', async () => {
  const { offers } = await setUp();
  expect(await offers.take({ ...session, deviceId: 'x' as DeviceId }, asked(''), NOW_MS)).toMatchObject({ code: 'TELEMETRY_SESSION_UNKNOWN' });
});
