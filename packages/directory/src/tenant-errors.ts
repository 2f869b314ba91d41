import { defineErrors } from '@fieldline/kernel';

const invalid = { kind: 'invalid-input', retry: 'never' } as const;

/** Errors of tenants, their profiles and customers. */
export const tenantErrors = defineErrors('DIRECTORY', {
  TENANT_TITLE_MISSING: { ...invalid, message: 'Tenant title should be specified!', remedy: 'Send a `title` that is not blank.' },
  TENANT_PROFILE_UNKNOWN: {
    ...invalid,
    message: 'Tenant is referencing to non-existent tenant profile!',
    remedy: 'Take the id of a tenant profile, or send none for the default one.',
  },
  TENANT_PROFILE_NAME_MISSING: { ...invalid, message: 'Tenant profile name should be specified!', remedy: 'Send a `name` that is not blank.' },
  TENANT_PROFILE_NAME_TAKEN: { ...invalid, message: 'Tenant profile with such name already exists!', remedy: 'Choose another name.' },
  TENANT_PROFILE_SECOND_DEFAULT: {
    ...invalid,
    message: 'Another default tenant profile is present!',
    remedy: 'Save it with default false, then make it the default with POST /api/tenantProfile/{id}/default.',
  },
  TENANT_PROFILE_IS_DEFAULT: {
    ...invalid,
    message: 'Deletion of Default Tenant Profile is prohibited!',
    remedy: 'Make another profile the default first.',
  },
  TENANT_PROFILE_IN_USE: {
    ...invalid,
    message: 'The tenant profile referenced by the tenants cannot be deleted!',
    remedy: 'Give those tenants another profile first.',
  },
  TENANT_PROFILE_CONFIGURATION: {
    ...invalid,
    message: (d: { faults: readonly string[] }) => `The limits of the tenant profile cannot be used: ${d.faults.join(', ')}.`,
    remedy: 'Correct these members of `profileData.configuration`; 0 is unlimited.',
  },
  CUSTOMER_TITLE_MISSING: { ...invalid, message: 'Customer title should be specified!', remedy: 'Send a `title` that is not blank.' },
  CUSTOMER_TITLE_TAKEN: { ...invalid, message: 'Customer with such title already exists!', remedy: 'Choose another title.' },
  CUSTOMER_TITLE_RESERVED: {
    ...invalid,
    message: "'Public' title for customer is system reserved!",
    remedy: 'Choose another title; the public customer is made with the first entity that is made public.',
  },
});
