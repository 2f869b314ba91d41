import type { TenantId } from '@fieldline/model';
import type { BatchFailures, MessageBatch, QueuePartition } from '@fieldline/ports';
import { PartitionWorker } from '../partition-worker.js';
import type { DoneBatches } from './done-batches.js';
import type { Pack } from './pack.js';
import { batchPack } from './pack.js';
import { PackWorker, type PackWorkerParts } from './pack-worker.js';
import type { QueueTable } from './queue-table.js';

/** No message failed: those that did are dead letters, and count as acknowledged (design.md §4). */
const none: BatchFailures = new Map();

/** The two ways through one partition: batches as they come, and packs that are held and retried. */
interface Lane {
  readonly plain: PartitionWorker;
  readonly packs: PackWorker;
}

/** Gives each partition of each queue its workers, and each batch the way that the strategies of its queue want. */
export class QueueLanes {
  readonly #parts: PackWorkerParts;
  readonly #queues: QueueTable;
  readonly #done: DoneBatches;
  readonly #lanes = new Map<string, Lane>();

  constructor(parts: PackWorkerParts, queues: QueueTable, done: DoneBatches) {
    this.#parts = parts;
    this.#queues = queues;
    this.#done = done;
  }

  /** Resolves when the commit of the batch is done. */
  handle(batch: MessageBatch): Promise<BatchFailures> {
    if (this.#done.has(batch)) return Promise.resolve(none);
    const queue = this.#queues.find(batch.tenantId, batch.queueName);
    const lane = this.#lane(batch);
    if (queue.isPlain && lane.packs.isIdle) return lane.plain.handle(batch);
    return this.#handle(lane, batch);
  }

  /** Runs work that a node sent to a queue. @throws as `PackWorker.handle` */
  handlePack(tenantId: TenantId, partition: QueuePartition, pack: Pack): Promise<void> {
    return this.#lane(partition).packs.handle(pack, this.#queues.find(tenantId, partition.queueName));
  }

  partitionOf(tenantId: TenantId, originatorId: string, queueName: string): QueuePartition {
    return this.#queues.partitionOf(tenantId, originatorId, queueName);
  }

  /** Starts no further attempt of any pack. */
  stop(): void {
    for (const { packs } of this.#lanes.values()) packs.stop();
  }

  async #handle(lane: Lane, batch: MessageBatch): Promise<BatchFailures> {
    // The strategies of the queue have just changed: what runs by the old ones comes first.
    if (!lane.plain.isIdle) await lane.plain.whenIdle();
    const pack = batchPack(batch, ({ unit }) => this.#done.mark(unit, batch));
    try {
      await lane.packs.handle(pack, this.#queues.find(batch.tenantId, batch.queueName));
    } catch (error) {
      this.#done.unmark(batch);
      throw error;
    }
    return none;
  }

  #lane({ queueName, tenantId, partition }: QueuePartition): Lane {
    const key = `${tenantId ?? ''} ${queueName} ${partition}`;
    let lane = this.#lanes.get(key);
    if (lane === undefined) {
      lane = { plain: new PartitionWorker(this.#parts.units, this.#done), packs: new PackWorker(this.#parts) };
      this.#lanes.set(key, lane);
    }
    return lane;
  }
}
