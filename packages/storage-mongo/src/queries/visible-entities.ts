import { systemTenantId, type QueriedType, type QueryScope } from '@fieldline/model';
import type { MongoFilter } from '../mongo-collection.js';

/** What of a type the scope may see; undefined: nothing. */
export function visibleTo({ tenantId, customerId }: QueryScope, entityType: QueriedType): MongoFilter | undefined {
  if (tenantId === systemTenantId) {
    if (entityType === 'TENANT') return { tenantId: { $gt: '' } };
    return entityType === 'TENANT_PROFILE' ? { tenantId } : undefined;
  }
  if (customerId === undefined) return { tenantId };
  switch (entityType) {
    case 'CUSTOMER':
      return { tenantId, _id: customerId };
    case 'DASHBOARD':
      return { tenantId, customerIds: customerId };
    case 'DEVICE':
    case 'ASSET':
    case 'ENTITY_VIEW':
    case 'USER':
      return { tenantId, customerId };
    default:
      return undefined;
  }
}
