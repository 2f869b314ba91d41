import type { Device, DeviceCredentials, DeviceProfile, RuleChain, Tenant, User, UserCredentials } from '@fieldline/model';
import { tenantA, uuid } from '../data-store/fixtures.js';

// Valid entities; the number makes ids and unique fields differ.

export const head = (n: number): { id: string; tenantId: string; createdAtMs: number; version: number } => ({
  id: uuid(n),
  tenantId: tenantA,
  createdAtMs: n,
  version: 1,
});

export const deviceOf = (n: number, changes: Partial<Device> = {}): Device => ({
  ...head(n),
  name: `Device ${n}`,
  deviceProfileId: uuid(800),
  type: 'default',
  ...changes,
});

export const profileOf = (n: number, changes: Partial<DeviceProfile> = {}): DeviceProfile => ({
  ...head(n),
  name: `Profile ${n}`,
  isDefault: false,
  transportType: 'DEFAULT',
  provisionType: 'DISABLED',
  kaaAutoExtraction: false,
  profileData: {},
  ...changes,
});

export const credentialsOf = (n: number, changes: Partial<DeviceCredentials> = {}): DeviceCredentials => ({
  ...head(n),
  deviceId: uuid(n - 100),
  credentialsType: 'ACCESS_TOKEN',
  credentialsId: `token-${n}`,
  ...changes,
});

export const tenantOf = (n: number, changes: Partial<Tenant> = {}): Tenant => ({ ...head(n), name: `Tenant ${n}`, ...changes });

export const userOf = (n: number, changes: Partial<User> = {}): User => ({
  ...head(n),
  email: `user${n}@example.org`,
  authority: 'TENANT_ADMIN',
  ...changes,
});

export const userCredentialsOf = (n: number, changes: Partial<UserCredentials> = {}): UserCredentials => ({
  ...head(n),
  userId: uuid(n - 100),
  isEnabled: true,
  passwordChangedAtMs: 0,
  failedAttempts: 0,
  ...changes,
});

export const chainOf = (n: number, changes: Partial<RuleChain> = {}): RuleChain => ({
  ...head(n),
  name: 'Root',
  type: 'CORE',
  isRoot: true,
  firstNodeId: uuid(1),
  connections: [],
  notes: [],
  nodes: [
    {
      id: uuid(1),
      type: 'filter.script',
      name: 'Warm?',
      configVersion: 1,
      config: { script: 'return true;' },
      isSingleton: false,
      debug: { failures: false, allUntilMs: 0 },
      layout: { x: 1.5, y: -2 },
    },
  ],
  ...changes,
});
