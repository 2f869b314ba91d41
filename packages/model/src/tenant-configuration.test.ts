// Goal: limits of tenants are checked by member, and unknown members pass. Method: a table of configurations.
import { expect, test } from 'vitest';
import { tenantConfigurationFaults, unlimitedTenant } from './tenant-configuration.js';

test('a tenant without limits has a configuration that is right', () => {
  expect(tenantConfigurationFaults(unlimitedTenant)).toEqual([]);
  expect(unlimitedTenant).toMatchObject({ type: 'DEFAULT', maxDevices: 0, transportGatewayDeviceMsgRateLimit: null, maxArgumentsPerCF: 10 });
});

test.each([
  { configuration: { maxDevices: 0.5, warnThreshold: 0.8, alarmsTtlDays: null }, faults: [] },
  { configuration: { somethingNew: -1, type: 'OTHER' }, faults: [] },
  { configuration: { maxDevices: -1 }, faults: ['maxDevices'] },
  { configuration: { maxDevices: '5' }, faults: ['maxDevices'] },
  { configuration: { maxUsers: {}, smsEnabled: 1 }, faults: ['maxUsers', 'smsEnabled'] },
])('$configuration', ({ configuration, faults }) => {
  expect(tenantConfigurationFaults(configuration).map((fault) => fault.split(' ')[0])).toEqual(faults);
});
