import type { Device, DeviceProfile, TenantId } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { entityAction } from './actions.js';
import type { DirectoryDeps } from './directory-deps.js';
import type { WriteOptions } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import { newProfile } from './new-tenant.js';
import type { WriteCondition } from './write-conditions.js';
import { refersTo } from './write-conditions.js';

/** What a client says about a device it saves. Absent parts are removed, as the compatible API demands. */
export interface DeviceDraft {
  readonly id?: string | undefined;
  readonly name: string;
  readonly label?: string | undefined;
  readonly deviceProfileId?: string | undefined;
  /** Name of a profile, found or made, where no id is given. */
  readonly type?: string | undefined;
  readonly customerId?: string | undefined;
  readonly firmwareId?: string | undefined;
  readonly softwareId?: string | undefined;
  readonly deviceData?: Device['deviceData'];
  readonly additionalInfo?: Device['additionalInfo'];
  readonly version?: number | undefined;
}

/** A profile for a device, with what is to be written where it is a new one. */
export interface ChosenProfile {
  readonly profile: Pick<DeviceProfile, 'id' | 'name'>;
  readonly made: readonly { readonly change: 'insert'; readonly kind: 'deviceProfile'; readonly entity: DeviceProfile }[];
  readonly actions: NonNullable<WriteOptions['actions']>;
  /** What has to hold where the device is saved: one that was there before still is. */
  readonly conditions: readonly WriteCondition[];
}

/**
 * The profile a draft names: by id, else by name (made where there is none), else the default one.
 *
 * @throws DIRECTORY_DEVICE_PROFILE_UNKNOWN, DIRECTORY_ACCESS_DENIED
 */
export async function deviceProfileOf(
  { entities, ids, clock }: Pick<DirectoryDeps, 'entities' | 'ids' | 'clock'>,
  caller: Caller,
  tenantId: TenantId,
  { deviceProfileId, type }: Pick<DeviceDraft, 'deviceProfileId' | 'type'>,
): Promise<ChosenProfile> {
  if (deviceProfileId !== undefined) {
    const [profile] = await entities.findInfos('deviceProfile', tenantId, [deviceProfileId]);
    if (profile === undefined) throw directoryErrors.DEVICE_PROFILE_UNKNOWN();
    return storedOne(profile, tenantId);
  }
  const name = type?.trim() ?? '';
  const [profile] = await entities.findAllInfos('deviceProfile', tenantId, name === '' ? { isDefault: true } : { name }, 1);
  if (profile !== undefined) return storedOne(profile, tenantId);
  if (name === '') throw directoryErrors.DEVICE_PROFILE_UNKNOWN();
  // Users of a customer choose among the profiles of the tenant and make none (rest-api.md §4).
  if (caller.authority === 'CUSTOMER_USER') throw directoryErrors.ACCESS_DENIED();
  const entity = newProfile({ ids, tenantId, nowMs: clock.nowMs(), name, isDefault: false });
  const actions = [entityAction(caller, 'ADDED', 'deviceProfile', { after: entity })];
  return { profile: entity, made: [{ change: 'insert', kind: 'deviceProfile', entity }], actions, conditions: [] };
}

function storedOne(profile: ChosenProfile['profile'], tenantId: TenantId): ChosenProfile {
  const conditions = refersTo('deviceProfile', tenantId, profile.id, directoryErrors.DEVICE_PROFILE_UNKNOWN);
  return { profile, made: [], actions: [], conditions };
}

/** The stored parts of a draft that are neither its head nor its profile. */
export function devicePartsOf(
  draft: DeviceDraft,
  customerId: string | undefined,
): Pick<Device, 'name' | 'label' | 'customerId' | 'firmwareId' | 'softwareId' | 'deviceData' | 'additionalInfo'> {
  const { name, label, firmwareId, softwareId, deviceData, additionalInfo } = draft;
  return {
    name,
    ...(customerId === undefined ? {} : { customerId }),
    ...(label === undefined ? {} : { label }),
    ...(firmwareId === undefined ? {} : { firmwareId }),
    ...(softwareId === undefined ? {} : { softwareId }),
    ...(deviceData === undefined ? {} : { deviceData }),
    ...(additionalInfo === undefined ? {} : { additionalInfo }),
  };
}
