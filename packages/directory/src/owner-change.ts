import type { Customer, EntityAction, EntityOf } from '@fieldline/model';
import type { Caller, EntityChange } from '@fieldline/ports';
import { entityAction } from './actions.js';
import { afterUpdate } from './entity-writer.js';

/** Kinds that belong to one customer or to none. */
export type AssignableKind = 'device' | 'asset' | 'entityView';

/** What to write where an entity gets another owner, and what it is for people. */
export interface OwnerChange<K extends AssignableKind> {
  readonly changes: readonly EntityChange[];
  readonly action: EntityAction;
  readonly after: EntityOf<K>;
}

/** The entity, as it was read, goes to the customer. */
export function given<K extends AssignableKind>(
  caller: Caller,
  kind: K,
  before: EntityOf<K>,
  customer: Pick<Customer, 'id' | 'name'>,
): OwnerChange<K> {
  const entity: EntityOf<K> = { ...before, customerId: customer.id };
  const metadata = { assignedCustomerId: customer.id, assignedCustomerName: customer.name };
  const after = afterUpdate(entity);
  return { changes: [update(kind, entity)], action: entityAction(caller, 'ASSIGNED_TO_CUSTOMER', kind, { before, after }, { metadata }), after };
}

/** The entity, as it was read, belongs to no customer any more. @param customer who had it, if there still is one */
export function takenBack<K extends AssignableKind>(
  caller: Caller,
  kind: K,
  before: EntityOf<K>,
  customer: Pick<Customer, 'name'> | undefined,
): OwnerChange<K> {
  const { customerId = '', ...rest } = before;
  const entity = rest as EntityOf<K>;
  const metadata = { unassignedCustomerId: customerId, unassignedCustomerName: customer?.name ?? customerId };
  const after = afterUpdate(entity);
  return { changes: [update(kind, entity)], action: entityAction(caller, 'UNASSIGNED_FROM_CUSTOMER', kind, { before, after }, { metadata }), after };
}

function update<K extends AssignableKind>(kind: K, entity: EntityOf<K>): EntityChange {
  return { change: 'update', kind, entity } as EntityChange;
}
