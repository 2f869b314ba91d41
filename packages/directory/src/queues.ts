import type { Page, PageQuery, Queue, TenantId } from '@fieldline/model';
import { compareText, mainQueueName, pageOf, systemTenantId } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import type { DirectoryDeps } from './directory-deps.js';
import { EntityWriter, savedOnce } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import { QUEUES_OF_OWNER_MAX } from './limits.js';
import { queueEntityErrors } from './queue-errors.js';
import { storedEntity } from './stored-entity.js';
import { fewerMatch } from './write-conditions.js';

/** What a client says about a queue it saves. */
export type QueueDraft = Omit<Queue, 'id' | 'tenantId' | 'createdAtMs' | 'version' | 'additionalInfo'> & {
  readonly id?: string | undefined;
  readonly additionalInfo?: Queue['additionalInfo'];
};

const taken = { 'queue.name': queueEntityErrors.QUEUE_NAME_TAKEN };

/**
 * Queues of messages: those of the system, which everybody may name, and those that a tenant made for itself. The
 * engine is told of each change and takes it up between two batches.
 */
export class Queues {
  readonly #deps: DirectoryDeps;
  readonly #writer: EntityWriter;

  constructor(deps: DirectoryDeps) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps);
  }

  /** The queues a caller may name: its own, and those of the system for which it has none of the same name. */
  async page(caller: Caller, query: PageQuery): Promise<Page<Queue>> {
    const text = query.textSearch?.toLowerCase() ?? '';
    const found = (await this.#known(caller)).filter(({ name }) => name.toLowerCase().includes(text));
    const sorted = found.sort(orderOf(query));
    const from = query.page * query.pageSize;
    return pageOf(sorted.slice(from, from + query.pageSize), query, sorted.length);
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND */
  async get(caller: Caller, id: string): Promise<Queue> {
    const { entities } = this.#deps;
    const own = await entities.find('queue', caller.tenantId, id);
    return own ?? storedEntity(entities, 'queue', systemTenantId, id);
  }

  /** @throws DIRECTORY_NAMED_ENTITY_NOT_FOUND */
  async byName(caller: Caller, name: string): Promise<Queue> {
    for (const tenantId of [caller.tenantId, systemTenantId]) {
      const [found] = await this.#deps.entities.findAll('queue', tenantId, { name }, 1);
      if (found !== undefined) return found;
    }
    throw directoryErrors.NAMED_ENTITY_NOT_FOUND();
  }

  /**
   * Creates a queue of the caller's tenant (of the system, for the system administrator), or replaces what is stored.
   *
   * @throws DIRECTORY_QUEUE_NAME_TAKEN, DIRECTORY_QUEUE_NAME_FIXED, DIRECTORY_QUEUES_TOO_MANY
   */
  async save(caller: Caller, { id, ...parts }: QueueDraft): Promise<Queue> {
    if (id === undefined) return this.#create(caller, parts);
    return savedOnce(undefined, () => this.#update(caller, id, parts));
  }

  /** @throws DIRECTORY_QUEUE_IS_MAIN */
  async remove(caller: Caller, id: string): Promise<void> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'QUEUE', id }, 'delete');
    const before = await storedEntity(this.#deps.entities, 'queue', tenantId, id);
    if (tenantId === systemTenantId && before.name === mainQueueName) throw queueEntityErrors.QUEUE_IS_MAIN();
    await this.#writer.remove(caller, 'queue', before);
  }

  async #create(caller: Caller, parts: Omit<QueueDraft, 'id'>): Promise<Queue> {
    const { ids, clock } = this.#deps;
    const { tenantId } = caller;
    const entity: Queue = { id: ids.next(), tenantId, createdAtMs: clock.nowMs(), version: 1, ...parts };
    const tooMany = fewerMatch({ kind: 'queue', tenantId, filter: {} }, QUEUES_OF_OWNER_MAX, () =>
      queueEntityErrors.QUEUES_TOO_MANY({ limit: QUEUES_OF_OWNER_MAX }),
    );
    return this.#writer.insert(caller, 'queue', entity, { taken, conditions: [tooMany] });
  }

  async #update(caller: Caller, id: string, parts: Omit<QueueDraft, 'id'>): Promise<Queue> {
    const { tenantId } = await this.#deps.access.require(caller, { entityType: 'QUEUE', id }, 'write');
    const before = await storedEntity(this.#deps.entities, 'queue', tenantId, id);
    if (before.name !== parts.name) throw queueEntityErrors.QUEUE_NAME_FIXED();
    const { createdAtMs, version } = before;
    return this.#writer.update(caller, 'queue', { before, entity: { id, tenantId, createdAtMs, version, ...parts } }, { taken });
  }

  async #known(caller: Caller): Promise<Queue[]> {
    const own = await this.#of(caller.tenantId);
    if (caller.tenantId === systemTenantId) return own;
    const names = new Set(own.map(({ name }) => name));
    return [...own, ...(await this.#of(systemTenantId)).filter(({ name }) => !names.has(name))];
  }

  async #of(tenantId: TenantId): Promise<Queue[]> {
    return [...(await this.#deps.entities.findAll('queue', tenantId, {}, QUEUES_OF_OWNER_MAX))];
  }
}

/** By the field asked for, else and among equals by id. */
function orderOf({ sortBy, sortOrder }: PageQuery): (one: Queue, other: Queue) => number {
  const sign = sortOrder === 'DESC' ? -1 : 1;
  const valueOf = (queue: Queue): string | number => (sortBy === 'name' || sortBy === 'topic' ? queue[sortBy] : queue.createdAtMs);
  return (one, other) => {
    const [a, b] = [valueOf(one), valueOf(other)];
    const order = sortBy === undefined ? 0 : typeof a === 'string' ? compareText(a, String(b)) : a - Number(b);
    return order === 0 ? compareText(one.id, other.id) : sign * order;
  };
}
