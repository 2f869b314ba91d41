// Goal: references, limits and defaults hold also where somebody else comes in between the check and the write, and then the
// answer is the one that the check gives. Method: the memory store with somebody who comes in before a write, a row a use case.
import type { EntityKind, TenantProfile } from '@fieldline/model';
import { systemTenantId } from '@fieldline/model';
import type { EntityChange } from '@fieldline/ports';
import { beforeEach, describe, expect, it } from 'vitest';
import { codeOf, meanwhileIn, openDirectory } from './directory.fixture.js';
import {
  AssetProfiles,
  Assets,
  Assignments,
  BulkImport,
  Customers,
  DashboardAssignments,
  Dashboards,
  deviceErrors,
  DeviceProfiles,
  Devices,
  EntityViews,
  moveDevice,
  OtaPackages,
  Relations,
  RuleChains,
  TenantProfiles,
  Tenants,
  Users,
  UserSettingsStore,
} from './index.js';

let d: Awaited<ReturnType<typeof openDirectory>>;
beforeEach(async () => {
  d = await openDirectory();
});
type Deps = typeof d.deps;
const changed = (change: 'insert' | 'update' | 'remove', kind: EntityKind) => (changes: readonly EntityChange[]) =>
  changes.some((one) => one.change === change && one.kind === kind);

const viewOf = (id: string) => {
  const keys = { timeseries: [], attributes: { cs: [], ss: [], sh: [] } };
  return { name: 'V', type: 't', target: { entityType: 'DEVICE' as const, id }, keys, startMs: 0, endMs: 0 };
};
const parts = { isHiddenOnMobile: false, customerIds: [] };
const packageOf = (deviceProfileId: string) => ({
  ...{ type: 'FIRMWARE' as const, name: 'F', packageVersion: '1', usesUrl: true, url: 'http://x', deviceProfileId },
});

/** Makes what others refer to, as the administrator. */
const makers: Readonly<Partial<Record<EntityKind, () => Promise<{ readonly id: string }>>>> = {
  customer: () => new Customers(d.deps).save(d.admin, { name: 'C' }),
  device: () => d.devices.save(d.admin, { name: 'Viewed' }),
  deviceProfile: () => d.profiles.save(d.admin, { name: 'P' }),
  assetProfile: () => new AssetProfiles(d.deps).save(d.admin, { name: 'P' }),
  ruleChain: () => d.chains.save(d.admin, { name: 'R' }),
  user: () => new Users(d.deps).save(d.admin, { email: 'gone@example.com', authority: 'TENANT_ADMIN' }),
  dashboard: () => new Dashboards(d.deps).save(d.admin, { ...parts, name: 'B' }),
  otaPackage: async () => new OtaPackages(d.deps).save(d.admin, packageOf(d.one.profile.id)),
  tenantProfile: () => new TenantProfiles(d.deps).save(d.system, { name: 'T' }),
};
const made = (kind: EntityKind): Promise<{ readonly id: string }> => makers[kind]?.() ?? Promise.reject(new Error(`nothing makes a ${kind}`));
const ownerOf = (kind: EntityKind) => (kind === 'tenantProfile' ? systemTenantId : d.admin.tenantId);

