// Goal: the second gate decides as rest-api.md §4 says, for every authority, type, operation and ownership.
// Method: one table of what is allowed; everything that is not in it must be refused, with the right code.
import type { EntityKind, EntityOf, EntityType } from '@fieldline/model';
import { systemTenantId } from '@fieldline/model';
import type { Caller, EntityInsert, EntityOperation } from '@fieldline/ports';
import { memoryEntityStore } from '@fieldline/storage-memory';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { entityAccess } from './access.js';
import { codeOf, openDirectory } from './directory.fixture.js';
import { kindOf } from './entity-types.js';

const operations: readonly EntityOperation[] = [
  'read',
  'write',
  'delete',
  'assign',
  'read-credentials',
  'read-attributes',
  'write-attributes',
  'read-telemetry',
  'write-telemetry',
];
const types = [
  'DEVICE',
  'ASSET',
  'ENTITY_VIEW',
  'CUSTOMER',
  'DASHBOARD',
  'USER',
  'DEVICE_PROFILE',
  'ASSET_PROFILE',
  'RULE_CHAIN',
  'RULE_NODE',
  'OTA_PACKAGE',
  'TENANT',
  'TENANT_PROFILE',
  'API_KEY',
  'EDGE',
] as const satisfies readonly EntityType[];
const ownerships = ['own', 'other customer', 'other tenant', 'nowhere'] as const;
type Ownership = (typeof ownerships)[number];

const reads = 'read read-attributes read-telemetry';
const uses = `${reads} write read-credentials write-attributes write-telemetry`;
const everything = operations.join(' ');

/** What is allowed: by caller, by type and ownership, or by type for both customers. */
const allowed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  admin: {
    ...Object.fromEntries(types.flatMap((type) => ['own', 'other customer'].map((owner) => [`${type} ${owner}`, everything]))),
    'TENANT own': `${reads} delete`,
    'TENANT other customer': `${reads} delete`,
    'EDGE own': '',
    'EDGE other customer': '',
    'TENANT_PROFILE own': '',
    'TENANT_PROFILE other customer': '',
  },
  customer: {
    'DEVICE own': uses,
    'ASSET own': uses,
    'ENTITY_VIEW own': uses,
    'CUSTOMER own': reads,
    'DASHBOARD own': reads,
    'USER own': 'read',
    ...Object.fromEntries(
      ['DEVICE_PROFILE', 'ASSET_PROFILE'].flatMap((type) => [`${type} own`, `${type} other customer`].map((row) => [row, 'read'])),
    ),
  },
  system: {
    ...Object.fromEntries(
      ['own', 'other customer', 'other tenant'].flatMap((owner) => [
        [`TENANT ${owner}`, `${reads} write delete write-attributes write-telemetry`],
        [`TENANT_PROFILE ${owner}`, everything],
        [`DASHBOARD ${owner}`, 'read'],
      ]),
    ),
  },
};
const publicCustomer = Object.fromEntries(
  Object.entries(allowed['customer'] ?? {}).map(([row, may]) => [
    row,
    may
      .split(' ')
      .filter((one) => reads.split(' ').includes(one))
      .join(' '),
  ]),
);

/** What a refusal is called: the reference tells some types apart. */
function refusal(who: string, type: EntityType, owner: Ownership): string {
  const tells = ['ASSET', 'CUSTOMER', 'DASHBOARD', 'ENTITY_VIEW', 'USER', 'OTA_PACKAGE'].includes(type);
  const denied = 'DIRECTORY_ACCESS_DENIED';
  const absent = 'DIRECTORY_ENTITY_NOT_FOUND';
  if (who === 'system') {
    if (!['TENANT', 'TENANT_PROFILE', 'USER', 'DASHBOARD', 'API_KEY'].includes(type)) return denied;
    return owner === 'nowhere' ? absent : denied;
  }
  if (type === 'EDGE' || type === 'TENANT_PROFILE' || owner === 'nowhere') return absent;
  if (owner === 'other tenant') return tells ? denied : absent;
  return denied;
}

