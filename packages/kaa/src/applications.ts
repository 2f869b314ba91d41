import type { EntityId, EntityInfo, TenantId } from '@fieldline/model';
import { kaaApplicationOf, kaaAppVersionOf } from '@fieldline/model';
import type { Caller, EntityFilter, EntityStore } from '@fieldline/ports';
import { kaaErrors } from './errors.js';
import { ENDPOINTS_MAX, PROFILES_MAX } from './limits.js';

/** A device profile, as far as it is an application version. */
export type VersionProfile = EntityInfo<'deviceProfile'>;

/** An application with the profiles that are its versions (kaa.md §1). */
export interface Application {
  readonly name: string;
  readonly versions: readonly VersionProfile[];
}

type Reader = Pick<EntityStore, 'findAllInfos'>;

/** The applications of a tenant, by name. */
export async function applicationsOf(entities: Reader, tenantId: TenantId): Promise<ReadonlyMap<string, Application>> {
  const found = new Map<string, Application & { readonly versions: VersionProfile[] }>();
  for (const profile of await entities.findAllInfos('deviceProfile', tenantId, {}, PROFILES_MAX)) {
    const name = kaaApplicationOf(kaaAppVersionOf(profile));
    const known = found.get(name);
    if (known === undefined) found.set(name, { name, versions: [profile] });
    else known.versions.push(profile);
  }
  return found;
}

/**
 * The application of that name, or the one that has the version of that name.
 *
 * @throws KAA_NAME_UNKNOWN  where there is none, and for a customer where none of its devices belongs to it
 */
export async function requireApplication(entities: Reader, caller: Caller, by: { readonly application: string } | { readonly version: string }) {
  const applications = await applicationsOf(entities, caller.tenantId);
  const name = 'version' in by ? by.version : by.application;
  const found = applications.get('version' in by ? kaaApplicationOf(name) : name);
  const isThere = found !== undefined && (!('version' in by) || found.versions.some((profile) => kaaAppVersionOf(profile) === name));
  const isSeen =
    isThere && (caller.customerId === undefined || (await entities.findAllInfos('device', caller.tenantId, filterOf(caller, found), 1)).length > 0);
  if (found === undefined || !isSeen) throw kaaErrors.NAME_UNKNOWN({ name });
  return found;
}

/**
 * The endpoints of an application that a caller may see, oldest first: all of them, or those of the ids.
 *
 * @throws KAA_ENDPOINTS_TOO_MANY
 */
export async function endpointsOf(
  entities: Reader,
  caller: Caller,
  application: Application,
  ids: readonly string[] | undefined,
): Promise<readonly EntityInfo<'device'>[]> {
  const filter = { ...filterOf(caller, application), ...(ids === undefined ? {} : { id: ids }) };
  const found = await entities.findAllInfos('device', caller.tenantId, filter, ENDPOINTS_MAX + 1);
  if (found.length > ENDPOINTS_MAX) throw kaaErrors.ENDPOINTS_TOO_MANY({ endpointsMax: ENDPOINTS_MAX });
  return found;
}

/** Which devices a caller may see, of one application or of all. */
export function filterOf({ customerId }: Caller, application?: Application): EntityFilter {
  return {
    ...(application === undefined ? {} : { deviceProfileId: application.versions.map(({ id }) => id) }),
    ...(customerId === undefined ? {} : { customerId }),
  };
}

/** The entity that an endpoint is: its id is that of the device. */
export function entityOf({ id }: { readonly id: string }): EntityId {
  return { entityType: 'DEVICE', id };
}
