import type { Problem } from '@fieldline/kernel';
import type { Message, TenantId } from '@fieldline/model';

/** A message on its way into a rule chain. */
export interface QueuedMessage {
  readonly message: Message;
  /** Chain to enter; absent means the root chain of the tenant. */
  readonly ruleChainId: string | undefined;
  /** Set where the message came as a QoS 1 publish without a time of its own. */
  readonly packet?: { readonly deviceId: string; readonly packetId: number; readonly payloadHash: number } | undefined;
}

/** Where messages keep their order: one partition of one queue. */
export interface QueuePartition {
  readonly queueName: string;
  /** Tenant whose own queue it is; absent: a queue of the system. */
  readonly tenantId?: TenantId | undefined;
  readonly partition: number;
}

/** A batch of messages of one partition, in order. */
export interface MessageBatch extends QueuePartition {
  /** Given by a queue that may deliver the batch again, also to another process: what its commit did is not done twice. */
  readonly id?: string | undefined;
  readonly messages: readonly QueuedMessage[];
}

/** Which messages of a batch, by place, failed and how; the others are complete. */
export type BatchFailures = ReadonlyMap<number, Problem>;

/** Handles one batch; resolves when its commit is done. Rejecting leaves the batch in the queue. */
export type BatchHandler = (batch: MessageBatch) => Promise<BatchFailures>;

/** Carries batches from those who accept messages to the engine. Keeps the order of a partition. */
export interface MessageQueue {
  /** Resolves when the handler is done with the batch. @throws QUEUE_FULL, QUEUE_UNAVAILABLE retry later */
  enqueue(batch: MessageBatch): Promise<BatchFailures>;
  /**
   * Gives the batches of each partition to the handler, in order; called once. Resolves when those that an earlier
   * process left behind were given out and handled, or have taken their time; new ones come from the call on.
   */
  consume(handler: BatchHandler): Promise<void>;
  /** Messages that wait or are being handled. */
  depth(): number;
  close(): Promise<void>;
}

/** Chooses the partition of a message: the same object for all messages of an originator that name the same queue. */
export type Partitioner = (tenantId: TenantId, originatorId: string, queueName: string | undefined) => QueuePartition;
