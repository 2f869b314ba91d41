import { defineErrors } from '@fieldline/kernel';

const invalid = { kind: 'invalid-input', retry: 'never' } as const;

/** Errors of dashboards. The sentences are those ThingsBoard's clients know (rest-api.md §19). */
export const dashboardErrors = defineErrors('DIRECTORY', {
  DASHBOARD_TITLE_MISSING: { ...invalid, message: 'Dashboard title should be specified!', remedy: 'Send a `title` that is not blank.' },
  DASHBOARD_CUSTOMERS_TOO_MANY: {
    ...invalid,
    message: (d: { limit: number }) => `A dashboard is assigned to at most ${d.limit} customers.`,
    remedy: 'Assign it to the public customer, or make another dashboard for the rest.',
  },
  DASHBOARD_OF_DEVICE_PROFILE: {
    ...invalid,
    message: 'The dashboard referenced by the device profiles cannot be deleted!',
    remedy: 'Give those device profiles another dashboard first.',
  },
  DASHBOARD_OF_ASSET_PROFILE: {
    ...invalid,
    message: 'The dashboard referenced by the asset profiles cannot be deleted!',
    remedy: 'Give those asset profiles another dashboard first.',
  },
});
