import type { IdSource } from '@fieldline/kernel';
import type { DeviceProfile, RuleChain, Tenant, TenantId } from '@fieldline/model';
import { rootRuleChain } from '@fieldline/model';
import type { EntityChange } from '@fieldline/ports';

/** A tenant with its default device profile and root rule chain: what every tenant starts with. Not written yet. */
export function newTenant(made: { readonly name: string; readonly ids: IdSource; readonly nowMs: number }): {
  readonly tenantId: TenantId;
  readonly profile: DeviceProfile;
  readonly chain: RuleChain;
  readonly changes: readonly EntityChange[];
} {
  const { ids, nowMs, name } = made;
  const tenantId = ids.next() as TenantId;
  const tenant: Tenant = { id: tenantId, tenantId, createdAtMs: nowMs, version: 1, name };
  const profile = newProfile({ ids, tenantId, nowMs, name: 'default', isDefault: true });
  const chain = rootRuleChain({ ids, tenantId, nowMs });
  return {
    tenantId,
    profile,
    chain,
    changes: [
      { change: 'insert', kind: 'tenant', entity: tenant },
      { change: 'insert', kind: 'ruleChain', entity: chain },
      { change: 'insert', kind: 'deviceProfile', entity: profile },
    ],
  };
}

/** A profile with ThingsBoard's default settings. */
export function newProfile(made: {
  readonly ids: IdSource;
  readonly tenantId: TenantId;
  readonly nowMs: number;
  readonly name: string;
  readonly isDefault: boolean;
}): DeviceProfile {
  return {
    id: made.ids.next(),
    tenantId: made.tenantId,
    createdAtMs: made.nowMs,
    version: 1,
    name: made.name,
    isDefault: made.isDefault,
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
