// Goal: data folders of earlier versions get what every tenant has by now, once. Method: such a store, started twice.
import { systemTenantId } from '@fieldline/model';
import { expect, test } from 'vitest';
import { openDirectory } from './directory.fixture.js';
import { ensureDefaults } from './index.js';

test('a system without a tenant profile and tenants without an asset profile get them, once', async () => {
  const { entities, deps, one, two } = await openDirectory();
  const [profile] = await entities.findAll('assetProfile', one.tenantId, {}, 1);
  await entities.write([{ change: 'remove', kind: 'assetProfile', tenantId: one.tenantId, id: profile?.id ?? '' }]);
  const counts = async () => [
    await entities.count('tenantProfile', systemTenantId, { isDefault: true }),
    await entities.count('assetProfile', one.tenantId, { isDefault: true }),
    await entities.count('assetProfile', two.tenantId, { isDefault: true }),
  ];
  expect(await counts()).toEqual([0, 0, 1]);
  await ensureDefaults(deps);
  await ensureDefaults(deps);
  expect(await counts()).toEqual([1, 1, 1]);
  expect(await entities.findAll('tenantProfile', systemTenantId, {}, 2)).toMatchObject([{ name: 'Default', configuration: { maxDevices: 0 } }]);
});
