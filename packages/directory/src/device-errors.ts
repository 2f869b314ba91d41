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
  TENANT_UNKNOWN: { ...invalid, message: 'Could not find the specified Tenant!', remedy: 'Take the id of a tenant that exists.' },
});
