import type { Alarm, EntityId, TenantId } from '@fieldline/model';
import { PROPAGATED_MAX } from '@fieldline/model';

/** Where propagation looks things up. */
export interface PropagationSources {
  /**
   * Entities with a COMMON relation that leads, over any number of steps, to the entity: at most `limit`, the nearest first.
   *
   * @param relationTypes only relations of these types; empty: all
   */
  readonly above: (tenantId: TenantId, entity: EntityId, relationTypes: readonly string[], limit: number) => Promise<readonly EntityId[]>;
  /** The customer an entity is assigned to. */
  readonly customerOf: (tenantId: TenantId, entity: EntityId) => Promise<string | undefined>;
}

/** The settings of an alarm that decide where it is shown. */
export function propagationOf({ propagate, propagateToOwner, propagateToTenant, propagateRelationTypes }: Alarm): readonly unknown[] {
  return [propagate, propagateToOwner, propagateToTenant, propagate ? propagateRelationTypes : []];
}

export function isPropagated({ propagate, propagateToOwner, propagateToTenant }: Alarm): boolean {
  return propagate || propagateToOwner || propagateToTenant;
}

/** Finds the entities besides its originator at which an alarm is shown (rest-api.md §17.4, last paragraph). */
export function alarmPropagation(sources: PropagationSources): (alarm: Alarm) => Promise<readonly EntityId[]> {
  return async (alarm) => {
    if (!isPropagated(alarm)) return [];
    const tenantId = alarm.tenantId as TenantId;
    const tenant: EntityId = { entityType: 'TENANT', id: tenantId };
    const shown: EntityId[] = [];
    if (alarm.propagateToTenant) shown.push(tenant);
    if (alarm.propagateToOwner) {
      const customerId = await sources.customerOf(tenantId, alarm.originator);
      shown.push(customerId === undefined ? tenant : { entityType: 'CUSTOMER', id: customerId });
    }
    if (alarm.propagate) shown.push(...(await sources.above(tenantId, alarm.originator, alarm.propagateRelationTypes, PROPAGATED_MAX)));
    const others = new Map(shown.map(({ entityType, id }) => [id, { entityType, id }]));
    others.delete(alarm.originator.id);
    return [...others.values()].slice(0, PROPAGATED_MAX);
  };
}
