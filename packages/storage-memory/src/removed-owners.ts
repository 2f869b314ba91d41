import type { EntityId, TenantId } from '@fieldline/model';
import type { MemoryUnit } from './memory-unit.js';

/** Entities and tenants that were removed for good, so that nothing is stored about them any more. */
export class RemovedOwners {
  readonly #tenants: Set<string>;
  readonly #entities: Set<string>;

  constructor(from?: RemovedOwners) {
    this.#tenants = new Set(from === undefined ? [] : from.#tenants);
    this.#entities = new Set(from === undefined ? [] : from.#entities);
  }

  add({ removedEntities, removedTenants }: MemoryUnit): void {
    for (const { tenantId, entity } of removedEntities) this.#entities.add(keyOf(tenantId, entity));
    for (const tenantId of removedTenants) this.#tenants.add(tenantId);
  }

  /** These and those of a unit that is not committed. */
  with(unit: MemoryUnit): RemovedOwners {
    if (unit.removedEntities.length === 0 && unit.removedTenants.length === 0) return this;
    const both = new RemovedOwners(this);
    both.add(unit);
    return both;
  }

  has(tenantId: TenantId, entity: EntityId): boolean {
    return this.#tenants.has(tenantId) || this.#entities.has(keyOf(tenantId, entity));
  }

  hasTenant(tenantId: string): boolean {
    return this.#tenants.has(tenantId);
  }
}

const keyOf = (tenantId: TenantId, entity: EntityId): string => `${tenantId} ${entity.entityType} ${entity.id}`;
