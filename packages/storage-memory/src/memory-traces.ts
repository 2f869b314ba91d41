import { compareText, pageOf, type EntityId, type Page, type TenantId } from '@fieldline/model';
import { traceLimits, type TraceBounds, type TraceHead, type TracePart, type TraceQuery } from '@fieldline/ports';

interface KeptPart {
  readonly part: TracePart;
  /** Of the JSON text of hops and messages. */
  readonly bytes: number;
}

/** The paths of messages, as parts of traces. */
export class MemoryTraces {
  readonly #parts = new Map<string, KeptPart>();

  add(part: TracePart): void {
    this.#parts.set(part.id, { part: structuredClone(part), bytes: Buffer.byteLength(JSON.stringify([part.hops, part.messages])) });
  }

  trim(tenantId: TenantId, { beforeMs, bytesMax }: TraceBounds): void {
    const kept = this.#ofTenant(tenantId);
    let bytes = kept.reduce((sum, part) => sum + part.bytes, 0);
    for (const { part, bytes: ofPart } of kept.slice(0, traceLimits.partsATrim)) {
      if (part.startedAtMs >= beforeMs && bytes <= bytesMax) return;
      this.#parts.delete(part.id);
      bytes -= ofPart;
    }
  }

  removeWhere(isRemoved: (tenantId: TenantId, originator: EntityId) => boolean): void {
    for (const [id, { part }] of this.#parts) if (isRemoved(part.tenantId, part.originator)) this.#parts.delete(id);
  }

  page(tenantId: TenantId, query: TraceQuery): Page<TraceHead> {
    const found = this.#ofTenant(tenantId)
      .filter(({ part }) => isAskedFor(part, query))
      .reverse();
    return pageOf(found.slice(query.page * query.pageSize, (query.page + 1) * query.pageSize).map(headOf), query, found.length);
  }

  parts(tenantId: TenantId, traceId: string): TracePart[] {
    const found = this.#ofTenant(tenantId).filter(({ part }) => part.traceId === traceId);
    return found.slice(0, traceLimits.partsRead).map(({ part }) => structuredClone(part));
  }

  usage(tenantId: TenantId): { readonly bytes: number; readonly parts: number } {
    const kept = this.#ofTenant(tenantId);
    return { bytes: kept.reduce((sum, { bytes }) => sum + bytes, 0), parts: kept.length };
  }

  /** Oldest first. */
  #ofTenant(tenantId: TenantId): KeptPart[] {
    const kept = [...this.#parts.values()].filter(({ part }) => part.tenantId === tenantId);
    return kept.sort(({ part: a }, { part: b }) => a.startedAtMs - b.startedAtMs || compareText(a.id, b.id));
  }
}

function headOf({ part: { hops, messages: _, ...head } }: KeptPart): TraceHead {
  return { ...head, originator: { ...head.originator }, hopCount: hops.length };
}

function isAskedFor(part: TracePart, query: TraceQuery): boolean {
  const { textSearch = '', originator, ruleChainId, reason, hasFailed, createdFromMs, createdToMs } = query;
  if (!part.messageType.toLowerCase().includes(textSearch.toLowerCase())) return false;
  if (originator !== undefined && (part.originator.id !== originator.id || part.originator.entityType !== originator.entityType)) return false;
  if (ruleChainId !== undefined && !part.hops.some(({ at }) => at.ruleChainId === ruleChainId)) return false;
  if (reason !== undefined && part.reason !== reason) return false;
  if (hasFailed !== undefined && part.hasFailed !== hasFailed) return false;
  return part.startedAtMs >= (createdFromMs ?? -Infinity) && part.startedAtMs <= (createdToMs ?? Infinity);
}
