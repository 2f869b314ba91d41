import type { IdSource } from '@fieldline/kernel';
import type { AssetProfile, DeviceProfile, RuleChain, Tenant, TenantId, TenantProfile } from '@fieldline/model';
import { rootRuleChain, systemTenantId, unlimitedTenant } from '@fieldline/model';
import type { EntityChange } from '@fieldline/ports';

/** A tenant with its default profiles and root rule chain: what every tenant starts with. Not written yet. */
export function newTenant(made: {
  readonly name: string;
  readonly ids: IdSource;
  readonly nowMs: number;
  /** What is known of the tenant besides its name. */
  readonly parts?: Partial<Omit<Tenant, 'id' | 'tenantId' | 'createdAtMs' | 'version' | 'name'>>;
}): {
  readonly tenantId: TenantId;
  readonly tenant: Tenant;
  readonly profile: DeviceProfile;
  readonly chain: RuleChain;
  readonly changes: readonly EntityChange[];
} {
  const { ids, nowMs, name } = made;
  const tenantId = ids.next() as TenantId;
  const tenant: Tenant = { id: tenantId, tenantId, createdAtMs: nowMs, version: 1, name, ...made.parts };
  const profile = newProfile({ ids, tenantId, nowMs, name: 'default', isDefault: true });
  const chain = rootRuleChain({ ids, tenantId, nowMs });
  return {
    tenantId,
    tenant,
    profile,
    chain,
    changes: [
      { change: 'insert', kind: 'tenant', entity: tenant },
      { change: 'insert', kind: 'ruleChain', entity: chain },
      { change: 'insert', kind: 'deviceProfile', entity: profile },
      { change: 'insert', kind: 'assetProfile', entity: newAssetProfile({ ids, tenantId, nowMs, name: 'default', isDefault: true }) },
    ],
  };
}

/** What is known of a profile before it is made. */
interface ProfileMade {
  readonly ids: IdSource;
  readonly tenantId: TenantId;
  readonly nowMs: number;
  readonly name: string;
  readonly isDefault: boolean;
}

/** An asset profile that sets nothing. */
export function newAssetProfile({ ids, tenantId, nowMs, name, isDefault }: ProfileMade): AssetProfile {
  return { id: ids.next(), tenantId, createdAtMs: nowMs, version: 1, name, isDefault };
}

/** A tenant profile that limits nothing. */
export function newTenantProfile({ ids, nowMs, name, isDefault }: Omit<ProfileMade, 'tenantId'>): TenantProfile {
  const configuration = unlimitedTenant as TenantProfile['configuration'];
  return { id: ids.next(), tenantId: systemTenantId, createdAtMs: nowMs, version: 1, name, isDefault, isIsolated: false, configuration };
}

/** A device profile with ThingsBoard's default settings. */
export function newProfile({ ids, tenantId, nowMs, name, isDefault }: ProfileMade): DeviceProfile {
  return {
    id: ids.next(),
    tenantId,
    createdAtMs: nowMs,
    version: 1,
    name,
    isDefault,
    transportType: 'DEFAULT',
    provisionType: 'DISABLED',
    kaaAutoExtraction: false,
    profileData: {
      configuration: { type: 'DEFAULT' },
      transportConfiguration: { type: 'DEFAULT' },
      provisionConfiguration: { type: 'DISABLED', provisionDeviceSecret: null },
      alarms: null,
    },
  };
}
