import type { Sample, Samples } from './sample.fixture.js';
import { ref } from './things.fixture.js';

/** Where both a dashboard and a customer are named: each of them the row's, the other the caller's own. */
const assignment: Readonly<Record<string, Sample>> = {
  'the object, own customer': async ({ the, mine }) => ({ params: { dashboardId: await the.dashboard(), customerId: await mine.customer() } }),
  'own object, the customer': async ({ the, mine }) => ({ params: { dashboardId: await mine.dashboard(), customerId: await the.customer() } }),
};
const customers: Readonly<Record<string, Sample>> = {
  'the object, own customer': async ({ the, mine }) => ({ params: { dashboardId: await the.dashboard() }, body: [await mine.customer()] }),
  'own object, the customer': async ({ the, mine }) => ({ params: { dashboardId: await mine.dashboard() }, body: [await the.customer()] }),
};

/** Saving a profile: a new one, one there is, and one that refers to what may be another's. */
const profile = (kind: 'device' | 'asset'): Readonly<Record<string, Sample>> => {
  const id = kind === 'device' ? ('deviceProfile' as const) : ('assetProfile' as const);
  const type = kind === 'device' ? 'DEVICE_PROFILE' : 'ASSET_PROFILE';
  const parts =
    kind === 'device'
      ? { type: 'DEFAULT', transportType: 'DEFAULT', provisionType: 'DISABLED', profileData: { configuration: { type: 'DEFAULT' } } }
      : {};
  return {
    'a new one': ({ the }) => ({ body: { ...parts, name: the.name() } }),
    'a new one with a rule chain': async ({ the }) => ({
      body: { ...parts, name: the.name(), defaultRuleChainId: ref('RULE_CHAIN', await the.ruleChain()) },
    }),
    'a new one with a dashboard': async ({ the }) => ({
      body: { ...parts, name: the.name(), defaultDashboardId: ref('DASHBOARD', await the.dashboard()) },
    }),
    'an existing one': async ({ the }) => ({ body: { ...parts, id: ref(type, await the[id]()), name: the.name() } }),
  };
};

/** Dashboards, profiles and OTA packages. */
export const dashboardSamples: Samples = {
  'POST /api/dashboard': {
    'a new one': ({ the }) => ({ body: { title: the.name() } }),
    'an existing one': async ({ the }) => ({ body: { id: ref('DASHBOARD', await the.dashboard()), title: the.name() } }),
  },
  'POST /api/customer/:customerId/dashboard/:dashboardId': assignment,
  'DELETE /api/customer/:customerId/dashboard/:dashboardId': assignment,
  'POST /api/dashboard/:dashboardId/customers': customers,
  'POST /api/dashboard/:dashboardId/customers/add': customers,
  'POST /api/dashboard/:dashboardId/customers/remove': customers,
  'POST /api/tenant/dashboard/home/info': async ({ the }) => ({
    body: { dashboardId: ref('DASHBOARD', await the.dashboard()), hideDashboardToolbar: true },
  }),
  'POST /api/deviceProfile': profile('device'),
  'POST /api/assetProfile': profile('asset'),
  'POST /api/otaPackage': {
    'a new one': async ({ the }) => ({
      body: { title: the.name(), version: '1', type: 'FIRMWARE', deviceProfileId: ref('DEVICE_PROFILE', await the.deviceProfile()) },
    }),
    'an existing one': async ({ the }) => {
      const { id, name, packageVersion, type, deviceProfileId = '' } = await the.saved('otaPackage', await the.otaPackage());
      const head = { title: name, version: packageVersion, type, deviceProfileId: ref('DEVICE_PROFILE', deviceProfileId) };
      return { body: { ...head, id: ref('OTA_PACKAGE', id), additionalInfo: { description: 'x' } } };
    },
  },
  'POST /api/otaPackage/:otaPackageId': async ({ the }) => {
    const body = new FormData();
    body.append('file', new Blob(['abc']), 'f.bin');
    return { params: { otaPackageId: await the.otaPackage(false) }, query: { checksumAlgorithm: 'SHA256' }, body };
  },
  'GET /api/otaPackages/:deviceProfileId/:type': () => ({ params: { type: 'FIRMWARE' } }),
};