describe('what is removed while something that refers to it is saved', () => {
  type Save = (deps: Deps, id: string) => Promise<unknown>;
  const rows: readonly (readonly [string, EntityKind, EntityKind, Save, string])[] = [
    [
      'the customer of a device',
      'customer',
      'device',
      (deps, customerId) => new Devices(deps).save(d.admin, { name: 'D', customerId }),
      'CUSTOMER_UNKNOWN',
    ],
    [
      'the profile of a device',
      'deviceProfile',
      'device',
      (deps, id) => new Devices(deps).save(d.admin, { name: 'D', deviceProfileId: id }),
      'DEVICE_PROFILE_UNKNOWN',
    ],
    ['the firmware of a device', 'otaPackage', 'device', (deps, id) => new Devices(deps).save(d.admin, { name: 'D', firmwareId: id }), 'OTA_UNKNOWN'],
    [
      'the customer of an asset',
      'customer',
      'asset',
      (deps, customerId) => new Assets(deps).save(d.admin, { name: 'A', customerId }),
      'CUSTOMER_UNKNOWN',
    ],
    [
      'the profile of an asset',
      'assetProfile',
      'asset',
      (deps, id) => new Assets(deps).save(d.admin, { name: 'A', assetProfileId: id }),
      'ASSET_PROFILE_UNKNOWN',
    ],
    ['what is viewed', 'device', 'entityView', (deps, id) => new EntityViews(deps).save(d.admin, viewOf(id)), 'ENTITY_NOT_FOUND'],
    [
      'the chain of a device profile',
      'ruleChain',
      'deviceProfile',
      (deps, id) => new DeviceProfiles(deps).save(d.admin, { name: 'Q', defaultRuleChainId: id }),
      'PROFILE_RULE_CHAIN_UNKNOWN',
    ],
    [
      'the dashboard of a device profile',
      'dashboard',
      'deviceProfile',
      (deps, id) => new DeviceProfiles(deps).save(d.admin, { name: 'Q', defaultDashboardId: id }),
      'PROFILE_DASHBOARD_UNKNOWN',
    ],
    [
      'the chain of an asset profile',
      'ruleChain',
      'assetProfile',
      (deps, id) => new AssetProfiles(deps).save(d.admin, { name: 'Q', defaultRuleChainId: id }),
      'ASSET_PROFILE_CHAIN_UNKNOWN',
    ],
    [
      'the dashboard of an asset profile',
      'dashboard',
      'assetProfile',
      (deps, id) => new AssetProfiles(deps).save(d.admin, { name: 'Q', defaultDashboardId: id }),
      'ASSET_PROFILE_DASHBOARD_UNKNOWN',
    ],
    [
      'the user of settings',
      'user',
      'userSettings',
      (deps, userId) => new UserSettingsStore(deps).save({ ...d.admin, userId }, 'GENERAL', { theme: 'dark' }),
      'ENTITY_NOT_FOUND',
    ],
    [
      'the profile of a package',
      'deviceProfile',
      'otaPackage',
      (deps, id) => new OtaPackages(deps).save(d.admin, packageOf(id)),
      'OTA_PROFILE_UNKNOWN',
    ],
    [
      'the profile of a tenant',
      'tenantProfile',
      'tenant',
      (deps, id) => new Tenants(deps).save(d.system, { name: 'T', tenantProfileId: id }),
      'TENANT_PROFILE_UNKNOWN',
    ],
    [
      'the customer of a user',
      'customer',
      'user',
      (deps, customerId) => new Users(deps).save(d.admin, { email: 'a@b.cd', authority: 'CUSTOMER_USER', customerId }),
      'CUSTOMER_UNKNOWN',
    ],
    [
      'the end of a relation',
      'device',
      'relation',
      (deps, id) =>
        new Relations(deps).save(d.admin, {
          ...{ from: { entityType: 'DEVICE', id }, to: { entityType: 'TENANT', id: d.admin.tenantId }, type: 'Contains', typeGroup: 'COMMON' },
        }),
      'ENTITY_NOT_FOUND',
    ],
  ];

  it.each(rows)('%s', async (_, referred, kind, save, code) => {
    const { id } = await made(referred);
    const before = await d.entities.count(kind, ownerOf(kind));
    const late = meanwhileIn(d, changed('insert', kind), () =>
      d.entities.write([{ change: 'remove', kind: referred, tenantId: ownerOf(referred), id }]),
    );
    expect(await codeOf(save(late, id))).toBe(`DIRECTORY_${code}`);
    expect(await d.entities.count(kind, ownerOf(kind))).toBe(before);
    expect(await codeOf(save(d.deps, id))).toBe(`DIRECTORY_${code}`);
  });

  it('a customer to whom something is given', async () => {
    const [customer, device] = [await made('customer'), await made('device')];
    const late = meanwhileIn(d, changed('update', 'device'), () => new Customers(d.deps).remove(d.admin, customer.id));
    const given = new Assignments(late, 'device', deviceErrors.DEVICE_NOT_ASSIGNED).assign(d.admin, device.id, customer.id);
    expect(await codeOf(given)).toBe('DIRECTORY_ENTITY_NOT_FOUND');
    expect((await d.devices.get(d.admin, device.id)).customerId).toBeUndefined();
  });

  it('a customer to whom a dashboard is shown, or saved for: then it is left out', async () => {
    const [customer, dashboard] = [await made('customer'), await made('dashboard')];
    const late = meanwhileIn(d, changed('update', 'dashboard'), () => new Customers(d.deps).remove(d.admin, customer.id));
    expect(await codeOf(new DashboardAssignments(late).add(d.admin, dashboard.id, [customer.id]))).toBe('DIRECTORY_CUSTOMER_UNKNOWN');
    const other = await made('customer');
    const later = meanwhileIn(d, changed('insert', 'dashboard'), () => new Customers(d.deps).remove(d.admin, other.id));
    expect((await new Dashboards(later).save(d.admin, { ...parts, name: 'N', customerIds: [other.id] })).customerIds).toEqual([]);
  });

  it('a customer that a table names: only its rows are refused', async () => {
    const customer = await made('customer');
    const late = meanwhileIn(d, changed('insert', 'device'), () => new Customers(d.deps).remove(d.admin, customer.id));
    const rows = [
      { line: 1, name: 'A', customer: 'C' },
      { line: 2, name: 'B', type: 'new' },
      { line: 3, name: 'E', type: 'new' },
    ];
    const taken = await (await BulkImport.start(late, 'device', d.admin, false)).take(rows);
    expect(taken.map((row) => ('error' in row ? row.error.code : row.outcome))).toEqual(['DIRECTORY_IMPORT_CUSTOMER_UNKNOWN', 'created', 'created']);
  });
});

