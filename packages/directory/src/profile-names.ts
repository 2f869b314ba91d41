import type { TenantId } from '@fieldline/model';
import type { EntityStore } from '@fieldline/ports';
import { PROFILE_NAMES_MAX } from './limits.js';

const users = {
  deviceProfile: { kind: 'device', field: 'deviceProfileId' },
  assetProfile: { kind: 'asset', field: 'assetProfileId' },
} as const;

/** Id and name of the profiles of a tenant, by name; with `activeOnly` of those that some entity has. */
export async function profileNames(
  entities: Pick<EntityStore, 'findAllInfos'>,
  tenantId: TenantId,
  kind: 'deviceProfile' | 'assetProfile',
  activeOnly: boolean,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const { kind: userKind, field } = users[kind];
  const profiles = await entities.findAllInfos(kind, tenantId, {}, PROFILE_NAMES_MAX);
  const isActive = async (id: string): Promise<boolean> => (await entities.findAllInfos(userKind, tenantId, { [field]: id }, 1)).length > 0;
  const shown = activeOnly ? await Promise.all(profiles.map(async ({ id }) => isActive(id))) : profiles.map(() => true);
  return profiles
    .filter((_, place) => shown[place])
    .map(({ id, name }) => ({ id, name }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
