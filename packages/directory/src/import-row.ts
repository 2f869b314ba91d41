import type { ProblemError } from '@fieldline/kernel';
import type { Asset, AssetProfile, Device, DeviceProfile, EntityId } from '@fieldline/model';
import { assetErrors } from './asset-errors.js';
import type { CredentialsDraft } from './device-credentials.js';
import { directoryErrors } from './errors.js';
import { importErrors } from './import-errors.js';
import { DESCRIPTION_LENGTH_MAX, NAME_LENGTH_MAX } from './limits.js';
import { newAssetProfile, newProfile } from './new-tenant.js';

/** Kinds that can be imported from a table. */
export type ImportKind = 'device' | 'asset';
export type Imported = Device | Asset;
export type ImportedProfile = DeviceProfile | AssetProfile;

/** What one line of a table says about an entity. An absent part leaves what is stored as it is. */
export interface ImportRow {
  readonly line: number;
  readonly name: string;
  /** Name of a profile, found or made. */
  readonly type?: string | undefined;
  /** Name of a profile that there must be. */
  readonly profile?: string | undefined;
  readonly label?: string | undefined;
  readonly description?: string | undefined;
  /** Title of a customer that there must be. */
  readonly customer?: string | undefined;
  readonly isGateway?: boolean | undefined;
  /** Of devices: what they authenticate with. */
  readonly secret?: Pick<CredentialsDraft, 'credentialsType' | 'credentialsId' | 'credentialsValue'> | undefined;
}

/** A line that was taken over. */
export interface ImportedRow {
  readonly line: number;
  readonly outcome: 'created' | 'updated';
  readonly entity: EntityId;
  readonly name: string;
  readonly customerId: string | undefined;
}

/** A line that was not, and why. */
export interface RefusedRow {
  readonly line: number;
  readonly error: ProblemError;
}

/** How devices and assets differ for an import. */
export const importKinds = {
  device: {
    profileKind: 'deviceProfile',
    profileField: 'deviceProfileId',
    newProfile,
    nameMissing: directoryErrors.DEVICE_NAME_MISSING,
    taken: {
      'device.name': directoryErrors.DEVICE_NAME_TAKEN,
      'deviceProfile.name': directoryErrors.PROFILE_NAME_TAKEN,
      'deviceCredentials.credentialsId': directoryErrors.CREDENTIALS_TAKEN,
    },
  },
  asset: {
    profileKind: 'assetProfile',
    profileField: 'assetProfileId',
    newProfile: newAssetProfile,
    nameMissing: assetErrors.ASSET_NAME_MISSING,
    taken: { 'asset.name': assetErrors.ASSET_NAME_TAKEN, 'assetProfile.name': assetErrors.ASSET_PROFILE_NAME_TAKEN },
  },
} as const;

const lengthsMax = {
  name: NAME_LENGTH_MAX,
  type: NAME_LENGTH_MAX,
  profile: NAME_LENGTH_MAX,
  label: NAME_LENGTH_MAX,
  customer: NAME_LENGTH_MAX,
  description: DESCRIPTION_LENGTH_MAX,
} as const;

/** @throws what a save would, or DIRECTORY_IMPORT_TEXT_TOO_LONG */
export function checkRow(kind: ImportKind, row: ImportRow): void {
  if (row.name === '') throw importKinds[kind].nameMissing();
  for (const [column, charactersMax] of Object.entries(lengthsMax) as [keyof typeof lengthsMax, number][]) {
    if ((row[column]?.length ?? 0) > charactersMax) throw importErrors.IMPORT_TEXT_TOO_LONG({ column, charactersMax });
  }
}
