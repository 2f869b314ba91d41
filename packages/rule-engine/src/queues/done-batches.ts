import type { JsonValue } from '@fieldline/model';
import { systemTenantId } from '@fieldline/model';
import type { CommitUnit, DataStore, MessageBatch } from '@fieldline/ports';
import { DONE_BATCHES_MAX } from '../limits.js';

/** Under this id the marks are kept as node state, which is committed with what it speaks of. No chain has such a node. */
const MARKS_ID = '00000000-0000-0000-0000-0000000000db';

/**
 * Remembers which batches were committed last, so that one which comes again changes nothing: a queue that outlives
 * the process delivers a batch anew where the process ended between the commit and the word about it.
 *
 * The mark of a batch is part of its commit. As many batches are remembered as a queue may still deliver: those it
 * had given out when the process ended.
 */
export class DoneBatches {
  readonly #marks = new Set<string>();
  #next = 1;

  /** Reads the marks that earlier processes left. */
  async load(store: Pick<DataStore, 'nodeStates'>): Promise<void> {
    const stored = await store.nodeStates(systemTenantId, MARKS_ID, DONE_BATCHES_MAX);
    const marks = stored.map(({ entityId, state }) => ({ id: entityId, at: placeOf(state) })).sort((a, b) => a.at - b.at);
    for (const { id } of marks) this.#marks.add(id);
    this.#next = (marks.at(-1)?.at ?? 0) + 1;
  }

  has({ id }: Pick<MessageBatch, 'id'>): boolean {
    return id !== undefined && this.#marks.has(id);
  }

  /** Adds the mark of a batch to its commit. Batches without an id come only once. */
  mark(unit: CommitUnit, { id }: Pick<MessageBatch, 'id'>): void {
    if (id === undefined) return;
    unit.nodeState({ tenantId: systemTenantId, ruleNodeId: MARKS_ID, entityId: id, state: { at: this.#next } });
    this.#next += 1;
    this.#marks.add(id);
    if (this.#marks.size <= DONE_BATCHES_MAX) return;
    const [oldest] = this.#marks;
    if (oldest === undefined) return;
    this.#marks.delete(oldest);
    unit.nodeState({ tenantId: systemTenantId, ruleNodeId: MARKS_ID, entityId: oldest });
  }

  /** The commit of the batch failed: it has to run again. */
  unmark({ id }: Pick<MessageBatch, 'id'>): void {
    if (id !== undefined) this.#marks.delete(id);
  }
}

function placeOf(state: JsonValue): number {
  const { at } = state as { readonly at?: unknown };
  return typeof at === 'number' ? at : 0;
}
