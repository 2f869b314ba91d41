import type { TenantId } from '@fieldline/model';
import type { EntityChange, EntityStore } from '@fieldline/ports';

/** Removes the relations of an entity, those from it and those to it. */
export function relationRemovals(tenantId: TenantId, id: string): readonly EntityChange[] {
  return [
    { change: 'remove-where', kind: 'relation', tenantId, filter: { fromId: id } },
    { change: 'remove-where', kind: 'relation', tenantId, filter: { toId: id } },
  ];
}

/** Whether somebody made an entity view of the entity: then it stays. */
export async function isViewed(entities: Pick<EntityStore, 'findAll'>, tenantId: TenantId, targetId: string): Promise<boolean> {
  return (await entities.findAll('entityView', tenantId, { targetId }, 1)).length > 0;
}
