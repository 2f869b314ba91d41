import type { EntityId, TenantId } from '@fieldline/model';
import { ownerKey, type MongoUnit, type RemovedOwner } from './mongo-unit.js';

/** Entities and tenants that were removed for good, each with the number of the unit that did it, so that nothing is stored about them any more. */
export class RemovedOwners {
  readonly #units = new Map<string, number>();

  /** @param keys as `removedKey` gives them, of what was removed before the start */
  constructor(keys: Iterable<string>) {
    for (const key of keys) this.#units.set(key, 0);
  }

  add({ number, removedOwners }: MongoUnit): void {
    for (const removed of removedOwners) {
      const key = removedKey(removed);
      if (!this.#units.has(key)) this.#units.set(key, number);
    }
  }

  /** The unit was not kept. */
  takeBack({ number, removedOwners }: MongoUnit): void {
    for (const removed of removedOwners) {
      const key = removedKey(removed);
      if (this.#units.get(key) === number) this.#units.delete(key);
    }
  }

  /** True where it was removed by the unit of this number or an earlier one. */
  has(tenantId: string, entity: EntityId | undefined, number = Number.POSITIVE_INFINITY): boolean {
    const isGone = (key: string): boolean => {
      const removedBy = this.#units.get(key);
      return removedBy !== undefined && removedBy <= number;
    };
    return isGone(tenantId) || (entity !== undefined && isGone(ownerKey(tenantId, entity)));
  }
}

export const removedKey = ({ tenantId, entity }: RemovedOwner): string => (entity === undefined ? tenantId : ownerKey(tenantId, entity));

export const isRemovedIn = ({ removedOwners }: MongoUnit, tenantId: TenantId, entity: EntityId): boolean =>
  removedOwners.some((removed) => removedKey(removed) === tenantId || removedKey(removed) === ownerKey(tenantId, entity));
