import type { TenantId } from '@fieldline/model';
import { KEPT_FOR_READ_MAX } from '../limits.js';
import { inCalls, type MongoCollection, type MongoFilter } from '../mongo-collection.js';
import { pointId, seriesOf, type PointDocument } from './data-documents.js';
import type { DataStep } from './data-steps.js';
import type { OpenRead } from './open-read.js';

interface IdRange {
  readonly $gte: string;
  readonly $lt: string;
}

/** The reads that are under way, by series, for whoever changes points. */
export class OpenReads {
  readonly #points: MongoCollection<PointDocument>;
  readonly #bySeries = new Map<string, Map<OpenRead, TenantId>>();

  constructor(points: MongoCollection<PointDocument>) {
    this.#points = points;
  }

  add(read: OpenRead, tenantId: TenantId): void {
    const ofSeries = this.#bySeries.get(read.series) ?? new Map<OpenRead, TenantId>();
    this.#bySeries.set(read.series, ofSeries.set(read, tenantId));
  }

  end(read: OpenRead): void {
    const ofSeries = this.#bySeries.get(read.series);
    ofSeries?.delete(read);
    if (ofSeries?.size === 0) this.#bySeries.delete(read.series);
  }

  /** Those of a tenant, or of all. */
  of(tenantId?: TenantId): readonly OpenRead[] {
    return [...this.#bySeries.values()].flatMap((reads) => [...reads].flatMap(([read, owner]) => (owner === (tenantId ?? owner) ? [read] : [])));
  }

  /** Has to be done before the steps are. Reads whose points cannot be kept for them are lost, and say so when they go on. */
  async keepBefore(steps: readonly DataStep[]): Promise<void> {
    if (this.#bySeries.size === 0) return;
    try {
      for (const step of steps) {
        if (step.to !== 'point') continue;
        if ('remove' in step) await this.#beforeRemoval(removedRanges(step.remove));
        else if ('add' in step) await this.#beforeAdding(step.add as readonly PointDocument[]);
      }
    } catch {
      // The steps will be done when the database is there again; what they change cannot be asked for then.
      for (const read of this.of()) read.lose();
    }
  }

  async #beforeAdding(documents: readonly PointDocument[]): Promise<void> {
    const read = documents.filter(({ _id }) => this.#bySeries.has(seriesOf(_id)));
    for (const part of inCalls(read)) {
      const known = new Set<string>();
      for await (const document of this.#points.stream({ _id: { $in: part.map(({ _id }) => _id) } })) {
        known.add(document._id);
        for (const open of this.#bySeries.get(seriesOf(document._id))?.keys() ?? []) open.keep([document], []);
      }
      for (const { _id, ts } of part) {
        if (!known.has(_id)) for (const open of this.#bySeries.get(seriesOf(_id))?.keys() ?? []) open.keep([], [ts]);
      }
    }
  }

  async #beforeRemoval(ranges: readonly IdRange[]): Promise<void> {
    for (const { $gte, $lt } of ranges) {
      const series = seriesOf($gte);
      for (const open of this.#bySeries.get(series)?.keys() ?? []) {
        const { startMs, endMs } = open.left;
        const from = [pointId(series, startMs), $gte].sort().at(-1) as string;
        const to = [pointId(series, endMs), $lt].sort()[0] as string;
        if (from >= to) continue;
        const before = this.#points.stream({ _id: { $gte: from, $lt: to } }, { limit: KEPT_FOR_READ_MAX + 1 });
        for await (const document of before) {
          open.keep([document], []);
          if (open.isLost) break;
        }
      }
    }
  }
}

/** As removals of points are made. */
const removedRanges = ({ $or }: MongoFilter): readonly IdRange[] => ($or as readonly { readonly _id: IdRange }[]).map(({ _id }) => _id);
