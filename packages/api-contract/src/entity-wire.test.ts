import type { DeviceProfile } from '@fieldline/model';
import { expect, test } from 'vitest';
import { entityToWire } from './entity-wire.js';

// Goal: messages to rule chains, which lead anywhere, carry no secret. Method: a profile that has one.

const profile: DeviceProfile = {
  ...{ id: 'p', tenantId: 't', createdAtMs: 1, version: 1, name: 'Meters', isDefault: false, transportType: 'DEFAULT', kaaAutoExtraction: false },
  ...{ provisionType: 'ALLOW_CREATE_NEW_DEVICES', provisionDeviceKey: 'key' },
  profileData: { provisionConfiguration: { type: 'ALLOW_CREATE_NEW_DEVICES', provisionDeviceSecret: 'open sesame' } },
};

test('the message about a device profile does not tell with which secret devices introduce themselves', () => {
  const message = entityToWire('deviceProfile', profile);
  expect(message).toMatchObject({ profileData: { provisionConfiguration: { type: 'ALLOW_CREATE_NEW_DEVICES', provisionDeviceSecret: '***' } } });
  expect(JSON.stringify(message)).not.toContain('sesame');
});

test('where there is no secret the message says so', () => {
  const message = entityToWire('deviceProfile', { ...profile, profileData: {} });
  expect(message).toMatchObject({ profileData: { provisionConfiguration: { provisionDeviceSecret: null } } });
});
