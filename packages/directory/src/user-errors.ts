import { defineErrors } from '@fieldline/kernel';

const invalid = { kind: 'invalid-input', retry: 'never' } as const;
const unchangeable = 'Delete the user and create another one.';

/** Errors of users and their settings. The sentences are those ThingsBoard's clients know (rest-api.md §14). */
export const userErrors = defineErrors('DIRECTORY', {
  USER_EMAIL_MISSING: { ...invalid, message: 'User email should be specified!', remedy: 'Send an `email`.' },
  USER_EMAIL_INVALID: {
    ...invalid,
    message: (d: { email: string }) => `Invalid email address format '${d.email}'!`,
    remedy: 'Write it like name@example.com.',
  },
  USER_EMAIL_TAKEN: {
    ...invalid,
    message: (d: { email: string }) => `User with email '${d.email}' already present in database!`,
    remedy: 'Choose another email: it is unique over all tenants, and compared without case.',
  },
  USER_AUTHORITY_MISSING: {
    ...invalid,
    message: "User authority isn't defined!",
    remedy: 'Send `authority`: SYS_ADMIN, TENANT_ADMIN or CUSTOMER_USER.',
  },
  USER_TENANT_MISSING: {
    ...invalid,
    message: 'Tenant administrator should be assigned to tenant!',
    remedy: 'Send `tenantId` with the id of a tenant that exists.',
  },
  USER_SYSTEM_ASSIGNED: {
    ...invalid,
    message: "System administrator can't be assigned neither to tenant nor to customer!",
    remedy: 'Send neither `tenantId` nor `customerId`.',
  },
  USER_ADMIN_OF_CUSTOMER: {
    ...invalid,
    message: "Tenant administrator can't be assigned to customer!",
    remedy: 'Send no `customerId`, or the authority CUSTOMER_USER.',
  },
  USER_CUSTOMER_MISSING: {
    ...invalid,
    message: 'Customer user should be assigned to customer!',
    remedy: 'Send `customerId` with the id of a customer of this tenant.',
  },
  USER_AUTHORITY_CHANGED: { ...invalid, message: "Can't update user authority!", remedy: unchangeable },
  USER_TENANT_CHANGED: { ...invalid, message: "Can't update user tenant id!", remedy: unchangeable },
  USER_CUSTOMER_CHANGED: { ...invalid, message: "Can't update user customer id!", remedy: unchangeable },
  USER_LAST_ADMIN: { ...invalid, message: 'At least one tenant administrator must remain!', remedy: 'Create another tenant administrator first.' },
  USER_IS_SELF: {
    kind: 'forbidden',
    retry: 'never',
    message: 'Sysadmin is not allowed to delete himself',
    remedy: 'Let another system administrator do it.',
  },
  USER_ACTIVATED: { ...invalid, message: 'User is already activated!', remedy: 'The user signs in with the password, or reports it lost.' },
  USER_WITHOUT_PASSWORD: {
    ...invalid,
    message: 'Enabled user credentials should have password!',
    remedy: 'Let the user set a first password by the activation link.',
  },
  USER_NOT_FOUND: { kind: 'not-found', retry: 'never', message: "Requested item wasn't found!", remedy: 'Check the email.' },
  USER_SETTINGS_FIELD: {
    ...invalid,
    message: 'Json field name should not contain "." or "," symbols',
    remedy: 'Rename the field; PUT takes a path with dots to change a field inside another.',
  },
  USER_SETTINGS_DEPTH: {
    ...invalid,
    message: (d: { limit: number }) => `A path leads through more than ${d.limit} fields.`,
    remedy: 'Nest the settings less deeply.',
  },
  USER_SETTINGS_SIZE: {
    ...invalid,
    message: (d: { limit: number }) => `The settings have more than ${d.limit} characters.`,
    remedy: 'Keep less in them.',
  },
});
