import { defineErrors } from '@fieldline/kernel';

const invalid = { kind: 'invalid-input', retry: 'never' } as const;

/** Errors of giving entities to customers. */
export const assignErrors = defineErrors('DIRECTORY', {
  CUSTOMER_UNKNOWN: {
    ...invalid,
    message: (d: { what: string }) => `Can't assign ${d.what} to non-existent customer!`,
    remedy: 'Take the id of a customer of this tenant, or send none.',
  },
  CUSTOMER_FOREIGN: {
    ...invalid,
    message: (d: { what: string }) => `Can't assign ${d.what} to customer from different tenant!`,
    remedy: 'Take the id of a customer of this tenant, or send none.',
  },
  ASSET_NOT_ASSIGNED: { ...invalid, message: "Asset isn't assigned to any customer!", remedy: 'Nothing is to be done: no customer has it.' },
  VIEW_NOT_ASSIGNED: { ...invalid, message: "Entity View isn't assigned to any customer!", remedy: 'Nothing is to be done: no customer has it.' },
});
