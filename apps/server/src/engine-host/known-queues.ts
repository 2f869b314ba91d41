import type { TenantId } from '@fieldline/model';
import { systemTenantId } from '@fieldline/model';
import type { ControlEvent, EntityStore } from '@fieldline/ports';
import type { QueueTable } from '@fieldline/rule-engine';

/** Queues loaded for a tenant. More than the directory lets anybody make; a bound so that a broken store cannot fill memory. */
const QUEUES_MAX = 1_000;

/** Keeps the queues that the engine knows the same as those of the store. */
export class KnownQueues {
  readonly #table: QueueTable;
  readonly #entities: Pick<EntityStore, 'find' | 'findAll'>;

  constructor(table: QueueTable, entities: Pick<EntityStore, 'find' | 'findAll'>) {
    this.#table = table;
    this.#entities = entities;
  }

  /** Reads the queues of the system and of these tenants. */
  async load(tenantIds: readonly TenantId[]): Promise<void> {
    for (const tenantId of new Set([systemTenantId, ...tenantIds])) {
      for (const queue of await this.#entities.findAll('queue', tenantId, {}, QUEUES_MAX)) this.#table.put(queue);
    }
  }

  /** Follows a change of a queue or a tenant; anything else concerns nobody here. */
  async changed({ kind, tenantId, id, version }: ControlEvent): Promise<void> {
    if (kind === 'tenant' && version === undefined) this.#table.removeTenant(tenantId);
    if (kind !== 'queue') return;
    const queue = await this.#entities.find('queue', tenantId, id);
    if (queue === undefined) this.#table.remove(id);
    else this.#table.put(queue);
  }
}
