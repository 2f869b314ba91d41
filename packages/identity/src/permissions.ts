import type { Authority } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { identityErrors } from './errors.js';

const everybody: readonly Authority[] = ['SYS_ADMIN', 'TENANT_ADMIN', 'CUSTOMER_USER'];
const system: readonly Authority[] = ['SYS_ADMIN'];
const tenant: readonly Authority[] = ['TENANT_ADMIN'];
const customer: readonly Authority[] = ['CUSTOMER_USER'];
const tenantAndCustomer: readonly Authority[] = ['TENANT_ADMIN', 'CUSTOMER_USER'];
const administrators: readonly Authority[] = ['SYS_ADMIN', 'TENANT_ADMIN'];

/**
 * Named permissions and the authorities that have them. This is the first of two gates; the second is the
 * check of tenant and customer on the entity itself (rest-api.md §4).
 */
export const permissions = {
  'session.use': everybody,
  'api-key.use': everybody,
  'user.read': everybody,
  'user.write': everybody,
  'user.delete': administrators,
  'user.list': tenantAndCustomer,
  'user.list-of-customer': tenant,
  'user.list-of-tenant': system,
  'user.activate': administrators,
  'user.impersonate': administrators,
  'user-settings.use': everybody,
  'user-dashboards.use': tenantAndCustomer,
  'admin-settings.use': system,
  'system.read': everybody,
  'plugin.read': administrators,
  'queue.read': administrators,
  'dead-letter.read': tenant,
  'dead-letter.write': tenant,
  'trace.read': tenant,
  'queue.write': system,
  'tenant-queue.write': tenant,
  'tenant.read': administrators,
  'tenant.list': system,
  'tenant.write': system,
  'tenant.delete': administrators,
  'tenant-profile.read': system,
  'tenant-profile.write': system,
  'usage.read': tenant,
  'customer.read': tenantAndCustomer,
  'customer.list': tenant,
  'customer.write': tenant,
  'device.read': tenantAndCustomer,
  'device.list': tenant,
  'device.write': tenantAndCustomer,
  'device.delete': tenant,
  'device.assign': tenant,
  'device.import': tenant,
  'device.claim': customer,
  'device.give-back': tenantAndCustomer,
  'device.read-credentials': tenantAndCustomer,
  'device.write-credentials': tenant,
  'device-profile.read': tenant,
  'device-profile.list': tenantAndCustomer,
  'device-profile.write': tenant,
  'asset.read': tenantAndCustomer,
  'asset.list': tenant,
  'asset.write': tenantAndCustomer,
  'asset.delete': tenant,
  'asset.assign': tenant,
  'asset.import': tenant,
  'asset-profile.read': tenant,
  'asset-profile.list': tenantAndCustomer,
  'asset-profile.write': tenant,
  'entity-view.read': tenantAndCustomer,
  'entity-view.list': tenant,
  'entity-view.write': tenantAndCustomer,
  'entity-view.delete': tenant,
  'entity-view.assign': tenant,
  'dashboard.read': tenantAndCustomer,
  'dashboard.read-info': everybody,
  'dashboard.list': tenant,
  'dashboard.list-of-tenant': system,
  'dashboard.write': tenant,
  'ota-package.read': tenant,
  'ota-package.list': tenantAndCustomer,
  'ota-package.write': tenant,
  'relation.read': everybody,
  'relation.write': everybody,
  'telemetry.read': everybody,
  'telemetry.write': everybody,
  'attributes.read': everybody,
  'attributes.write': everybody,
  'alarm.read': everybody,
  'alarm.list': tenantAndCustomer,
  'alarm.write': tenantAndCustomer,
  'alarm-comment.read': everybody,
  'alarm-comment.write': tenantAndCustomer,
  'entity-query.find': everybody,
  'entity-query.keys': tenantAndCustomer,
  'alarm-query.find': tenantAndCustomer,
  'event.read': everybody,
  'event.delete': everybody,
  'audit-log.read': tenant,
  'audit-log.read-entity': administrators,
  'rule-chain.read': tenant,
  'rule-chain.write': tenant,
  'topic-mapping.read': tenant,
  'topic-mapping.write': tenant,
  'component.read': administrators,
  'rule-engine.call': everybody,
} as const satisfies Readonly<Record<string, readonly Authority[]>>;
export type Permission = keyof typeof permissions;

/** Permissions to look, and to use what belongs to the session. */
const looking = /\.(read|read-info|list|find|keys|use)$/;

/**
 * @throws IDENTITY_PERMISSION_DENIED where the caller's authority does not have the permission, and where it is one to change
 *   something and the caller came through a public customer: then nobody knows who it is
 */
export function requirePermission(caller: Caller, permission: Permission): void {
  const holders: readonly Authority[] = permissions[permission];
  const isHeld = holders.includes(caller.authority) && (caller.isPublic !== true || looking.test(permission));
  if (!isHeld) throw identityErrors.PERMISSION_DENIED();
}