describe('what is referred to while it is removed', () => {
  type Refer = (id: string) => Promise<unknown>;
  type Remove = (deps: Deps, id: string) => Promise<unknown>;
  const rows: readonly (readonly [EntityKind, string, Refer, Remove, string])[] = [
    [
      'device',
      'a view',
      (id) => new EntityViews(d.deps).save(d.admin, viewOf(id)),
      (deps, id) => new Devices(deps).remove(d.admin, id),
      'DEVICE_VIEWED',
    ],
    [
      'deviceProfile',
      'a device',
      (id) => d.devices.save(d.admin, { name: 'D', deviceProfileId: id }),
      (deps, id) => new DeviceProfiles(deps).remove(d.admin, id),
      'PROFILE_IN_USE',
    ],
    [
      'deviceProfile',
      'its being the default',
      (id) => d.profiles.makeDefault(d.admin, id),
      (deps, id) => new DeviceProfiles(deps).remove(d.admin, id),
      'PROFILE_IS_DEFAULT',
    ],
    [
      'assetProfile',
      'an asset',
      (id) => new Assets(d.deps).save(d.admin, { name: 'A', assetProfileId: id }),
      (deps, id) => new AssetProfiles(deps).remove(d.admin, id),
      'ASSET_PROFILE_IN_USE',
    ],
    [
      'assetProfile',
      'its being the default',
      (id) => new AssetProfiles(d.deps).makeDefault(d.admin, id),
      (deps, id) => new AssetProfiles(deps).remove(d.admin, id),
      'ASSET_PROFILE_IS_DEFAULT',
    ],
    [
      'tenantProfile',
      'a tenant',
      (id) => new Tenants(d.deps).save(d.system, { name: 'T', tenantProfileId: id }),
      (deps, id) => new TenantProfiles(deps).remove(d.system, id),
      'TENANT_PROFILE_IN_USE',
    ],
    [
      'tenantProfile',
      'its being the default',
      (id) => new TenantProfiles(d.deps).makeDefault(d.system, id),
      (deps, id) => new TenantProfiles(deps).remove(d.system, id),
      'TENANT_PROFILE_IS_DEFAULT',
    ],
    [
      'dashboard',
      'a device profile',
      (id) => d.profiles.save(d.admin, { name: 'Q', defaultDashboardId: id }),
      (deps, id) => new Dashboards(deps).remove(d.admin, id),
      'DASHBOARD_OF_DEVICE_PROFILE',
    ],
    [
      'dashboard',
      'an asset profile',
      (id) => new AssetProfiles(d.deps).save(d.admin, { name: 'Q', defaultDashboardId: id }),
      (deps, id) => new Dashboards(deps).remove(d.admin, id),
      'DASHBOARD_OF_ASSET_PROFILE',
    ],
    [
      'ruleChain',
      'a device profile',
      (id) => d.profiles.save(d.admin, { name: 'Q', defaultRuleChainId: id }),
      (deps, id) => new RuleChains(deps).remove(d.admin, id),
      'CHAIN_IN_USE',
    ],
    [
      'ruleChain',
      'its being the root',
      (id) => d.chains.makeRoot(d.admin, id),
      (deps, id) => new RuleChains(deps).remove(d.admin, id),
      'CHAIN_IS_ROOT',
    ],
    [
      'otaPackage',
      'a device',
      (id) => d.devices.save(d.admin, { name: 'D', firmwareId: id }),
      (deps, id) => new OtaPackages(deps).remove(d.admin, id),
      'OTA_OF_DEVICES',
    ],
  ];

  it.each(rows)('a %s, by %s', async (kind, _, refer, remove, code) => {
    const { id } = await made(kind);
    const late = meanwhileIn(d, changed('remove', kind), () => refer(id));
    expect(await codeOf(remove(late, id))).toBe(`DIRECTORY_${code}`);
    expect(await codeOf(remove(d.deps, id))).toBe(`DIRECTORY_${code}`);
  });

  it('a device that moves to another tenant, by a view', async () => {
    const { id } = await made('device');
    const late = meanwhileIn(d, changed('remove', 'device'), () => new EntityViews(d.deps).save(d.admin, viewOf(id)));
    expect(await codeOf(moveDevice(late, d.admin, id, d.two.tenantId))).toBe('DIRECTORY_DEVICE_VIEWED_NOT_MOVED');
  });

  it('a profile whose transport changes, by a device', async () => {
    const { id } = await made('deviceProfile');
    const late = meanwhileIn(d, changed('update', 'deviceProfile'), () => d.devices.save(d.admin, { name: 'D', deviceProfileId: id }));
    const saved = new DeviceProfiles(late).save(d.admin, { id, name: 'P', transportType: 'MQTT' });
    expect(await codeOf(saved)).toBe('DIRECTORY_PROFILE_TRANSPORT_IN_USE');
  });
});

