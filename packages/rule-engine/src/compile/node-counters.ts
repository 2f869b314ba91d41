import { COUNTED_LABELS_MAX } from '../limits.js';

/** How often messages left a node by one relation type, and how many of them found no connection there. */
export interface RelationCount {
  readonly relationType: string;
  left: number;
  deadEnds: number;
}

/** What happened at one node since it was first deployed: its part of the dead-end ledger. */
export class NodeCounters {
  received = 0;
  /** Messages that failed here for good and became dead letters. */
  failed = 0;
  handedOver = 0;
  readonly #relations = new Map<string, RelationCount>();
  readonly #ended = new Map<string, number>();

  /** The count of a relation type, whatever its case; beyond `COUNTED_LABELS_MAX` labels all others share one. */
  relation(relationType: string): RelationCount {
    const wanted = this.#relations.get(relationType.toLowerCase());
    if (wanted !== undefined) return wanted;
    const label = this.#relations.size < COUNTED_LABELS_MAX ? relationType : otherLabels;
    const known = this.#relations.get(label.toLowerCase());
    if (known !== undefined) return known;
    const made: RelationCount = { relationType: label, left: 0, deadEnds: 0 };
    this.#relations.set(label.toLowerCase(), made);
    return made;
  }

  ended(reason: string): void {
    const label = this.#ended.has(reason) || this.#ended.size < COUNTED_LABELS_MAX ? reason : otherLabels;
    this.#ended.set(label, (this.#ended.get(label) ?? 0) + 1);
  }

  snapshot(): NodeCounts {
    const { received, failed, handedOver } = this;
    const relations = [...this.#relations.values()].map((count) => ({ ...count }));
    return { received, failed, handedOver, relations, ended: Object.fromEntries(this.#ended) };
  }
}

const otherLabels = '(other labels)';

/** Counts of one node as a plain value. */
export interface NodeCounts {
  readonly received: number;
  readonly failed: number;
  readonly handedOver: number;
  readonly relations: readonly Readonly<RelationCount>[];
  /** Messages that ended here deliberately, by reason. */
  readonly ended: Readonly<Record<string, number>>;
}
