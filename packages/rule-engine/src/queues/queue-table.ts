import { fnv1aOfText } from '@fieldline/kernel';
import type { Queue, QueueStrategies, TenantId } from '@fieldline/model';
import { mainQueueName, standardQueues, systemTenantId } from '@fieldline/model';
import type { QueuePartition } from '@fieldline/ports';

/** A queue as the engine uses it. */
export interface KnownQueue extends QueueStrategies {
  /** The tenant that made it; absent: a queue of the system. */
  readonly tenantId?: TenantId | undefined;
  /** True where packs are neither held nor retried: their batches run as they come. */
  readonly isPlain: boolean;
}

interface Entry {
  readonly queue: KnownQueue;
  readonly partitions: readonly QueuePartition[];
}

/**
 * The queues there are, by name. A tenant's own queue comes before the system's of the same name; a name that
 * nobody knows means Main. What changes here holds from the next batch on.
 */
export class QueueTable {
  readonly #byName = new Map<string, Entry>();
  readonly #keyOfId = new Map<string, string>();
  /** Taken by messages that name no queue, while no tenant has a Main of its own. */
  #main = entryOf({ ...standardQueues[0], tenantId: systemTenantId });
  #hasOwnMains = false;

  /** Adds a queue, or replaces what is known of it. */
  put(queue: Queue): void {
    const key = keyOf(queue.tenantId, queue.name);
    this.#byName.set(key, entryOf(queue));
    this.#keyOfId.set(queue.id, key);
    this.#changed();
  }

  remove(id: string): void {
    const key = this.#keyOfId.get(id);
    if (key === undefined) return;
    this.#keyOfId.delete(id);
    this.#byName.delete(key);
    this.#changed();
  }

  /** Forgets the queues of a tenant that is gone. */
  removeTenant(tenantId: TenantId): void {
    for (const [id, key] of this.#keyOfId) if (key.startsWith(`${tenantId} `)) this.remove(id);
  }

  /** The queue a name means for a tenant. */
  find(tenantId: TenantId | undefined, name: string | undefined): KnownQueue {
    return this.#entry(tenantId, name).queue;
  }

  /** The partition of an originator's messages; the same object for all that share one. */
  partitionOf(tenantId: TenantId, originatorId: string, name?: string): QueuePartition {
    const { partitions } = this.#entry(tenantId, name);
    const place = partitions.length === 1 ? 0 : fnv1aOfText(originatorId) % partitions.length;
    return partitions[place] as QueuePartition;
  }

  #entry(tenantId: TenantId | undefined, name: string | undefined): Entry {
    const isMain = name === undefined || name === mainQueueName;
    if (isMain && !this.#hasOwnMains) return this.#main;
    const own = tenantId === undefined ? undefined : this.#byName.get(keyOf(tenantId, name ?? mainQueueName));
    if (own !== undefined) return own;
    if (isMain) return this.#main;
    return this.#byName.get(keyOf(systemTenantId, name)) ?? this.#entry(tenantId, undefined);
  }

  #changed(): void {
    const systemMain = keyOf(systemTenantId, mainQueueName);
    this.#main = this.#byName.get(systemMain) ?? entryOf({ ...standardQueues[0], tenantId: systemTenantId });
    this.#hasOwnMains = [...this.#byName].some(([key, { queue }]) => queue.name === mainQueueName && key !== systemMain);
  }
}

function entryOf(stored: QueueStrategies & { readonly tenantId: string }): Entry {
  const { name, isConsumedByPartition, packTimeoutMs, submit, processing } = stored;
  const isPlain = submit.strategy === 'BURST' && processing.strategy === 'SKIP_ALL_FAILURES';
  const tenantId = stored.tenantId === systemTenantId ? undefined : (stored.tenantId as TenantId);
  // One thread runs them all: only where a pack may hold up others is it worth to part them.
  const count = isPlain || !isConsumedByPartition ? 1 : stored.partitions;
  const queue = { name, partitions: stored.partitions, isConsumedByPartition, packTimeoutMs, submit, processing, tenantId, isPlain };
  return { queue, partitions: Array.from({ length: count }, (_, partition) => ({ queueName: name, tenantId, partition })) };
}

const keyOf = (tenantId: string, name: string): string => `${tenantId} ${name}`;
