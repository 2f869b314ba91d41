import type { Customer, EntityAction, EntityOf, TenantId } from '@fieldline/model';
import type { Caller, EntityChange } from '@fieldline/ports';
import { entityAction } from './actions.js';
import { labelOf } from './entity-types.js';
import { afterUpdate } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import type { WriteCondition } from './write-conditions.js';
import { refersTo } from './write-conditions.js';

/** Kinds that belong to one customer or to none. */
export type AssignableKind = 'device' | 'asset' | 'entityView';

/** What to write where an entity gets another owner, and what it is for people. */
export interface OwnerChange<K extends AssignableKind> {
  readonly changes: readonly EntityChange[];
  /** What has to hold: the customer is there. */
  readonly conditions: readonly WriteCondition[];
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
  const gone = () => directoryErrors.ENTITY_NOT_FOUND({ label: labelOf('CUSTOMER'), id: customer.id });
  return {
    changes: [update(kind, entity)],
    conditions: refersTo('customer', before.tenantId as TenantId, customer.id, gone),
    action: entityAction(caller, 'ASSIGNED_TO_CUSTOMER', kind, { before, after }, { metadata }),
    after,
  };
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
  const action = entityAction(caller, 'UNASSIGNED_FROM_CUSTOMER', kind, { before, after }, { metadata });
  return { changes: [update(kind, entity)], conditions: [], action, after };
}

function update<K extends AssignableKind>(kind: K, entity: EntityOf<K>): EntityChange {
  return { change: 'update', kind, entity } as EntityChange;
}
