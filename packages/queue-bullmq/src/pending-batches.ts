import type { BatchFailures, MessageBatch } from '@fieldline/ports';
import { encodeMessages } from './batch-codec.js';

/** A batch that somebody in this process waits for. */
export interface Pending {
  readonly id: string;
  readonly batch: MessageBatch;
  readonly resolve: (failures: BatchFailures) => void;
  readonly reject: (error: unknown) => void;
  /** True once Redis said that it has it. */
  isAdded: boolean;
}

/** The batches of one partition that were sent from this process and are not done, in their order. */
export class PendingBatches {
  readonly #byId = new Map<string, Pending>();
  readonly #onSettled: (batch: MessageBatch) => void;

  /** @param onSettled called when nobody waits for a batch any more */
  constructor(onSettled: (batch: MessageBatch) => void) {
    this.#onSettled = onSettled;
  }

  get size(): number {
    return this.#byId.size;
  }

  add(id: string, batch: MessageBatch): Promise<BatchFailures> {
    return new Promise((resolve, reject) => this.#byId.set(id, { id, batch, resolve, reject, isAdded: false }));
  }

  get(id: string): Pending | undefined {
    return this.#byId.get(id);
  }

  /** The first ones that Redis has not confirmed, as it keeps them. */
  unadded(limit: number): readonly (Pending & { readonly text: string })[] {
    const found: Pending[] = [];
    for (const pending of this.#byId.values()) {
      if (!pending.isAdded) found.push(pending);
      if (found.length === limit) break;
    }
    return found.map((pending) => ({ ...pending, text: encodeMessages(pending.batch.messages) }));
  }

  added(ids: Iterable<string>): void {
    for (const id of ids) {
      const pending = this.#byId.get(id);
      if (pending !== undefined) pending.isAdded = true;
    }
  }

  /** After a lost connection nothing is certain: what is not in the hands of the handler is added again, which changes nothing where it is there. */
  doubt(isHandled: (id: string) => boolean): void {
    for (const pending of this.#byId.values()) if (!isHandled(pending.id)) pending.isAdded = false;
  }

  settle(id: string, failures: BatchFailures): void {
    this.#take(id)?.resolve(failures);
  }

  refuse(id: string, error: unknown): void {
    this.#take(id)?.reject(error);
  }

  refuseAll(error: unknown): void {
    for (const id of [...this.#byId.keys()]) this.refuse(id, error);
  }

  #take(id: string): Pending | undefined {
    const pending = this.#byId.get(id);
    if (pending === undefined) return undefined;
    this.#byId.delete(id);
    this.#onSettled(pending.batch);
    return pending;
  }
}