describe('the access to entities', () => {
  let d: Awaited<ReturnType<typeof openDirectory>>;
  const store = memoryEntityStore();
  const access = entityAccess(store);
  const ids = new Map<string, string>();
  const callers = new Map<string, Caller>();

  beforeAll(async () => {
    d = await openDirectory();
    callers
      .set('admin', d.admin)
      .set('customer', d.customer)
      .set('system', d.system)
      .set('public', { ...d.customer, isPublic: true });
    await store.write([...d.one.changes, ...d.two.changes]);
    const put = async (type: EntityType, owner: Ownership, tenantId: string, parts: object): Promise<void> => {
      const kind = kindOf(type) as EntityKind;
      const id = d.deps.ids.next();
      ids.set(`${type} ${owner}`, id);
      const named = ['USER', 'API_KEY'].includes(type) ? {} : { name: id };
      const entity = { id, tenantId, createdAtMs: 0, version: 1, ...named, ...parts } as unknown as EntityOf<EntityKind>;
      await store.write([{ change: 'insert', kind, entity } as EntityInsert]);
    };
    const assigned = { own: 'customer-1', 'other customer': 'customer-2', 'other tenant': 'customer-3' } as const;
    for (const [owner, customerId] of Object.entries(assigned) as [Exclude<Ownership, 'nowhere'>, string][]) {
      const { tenantId, profile, chain } = owner === 'other tenant' ? d.two : d.one;
      const inTenant = (type: EntityType, parts: object) => put(type, owner, tenantId, parts);
      await inTenant('DEVICE', { customerId, deviceProfileId: profile.id, type: 'default' });
      await inTenant('ASSET', { customerId, assetProfileId: 'p', type: 'default' });
      const keys = { timeseries: [], attributes: { cs: [], ss: [], sh: [] } };
      await inTenant('ENTITY_VIEW', { customerId, type: 'v', targetType: 'DEVICE', targetId: 'd', keys, startMs: 0, endMs: 0 });
      await inTenant('CUSTOMER', { id: customerId });
      ids.set(`CUSTOMER ${owner}`, customerId);
      await inTenant('DASHBOARD', { customerIds: ['customer-9', customerId] });
      await inTenant('USER', { customerId, email: `${owner.replace(' ', '')}@fieldline.local`, authority: 'CUSTOMER_USER' });
      await inTenant('DEVICE_PROFILE', { isDefault: false, transportType: 'DEFAULT', profileData: {} });
      await inTenant('ASSET_PROFILE', { isDefault: false });
      await inTenant('OTA_PACKAGE', { type: 'FIRMWARE', packageVersion: '1', titleAndVersion: `${owner}\n1`, hasData: false });
      await inTenant('API_KEY', { userId: 'u', isEnabled: true, valueHash: owner });
      const nodeId = d.deps.ids.next();
      const node = { id: nodeId, type: 't', name: 'node', configVersion: 0, config: {}, layout: { x: 0, y: 0 } };
      await inTenant('RULE_CHAIN', { isRoot: false, nodes: [node], connections: [] });
      ids.set(`RULE_NODE ${owner}`, nodeId).set(`TENANT ${owner}`, tenantId);
      expect(chain.tenantId).toBe(tenantId);
      await put('TENANT_PROFILE', owner, systemTenantId, { isDefault: false, configuration: {} });
    }
  });

  const cases = ['admin', 'customer', 'public', 'system'].flatMap((who) =>
    types.flatMap((type) => ownerships.map((owner) => ({ who, type, owner }))),
  );
  test.each(cases)('$who: $type, $owner', async ({ who, type, owner }) => {
    const caller = callers.get(who) as Caller;
    const id = ids.get(`${type} ${owner}`) ?? '00000000-0000-7000-8000-00000000ffff';
    const may = ((who === 'public' ? publicCustomer : allowed[who])?.[`${type} ${owner}`] ?? '').split(' ');
    for (const operation of operations) {
      const expected = may.includes(operation) ? 'no error' : refusal(who, type, owner);
      expect([operation, await codeOf(access.require(caller, { entityType: type, id }, operation))]).toEqual([operation, expected]);
    }
  });

  it('lets a customer user change itself, and nobody else', async () => {
    const self: Caller = { ...d.customer, userId: ids.get('USER own') ?? '' };
    const me = { entityType: 'USER', id: self.userId } as const;
    expect(await codeOf(access.require(self, me, 'write'))).toBe('no error');
    expect(await codeOf(access.require(self, me, 'delete'))).toBe('DIRECTORY_ACCESS_DENIED');
  });

  it('lets the system administrator manage administrators of every tenant, but not customer users', async () => {
    const id = d.deps.ids.next();
    const entity = { id, tenantId: d.two.tenantId, createdAtMs: 0, version: 1, email: 'admin@fieldline.local', authority: 'TENANT_ADMIN' } as const;
    await store.write([{ change: 'insert', kind: 'user', entity }]);
    expect(await access.require(d.system, { entityType: 'USER', id }, 'delete')).toMatchObject({
      tenantId: d.two.tenantId,
      name: 'admin@fieldline.local',
    });
  });

  it('tells the name, label and customer of what it lets through, and the chain of a rule node', async () => {
    const id = ids.get('DEVICE own') ?? '';
    expect(await access.require(d.admin, { entityType: 'DEVICE', id }, 'read')).toEqual({
      entity: { entityType: 'DEVICE', id },
      tenantId: d.one.tenantId,
      name: id,
      label: undefined,
      customerId: 'customer-1',
    });
    const node = { entityType: 'RULE_NODE', id: ids.get('RULE_NODE own') ?? '' } as const;
    expect(await access.require(d.admin, node, 'read')).toMatchObject({ entity: node, name: 'node' });
  });
});
