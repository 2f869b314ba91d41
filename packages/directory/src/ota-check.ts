import type { OtaPackage, TenantId } from '@fieldline/model';
import type { EntityStore } from '@fieldline/ports';
import { otaErrors } from './ota-errors.js';
import type { WriteCondition } from './write-conditions.js';
import { refersTo } from './write-conditions.js';

/** What a device or device profile names as its packages. */
interface HasOtaPackages {
  readonly firmwareId?: string | undefined;
  readonly softwareId?: string | undefined;
}

/**
 * Checks the packages that a device or device profile is saved with.
 *
 * @param deviceProfileId of the device, or the profile itself
 * @returns what has to hold where it is saved
 * @throws DIRECTORY_OTA_UNKNOWN, DIRECTORY_OTA_FOREIGN, DIRECTORY_OTA_OTHER_TYPE, DIRECTORY_OTA_WITHOUT_DATA, DIRECTORY_OTA_OTHER_PROFILE
 */
export async function requireOtaPackages(
  entities: Pick<EntityStore, 'find' | 'tenantOf'>,
  tenantId: TenantId,
  { firmwareId, softwareId }: HasOtaPackages,
  deviceProfileId: string,
): Promise<readonly WriteCondition[]> {
  const check = async (type: OtaPackage['type'], id: string | undefined): Promise<readonly WriteCondition[]> => {
    if (id === undefined) return [];
    const what = type.toLowerCase();
    const found = await entities.find('otaPackage', tenantId, id);
    if (found === undefined) {
      throw (await entities.tenantOf('otaPackage', id)) === undefined ? otaErrors.OTA_UNKNOWN({ what }) : otaErrors.OTA_FOREIGN({ what });
    }
    if (found.type !== type) throw otaErrors.OTA_OTHER_TYPE({ what, type: found.type });
    if (!found.hasData) throw otaErrors.OTA_WITHOUT_DATA({ what });
    if (found.deviceProfileId !== deviceProfileId) throw otaErrors.OTA_OTHER_PROFILE({ what });
    return refersTo('otaPackage', tenantId, id, () => otaErrors.OTA_UNKNOWN({ what }));
  };
  return [...(await check('FIRMWARE', firmwareId)), ...(await check('SOFTWARE', softwareId))];
}
