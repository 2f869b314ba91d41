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
});
