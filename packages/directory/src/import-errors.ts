import { defineErrors } from '@fieldline/kernel';

const invalid = { kind: 'invalid-input', retry: 'never' } as const;

/** What can be wrong with a row of a bulk import, besides what a save of the entity refuses. */
export const importErrors = defineErrors('DIRECTORY', {
  IMPORT_TEXT_TOO_LONG: {
    ...invalid,
    message: (d: { column: string; charactersMax: number }) => `${d.column} length must be equal or less than ${d.charactersMax}`,
    remedy: 'Shorten the text.',
  },
  IMPORT_PROFILE_UNKNOWN: {
    ...invalid,
    message: (d: { name: string }) => `There is no profile '${d.name}'.`,
    remedy: 'Correct the name, or map the column as TYPE to have the profile made.',
  },
  IMPORT_CUSTOMER_UNKNOWN: {
    ...invalid,
    message: (d: { title: string }) => `There is no customer '${d.title}'.`,
    remedy: 'Correct the title, or create the customer first.',
  },
});
