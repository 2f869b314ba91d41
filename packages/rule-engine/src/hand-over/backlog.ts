import type { Clock, Log } from '@fieldline/kernel';
import type { DataStore, HandOver, HandOverCount } from '@fieldline/ports';
import { HAND_OVER_BATCH_MAX, HAND_OVER_RETRY_MS, HAND_OVERS_IN_MEMORY_MAX } from '../limits.js';
import type { DueList } from './due-list.js';

export interface BacklogParts {
  readonly store: Pick<DataStore, 'readyHandOvers' | 'heldHandOvers'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Those that wait for a time: the first of all that are open. */
  readonly due: DueList<HandOver>;
  /** Called with hand-overs that go on at once, of each node in the order they were made. */
  readonly onReady: (works: readonly HandOver[]) => void;
}

/** What is open of one node and goes on at once, or of all nodes and waits for a time. */
interface Shelf {
  /** Undefined for those that wait. */
  readonly nodeId: string | undefined;
  size: number;
  /** True where the log has more: what is new stays there too then, or it would overtake. */
  hasMore: boolean;
  /** What came and what was done since the log is being read, which its answer may not know. Undefined while nobody reads. */
  reading: { readonly arrived: HandOver[]; readonly doneIds: Set<string>; isTooMuch: boolean } | undefined;
}

/**
 * Which of the open hand-overs are in memory: of each node the first ones, the others wait in the log, so that a dead broker
 * costs disk and not memory, and holds up no other node. They are read again, in their order, when those in memory are done.
 */
export class Backlog {
  readonly #parts: BacklogParts;
  readonly #shelves = new Map<string | undefined, Shelf>();
  readonly #shelfOf = new Map<string, Shelf>();
  #isStarted = false;

  constructor(parts: BacklogParts) {
    this.#parts = parts;
  }

  /** Hand-overs in memory: waiting, held or running. */
  get size(): number {
    return this.#shelfOf.size;
  }

  /** Reads the first of what is open in the log. @param open how much that is */
  async start(open: readonly HandOverCount[]): Promise<void> {
    this.#isStarted = true;
    const nodeIds = open.filter(({ ready }) => ready > 0).map(({ ruleNodeId }) => ruleNodeId);
    await Promise.all([undefined, ...nodeIds].map((nodeId) => this.#read(this.#shelf(nodeId))));
  }

  stop(): void {
    this.#isStarted = false;
  }

  /** Takes in what was committed just now, as far as there is room. */
  add(works: readonly HandOver[]): void {
    const ready: HandOver[] = [];
    // Before the start all is in the log.
    for (const work of this.#isStarted ? works : []) {
      const shelf = this.#shelf(nodeOf(work));
      if (this.#shelfOf.has(work.id) || !this.#admits(work, shelf)) continue;
      shelf.size += 1;
      this.#shelfOf.set(work.id, shelf);
      if (shelf.nodeId === undefined) this.#parts.due.add(work);
      else ready.push(work);
    }
    if (ready.length > 0) this.#parts.onReady(ready);
  }

  /** Lets go of hand-overs whose end was committed. */
  done(works: readonly HandOver[]): void {
    const touched = new Set<Shelf>();
    for (const { id } of works) {
      const shelf = this.#shelfOf.get(id);
      if (shelf === undefined) continue;
      this.#forget(id, shelf);
      shelf.reading?.doneIds.add(id);
      touched.add(shelf);
    }
    for (const shelf of touched) this.#lookAfter(shelf);
  }

  #admits(work: HandOver, shelf: Shelf): boolean {
    const room = this.#room(shelf);
    if (shelf.reading !== undefined) {
      if (shelf.reading.arrived.length < room) shelf.reading.arrived.push(work);
      else shelf.reading.isTooMuch = true;
      return false;
    }
    if (!shelf.hasMore && shelf.size < room) return true;
    shelf.hasMore = true;
    if (shelf.nodeId !== undefined) return false;
    // One whose time comes earlier than that of others in memory takes the place of the last of them.
    const { due } = this.#parts;
    if ((due.last?.dueMs ?? Number.NEGATIVE_INFINITY) <= (work.dueMs ?? 0)) return false;
    const last = due.dropLast();
    if (last !== undefined) this.#forget(last.id, shelf);
    return true;
  }

  #forget(id: string, shelf: Shelf): void {
    this.#shelfOf.delete(id);
    shelf.size -= 1;
  }

  /** Reads on where half of the room is free. */
  #lookAfter(shelf: Shelf): void {
    if (shelf.reading !== undefined) return;
    if (shelf.hasMore && shelf.size <= this.#room(shelf) / 2) void this.#read(shelf);
    else if (shelf.size === 0 && !shelf.hasMore) this.#shelves.delete(shelf.nodeId);
  }

  async #read(shelf: Shelf): Promise<void> {
    if (!this.#isStarted) return;
    const limit = Math.max(this.#room(shelf), shelf.size + 1);
    const { store, clock, log } = this.#parts;
    const reading = (shelf.reading = { arrived: [] as HandOver[], doneIds: new Set<string>(), isTooMuch: false });
    let works: readonly HandOver[];
    try {
      works = await (shelf.nodeId === undefined ? store.heldHandOvers(limit) : store.readyHandOvers(shelf.nodeId, limit));
    } catch (error) {
      log.warn('hand-over-log-unreadable', { nodeId: shelf.nodeId, error });
      shelf.hasMore = true;
      shelf.reading = undefined;
      clock.after('hand-over-log', HAND_OVER_RETRY_MS, () => this.#lookAfter(shelf));
      return;
    }
    shelf.reading = undefined;
    // What was read comes first; what came meanwhile goes behind it where the log has no more between.
    shelf.hasMore = false;
    this.add(works.filter(({ id }) => !reading.doneIds.has(id)));
    shelf.hasMore ||= works.length >= limit || reading.isTooMuch;
    this.add(reading.arrived);
    this.#lookAfter(shelf);
  }

  #shelf(nodeId: string | undefined): Shelf {
    let shelf = this.#shelves.get(nodeId);
    if (shelf === undefined) {
      shelf = { nodeId, size: 0, hasMore: false, reading: undefined };
      this.#shelves.set(nodeId, shelf);
    }
    return shelf;
  }

  /** Nodes share what memory there is; each has room for what keeps it busy. */
  #room({ nodeId }: Shelf): number {
    if (nodeId === undefined) return HAND_OVERS_IN_MEMORY_MAX;
    return Math.max(2 * HAND_OVER_BATCH_MAX, Math.floor(HAND_OVERS_IN_MEMORY_MAX / this.#shelves.size));
  }
}

const nodeOf = ({ dueMs, at }: HandOver): string | undefined => (dueMs === undefined ? at.ruleNodeId : undefined);
