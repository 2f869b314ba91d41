import { defineErrors } from '@fieldline/kernel';

const invalid = { kind: 'invalid-input', retry: 'never' } as const;
const other = 'Take the id of another package, or send none.';

/** Errors of OTA packages. The sentences are those ThingsBoard's clients know (rest-api.md §25). */
export const otaErrors = defineErrors('DIRECTORY', {
  OTA_UNKNOWN: { ...invalid, message: (d: { what: string }) => `Can't assign non-existent ${d.what}!`, remedy: other },
  OTA_FOREIGN: { ...invalid, message: (d: { what: string }) => `Can't assign ${d.what} from different tenant!`, remedy: other },
  OTA_OTHER_TYPE: {
    ...invalid,
    message: (d: { what: string; type: string }) => `Can't assign ${d.what} with type: ${d.type}`,
    remedy: other,
  },
  OTA_WITHOUT_DATA: {
    ...invalid,
    message: (d: { what: string }) => `Can't assign ${d.what} with empty data!`,
    remedy: 'Upload the file of the package first.',
  },
  OTA_OTHER_PROFILE: {
    ...invalid,
    message: (d: { what: string }) => `Can't assign ${d.what} with different deviceProfile!`,
    remedy: 'Take a package of the profile of the device.',
  },
  OTA_TITLE_MISSING: { ...invalid, message: 'OtaPackage title should be specified!', remedy: 'Send a `title` that is not blank.' },
  OTA_TYPE_MISSING: { ...invalid, message: 'Type should be specified!', remedy: 'Send `type`: FIRMWARE or SOFTWARE.' },
  OTA_VERSION_MISSING: { ...invalid, message: 'OtaPackage version should be specified!', remedy: 'Send a `version` that is not blank.' },
  OTA_URL_MISSING: { ...invalid, message: 'Ota package URL should be specified!', remedy: 'Send `url`, or `usesUrl` false and upload a file.' },
  OTA_PROFILE_UNKNOWN: {
    ...invalid,
    message: 'OtaPackage is referencing to non-existent device profile!',
    remedy: 'Take the id of a device profile of this tenant.',
  },
  OTA_TAKEN: {
    ...invalid,
    message: 'OtaPackage with such title and version already exists!',
    remedy: 'Choose another version, or another title.',
  },
  OTA_FIELD_FIXED: {
    ...invalid,
    message: (d: { field: string }) => `Updating ${d.field} is prohibited!`,
    remedy: 'Make another package: devices rely on what a package was.',
  },
  OTA_FILE_BESIDE_URL: { ...invalid, message: "File can't be saved if URL present!", remedy: 'Make a package without `url` for this file.' },
  OTA_FILE_TOO_LARGE: {
    ...invalid,
    message: (d: { bytes: number }) => `The file is larger than ${d.bytes} bytes.`,
    remedy: 'Raise FIELDLINE_OTA_MAX_MB, or maxResourceSize in the tenant profile; or let devices fetch the file from an address of its own.',
  },
  OTA_SPACE_EXHAUSTED: {
    ...invalid,
    message: (d: { bytes: number }) => `OTA packages total size exceeds the maximum of ${d.bytes} bytes`,
    remedy: 'Remove packages, or ask the system administrator for a higher maxOtaPackagesInBytes in the tenant profile.',
  },
  OTA_CHECKSUM_WRONG: {
    ...invalid,
    message: 'Wrong otaPackage file!',
    remedy: 'The file has another checksum than was sent: upload it again, or leave the checksum out.',
  },
  OTA_UPLOAD_RUNS: {
    kind: 'conflict',
    retry: 'later',
    message: 'A file for this package is being uploaded.',
    remedy: 'Wait until that upload has ended.',
  },
  OTA_FILE_ABSENT: {
    kind: 'not-found',
    retry: 'never',
    message: "Requested item wasn't found!",
    remedy: 'Upload the file of the package first; the file of a package with an address is there.',
  },
  OTA_OF_DEVICES: {
    ...invalid,
    message: 'The otaPackage referenced by the devices cannot be deleted!',
    remedy: 'Give those devices another package first.',
  },
  OTA_OF_PROFILE: {
    ...invalid,
    message: 'The otaPackage referenced by the device profile cannot be deleted!',
    remedy: 'Give that device profile another package first.',
  },
});
