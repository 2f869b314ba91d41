import type { EntityKind, EntityType } from '@fieldline/model';
import type { Making, Sample, Samples } from './sample.fixture.js';
import { ref } from './things.fixture.js';

type Thing = 'device' | 'asset' | 'entityView';
const types: Readonly<Record<Thing, EntityType>> = { device: 'DEVICE', asset: 'ASSET', entityView: 'ENTITY_VIEW' };

/** Where both an object and a customer are named: each of them the row's, the other the caller's own. */
const assignment = (thing: Thing): Readonly<Record<string, Sample>> => ({
  'the object, own customer': async ({ the, mine }) => ({ params: { [`${thing}Id`]: await the[thing](), customerId: await mine.customer() } }),
  'own object, the customer': async ({ the, mine }) => ({ params: { [`${thing}Id`]: await mine[thing](), customerId: await the.customer() } }),
});
const byName =
  (thing: Thing, kind: EntityKind): Sample =>
  async ({ the }) => ({ query: { [`${thing}Name`]: ((await the.saved(kind, await the[thing]())) as { name: string }).name } });
const following =
  (thing: Thing): Sample =>
  async ({ the }) => {
    const [from, to] = [ref('ASSET', await the.asset()), ref(types[thing], await the[thing]())];
    await the.relation(from, to);
    return {
      body: { parameters: { rootId: from.id, rootType: 'ASSET', direction: 'FROM', relationTypeGroup: 'COMMON' }, [`${thing}Types`]: ['default'] },
    };
  };
const table = ({ the }: Making) => ({ body: { file: `${the.name()}\n`, mapping: { columns: [{ type: 'NAME' }], header: false, delimiter: ',' } } });
const view = async ({ the }: Making, entityId: object) => ({ name: the.name(), type: 'default', entityId, keys: null });

/** Saving a device or asset: a new one, one there is, and one that refers to what may be another's. */
const saving = (thing: 'device' | 'asset'): Readonly<Record<string, Sample>> => {
  const [type, profile] = [types[thing], thing === 'device' ? ('deviceProfile' as const) : ('assetProfile' as const)];
  const profileType = thing === 'device' ? 'DEVICE_PROFILE' : 'ASSET_PROFILE';
  return {
    'a new one': ({ the }) => ({ body: { name: the.name() } }),
    'a new one of a profile': async ({ the }) => ({ body: { name: the.name(), [`${profile}Id`]: ref(profileType, await the[profile]()) } }),
    'a new one of a customer': async ({ the }) => ({ body: { name: the.name(), customerId: ref('CUSTOMER', await the.customer()) } }),
    'an existing one': async ({ the }) => {
      const { customerId } = the.owner;
      const customer = customerId === undefined ? {} : { customerId: ref('CUSTOMER', customerId) };
      return { body: { id: ref(type, await the[thing]()), name: the.name(), ...customer } };
    },
    'own one to a customer': async ({ the, mine }) => {
      const body = { id: ref(type, await mine[thing]()), name: the.name(), customerId: ref('CUSTOMER', await the.customer()) };
      return { body };
    },
  };
};

/** Claiming with one key a device that waits for another, or the same. */
const claiming =
  (secretKey: string): Sample =>
  async ({ the }) => ({ params: { deviceName: await the.offer(await the.device(), 'right') }, body: { secretKey } });

/** Devices, assets, their profiles, and entity views. */
export const deviceSamples: Samples = {
  'POST /api/device': {
    ...saving('device'),
    'own one with firmware': async ({ the, mine }) => {
      const firmware = await the.otaPackage();
      const { deviceProfileId = '' } = await the.saved('otaPackage', firmware);
      const profile = mine.owner.tenantId === the.owner.tenantId ? deviceProfileId : await mine.deviceProfile();
      const head = { id: ref('DEVICE', await mine.device(profile)), name: the.name(), deviceProfileId: ref('DEVICE_PROFILE', profile) };
      return { body: { ...head, firmwareId: ref('OTA_PACKAGE', firmware) } };
    },
  },
  'POST /api/device-with-credentials': ({ the }) => ({
    body: { device: { name: the.name() }, credentials: { credentialsType: 'ACCESS_TOKEN', credentialsId: the.name().slice(6) } },
  }),
  'POST /api/device/credentials': async ({ the }) => {
    const deviceId = await the.device();
    const id = { id: await the.credentialsOf(deviceId) };
    return { body: { id, deviceId: ref('DEVICE', deviceId), credentialsType: 'ACCESS_TOKEN', credentialsId: the.name().slice(6) } };
  },
  'POST /api/customer/:customerId/device/:deviceId': assignment('device'),
  'POST /api/customer/device/:deviceName/claim': { 'with the key': claiming('right'), 'with another key': claiming('wrong') },
  'DELETE /api/customer/device/:deviceName/claim': async ({ the }) => ({ params: { deviceName: await the.offer(await the.device(), 'key') } }),
  'POST /api/customer/:customerId/asset/:assetId': assignment('asset'),
  'POST /api/customer/:customerId/entityView/:entityViewId': assignment('entityView'),
  'POST /api/tenant/:tenantId/device/:deviceId': {
    'the object, own tenant': async ({ the, mine }) => ({ params: { deviceId: await the.device(), tenantId: mine.tenant() } }),
    'own object, the tenant': async ({ the, mine }) => ({ params: { deviceId: await mine.device(), tenantId: the.tenant() } }),
  },
  'GET /api/tenant/device': byName('device', 'device'),
  'GET /api/tenant/devices': { 'by page': () => ({}), 'by name': byName('device', 'device') },
  'GET /api/tenant/assets': { 'by page': () => ({}), 'by name': byName('asset', 'asset') },
  'GET /api/tenant/entityViews': { 'by page': () => ({}), 'by name': byName('entityView', 'entityView') },
  'GET /api/devices/count/:otaPackageType/:deviceProfileId': () => ({ params: { otaPackageType: 'FIRMWARE' } }),
  'POST /api/devices': following('device'),
  'POST /api/asset': saving('asset'),
  'POST /api/assets': following('asset'),
  'POST /api/device/bulk_import': table,
  'POST /api/asset/bulk_import': table,
  'POST /api/entityView': {
    'a new one': async (making) => ({ body: await view(making, ref('DEVICE', await making.the.device())) }),
    'an existing one': async (making) => {
      const id = await making.the.entityView();
      const { targetId } = await making.the.saved('entityView', id);
      return { body: { ...(await view(making, ref('DEVICE', targetId))), id: ref('ENTITY_VIEW', id) } };
    },
    'own one, of the object': async (making) => {
      const id = await making.mine.entityView();
      return { body: { ...(await view(making, ref('DEVICE', await making.the.device()))), id: ref('ENTITY_VIEW', id) } };
    },
  },
  'POST /api/entityViews': following('entityView'),
};
