import type { ProblemError } from '@fieldline/kernel';
import type { EntityOf } from '@fieldline/model';
import type { Caller, EntityChange } from '@fieldline/ports';
import { entityAction } from './actions.js';
import type { DirectoryDeps } from './directory-deps.js';
import { entityTypeOf } from './entity-types.js';
import { afterUpdate, EntityWriter, savedOnce } from './entity-writer.js';
import { publicCustomer } from './public-customer.js';
import { storedEntity } from './stored-entity.js';

/** Kinds that belong to one customer or to none. */
export type AssignableKind = 'device' | 'asset' | 'entityView';

/** Gives the entities of a kind to customers and takes them back (rest-api.md §8). */
export class Assignments<K extends AssignableKind> {
  readonly #deps: DirectoryDeps;
  readonly #writer: EntityWriter;
  readonly #kind: K;
  readonly #notAssigned: () => ProblemError;

  /** @param notAssigned what is wrong where an entity shall be taken back that no customer has */
  constructor(deps: DirectoryDeps, kind: K, notAssigned: () => ProblemError) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps);
    this.#kind = kind;
    this.#notAssigned = notAssigned;
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED  about the entity or the customer */
  async assign(caller: Caller, id: string, customerId: string): Promise<EntityOf<K>> {
    await this.#require(caller, id);
    const { name } = await this.#deps.access.require(caller, { entityType: 'CUSTOMER', id: customerId }, 'read');
    return this.#give(caller, id, { id: customerId, name });
  }

  /** Gives the entity to the public customer, whose entities anybody may see. */
  async assignToPublic(caller: Caller, id: string): Promise<EntityOf<K>> {
    await this.#require(caller, id);
    return this.#give(caller, id, await publicCustomer(this.#deps, caller));
  }

  /** Takes the entity back from its customer. */
  async unassign(caller: Caller, id: string): Promise<EntityOf<K>> {
    await this.#require(caller, id);
    return savedOnce(undefined, async () => {
      const before = await storedEntity(this.#deps.entities, this.#kind, caller.tenantId, id);
      const { customerId, ...rest } = before;
      if (customerId === undefined) throw this.#notAssigned();
      const after = rest as EntityOf<K>;
      const customer = await this.#deps.entities.find('customer', caller.tenantId, customerId);
      const metadata = { unassignedCustomerId: customerId, unassignedCustomerName: customer?.name ?? customerId };
      const action = entityAction(caller, 'UNASSIGNED_FROM_CUSTOMER', this.#kind, { before, after: afterUpdate(after) }, { metadata });
      await this.#writer.write([this.#update(after)], { actions: [action] });
      return afterUpdate(after);
    });
  }

  #give(caller: Caller, id: string, customer: { readonly id: string; readonly name: string }): Promise<EntityOf<K>> {
    return savedOnce(undefined, async () => {
      const before = await storedEntity(this.#deps.entities, this.#kind, caller.tenantId, id);
      if (before.customerId === customer.id) return before;
      const after: EntityOf<K> = { ...before, customerId: customer.id };
      const metadata = { assignedCustomerId: customer.id, assignedCustomerName: customer.name };
      const action = entityAction(caller, 'ASSIGNED_TO_CUSTOMER', this.#kind, { before, after: afterUpdate(after) }, { metadata });
      await this.#writer.write([this.#update(after)], { actions: [action] });
      return afterUpdate(after);
    });
  }

  #update(entity: EntityOf<K>): EntityChange {
    return { change: 'update', kind: this.#kind, entity } as EntityChange;
  }

  #require(caller: Caller, id: string): Promise<unknown> {
    return this.#deps.access.require(caller, { entityType: entityTypeOf(this.#kind), id }, 'assign');
  }
}
