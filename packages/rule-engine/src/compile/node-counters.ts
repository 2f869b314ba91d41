import type { NodeFigures, RelationFigures } from '@fieldline/ports';
import { bucketOf, TimeHistogram } from '../account/time-histogram.js';
import { COUNTED_LABELS_MAX } from '../limits.js';

/** How often messages left a node by one relation type, and how many of them found no connection there. */
export class RelationCount {
  readonly relationType: string;
  left = 0;
  unconnected = 0;
  /** Of those that left, how many are in the times, or have none. */
  timed = 0;
  readonly time = new TimeHistogram();

  constructor(relationType: string) {
    this.relationType = relationType;
  }

  figures(): RelationFigures {
    const { relationType, left, unconnected, time } = this;
    return { relationType, left, unconnected, time: time.figures() };
  }
}

/** What happened at one node since it was first deployed: its part of the ledger of the chain. */
export class NodeCounters {
  received = 0;
  /** Messages that failed here for good and became dead letters. */
  failed = 0;
  handedOver = 0;
  resumed = 0;
  readonly #relations = new Map<string, RelationCount>();
  readonly #counts: RelationCount[] = [];
  readonly #ended = new Map<string, number>();
  #time: TimeHistogram | undefined;

  /** The count of a relation type, whatever its case; beyond `COUNTED_LABELS_MAX` labels all others share one. */
  relation(relationType: string): RelationCount {
    const wanted = this.#relations.get(relationType.toLowerCase());
    if (wanted !== undefined) return wanted;
    const label = this.#relations.size < COUNTED_LABELS_MAX ? relationType : otherLabels;
    const known = this.#relations.get(label.toLowerCase());
    if (known !== undefined) return known;
    const made = new RelationCount(label);
    this.#relations.set(label.toLowerCase(), made);
    this.#counts.push(made);
    return made;
  }

  ended(reason: string): void {
    const label = this.#ended.has(reason) || this.#ended.size < COUNTED_LABELS_MAX ? reason : otherLabels;
    this.#ended.set(label, (this.#ended.get(label) ?? 0) + 1);
  }

  /**
   * Counts the time of a call that took so many messages. What has left the node since the last call left by it: nothing
   * comes between what a node answers and this.
   */
  took(durationUs: number, messages: number): void {
    const bucket = bucketOf(durationUs);
    this.#time ??= new TimeHistogram();
    this.#time.add(bucket, messages);
    for (const count of this.#counts) {
      if (count.left === count.timed) continue;
      count.time.add(bucket, count.left - count.timed);
      count.timed = count.left;
    }
  }

  /** What has left the node did so without a call of it. */
  leftUntimed(): void {
    for (const count of this.#counts) count.timed = count.left;
  }

  figures(): Omit<NodeFigures, 'nodeId' | 'name' | 'type' | 'isActive'> {
    const { received, failed, handedOver, resumed } = this;
    const relations = this.#counts.map((count) => count.figures());
    const time = this.#time?.figures() ?? { count: 0 };
    return { received, failed, handedOver, resumed, ended: Object.fromEntries(this.#ended), relations, time };
  }
}

const otherLabels = '(other labels)';