describe('two who do the same at once', () => {
  const limited = {
    device: ['maxDevices', (deps: Deps, name: string) => new Devices(deps).save(d.admin, { name })],
    asset: ['maxAssets', (deps: Deps, name: string) => new Assets(deps).save(d.admin, { name })],
    customer: ['maxCustomers', (deps: Deps, name: string) => new Customers(deps).save(d.admin, { name })],
    user: ['maxUsers', (deps: Deps, name: string) => new Users(deps).save(d.admin, { email: `${name}@b.cd`, authority: 'TENANT_ADMIN' })],
    dashboard: ['maxDashboards', (deps: Deps, name: string) => new Dashboards(deps).save(d.admin, { ...parts, name })],
    ruleChain: ['maxRuleChains', (deps: Deps, name: string) => new RuleChains(deps).save(d.admin, { name })],
  } as const;

  it.each(Object.keys(limited) as (keyof typeof limited)[])('get the last %s that a tenant may have once', async (kind) => {
    const [member, save] = limited[kind];
    const limit = (await d.entities.count(kind, d.admin.tenantId)) + 1;
    const configuration: TenantProfile['configuration'] = { [member]: limit };
    await new TenantProfiles(d.deps).save(d.system, { name: 'Small', isDefault: true, configuration });
    const late = meanwhileIn(d, changed('insert', kind), () => save(d.deps, 'first'));
    await expect(save(late, 'second')).rejects.toMatchObject({ code: 'DIRECTORY_ENTITIES_LIMIT', details: { limit } });
    expect(await d.entities.count(kind, d.admin.tenantId)).toBe(limit);
  });

  it('make one default profile, and one root chain', async () => {
    const [one, two] = [await made('deviceProfile'), await d.profiles.save(d.admin, { name: 'Two' })];
    const late = meanwhileIn(d, changed('update', 'deviceProfile'), () => d.profiles.makeDefault(d.admin, one.id));
    await new DeviceProfiles(late).makeDefault(d.admin, two.id);
    const defaults = await d.entities.findAll('deviceProfile', d.admin.tenantId, { isDefault: true }, 9);
    expect(defaults.map(({ id }) => id)).toEqual([two.id]);
    const profiles = new TenantProfiles(
      meanwhileIn(d, changed('insert', 'tenantProfile'), () => new TenantProfiles(d.deps).save(d.system, { name: 'A', isDefault: true })),
    );
    expect(await codeOf(profiles.save(d.system, { name: 'B', isDefault: true }))).toBe('DIRECTORY_TENANT_PROFILE_SECOND_DEFAULT');
    const [root, next] = [await made('ruleChain'), await made('ruleChain')];
    const chains = new RuleChains(meanwhileIn(d, changed('update', 'ruleChain'), () => d.chains.makeRoot(d.admin, root.id)));
    await chains.makeRoot(d.admin, next.id);
    expect((await d.entities.findAll('ruleChain', d.admin.tenantId, { isRoot: true }, 9)).map(({ id }) => id)).toEqual([next.id]);
  });
});
