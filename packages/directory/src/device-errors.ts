import { defineErrors } from '@fieldline/kernel';

const invalid = { kind: 'invalid-input', retry: 'never' } as const;

/** Errors of devices between customers, views and tenants, and of the settings of their profiles. */
export const deviceErrors = defineErrors('DIRECTORY', {
  DEVICE_VIEWED: {
    ...invalid,
    message: "Can't delete device that has entity views or is referenced in calculated fields!",
    remedy: 'Remove the entity views of the device first.',
  },
  DEVICE_VIEWED_NOT_MOVED: {
    ...invalid,
    message: "Can't assign device that has entity views to another tenant!",
    remedy: 'Remove the entity views of the device first.',
  },
  DEVICE_NOT_ASSIGNED: { ...invalid, message: "Device isn't assigned to any customer!", remedy: 'Nothing is to be done: no customer has it.' },
  PROFILE_SECOND_DEFAULT: {
    ...invalid,
    message: 'Another default device profile is present in scope of current tenant!',
    remedy: 'Save it with default false, then make it the default with POST /api/deviceProfile/{id}/default.',
  },
  PROFILE_PROVISION_KEY_TAKEN: {
    ...invalid,
    message: 'Device profile with such provision device key already exists!',
    remedy: 'Choose another key; it is unique over all tenants.',
  },
  KAA_NAME_UNKNOWN: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { name: string }) => `There is no Kaa application or version ${d.name}.`,
    remedy: 'Take the application version of a device profile; without its suffix it is the application.',
  },
  PROFILE_RULE_CHAIN_FOREIGN: {
    ...invalid,
    message: "Can't assign rule chain from different tenant!",
    remedy: 'Take the id of a rule chain of this tenant, or send none.',
  },
  PROFILE_DASHBOARD_UNKNOWN: {
    ...invalid,
    message: "Can't assign non-existent dashboard!",
    remedy: 'Take the id of a dashboard of this tenant, or send none.',
  },
  PROFILE_DASHBOARD_FOREIGN: {
    ...invalid,
    message: "Can't assign dashboard from different tenant!",
    remedy: 'Take the id of a dashboard of this tenant, or send none.',
  },
  TENANT_UNKNOWN: { ...invalid, message: 'Could not find the specified Tenant!', remedy: 'Take the id of a tenant that exists.' },
});
