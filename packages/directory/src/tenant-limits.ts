import type { ProblemError } from '@fieldline/kernel';
import type { EntityType, TenantId, TenantProfile } from '@fieldline/model';
import { systemTenantId } from '@fieldline/model';
import type { EntityStore } from '@fieldline/ports';
import { directoryErrors } from './errors.js';
import type { WriteCondition } from './write-conditions.js';
import { fewerMatch } from './write-conditions.js';

/** Kinds of which a tenant profile limits the number: the member of its configuration, and the type the refusal names. */
export const limitedKinds = {
  device: { member: 'maxDevices', entityType: 'DEVICE' },
  asset: { member: 'maxAssets', entityType: 'ASSET' },
  customer: { member: 'maxCustomers', entityType: 'CUSTOMER' },
  user: { member: 'maxUsers', entityType: 'USER' },
  dashboard: { member: 'maxDashboards', entityType: 'DASHBOARD' },
  ruleChain: { member: 'maxRuleChains', entityType: 'RULE_CHAIN' },
} as const satisfies Readonly<Record<string, { readonly member: string; readonly entityType: EntityType }>>;
export type LimitedKind = keyof typeof limitedKinds;

/** The limits of tenants, as their profiles set them. */
export class TenantLimits {
  readonly #entities: Pick<EntityStore, 'find' | 'findAll' | 'count'>;

  constructor(entities: Pick<EntityStore, 'find' | 'findAll' | 'count'>) {
    this.#entities = entities;
  }

  /** The profile of a tenant: its own, else the default one; undefined where the system has none yet. */
  async profileOf(tenantId: TenantId): Promise<TenantProfile | undefined> {
    const tenant = await this.#entities.find('tenant', tenantId, tenantId);
    const own =
      tenant?.tenantProfileId === undefined ? undefined : await this.#entities.find('tenantProfile', systemTenantId, tenant.tenantProfileId);
    if (own !== undefined) return own;
    const [preset] = await this.#entities.findAll('tenantProfile', systemTenantId, { isDefault: true }, 1);
    return preset;
  }

  /** A limit as a number; 0 where there is none. */
  async limit(tenantId: TenantId, member: string): Promise<number> {
    const value = (await this.profileOf(tenantId))?.configuration[member];
    return typeof value === 'number' && value > 0 ? value : 0;
  }

  /**
   * What has to hold where a further entity is added.
   *
   * @throws DIRECTORY_ENTITIES_LIMIT where it would be one too many already
   */
  async requireRoom(tenantId: TenantId, kind: LimitedKind): Promise<readonly WriteCondition[]> {
    const limit = await this.limit(tenantId, limitedKinds[kind].member);
    if (limit > 0 && (await this.#entities.count(kind, tenantId)) >= limit) throw limitError(kind, limit);
    return roomFor(tenantId, kind, { more: 1, limit });
  }
}

/** What has to hold where more entities are added; nothing where there is no limit (0). */
export function roomFor(
  tenantId: TenantId,
  kind: LimitedKind,
  { more, limit }: { readonly more: number; readonly limit: number },
): readonly WriteCondition[] {
  if (limit === 0 || more === 0) return [];
  return [fewerMatch({ kind, tenantId, filter: {} }, limit - more + 1, () => limitError(kind, limit))];
}

export function limitError(kind: LimitedKind, limit: number): ProblemError {
  return directoryErrors.ENTITIES_LIMIT({ entityType: limitedKinds[kind].entityType, limit });
}
