import type { Customer, TenantId } from '@fieldline/model';
import type { EntityStore } from '@fieldline/ports';
import { assignErrors } from './assign-errors.js';
import type { WriteCondition } from './write-conditions.js';
import { refersTo } from './write-conditions.js';

interface Assigned {
  readonly customerId?: string | undefined;
}

/** The customers of some entities by id, read at once: for lists that show their titles. */
export async function customersOf(
  entities: Pick<EntityStore, 'findMany'>,
  tenantId: TenantId,
  assigned: readonly Assigned[],
): Promise<ReadonlyMap<string, Customer>> {
  const ids = [...new Set(assigned.flatMap(({ customerId }) => (customerId === undefined ? [] : [customerId])))];
  if (ids.length === 0) return new Map();
  const customers = await entities.findMany('customer', tenantId, ids);
  return new Map(customers.map((customer) => [customer.id, customer]));
}

/**
 * Checks the customer that a save names.
 *
 * @param what the kind of entity, for the sentence: `asset`
 * @returns what has to hold where it is saved
 * @throws DIRECTORY_CUSTOMER_UNKNOWN, DIRECTORY_CUSTOMER_FOREIGN
 */
export async function requireCustomer(
  entities: Pick<EntityStore, 'tenantOf'>,
  tenantId: TenantId,
  customerId: string | undefined,
  what: string,
): Promise<readonly WriteCondition[]> {
  if (customerId === undefined) return [];
  const owner = await entities.tenantOf('customer', customerId);
  if (owner === undefined) throw assignErrors.CUSTOMER_UNKNOWN({ what });
  if (owner !== tenantId) throw assignErrors.CUSTOMER_FOREIGN({ what });
  return refersTo('customer', tenantId, customerId, () => assignErrors.CUSTOMER_UNKNOWN({ what }));
}
