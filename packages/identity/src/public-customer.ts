import type { Customer, User } from '@fieldline/model';
import type { EntityStore } from '@fieldline/ports';

/** The public customer of an id; undefined where there is none, or it is not public. */
export async function publicCustomer(entities: EntityStore, customerId: string): Promise<Customer | undefined> {
  const tenantId = await entities.tenantOf('customer', customerId);
  const customer = tenantId === undefined ? undefined : await entities.find('customer', tenantId, customerId);
  return customer?.isPublic === true ? customer : undefined;
}

/** The user that stands for everybody who comes through a public customer. It is kept nowhere. */
export function userOfPublic({ id, tenantId, createdAtMs }: Customer): User {
  return { id, tenantId, createdAtMs, version: 1, customerId: id, email: id, authority: 'CUSTOMER_USER', firstName: 'Public', lastName: 'Public' };
}
