import type { Authority } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { identityErrors } from './errors.js';

const everybody: readonly Authority[] = ['SYS_ADMIN', 'TENANT_ADMIN', 'CUSTOMER_USER'];
const tenant: readonly Authority[] = ['TENANT_ADMIN'];
const tenantAndCustomer: readonly Authority[] = ['TENANT_ADMIN', 'CUSTOMER_USER'];
const administrators: readonly Authority[] = ['SYS_ADMIN', 'TENANT_ADMIN'];

/**
 * Named permissions and the authorities that have them. This is the first of two gates; the second is the
 * check of tenant and customer on the entity itself (rest-api.md §4).
 */
export const permissions = {
  'session.use': everybody,
  'user.read': everybody,
  'tenant.read': administrators,
  'device.read': tenantAndCustomer,
  'device.list': tenant,
  'device.write': tenantAndCustomer,
  'device.delete': tenant,
  'device.read-credentials': tenantAndCustomer,
  'device.write-credentials': tenant,
  'device-profile.read': tenant,
  'device-profile.list': tenantAndCustomer,
  'device-profile.write': tenant,
  'telemetry.read': everybody,
  'telemetry.write': everybody,
  'attributes.read': everybody,
  'attributes.write': everybody,
  'alarm.read': everybody,
  'alarm.list': tenant,
  'rule-chain.read': tenant,
  'rule-chain.write': tenant,
  'component.read': administrators,
} as const satisfies Readonly<Record<string, readonly Authority[]>>;
export type Permission = keyof typeof permissions;

/** @throws IDENTITY_PERMISSION_DENIED where the caller's authority does not have the permission */
export function requirePermission(caller: Caller, permission: Permission): void {
  const holders: readonly Authority[] = permissions[permission];
  if (!holders.includes(caller.authority)) throw identityErrors.PERMISSION_DENIED();
}
