import { defineErrors } from '@fieldline/kernel';

const invalid = { kind: 'invalid-input', retry: 'never' } as const;

/** Errors of what rule nodes want done in the directory. */
export const nodeErrors = defineErrors('DIRECTORY', {
  NODE_NAME_INVALID: {
    ...invalid,
    message: (d: { what: string; limit: number }) => `The ${d.what} is blank or has more than ${d.limit} characters.`,
    remedy: 'Check the template of the rule node, and the metadata and data that it is filled with.',
  },
  NODE_NOT_ASSIGNABLE: {
    ...invalid,
    message: (d: { label: string }) => `${d.label} cannot be assigned to a customer.`,
    remedy: 'Let only devices, assets, entity views and dashboards reach the rule node, for example behind "entity type filter".',
  },
  NODE_CUSTOMER_MISSING: {
    ...invalid,
    message: 'A dashboard is taken from one of its customers, and none is named.',
    remedy: 'Set the customer name pattern of the rule node.',
  },
});
