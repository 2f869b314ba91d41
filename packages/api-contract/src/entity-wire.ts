import type { DeviceProfile, EntityKind, EntityOf, JsonValue } from '@fieldline/model';
import { userToWire } from './auth.js';
import { assetProfileToWire } from './asset-profile.js';
import { assetToWire } from './asset.js';
import { customerToWire } from './customer.js';
import { dashboardToMessage } from './dashboard.js';
import { deviceProfileToWire } from './device-profile.js';
import { deviceToWire } from './device.js';
import { entityViewToWire } from './entity-view.js';
import { otaPackageInfoToWire } from './ota-package.js';
import { ruleChainToWire } from './rule-chain.js';
import { tenantProfileToWire } from './tenant-profile.js';
import { tenantToWire } from './tenant.js';

/** How entities look in messages to rule chains: as the API shows them. One line a kind. */
const translations: { readonly [K in EntityKind]?: (entity: EntityOf<K>) => object } = {
  asset: assetToWire,
  assetProfile: assetProfileToWire,
  customer: customerToWire,
  dashboard: dashboardToMessage,
  device: deviceToWire,
  deviceProfile: deviceProfileToMessage,
  entityView: entityViewToWire,
  otaPackage: otaPackageInfoToWire,
  // Messages do not tell whether nodes are being debugged just now.
  ruleChain: (chain) => ruleChainToWire(chain, Number.MAX_SAFE_INTEGER),
  tenant: tenantToWire,
  tenantProfile: tenantProfileToWire,
  user: userToWire,
};

/** Without the secret by which devices introduce themselves: rule chains lead anywhere. */
function deviceProfileToMessage(profile: DeviceProfile) {
  const { profileData, ...wire } = deviceProfileToWire(profile);
  const provision = profileData['provisionConfiguration'] as Readonly<Record<string, JsonValue>>;
  const provisionDeviceSecret = (provision['provisionDeviceSecret'] ?? null) === null ? null : '***';
  return { ...wire, profileData: { ...profileData, provisionConfiguration: { ...provision, provisionDeviceSecret } } };
}

/** The wire form of an entity; undefined for kinds that no message carries. */
export function entityToWire<K extends EntityKind>(kind: K, entity: EntityOf<K>): JsonValue | undefined {
  return translations[kind]?.(entity) as JsonValue | undefined;
}
