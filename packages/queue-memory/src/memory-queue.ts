import type { BatchFailures, BatchHandler, MessageBatch, MessageQueue } from '@fieldline/ports';
import { queueErrors } from '@fieldline/ports';
import { assert } from '@fieldline/kernel';
import { DEPTH_MAX, OPEN_BATCHES_MAX } from './limits.js';

export interface MemoryQueueOptions {
  /** Messages that may wait or be in work; `DEPTH_MAX` unless given. */
  readonly depthMax?: number;
  /** Batches of one partition that may be with the handler at once; `OPEN_BATCHES_MAX` unless given. */
  readonly openBatchesMax?: number;
}

/**
 * The queue inside one process. The handler is called with the batches of a partition in the order they came,
 * at once where there is room, and may have several open. A batch that the handler rejects goes back to its
 * sender: `enqueue` rejects with the same error and nothing of it stays here.
 *
 * At the bound it refuses: QUEUE_FULL. While closing it refuses QUEUE_CLOSED.
 */
export function memoryQueue(options: MemoryQueueOptions = {}): MessageQueue {
  return new MemoryQueue(options.depthMax ?? DEPTH_MAX, options.openBatchesMax ?? OPEN_BATCHES_MAX);
}

interface Waiting {
  readonly batch: MessageBatch;
  readonly resolve: (failures: BatchFailures) => void;
  readonly reject: (error: unknown) => void;
}

interface Lane {
  readonly waiting: Waiting[];
  open: number;
}

class MemoryQueue implements MessageQueue {
  readonly #lanes = new Map<string, Lane>();
  readonly #depthMax: number;
  readonly #openBatchesMax: number;
  #depth = 0;
  #handler: BatchHandler | undefined;
  #isClosing = false;
  #whenEmpty: (() => void)[] = [];

  constructor(depthMax: number, openBatchesMax: number) {
    this.#depthMax = depthMax;
    this.#openBatchesMax = openBatchesMax;
  }

  enqueue(batch: MessageBatch): Promise<BatchFailures> {
    if (this.#isClosing) return Promise.reject(queueErrors.CLOSED());
    // A batch larger than the bound is taken when nothing else is there; otherwise it could never enter.
    const isFull = this.#depth > 0 && this.#depth + batch.messages.length > this.#depthMax;
    if (isFull) return Promise.reject(queueErrors.FULL({ depthMax: this.#depthMax }));
    this.#depth += batch.messages.length;
    const lane = this.#lane(batch);
    return new Promise((resolve, reject) => {
      lane.waiting.push({ batch, resolve, reject });
      this.#advance(lane);
    });
  }

  consume(handler: BatchHandler): Promise<void> {
    assert(this.#handler === undefined, 'a queue has one consumer');
    this.#handler = handler;
    for (const lane of this.#lanes.values()) this.#advance(lane);
    return Promise.resolve();
  }

  depth(): number {
    return this.#depth;
  }

  /** Refuses new batches; resolves when those taken before are handled. Without a consumer they go back to their senders. */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#handler === undefined) this.#giveBack();
    if (this.#depth > 0) await new Promise<void>((resolve) => this.#whenEmpty.push(resolve));
  }

  #lane(batch: MessageBatch): Lane {
    const key = `${batch.tenantId ?? ''} ${batch.queueName} ${batch.partition}`;
    let lane = this.#lanes.get(key);
    if (lane === undefined) {
      lane = { waiting: [], open: 0 };
      this.#lanes.set(key, lane);
    }
    return lane;
  }

  #advance(lane: Lane): void {
    const handler = this.#handler;
    if (handler === undefined) return;
    while (lane.open < this.#openBatchesMax) {
      const next = lane.waiting.shift();
      if (next === undefined) return;
      lane.open += 1;
      void this.#handle(handler, lane, next);
    }
  }

  async #handle(handler: BatchHandler, lane: Lane, { batch, resolve, reject }: Waiting): Promise<void> {
    try {
      resolve(await handler(batch));
    } catch (error) {
      reject(error);
    }
    lane.open -= 1;
    this.#left(batch);
    this.#advance(lane);
  }

  #giveBack(): void {
    for (const lane of this.#lanes.values()) {
      for (const { batch, reject } of lane.waiting.splice(0)) {
        reject(queueErrors.CLOSED());
        this.#left(batch);
      }
    }
  }

  #left(batch: MessageBatch): void {
    this.#depth -= batch.messages.length;
    if (this.#depth > 0) return;
    for (const resolve of this.#whenEmpty.splice(0)) resolve();
  }
}
