import { traceLimits, type TraceBounds, type TracePart } from '@fieldline/ports';
import type { DataCollections } from './data-collections.js';
import { traceDocument, type TraceDocument, type TraceUsageDocument } from './data-documents.js';
import type { DataStep } from './data-steps.js';
import type { IsKept } from './left-to-do.js';
import { entityKey, type MongoUnit } from './mongo-unit.js';

/**
 * What a group makes of the traces: its own parts come, those of entities that it removes and those that it trims go, and
 * the usage of each tenant follows. A group with nothing of this asks and writes nothing. Whole tenants go elsewhere.
 */
export async function traceSteps(collections: DataCollections, units: readonly MongoUnit[], isKept: IsKept): Promise<readonly DataStep[]> {
  const changes = new Map<string, TenantTraces>();
  const of = (tenantId: string): TenantTraces => {
    const known = changes.get(tenantId) ?? new TenantTraces(tenantId);
    changes.set(tenantId, known);
    return known;
  };
  for (const unit of units) {
    for (const part of unit.traces) if (isKept(part.tenantId, part.originator)) of(part.tenantId).add(part);
    for (const { tenantId, bounds } of unit.traceTrims) if (isKept(tenantId, undefined)) of(tenantId).trims.push(bounds);
    for (const { tenantId, entity } of unit.removedOwners) {
      if (entity !== undefined && isKept(tenantId, undefined)) of(tenantId).removed.add(entityKey(entity));
    }
  }
  const steps: DataStep[] = [];
  for (const traces of changes.values()) steps.push(...(await traces.steps(collections)));
  return steps;
}

/** The traces of one tenant, as a group changes them. */
class TenantTraces {
  readonly trims: TraceBounds[] = [];
  /** Entities, by their keys. */
  readonly removed = new Set<string>();
  readonly #tenantId: string;
  readonly #added = new Map<string, TraceDocument>();

  constructor(tenantId: string) {
    this.#tenantId = tenantId;
  }

  add(part: TracePart): void {
    this.#added.set(part.id, traceDocument(part));
  }

  async steps(collections: DataCollections): Promise<readonly DataStep[]> {
    const tenantId = this.#tenantId;
    const removed = { tenantId, originator: { $in: [...this.removed] } };
    const gone = this.removed.size === 0 ? [] : await collections.trace.find(removed, { fields: ['bytes'] });
    // Removing entities that no trace is of, which is what most removals do, changes nothing here.
    if (gone.length === 0 && this.#added.size === 0 && this.trims.length === 0) return [];
    const stored = await collections.traceUsage.first({ _id: tenantId });
    const usage = new Usage(stored);
    for (const { bytes } of gone) usage.count(bytes, -1);
    for (const { bytes } of this.#added.values()) usage.count(bytes, 1);
    const trimmed = await this.#trim(collections, usage);
    const counted: TraceUsageDocument = { _id: tenantId, tenantId, bytes: usage.bytes, parts: usage.parts };
    return [
      ...(gone.length === 0 ? [] : [{ to: 'trace', remove: removed } as const]),
      ...(trimmed.length === 0 ? [] : [{ to: 'trace', remove: { _id: { $in: trimmed } } } as const]),
      { to: 'trace', add: [...this.#added.values()] },
      { to: 'traceUsage', put: stored === undefined && usage.parts === 0 ? [] : [counted] },
    ];
  }

  /** @returns the ids of stored parts that go; those of the group that go are not added */
  async #trim({ trace }: DataCollections, usage: Usage): Promise<readonly string[]> {
    if (this.trims.length === 0) return [];
    const oldest = { sort: { startedAtMs: 1, _id: 1 }, limit: this.trims.length * traceLimits.partsATrim, fields: trimmedBy } as const;
    const filter = { tenantId: this.#tenantId, ...(this.removed.size === 0 ? {} : { originator: { $nin: [...this.removed] } }) };
    const found: Pick<TraceDocument, '_id' | 'startedAtMs' | 'bytes'>[] = await trace.find(filter, oldest);
    const candidates = [...found, ...this.#added.values()].sort((a, b) => a.startedAtMs - b.startedAtMs || (a._id < b._id ? -1 : 1));
    const gone: string[] = [];
    for (const { beforeMs, bytesMax } of this.trims) {
      const isTooMuch = ({ startedAtMs }: { readonly startedAtMs: number }): boolean => startedAtMs < beforeMs || usage.bytes > bytesMax;
      for (let n = 0; n < traceLimits.partsATrim; n += 1) {
        const [first] = candidates;
        if (first === undefined || !isTooMuch(first)) break;
        candidates.shift();
        usage.count(first.bytes, -1);
        if (!this.#added.delete(first._id)) gone.push(first._id);
      }
    }
    return gone;
  }
}

const trimmedBy: readonly (keyof TraceDocument)[] = ['startedAtMs', 'bytes'];

class Usage {
  bytes: number;
  parts: number;

  constructor(stored: TraceUsageDocument | undefined) {
    this.bytes = stored?.bytes ?? 0;
    this.parts = stored?.parts ?? 0;
  }

  count(bytes: number, sign: 1 | -1): void {
    this.bytes += sign * bytes;
    this.parts += sign;
  }
}
