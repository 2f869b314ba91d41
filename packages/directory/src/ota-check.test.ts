// Goal: devices and profiles only name packages they can install. Method: one package a reason to refuse it.
import type { OtaPackage } from '@fieldline/model';
import { expect, test } from 'vitest';
import { codeOf, openDirectory } from './directory.fixture.js';
import { requireOtaPackages } from './ota-check.js';

test.each<{ why: string; part: Partial<OtaPackage>; code: string }>([
  { why: 'a package of the profile with data', part: {}, code: 'no error' },
  { why: 'one of the other type', part: { type: 'SOFTWARE' }, code: 'DIRECTORY_OTA_OTHER_TYPE' },
  { why: 'one whose file was never uploaded', part: { hasData: false }, code: 'DIRECTORY_OTA_WITHOUT_DATA' },
  { why: 'one of another profile', part: { deviceProfileId: 'other' }, code: 'DIRECTORY_OTA_OTHER_PROFILE' },
  { why: 'one of another tenant', part: { tenantId: 'two' }, code: 'DIRECTORY_OTA_FOREIGN' },
  { why: 'one that does not exist', part: { id: 'gone' }, code: 'DIRECTORY_OTA_UNKNOWN' },
])('as firmware, $why: $code', async ({ part, code }) => {
  const d = await openDirectory();
  const { tenantId } = d.one;
  const tenant = part.tenantId === 'two' ? d.two.tenantId : tenantId;
  const entity: OtaPackage = {
    ...{ id: 'ota', createdAtMs: 1, version: 1, deviceProfileId: 'profile', type: 'FIRMWARE', hasData: true },
    ...{ name: 'A', packageVersion: '1', titleAndVersion: 'A\n1', ...part, tenantId: tenant },
  };
  await d.entities.write([{ change: 'insert', kind: 'otaPackage', entity }]);
  expect(await codeOf(requireOtaPackages(d.entities, tenantId, { firmwareId: 'ota' }, 'profile'))).toBe(code);
  expect(await codeOf(requireOtaPackages(d.entities, tenantId, {}, 'profile'))).toBe('no error');
});

test('software is checked like firmware', async () => {
  const d = await openDirectory();
  const check = requireOtaPackages(d.entities, d.one.tenantId, { softwareId: 'gone' }, 'profile');
  await expect(check).rejects.toMatchObject({ message: "Can't assign non-existent software!" });
});
