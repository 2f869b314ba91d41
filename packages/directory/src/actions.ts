import { entityToWire } from '@fieldline/api-contract';
import type { ActionType, EntityAction, EntityKind, EntityOf, TenantId } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { actingUserOf } from '@fieldline/ports';
import { entityTypeOf, nameOf } from './entity-types.js';

/** The stored forms of an entity around a change; one is absent where it was added or deleted. */
export interface Change<K extends EntityKind> {
  readonly before?: EntityOf<K> | undefined;
  readonly after?: EntityOf<K> | undefined;
}

/** What a caller did to an entity, with the entity as it is (or last was) as the body of the message. */
export function entityAction<K extends EntityKind>(
  caller: Caller,
  type: ActionType,
  kind: K,
  { before, after }: Change<K>,
  more: Pick<EntityAction, 'metadata' | 'data'> = {},
): EntityAction {
  const entity = (after ?? before) as EntityOf<EntityKind>;
  const customerId = 'customerId' in entity ? entity.customerId : undefined;
  return {
    type,
    tenantId: entity.tenantId as TenantId,
    user: actingUserOf(caller),
    entity: { entityType: entityTypeOf(kind), id: entity.id },
    entityName: nameOf(entity),
    customerId,
    before,
    after,
    body: entityToWire(kind, entity as EntityOf<K>),
    isEntityBody: true,
    ...more,
  };
}
