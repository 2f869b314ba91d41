import type { ProblemError } from '@fieldline/kernel';
import type { EntityOf } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import type { DirectoryDeps } from './directory-deps.js';
import { entityTypeOf } from './entity-types.js';
import { EntityWriter, savedOnce } from './entity-writer.js';
import type { AssignableKind, OwnerChange } from './owner-change.js';
import { given, takenBack } from './owner-change.js';
import { publicCustomer } from './public-customer.js';
import { storedEntity } from './stored-entity.js';

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
      const { customerId } = before;
      if (customerId === undefined) throw this.#notAssigned();
      const customer = await this.#deps.entities.find('customer', caller.tenantId, customerId);
      return this.#write(takenBack(caller, this.#kind, before, customer));
    });
  }

  #give(caller: Caller, id: string, customer: { readonly id: string; readonly name: string }): Promise<EntityOf<K>> {
    return savedOnce(undefined, async () => {
      const before = await storedEntity(this.#deps.entities, this.#kind, caller.tenantId, id);
      return before.customerId === customer.id ? before : this.#write(given(caller, this.#kind, before, customer));
    });
  }

  async #write({ changes, conditions, action, after }: OwnerChange<K>): Promise<EntityOf<K>> {
    await this.#writer.write(changes, { conditions, actions: [action] });
    return after;
  }

  #require(caller: Caller, id: string): Promise<unknown> {
    return this.#deps.access.require(caller, { entityType: entityTypeOf(this.#kind), id }, 'assign');
  }
}
